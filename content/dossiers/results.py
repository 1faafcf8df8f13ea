"""Results: T15, the signed result with its number; T14, the reasoned refusal as the result.

A specialist may lay the result before the leader first; the clerk then completes what the
leader approved. Who received the dossier neither signs nor completes it. An early result is
announced at once (NĐ 61/2018 art. 20.4); being late never holds a result back. The only
writer of these moves and of ``DossierResult``.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, BinaryIO

from sqlalchemy import select
from sqlalchemy.orm import Session

from content.dossiers import result_notices
from content.dossiers.event_data import RefusedAfterAppraisal, SignedBy, as_data
from content.dossiers.handling import HandlingService, capacities
from content.dossiers.holding import awaits_leader, demand_work, is_in_chain
from content.dossiers.log import Deed, allowed, move
from content.dossiers.models import Dossier, DossierEvent
from content.dossiers.passing import to_clerk, to_desk, told_of
from content.dossiers.proposals import (
    Proposal,
    ProposalKind,
    Proposals,
    ProposalState,
    drafters,
    open_proposal,
)
from content.dossiers.reasons import demand_reason, demand_short
from content.dossiers.result_models import (
    MAX_NUMBER,
    MAX_SIGNER,
    MAX_TITLE,
    DossierResult,
    ResultFile,
    ResultKind,
)
from content.dossiers.rules import FilingRules
from content.dossiers.signed_files import FileSignature, against
from content.dossiers.slip_numbers import Symbol, deciding_agency, issue_number
from content.dossiers.states import Action, Actor, Facts, Need, Status
from content.dossiers.wording import RECEPTIONS
from content.errors import Invalid, InvalidTransition
from content.files import FileService
from content.people.models import Account
from content.people.signing_as import signs_as
from content.text import fold
from content.words import local

MAX_FILES, MAX_COPIES = 10, 99
REFUSAL_TITLE = "Thông báo không giải quyết hồ sơ"


@dataclass(frozen=True)
class NewFile:
    """A file as it came, already looked into: a PDF, with the ``signatures`` found in it."""

    source: BinaryIO
    name: str
    media_type: str
    signatures: tuple[FileSignature, ...] = ()


@dataclass(frozen=True)
class Result:
    """What the clerk enters; ``copies`` are those on paper."""

    kind: ResultKind
    title: str
    number: str
    symbol: str
    issued_on: date
    signer_name: str
    signer_title: str
    copies: int = 1
    valid_to: date | None = None
    files: Sequence[NewFile] = ()


def result_of(session: Session, dossier: Dossier) -> DossierResult | None:
    """The result of a dossier, if there is one; dossiers of older systems may have none."""
    query = select(DossierResult).where(DossierResult.dossier_id == dossier.id)
    return session.scalars(query).first()


def received_by(session: Session, dossier: Dossier) -> DossierEvent | None:
    """The line of the log with which the dossier was received."""
    query = select(DossierEvent).where(
        DossierEvent.dossier_id == dossier.id, DossierEvent.action.in_(RECEPTIONS)
    )
    return session.scalars(query.order_by(DossierEvent.number.desc())).first()


class ResultService(HandlingService):
    """Results of dossiers, as of one instant."""

    def __init__(
        self, session: Session, files: FileService, now: datetime, rules: FilingRules
    ) -> None:
        super().__init__(session, now, rules)
        self.files = files

    def propose(
        self,
        dossier: Dossier,
        officer: Account,
        text: str,
        *,
        refusal: bool,
        legal_basis: str = "",
        revision: int | None = None,
    ) -> Proposal:
        """Lay the result, or the refusal, before the leader; who has the dossier does. Raises
        ``Invalid`` (``reason``), ``InvalidTransition`` (``wrong_state``, ``proposal_awaits``),
        ``NotAllowed`` (also ``not_holder``), ``Conflict``."""
        kind = ProposalKind.REFUSAL if refusal else ProposalKind.RESULT
        self.take_part(dossier, officer, drafters(kind), revision)
        action = Action.REFUSE_AFTER_APPRAISAL if refusal else Action.COMPLETE
        reason = demand_reason(text)
        # Whether the state knows the move; the leader and the clerk make it.
        given = Facts(given=frozenset({Need.SIGNED_RESULT}), reason=reason)
        allowed(dossier.status, action, Actor.LEADER, given)
        demand_work(self.session, dossier, officer, self.now)
        proposals = Proposals(self.session, self.now, self.rules)
        proposal = proposals.draft(dossier, officer, kind, reason, legal_basis=legal_basis)
        proposals.send(proposal, officer)
        return proposal

    def sign(self, proposal: Proposal, leader: Account, *, seen: int | None = None) -> None:
        """The leader agrees with the result, and the dossier goes to the clerk, who completes
        it (T18). Raises ``InvalidTransition("accepted_it")`` for who received the dossier."""
        dossier = proposal.dossier
        self._demand_other(dossier, leader)
        Proposals(self.session, self.now, self.rules).approve(proposal, leader, seen=seen)
        if dossier.status is not Status.IN_PROGRESS or is_in_chain(self.session, dossier):
            return
        row = to_clerk(self.session, self.rules.calendar, dossier, leader, self.now)
        if row is not None:
            facts = replace(self.facts_of(dossier), given=frozenset({Need.TEXT}))
            told, giver = told_of(row), row.from_agency_id
            deed = Deed(Action.FORWARD, Actor.LEADER, leader, giver, data=told)
            move(self.session, dossier, deed, facts, self.now)

    def complete(
        self,
        dossier: Dossier,
        officer: Account,
        said: Result,
        *,
        revision: int | None = None,
        signed_elsewhere: bool = False,
    ) -> DossierResult:
        """T15; the clerk after the leader's signature, be it in the documents' own system
        (``signed_elsewhere``).

        Raises ``Invalid`` (fields of :class:`Result`), ``InvalidTransition``
        (``accepted_it``, ``leader_has_it``, ``leader_first``), ``NotAllowed``, ``Conflict``."""
        actor = self.take_up(dossier, officer, Action.COMPLETE, revision)
        facts = replace(self.facts_of(dossier), given=frozenset({Need.SIGNED_RESULT}))
        allowed(dossier.status, Action.COMPLETE, actor, facts)
        self._demand_other(dossier, officer)
        proposal = open_proposal(self.session, dossier, ProposalKind.RESULT)
        if proposal is not None and proposal.state is ProposalState.AWAITING:
            raise InvalidTransition("leader_has_it", dossier=dossier.id)
        signed = signed_elsewhere or self._leads(dossier, officer)
        if not signed and awaits_leader(self.session, dossier):
            raise InvalidTransition("leader_first", dossier=dossier.id)
        tidy = self._checked(dossier, said)
        result = self._keep(dossier, officer, tidy)
        data: dict[str, Any] = {
            "number": result.number_words,
            "title": result.title,
            "kind": result.kind.value,
            "issued_on": result.issued_on.isoformat(),
            "signed_by": {"name": result.signer_name, "title": result.signer_title},
            "early": result.early,
            "late": self.is_late(dossier),
            "proposal": proposal.id if proposal else None,
            "signatures": [[sign.as_data() for sign in one.signatures] for one in tidy.files],
        }
        issuer = deciding_agency(dossier)
        deed = Deed(Action.COMPLETE, actor, officer, issuer.id, data=data)
        self._end(dossier, result, deed, facts, proposal)
        return result

    def refuse(
        self,
        dossier: Dossier,
        leader: Account,
        reason: str,
        legal_basis: str,
        *,
        revision: int | None = None,
    ) -> DossierResult:
        """T14. Raises ``Invalid`` (``reason``, ``legal_basis``), ``InvalidTransition``
        (``accepted_it``), ``NotAllowed``, ``Conflict``."""
        actor = self.take_up(dossier, leader, Action.REFUSE_AFTER_APPRAISAL, revision)
        return self._refuse(dossier, leader, actor, reason, legal_basis, None)

    def refuse_as_proposed(
        self, proposal: Proposal, leader: Account, *, seen: int | None = None
    ) -> DossierResult:
        """T14, as the specialist wrote it; the leader signs."""
        proposals = Proposals(self.session, self.now, self.rules)
        actor = proposals.approve(proposal, leader, seen=seen)
        text, basis = proposal.text, proposal.legal_basis
        return self._refuse(proposal.dossier, leader, actor, text, basis, proposal)

    def is_late(self, dossier: Dossier) -> bool:
        """Whether today is after the day that holds now."""
        return dossier.due_date is not None and local(self.now).date() > dossier.due_date

    def _refuse(
        self,
        dossier: Dossier,
        leader: Account,
        actor: Actor,
        reason: str,
        legal_basis: str,
        proposal: Proposal | None,
    ) -> DossierResult:
        facts = replace(self.facts_of(dossier), reason=demand_reason(reason))
        allowed(dossier.status, Action.REFUSE_AFTER_APPRAISAL, actor, facts)
        self._demand_other(dossier, leader)
        issuer = deciding_agency(dossier)
        slip = issue_number(self.session, Symbol.REFUSAL, issuer, self.now)
        said = RefusedAfterAppraisal(
            legal_basis=demand_short(legal_basis, "legal_basis"),
            signed_by=SignedBy(**signs_as(leader)),
        )
        result = self._row(
            dossier,
            leader,
            kind=ResultKind.BOTH,
            title=REFUSAL_TITLE,
            number=f"{slip['number']:02d}",
            symbol=slip["symbol"],
            issued_on=local(self.now).date(),
            signer_name=leader.name,
            signer_title=leader.sign_title or "",
            copies=1,
            refusal=True,
        )
        data = {**as_data(said), "slip": slip, "late": self.is_late(dossier)}
        deed = Deed(Action.REFUSE_AFTER_APPRAISAL, actor, leader, issuer.id, facts.reason, data)
        self._end(dossier, result, deed, facts, proposal)
        return result

    def _end(
        self,
        dossier: Dossier,
        result: DossierResult,
        deed: Deed,
        facts: Facts,
        proposal: Proposal | None,
    ) -> None:
        to_desk(self.session, self.rules.calendar, dossier, deed.account, self.now)
        move(self.session, dossier, deed, facts, self.now)
        proposals = Proposals(self.session, self.now, self.rules)
        approved = proposal is not None and proposal.state is ProposalState.APPROVED
        proposals.drop_all(dossier, but=proposal if approved else None)
        if proposal is not None and approved:
            proposals.finish(proposal)
        follow = self.rules.follow_url(dossier.lookup_code)
        result_notices.tell_ready(self.session, result, deed, follow, self.now)

    def _leads(self, dossier: Dossier, officer: Account) -> bool:
        return Actor.LEADER in capacities(self.session, officer, dossier, self.now)

    def _demand_other(self, dossier: Dossier, officer: Account) -> None:
        """Who received a dossier does not sign it off."""
        received = received_by(self.session, dossier)
        if received is not None and received.actor_id == officer.id:
            raise InvalidTransition("accepted_it", dossier=dossier.id)

    def _checked(self, dossier: Dossier, said: Result) -> Result:
        title = demand_short(said.title, "title", MAX_TITLE)
        number = demand_short(said.number, "number", MAX_NUMBER)
        symbol = demand_short(said.symbol, "symbol", MAX_NUMBER)
        name = demand_short(said.signer_name, "signer_name", MAX_SIGNER)
        position = demand_short(said.signer_title, "signer_title", MAX_SIGNER)
        required = {"title": title, "number": number, "signer_name": name, "signer_title": position}
        problems = {field: "required" for field, text in required.items() if not text}
        received = received_by(self.session, dossier)
        if received is not None and name and fold(received.actor_name) == fold(name):
            problems["signer_name"] = "accepted_it"
        problems |= _wrong_days(dossier, said, local(self.now).date())
        if said.kind is not ResultKind.PAPER and not said.files:
            problems["files"] = "file_required"
        elif (refused := against(said.kind, (one.signatures for one in said.files))) is not None:
            problems["files"] = refused
        if len(said.files) > MAX_FILES:
            problems["files"] = "too_many"
        if said.kind is not ResultKind.ELECTRONIC and not 1 <= said.copies <= MAX_COPIES:
            problems["copies"] = "out_of_range"
        if problems:
            raise Invalid(problems)
        return replace(
            said, title=title, number=number, symbol=symbol, signer_name=name, signer_title=position
        )

    def _keep(self, dossier: Dossier, officer: Account, said: Result) -> DossierResult:
        result = self._row(
            dossier,
            officer,
            kind=said.kind,
            title=said.title,
            number=said.number,
            symbol=said.symbol,
            issued_on=said.issued_on,
            valid_to=said.valid_to,
            signer_name=said.signer_name,
            signer_title=said.signer_title,
            copies=said.copies if said.kind is not ResultKind.ELECTRONIC else 0,
        )
        for place, one in enumerate(said.files):
            kept = self.files.keep(
                one.source, name=one.name, media_type=one.media_type, now=self.now
            )
            result.files.append(
                ResultFile(
                    token=secrets.token_urlsafe(24), position=place, file=kept, name=one.name
                )
            )
        return result

    def _row(self, dossier: Dossier, officer: Account, **values: Any) -> DossierResult:
        due = dossier.lawful_date
        result = DossierResult(
            dossier=dossier,
            completed_at=self.now,
            completed_by=officer,
            early=due is not None and local(self.now).date() < due,
            **{"refusal": False, "valid_to": None, **values},
        )
        self.session.add(result)
        return result


def _wrong_days(dossier: Dossier, said: Result, today: date) -> dict[str, str]:
    problems = {}
    received = local(dossier.received_at).date() if dossier.received_at else None
    if said.issued_on > today:
        problems["issued_on"] = "not_yet"
    elif received is not None and said.issued_on < received:
        problems["issued_on"] = "before_reception"
    if said.valid_to is not None and said.valid_to <= said.issued_on:
        problems["valid_to"] = "before_start"
    return problems
