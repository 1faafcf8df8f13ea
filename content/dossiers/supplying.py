"""Answering a request for a supplement: T6, by the applicant or at the desk for them.

Files wait in places of the request until all of it is sent at once; then they stand among
the dossier's papers, corrected answers replace the old ones (which the request keeps), and
the dossier goes back to the state it left. After reception the limit begins anew or only
leaves the waiting out, as the procedure's rule says (NĐ 61/2018 art. 19.4).
"""

import secrets
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, BinaryIO

from sqlalchemy import select
from sqlalchemy.orm import Session

from content.dossiers import handling_notices
from content.dossiers.applicant import applicant_of
from content.dossiers.clock import recount
from content.dossiers.deadlines import answer_by
from content.dossiers.draft_parts import discard, storable
from content.dossiers.handling import HandlingService
from content.dossiers.locking import lock
from content.dossiers.log import Deed, allowed, move
from content.dossiers.models import MAX_FILE_NAME, Attachment, Dossier
from content.dossiers.officer_news import News, tell_holder
from content.dossiers.papers import ANSWERS_SLOT
from content.dossiers.rules import FileLimits, FilingRules
from content.dossiers.states import Action, Actor, Need, Status
from content.dossiers.step_clock import recount_step
from content.dossiers.supplement_requests import (
    Outcome,
    SupplementRequest,
    close_request,
    the_open_request,
)
from content.dossiers.supply_form import MAX_NOTE, asked_questions, paper_items, staging_slot
from content.dossiers.waiting import end_waiting, pauses_of
from content.errors import Conflict, Invalid, TooMany
from content.files import FileService
from content.people.models import Account
from content.procedures.forms import Problem, check, parse, prune
from content.procedures.handling import AfterSupplement
from content.text import clean, fold


@dataclass(frozen=True)
class Supply:
    """What is sent: answers by question id, papers handed in on paper, a word for the desk."""

    answers: Mapping[str, Any]
    on_paper: frozenset[str] = frozenset()
    note: str = ""


