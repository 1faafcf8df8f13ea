"""Reception at the counter and by post (T2): typed by an officer, received in one act.

What is typed is kept at every step like a citizen's draft; nothing is a dossier before
``receive``, which gives code, due date and register line, or the same dossier a second time.
NĐ 61/2018/NĐ-CP art. 17. ``counter_form`` says what is asked, ``counter_papers`` what came.
"""

import secrets
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from content.agencies.models import Agency
from content.dossiers import competence, deadlines, notices, submission
from content.dossiers import counter_form as ask
from content.dossiers.applicant import applicant_of
from content.dossiers.counter_dossier import (
    Looked,
    contradictions,
    dossier_from,
    fees_of,
    goes_along,
)
from content.dossiers.counter_models import CounterReception
from content.dossiers.counter_papers import missing_here, received_papers
from content.dossiers.desks import desks_of, receives
from content.dossiers.draft_parts import discard, move_slots, slots_after, storable
from content.dossiers.drafts import DRAFT_LIFE
from content.dossiers.duplicates import open_alike
from content.dossiers.entering import enter, freeze, receipt_data
from content.dossiers.fees import fees_on
from content.dossiers.locking import lock
from content.dossiers.log import Deed, allowed, write
from content.dossiers.models import Attachment, Delivery, Dossier, Draft
from content.dossiers.papers import case_choices, papers_to_give
from content.dossiers.rules import FilingRules
from content.dossiers.states import Action, Actor, Facts
from content.errors import Conflict, Invalid, InvalidTransition, NotAllowed
from content.files import FileService
from content.people.models import Account
from content.people.service import digest
from content.procedures.forms import FormDefinition, Problem, check, prune
from content.procedures.handling import handling_of
from content.procedures.kinds import Channel
from content.procedures.models import Procedure
from content.words import local

CHANNELS = (Channel.COUNTER, Channel.POST)
_ACTIONS = {
    Channel.COUNTER: Action.RECEIVE_AT_COUNTER,
    Channel.POST: Action.RECEIVE_BY_POST,
}


