"""The dossier's service: submit, accept, refuse. The only writer of a dossier's status.

Every act asks the table of moves, writes log and audit, and promises the mails in the same
transaction. Nothing here commits, so all of it happens or none.
"""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from content.dossiers import competence, deadlines, form_moves, notices, submission
from content.dossiers.checking import Review, review
from content.dossiers.desks import desks_of
from content.dossiers.draft_parts import discard
from content.dossiers.entering import enter, freeze, receipt_data, version_in_force
from content.dossiers.locking import lock
from content.dossiers.log import Deed, allowed, move, write
from content.dossiers.models import Attachment, Dossier, Draft
from content.dossiers.rules import FilingRules
from content.dossiers.states import Action, Actor, Facts, Need
from content.errors import Conflict, Invalid, InvalidTransition, NotAllowed
from content.files import FileService
from content.people.models import Account
from content.procedures.difference import differences
from content.procedures.filing import open_filing
from content.procedures.handling import handling_of
from content.procedures.kinds import Filing
from content.procedures.models import ProcedureVersion
from content.text import clean

MAX_REASON = 4000
MAX_LEGAL_BASIS = 500


def is_sentence(reason: str) -> bool:
    """Whether a reason can tell a person anything: a code like ``ERR_12`` does not."""
    return len(reason.split()) > 1