class SupplyService(HandlingService):
    """Answers to requests, as of one instant."""

    def __init__(
        self,
        session: Session,
        now: datetime,
        rules: FilingRules,
        files: FileService,
        limits: FileLimits | None = None,
    ) -> None:
        super().__init__(session, now, rules)
        self.files = files
        self.limits = limits or FileLimits()

    def staged(self, dossier: Dossier, request: SupplementRequest) -> list[Attachment]:
        """The files that wait for the request to be answered."""
        slots = [staging_slot(request, one["key"]) for one in paper_items(request)]
        query = select(Attachment).where(
            Attachment.dossier_id == dossier.id, Attachment.slot.in_(slots)
        )
        return list(self.session.scalars(query.order_by(Attachment.position)))

    def kept(self, dossier: Dossier, token: str) -> Attachment | None:
        """A file of the dossier by its token; other people's do not exist here."""
        query = select(Attachment).where(
            Attachment.dossier_id == dossier.id, Attachment.token == clean(token)
        )
        return self.session.scalars(query).first()

    def stage(
        self, dossier: Dossier, source: BinaryIO, *, name: str, media_type: str, slot: str
    ) -> Attachment:
        """Keep a file (already looked into) for a paper of the open request or for an answer.

        Raises ``Invalid`` for an empty one and a paper nobody asked for, ``TooMany`` beyond
        the limits, ``InvalidTransition`` when nothing is waited for.
        """
        lock(self.session, dossier)
        request = the_open_request(self.session, dossier)
        slots = {staging_slot(request, one["key"]) for one in paper_items(request)}
        if slot not in slots | {ANSWERS_SLOT}:
            raise Invalid({"slot": "unknown"})
        size = self._measured(dossier, source)
        file = self.files.keep(
            source, name=name, media_type=media_type, now=self.now, owner_id=dossier.owner_id
        )
        attachment = Attachment(
            token=secrets.token_urlsafe(24),
            dossier=dossier,
            slot=slot,
            file=file,
            name=clean(name)[:MAX_FILE_NAME],
            position=size + 1,
            added_at=self.now,
        )
        self.session.add(attachment)
        self.session.flush()  # the answer that names the file needs its digest and size
        return attachment

    def unstage(self, dossier: Dossier, token: str) -> None:
        """Leave a waiting file out; what the dossier already holds stays."""
        lock(self.session, dossier)
        request = the_open_request(self.session, dossier)
        for one in self.staged(dossier, request):
            if one.token == token:
                discard(self.session, one)

    def problems(self, dossier: Dossier, answers: Mapping[str, Any]) -> list[Problem]:
        """What the whole form finds wrong with the corrected answers and not with the old."""
        definition = parse(dossier.form)
        merged = self._merged(dossier, answers)
        old = {
            (one.path, one.code)
            for one in check(definition, dossier.answers, self.now, places=self.rules.places)
        }
        found = check(definition, merged, self.now, places=self.rules.places)
        return [one for one in found if (one.path, one.code) not in old]

    def supply_online(
        self,
        dossier: Dossier,
        supply: Supply,
        account: Account | None,
        *,
        request_id: int | None = None,
    ) -> SupplementRequest:
        """The applicant answers, signed in or by the dossier's secret.

        Raises ``Invalid("incomplete")`` (``item:<key>``, ``form:<path>``), ``Conflict`` when
        the request is no longer the one that was seen.
        """
        lock(self.session, dossier)
        return self._supply(dossier, supply, Actor.CITIZEN, account, request_id)

    def supply_at_desk(
        self,
        dossier: Dossier,
        officer: Account,
        supply: Supply,
        *,
        revision: int | None = None,
    ) -> SupplementRequest:
        """An officer takes the supplement in; papers may come as paper."""
        actor = self.take_up(dossier, officer, Action.SUPPLY_SUPPLEMENT, revision)
        return self._supply(dossier, supply, actor, officer, None)

    def _supply(
        self,
        dossier: Dossier,
        supply: Supply,
        actor: Actor,
        who: Account | None,
        request_id: int | None,
    ) -> SupplementRequest:
        facts = replace(self.facts_of(dossier), given=frozenset({Need.ITEMS}))
        allowed(dossier.status, Action.SUPPLY_SUPPLEMENT, actor, facts)
        request = the_open_request(self.session, dossier)
        if request_id is not None and request_id != request.id:
            raise Conflict("dossier_changed")
        on_paper = supply.on_paper if actor is Actor.ONE_STOP else frozenset()
        self._demand_complete(dossier, request, supply, on_paper)
        request.before = _answers_of(dossier, asked_questions(request))
        request.supplied = self._take_in(dossier, request, on_paper)
        self._correct(dossier, supply.answers)
        request.note = clean(supply.note, multiline=True)[:MAX_NOTE]
        request.answered_by_id = who.id if who else None
        online = actor is Actor.CITIZEN
        outcome = Outcome.SUPPLIED_ONLINE if online else Outcome.SUPPLIED_AT_DESK
        close_request(request, outcome, self.now)
        end_waiting(self.session, dossier, self.now, by=who.id if who else None)
        how = self._go_on(dossier, facts.previous)
        request.due_after = dossier.due_date
        data = {
            "request": request.number,
            "supplied": request.supplied,
            "corrected": asked_questions(request),
            "clock": how,
            "due_before": _day(request.due_before),
            "due_after": _day(request.due_after),
        }
        deed = Deed(
            Action.SUPPLY_SUPPLEMENT, actor, who, dossier.agency_id, text=request.note, data=data
        )
        move(self.session, dossier, deed, facts, self.now)
        follow = self.rules.follow_url(dossier.lookup_code)
        handling_notices.tell_supplied(self.session, request, follow, self.now)
        tell_holder(self.session, dossier, News.SUPPLEMENT, self.now, by=who)
        return request

    def _demand_complete(
        self,
        dossier: Dossier,
        request: SupplementRequest,
        supply: Supply,
        on_paper: frozenset[str],
    ) -> None:
        """Every item is there: a file, the paper itself, or an answer the form accepts."""
        there = {one.slot for one in self.staged(dossier, request)}
        missing = {
            f"item:{one['key']}": "required"
            for one in paper_items(request)
            if staging_slot(request, one["key"]) not in there and one["key"] not in on_paper
        }
        found = self.problems(dossier, supply.answers)
        wrong = {"form:" + "/".join(map(str, one.path)): one.code for one in found}
        merged = self._merged(dossier, supply.answers)
        unanswered = {
            f"item:{key}": "required"
            for key in asked_questions(request)
            if merged.get(key) in (None, "", [], {})
        }
        if missing | wrong | unanswered:
            raise Invalid(missing | wrong | unanswered, code="incomplete")

    def _take_in(
        self, dossier: Dossier, request: SupplementRequest, on_paper: frozenset[str]
    ) -> list[dict[str, Any]]:
        """Waiting files become papers; what was said to be absent no longer is."""
        supplied = []
        staged = self.staged(dossier, request)
        for one in paper_items(request):
            files = [f for f in staged if f.slot == staging_slot(request, one["key"])]
            for file in files:
                file.slot, file.paper = one["key"], one["name"]
            supplied.append(
                {
                    "key": one["key"],
                    "name": one["name"],
                    "files": [file.token for file in files],
                    "on_paper": one["key"] in on_paper,
                }
            )
        names = {one["name"] for one in supplied}
        dossier.absences = [one for one in dossier.absences if one["paper"] not in names]
        return supplied

    def _correct(self, dossier: Dossier, answers: Mapping[str, Any]) -> None:
        """Put the corrected answers in place; the applicant's own line follows them."""
        merged = self._merged(dossier, answers)
        if merged == dossier.answers:
            return
        dossier.answers = merged
        owner = self.session.get(Account, dossier.owner_id) if dossier.owner_id else None
        if owner is None:
            return
        told = applicant_of(parse(dossier.form), merged, owner)
        dossier.applicant_name, dossier.applicant_key = told.name, fold(told.name)[:300]
        dossier.applicant_identity, dossier.applicant_phone = told.identity, told.phone
        dossier.applicant_email, dossier.applicant_address = told.email, told.address

    def _merged(self, dossier: Dossier, answers: Mapping[str, Any]) -> dict[str, Any]:
        definition = parse(dossier.form)
        given = storable({**deepcopy(dossier.answers), **answers})
        return prune(definition, given)

    def _go_on(self, dossier: Dossier, previous: Status | None) -> str | None:
        """Which clock runs again: the desk's eight hours, or the limit; anew or without the
        waiting."""
        if dossier.received_at is None:
            dossier.answer_by = answer_by(self.rules.calendar, dossier.agency, self.now)
            return None
        how = self.rule_of(dossier).after_supplement
        if how is AfterSupplement.RESTART:
            dossier.clock_from = self.now
        self.session.flush()  # the pause that has just ended counts
        pauses = [one.as_pause() for one in pauses_of(self.session, dossier)]
        recount(self.rules.calendar, dossier, pauses)
        recount_step(self.session, self.rules.calendar, dossier)
        return how.value

    def _measured(self, dossier: Dossier, source: BinaryIO) -> int:
        """Refuse what is empty or beyond the limits; the position of the last file."""
        size = source.seek(0, 2)
        source.seek(0)
        if size == 0:
            raise Invalid({"file": "file_empty"})
        if size > self.limits.file:
            raise TooMany("file_too_large", limit=self.limits.file)
        query = select(Attachment).where(Attachment.dossier_id == dossier.id)
        kept = list(self.session.scalars(query))
        if len(kept) >= self.limits.count:
            raise TooMany("too_many_files", limit=self.limits.count)
        if size + sum(one.file.size for one in kept) > self.limits.dossier:
            raise TooMany("files_too_large", limit=self.limits.dossier)
        return max((one.position for one in kept), default=0)


def _answers_of(dossier: Dossier, questions: list[str]) -> dict[str, Any]:
    return {key: deepcopy(dossier.answers[key]) for key in questions if key in dossier.answers}


def _day(day: Any) -> str | None:
    return day.isoformat() if day else None