class CounterService:
    """Receptions of one authority's desks, as of one instant."""

    def __init__(
        self,
        session: Session,
        files: FileService,
        now: datetime,
        rules: FilingRules,
        life: timedelta = DRAFT_LIFE,
    ) -> None:
        self.session = session
        self.files = files
        self.now = now
        self.rules = rules
        self.life = life

    def begin(
        self, procedure: Procedure, desk: Agency, officer: Account, channel: Channel
    ) -> CounterReception:
        """An empty reception of a procedure in force, wherever citizens may file it online.

        Raises ``NotAllowed("not_your_desk")``, ``InvalidTransition("not_received_here")`` for
        what is not in force, for agencies without a desk and for other channels.
        """
        version = procedure.current_version
        self._demand_desk(desk.id, officer)
        in_force = version is not None and procedure.status.is_current
        if version is None or not in_force or not receives(desk) or channel not in CHANNELS:
            raise InvalidTransition("not_received_here", procedure=procedure.id)
        draft = Draft(
            key=secrets.token_urlsafe(16),
            # Nobody holds this token: the draft is the desk's.
            token_digest=digest(secrets.token_urlsafe(32)),
            procedure=procedure,
            version=version,
            form_id=self.rules.forms.stored_for(procedure),
            agency_id=desk.id,
            answers={},
            absences={},
            created_at=self.now,
            saved_at=self.now,
            expires_at=self.now + self.life,
        )
        form = self.rules.forms.definition_for(procedure, draft.form_id)
        types_form = self._usual_way(procedure, officer, ask.is_short(form))
        reception = CounterReception(
            draft=draft,
            agency=desk,
            officer_id=officer.id,
            channel=channel,
            types_form=types_form,
            answers={
                ask.MODE: ask.TYPED if types_form else ask.ON_PAPER,
                ask.SETS: "1",
                ask.DELIVERY: Delivery.COUNTER.value,
                ask.CASE: ask.NO_CASE,
            },
            scans=[],
            begun_at=self.now,
        )
        self.session.add(reception)
        self.session.flush()  # the address needs the key, files the id
        return reception

    def facts(
        self,
        reception: CounterReception,
        *,
        scans: Sequence[tuple[str, str]] = (),
        max_bytes: int | None = None,
    ) -> ask.CounterFacts:
        """What the page depends on."""
        draft, version = reception.draft, reception.draft.version
        form = self.rules.forms.definition_for(draft.procedure, draft.form_id)
        today = local(self.now).date()
        lines = fees_on(version, today, reception.channel)
        agencies = competence.choices(self.session, reception.agency, draft.procedure_id, today)
        return ask.CounterFacts(
            form=form,
            papers=papers_to_give(version, draft.case, form),
            cases=case_choices(version),
            fee_lines=lines or (),
            types_form=reception.types_form,
            by_post=reception.channel is Channel.POST,
            scans=scans,
            max_bytes=max_bytes,
            agencies=[(str(one.id), one.name) for one in agencies],
        )

    def answers(self, reception: CounterReception) -> dict[str, Any]:
        """Everything typed so far, the desk's own questions and the form's."""
        return {**reception.draft.answers, **reception.answers}

    def keep(
        self, reception: CounterReception, answers: Mapping[str, Any], officer: Account
    ) -> bool:
        """Keep what was typed, complete or not; whether the page asks something else now.

        Raises ``Conflict("draft_submitted")`` once it has been received.
        """
        draft = self._lock(reception)
        before = (draft.case, reception.types_form)
        given = {name: storable(value) for name, value in answers.items() if name != ask.QR}
        own = {name: value for name, value in given.items() if name.startswith(ask.PREFIX)}
        reception.answers = own
        draft.answers = draft.answers | {
            name: value for name, value in given.items() if name not in own
        }
        reception.officer_id = officer.id
        self._choose(reception)
        self._touch(draft)
        return before != (draft.case, reception.types_form)

    def look(self, reception: CounterReception) -> Looked:
        """What is still wrong, and whether the person has an open dossier already."""
        facts = self.facts(reception)
        filed, typed = ask.filed_definition(facts), self.answers(reception)
        whole = ask.counter_definition(facts)
        slots = [one.slot for one in self.attachments(reception)]
        problems = [
            *check(whole, typed, self.now, places=self.rules.places),
            *missing_here(facts, typed, slots),
            *contradictions(facts, typed),
        ]
        answers = prune(filed, typed)
        applicant = applicant_of(filed, answers, None)
        if not applicant.name:
            problems.append(Problem((_naming(filed),), "required"))
        competent = self._competent(reception, typed.get(ask.COMPETENT), applicant.address)
        if competent is None and typed.get(ask.COMPETENT) == competence.BY_ADDRESS:
            problems.append(Problem((ask.COMPETENT,), "no_commune"))
        alike = open_alike(self.session, reception.draft.procedure_id, applicant)
        return Looked(facts, filed, answers, applicant, _once(problems), tuple(alike), competent)

    def appointment_now(self, reception: CounterReception) -> deadlines.Appointment:
        """The appointment that receiving at this instant would make; writes nothing."""
        limit = deadlines.limit_of(reception.draft.version, reception.channel)
        rule = handling_of(self.session, reception.draft.procedure_id)
        return deadlines.appointment(self.rules.calendar, reception.agency, self.now, limit, rule)

    def receive(
        self, reception: CounterReception, officer: Account, *, confirmed: Collection[str] = ()
    ) -> Dossier:
        """The dossier with its code; a second press answers with the same one.

        ``confirmed`` are look-up codes of open dossiers that the officer has seen. Raises
        ``NotAllowed("not_your_desk")``, ``Invalid("incomplete")``, ``Conflict("duplicates",
        codes=…)`` for others than these, ``Conflict("version_superseded")`` when the procedure
        has changed: the papers are then those of the new version, to be looked at once more.
        """
        draft = reception.draft
        lock(self.session, draft)
        self._demand_desk(reception.agency_id, officer)
        if draft.dossier is not None:
            return draft.dossier
        action = _ACTIONS[reception.channel]
        allowed(None, action, Actor.ONE_STOP, Facts())
        if self._follow(reception):
            raise Conflict("version_superseded")
        looked = self.look(reception)
        if looked.problems:
            named = {str(one.path[0]): one.code for one in looked.problems}
            raise Invalid(named, code="incomplete")
        found = {one.lookup_code for one in looked.alike}
        if not found <= set(confirmed):
            raise Conflict("duplicates", codes=sorted(found))
        return self._store(reception, officer, action, looked, sorted(found))

    def drop(self, reception: CounterReception, officer: Account) -> None:
        """Forget a reception that was never finished, with its files."""
        draft = self._lock(reception)
        self._demand_desk(reception.agency_id, officer)
        for attachment in self.attachments(reception):
            discard(self.session, attachment)
        self.session.delete(reception)
        self.session.flush()  # before the draft it points to
        self.session.delete(draft)

    def attachments(self, reception: CounterReception) -> list[Attachment]:
        """Its files, in the order they came."""
        query = select(Attachment).where(Attachment.draft_id == reception.draft_id)
        return list(self.session.scalars(query.order_by(Attachment.position)))

    def _store(
        self,
        reception: CounterReception,
        officer: Account,
        action: Action,
        looked: Looked,
        confirmed: list[str],
    ) -> Dossier:
        draft = reception.draft
        rule = handling_of(self.session, draft.procedure_id)
        with self.session.no_autoflush:  # half a reception is no state to store
            status = allowed(None, action, Actor.ONE_STOP, Facts()).target
            files = self._files(reception, looked)
            dossier = dossier_from(reception, looked, files, status, self.rules, self.now)
            submission.take_files(dossier, files)
            submission.close_draft(draft, dossier)
            fees = fees_of(looked.facts, reception.answers)
            freeze(dossier, draft.version, self.rules, rule, self.now, fees=fees)
            self.session.add(dossier)
            line = enter(self.session, dossier, self.rules, self.now)
        self.session.flush()  # log and audit name the dossier's id
        papers = received_papers(looked.facts, reception.answers, [one.slot for one in files])
        data = receipt_data(self.session, dossier, line) | {
            "papers": [one.as_json() for one in papers],
            "post_item": reception.answers.get(ask.POST_ITEM) or None,
            "duplicates": confirmed,
        }
        deed = Deed(action, Actor.ONE_STOP, officer, dossier.agency_id, data=data)
        write(self.session, dossier, deed, None, self.now)
        reception.answers = {}
        follow = self.rules.follow_url(dossier.lookup_code)
        notices.tell_accepted(self.session, dossier, officer.name, follow, self.now)
        return dossier

    def _competent(
        self, reception: CounterReception, answer: Any, address: str | None
    ) -> Agency | None:
        """The agency that was named, or found in the address; what is not in the list is a
        problem of its own."""
        desk, today = reception.agency, local(self.now).date()
        agencies = competence.choices(self.session, desk, reception.draft.procedure_id, today)
        if answer == competence.BY_ADDRESS:
            return competence.by_address(agencies, desk, address)
        return next((one for one in agencies if str(one.id) == answer), None)

    def _files(self, reception: CounterReception, looked: Looked) -> tuple[Attachment, ...]:
        """What goes along; files that no answer and no paper names are forgotten."""
        kept = []
        for one in self.attachments(reception):
            if goes_along(one, looked):
                kept.append(one)
            else:
                discard(self.session, one)
        return tuple(kept)

    def _usual_way(self, procedure: Procedure, officer: Account, otherwise: bool) -> bool:
        """Whether this officer types the form of this procedure, as the last time."""
        query = (
            select(CounterReception.types_form)
            .join(Draft, Draft.id == CounterReception.draft_id)
            .where(Draft.procedure_id == procedure.id, CounterReception.officer_id == officer.id)
            .order_by(CounterReception.id.desc())
            .limit(1)
        )
        last = self.session.scalar(query)
        return otherwise if last is None else last

    def _choose(self, reception: CounterReception) -> None:
        """Case and way of the form, as the answers say."""
        draft, own = reception.draft, reception.answers
        names, number = case_choices(draft.version), own.get(ask.CASE) or ""
        known = number.isascii() and number.isdigit() and 1 <= int(number) <= len(names)
        draft.case = names[int(number) - 1] if known else None
        if ask.MODE in own:
            reception.types_form = own[ask.MODE] == ask.TYPED

    def _follow(self, reception: CounterReception) -> bool:
        """Go over to the version in force; whether there was a newer one."""
        draft = reception.draft
        current = draft.procedure.current_version
        if current is None or not draft.procedure.status.is_current:
            raise InvalidTransition("not_received_here", procedure=draft.procedure_id)
        if current.id == draft.version_id:
            return False
        moves = slots_after(draft.version, current)
        move_slots(self.session, draft, self.attachments(reception), moves)
        draft.version = current
        draft.form_id = self.rules.forms.stored_for(draft.procedure)
        # Numbers of papers, cases and fee lines belong to a version: they are asked again.
        bound = (f"{ask.PREFIX}gt_", ask.CASE, ask.FEES, ask.COMPLETE)
        reception.answers = {
            name: value for name, value in reception.answers.items() if not name.startswith(bound)
        } | {ask.CASE: ask.NO_CASE}
        draft.case = None
        self._touch(draft)
        return True

    def _lock(self, reception: CounterReception) -> Draft:
        draft = reception.draft
        lock(self.session, draft)
        if draft.dossier_id is not None:
            raise Conflict("draft_submitted")
        return draft

    def _demand_desk(self, desk_id: int, officer: Account) -> None:
        if desk_id not in desks_of(self.session, officer, self.now):
            raise NotAllowed("not_your_desk")

    def _touch(self, draft: Draft) -> None:
        draft.saved_at = self.now
        draft.expires_at = self.now + self.life


def _naming(filed: FormDefinition) -> str:
    """The question that asks for the applicant's name."""
    return ask.card_targets(filed).get("name", ask.NAME)


def _once(problems: list[Problem]) -> tuple[Problem, ...]:
    """One problem a place, the first that was found."""
    by_path: dict[tuple[str | int, ...], Problem] = {}
    for one in problems:
        by_path.setdefault(one.path, one)
    return tuple(by_path.values())