class DossierService:
    """Dossiers of one authority, as of one instant."""

    def __init__(
        self, session: Session, files: FileService, now: datetime, rules: FilingRules
    ) -> None:
        self.session = session
        self.files = files
        self.now = now
        self.rules = rules

    def review(self, draft: Draft) -> Review:
        """What is still missing before the draft can be submitted."""
        return review(draft, self._attachments(draft), self.rules, self.files, self.now)

    def submit(self, draft: Draft, account: Account | None, *, declared: bool) -> Dossier:
        """File the draft; a second time it answers with the same dossier.

        ``declared``: the applicant has taken responsibility for what they say. Raises
        ``NotAllowed("sign_in_first")``, ``InvalidTransition("not_filed_here")``,
        ``Conflict("version_superseded", differences=…)`` when the procedure has changed
        since (``DraftService.follow``, then again), and ``Invalid("incomplete")`` with all
        problems; :meth:`review` tells more. Errors hold no answers, for they may be logged.
        """
        lock(self.session, draft)
        owns = account is not None and draft.owner_id == account.id
        facts = Facts(given=frozenset({Need.AUTHENTICATED}) if owns else frozenset())
        target = allowed(None, Action.SUBMIT_ONLINE, Actor.CITIZEN, facts).target
        assert account is not None  # for mypy: the table demands it
        if draft.dossier is not None:
            return draft.dossier
        self._demand_current(draft)
        found = self.review(draft)
        problems = found.as_problems() | ({} if declared else {"declaration": "required"})
        if problems:
            raise Invalid(problems, code="incomplete")
        dossier = submission.dossier_from(draft, found, account, self.rules, target, self.now)
        self._store(draft, dossier, found)
        deed = Deed(Action.SUBMIT_ONLINE, Actor.CITIZEN, account, dossier.agency_id)
        write(self.session, dossier, deed, None, self.now)
        notices.tell_submitted(self.session, dossier, self._follow(dossier), self.now)
        return dossier

    def secret_of(self, dossier: Dossier) -> str | None:
        """The dossier's secret for its owner's eyes; ``None`` if it can no longer be shown."""
        return self.rules.secrets.again(dossier.lookup_code, dossier.secret_digest)

    def appointment_now(self, dossier: Dossier) -> deadlines.Appointment:
        """The appointment that accepting at this instant would make; writes nothing."""
        limit = deadlines.limit_of(self._version_in_force(dossier), dossier.channel)
        rule = handling_of(self.session, dossier.procedure_id)
        return deadlines.appointment(self.rules.calendar, dossier.agency, self.now, limit, rule)

    def accept(
        self,
        dossier: Dossier,
        officer: Account,
        *,
        revision: int | None = None,
        competent_id: int | None = None,
    ) -> None:
        """Receive an online dossier (tiếp nhận): code, due date, line of the register.

        Version, limit and fees of this day hold for ever. ``revision`` is what the officer
        saw, ``competent_id`` the agency that decides where it is another one. Raises
        ``NotAllowed``, ``InvalidTransition``, ``Conflict("dossier_changed")``, ``Invalid``
        (``competent``).
        """
        self._take_up(dossier, officer, revision)
        allowed(dossier.status, Action.ACCEPT, Actor.ONE_STOP, Facts())
        desk, of = dossier.agency, dossier.procedure_id
        dossier.competent_agency = competence.chosen(self.session, desk, of, competent_id, self.now)
        filed_under = dossier.version_id
        rule = handling_of(self.session, dossier.procedure_id)
        with self.session.no_autoflush:  # half a reception is no state to store
            freeze(dossier, self._version_in_force(dossier), self.rules, rule, self.now)
            line = enter(self.session, dossier, self.rules, self.now)
            data = receipt_data(self.session, dossier, line) | {"filed_under": filed_under}
        deed = Deed(Action.ACCEPT, Actor.ONE_STOP, officer, dossier.agency_id, data=data)
        move(self.session, dossier, deed, Facts(), self.now)
        notices.tell_accepted(self.session, dossier, officer.name, self._follow(dossier), self.now)

    def refuse(
        self,
        dossier: Dossier,
        officer: Account,
        reason: str,
        *,
        legal_basis: str = "",
        revision: int | None = None,
    ) -> None:
        """Refuse reception, with a reason a person can act on (NĐ 61/2018 art. 17).

        ``legal_basis`` is printed on the slip and may be left out. Raises ``Invalid`` for
        the fields ``reason`` and ``legal_basis``, else as :meth:`accept`.
        """
        self._take_up(dossier, officer, revision)
        text = clean(reason, multiline=True)
        facts = Facts(reason=text)
        allowed(dossier.status, Action.REFUSE_RECEPTION, Actor.ONE_STOP, facts)
        if len(text) > MAX_REASON:
            raise Invalid({"reason": "too_long"}, limit=MAX_REASON, length=len(text))
        if not is_sentence(text):
            raise Invalid({"reason": "not_a_sentence"})
        basis = clean(legal_basis)
        if len(basis) > MAX_LEGAL_BASIS:
            raise Invalid({"legal_basis": "too_long"}, limit=MAX_LEGAL_BASIS, length=len(basis))
        deed = Deed(
            Action.REFUSE_RECEPTION,
            Actor.ONE_STOP,
            officer,
            dossier.agency_id,
            text=text,
            data={"legal_basis": basis} if basis else {},
        )
        move(self.session, dossier, deed, facts, self.now)
        notices.tell_refused(
            self.session, dossier, text, officer.name, self._follow(dossier), self.now
        )

    def _demand_current(self, draft: Draft) -> None:
        """Still filed here, under the version the person has seen."""
        current = draft.procedure.current_version
        if open_filing(draft.procedure) is not Filing.LOCAL or current is None:
            raise InvalidTransition("not_filed_here", procedure=draft.procedure_id)
        if current.id != draft.version_id:
            changes = differences(draft.version.document, current.document)
            raise Conflict("version_superseded", differences=changes, version=current.number)

    def _store(self, draft: Draft, dossier: Dossier, found: Review) -> None:
        """Dossier and files together; what the dossier does not name is forgotten."""
        self.session.add(dossier)
        left = set(self._attachments(draft)) - set(found.used)
        for attachment in left:
            discard(self.session, attachment)
        submission.take_files(dossier, found.used)
        submission.close_draft(draft, dossier)
        form_moves.forget(self.session, draft)
        self.session.flush()  # log and audit name the dossier's id

    def _take_up(self, dossier: Dossier, officer: Account, revision: int | None) -> None:
        """Lock the dossier for an officer of its desk, as they saw it."""
        lock(self.session, dossier)
        if dossier.agency_id not in desks_of(self.session, officer, self.now):
            raise NotAllowed("not_your_desk")
        if revision is not None and revision != dossier.revision:
            raise Conflict("dossier_changed")

    def _version_in_force(self, dossier: Dossier) -> ProcedureVersion:
        return version_in_force(dossier.procedure, dossier.version)

    def _attachments(self, draft: Draft) -> list[Attachment]:
        query = select(Attachment).where(Attachment.draft_id == draft.id)
        return list(self.session.scalars(query.order_by(Attachment.position)))

    def _follow(self, dossier: Dossier) -> str:
        return self.rules.follow_url(dossier.lookup_code)
