"""Drafts made while a dossier is handled (dự thảo): what one prepares and another decides.

A supplement, an apology, a refusal, a result is drafted, awaits its decider, is approved or
rejected with a remark, and is done once the move it asks for has been made. Here is only
that way; the move itself, with all its guards, is made by the service of its family, which
calls :meth:`Proposals.approve` and :meth:`Proposals.finish` in the same transaction.
Nothing here changes a dossier.
"""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, Index, String, Text, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from content import audit
from content.dossiers.handling import HandlingService, capacities
from content.dossiers.locking import lock
from content.dossiers.models import Dossier
from content.dossiers.states import Actor
from content.errors import Conflict, Invalid, InvalidTransition, NotAllowed
from content.orm import Base, Id, Versioned, by_value, reference
from content.people.models import Account
from content.text import clean

MAX_TEXT = 4000
MAX_BASIS = 500


class ProposalKind(StrEnum):
    """What is proposed."""

    SUPPLEMENT = "supplement"
    APOLOGY = "apology"
    REFUSAL = "refusal"
    RESULT = "result"
    WITHDRAWAL = "withdrawal"


class ProposalState(StrEnum):
    """How far a proposal is. ``DROPPED``: taken back, or overtaken by the dossier's way."""

    DRAFTED = "drafted"
    AWAITING = "awaiting"
    APPROVED = "approved"
    REJECTED = "rejected"
    DONE = "done"
    DROPPED = "dropped"


OPEN = frozenset({ProposalState.DRAFTED, ProposalState.AWAITING, ProposalState.APPROVED})
KIND_NAMES = {
    ProposalKind.SUPPLEMENT: "Yêu cầu bổ sung hồ sơ",
    ProposalKind.APOLOGY: "Xin lỗi và hẹn lại ngày trả kết quả",
    ProposalKind.REFUSAL: "Không giải quyết hồ sơ",
    ProposalKind.RESULT: "Kết quả giải quyết",
    ProposalKind.WITHDRAWAL: "Rút hồ sơ",
}
STATE_NAMES = {
    ProposalState.DRAFTED: "Đang soạn",
    ProposalState.AWAITING: "Chờ duyệt",
    ProposalState.APPROVED: "Đã duyệt, chờ thực hiện",
    ProposalState.REJECTED: "Không duyệt",
    ProposalState.DONE: "Đã thực hiện",
    ProposalState.DROPPED: "Đã bỏ",
}
_SPECIALISTS = frozenset({Actor.SPECIALIST, Actor.HEAD})
_DRAFTERS: Mapping[ProposalKind, frozenset[Actor]] = {
    ProposalKind.SUPPLEMENT: frozenset({Actor.ONE_STOP, Actor.SPECIALIST}),
    ProposalKind.APOLOGY: frozenset({Actor.SPECIALIST, Actor.LEADER}),
    ProposalKind.REFUSAL: _SPECIALISTS,
    ProposalKind.RESULT: _SPECIALISTS,
    ProposalKind.WITHDRAWAL: frozenset({Actor.ONE_STOP}),
}
#: Who approves: the leader, who signs. A withdrawal is the applicant's wish, which the desk
#: only confirms (domain: T12).
_DECIDERS: Mapping[ProposalKind, frozenset[Actor]] = {
    **{kind: frozenset({Actor.LEADER}) for kind in ProposalKind},
    ProposalKind.WITHDRAWAL: frozenset({Actor.ONE_STOP}),
}


class Proposal(Versioned, Base):
    """One draft. ``text`` is its reason, ``data`` what its kind needs beyond (items, dates).

    ``drafted_by_id`` ``None`` is the system that prepared it, or the applicant who wished it
    (``drafted_as``). ``open_kind`` equals the kind while it is open: a dossier has at most
    one open proposal of each kind. Rows are never deleted; a rejected one stays, and the
    next try is a row of its own.
    """

    __tablename__ = "proposal"
    __table_args__ = (
        UniqueConstraint("dossier_id", "open_kind"),
        CheckConstraint("state <> 'rejected' OR remark <> ''", name="rejected_with_remark"),
        Index("ix__proposal__waiting", "state", "kind"),
    )

    id: Mapped[Id]
    dossier_id: Mapped[int] = reference("dossier.id", index=False)
    kind: Mapped[ProposalKind] = mapped_column(by_value(ProposalKind))
    open_kind: Mapped[str | None] = mapped_column(String(40))
    state: Mapped[ProposalState] = mapped_column(by_value(ProposalState))
    text: Mapped[str] = mapped_column(Text, default="")
    legal_basis: Mapped[str] = mapped_column(Text, default="")
    data: Mapped[dict[str, Any]] = mapped_column(default=dict)
    drafted_as: Mapped[Actor] = mapped_column(by_value(Actor))
    drafted_by_id: Mapped[int | None] = reference("account.id")
    drafted_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = reference("account.id")
    decided_at: Mapped[datetime | None]
    remark: Mapped[str] = mapped_column(Text, default="")
    done_at: Mapped[datetime | None]

    dossier: Mapped[Dossier] = relationship()
    drafted_by: Mapped[Account | None] = relationship(foreign_keys=[drafted_by_id])
    decided_by: Mapped[Account | None] = relationship(foreign_keys=[decided_by_id])

    @property
    def is_open(self) -> bool:
        """Whether something can still come of it."""
        return self.state in OPEN


def open_proposal(session: Session, dossier: Dossier, kind: ProposalKind) -> Proposal | None:
    """The open proposal of a kind, if there is one."""
    query = select(Proposal).where(
        Proposal.dossier_id == dossier.id, Proposal.open_kind == kind.value
    )
    return session.scalars(query).first()


def proposals_of(session: Session, dossier: Dossier) -> list[Proposal]:
    """All proposals of a dossier, the newest first."""
    query = select(Proposal).where(Proposal.dossier_id == dossier.id)
    return list(session.scalars(query.order_by(Proposal.id.desc())))


def drafters(kind: ProposalKind) -> frozenset[Actor]:
    """The parts that draft such a proposal."""
    return _DRAFTERS[kind]


def may_draft(kind: ProposalKind, mine: frozenset[Actor]) -> bool:
    """Whether somebody in these parts may prepare such a proposal."""
    return bool(_DRAFTERS[kind] & mine)


def may_decide(kind: ProposalKind, mine: frozenset[Actor]) -> bool:
    """Whether somebody in these parts may approve or reject such a proposal."""
    return bool(_DECIDERS[kind] & mine)


class Proposals(HandlingService):
    """Drafting, sending, deciding. The only writer of proposals.

    ``seen`` is the revision of the proposal that the page showed; another one raises
    ``Conflict("proposal_changed")``.
    """

    def draft(
        self,
        dossier: Dossier,
        officer: Account,
        kind: ProposalKind,
        text: str,
        *,
        legal_basis: str = "",
        data: dict[str, Any] | None = None,
        seen: int | None = None,
    ) -> Proposal:
        """Begin a proposal, or write its open draft anew.

        Raises ``Invalid`` for ``text`` and ``legal_basis``, ``NotAllowed``, and
        ``InvalidTransition("proposal_awaits")`` when one has been sent already.
        """
        actor = self._part(dossier, officer, _DRAFTERS[kind])
        text, basis = clean(text, multiline=True), clean(legal_basis)
        _demand(text, basis)
        proposal = open_proposal(self.session, dossier, kind)
        if proposal is None:
            proposal = self._new(dossier, kind, actor)
        elif proposal.state is not ProposalState.DRAFTED:
            raise InvalidTransition("proposal_awaits", proposal=proposal.id)
        else:
            self._demand_seen(proposal, seen)
        proposal.text, proposal.legal_basis = text, basis
        proposal.data = {**proposal.data, **(data or {})}
        proposal.drafted_as, proposal.drafted_by = actor, officer
        proposal.drafted_at = self.now
        self._note(proposal, officer, "drafted")
        return proposal

    def prepare(
        self,
        dossier: Dossier,
        kind: ProposalKind,
        data: dict[str, Any],
        *,
        by: Actor = Actor.SYSTEM,
        text: str = "",
    ) -> Proposal | None:
        """A draft made for a person to complete, or an applicant's wish; ``None`` if there is
        an open one already. The caller holds the dossier's lock."""
        if open_proposal(self.session, dossier, kind) is not None:
            return None
        proposal = self._new(dossier, kind, by)
        proposal.text, proposal.data = text, data
        self._note(proposal, None, "prepared")
        return proposal

    def send(self, proposal: Proposal, officer: Account, *, seen: int | None = None) -> None:
        """Lay it before who decides. Its reason must be there by now."""
        self._part(proposal.dossier, officer, _DRAFTERS[proposal.kind])
        self._demand_state(proposal, ProposalState.DRAFTED, seen)
        if not proposal.text.strip():
            raise Invalid({"text": "required"})
        self.await_decision(proposal)
        self._note(proposal, officer, "sent")

    def await_decision(self, proposal: Proposal) -> None:
        """The wish of an applicant waits at once; everybody else calls :meth:`send`."""
        proposal.state, proposal.sent_at = ProposalState.AWAITING, self.now

    def drop(self, proposal: Proposal, officer: Account, *, seen: int | None = None) -> None:
        """Take it back, before anybody has decided."""
        self._part(proposal.dossier, officer, _DRAFTERS[proposal.kind])
        if proposal.state is not ProposalState.DRAFTED:
            self._demand_state(proposal, ProposalState.AWAITING, seen)
        else:
            self._demand_seen(proposal, seen)
        self._close(proposal, ProposalState.DROPPED)
        self._note(proposal, officer, "dropped")

    def take_back(self, proposal: Proposal) -> None:
        """The applicant's own wish is no longer theirs. The caller holds the dossier's lock."""
        self._demand_state(proposal, ProposalState.AWAITING, None)
        self._close(proposal, ProposalState.DROPPED)
        self._note(proposal, None, "dropped")

    def approve(
        self, proposal: Proposal, officer: Account, *, remark: str = "", seen: int | None = None
    ) -> Actor:
        """Decide for it; returns the part in which it was decided. Does not make the move."""
        actor = self._part(proposal.dossier, officer, _DECIDERS[proposal.kind])
        self._demand_state(proposal, ProposalState.AWAITING, seen)
        self._decide(proposal, officer, ProposalState.APPROVED, clean(remark, multiline=True))
        self._note(proposal, officer, "approved")
        return actor

    def reject(
        self, proposal: Proposal, officer: Account, remark: str, *, seen: int | None = None
    ) -> None:
        """Decide against it, saying why. Raises ``Invalid`` for ``remark``."""
        self._part(proposal.dossier, officer, _DECIDERS[proposal.kind])
        self._demand_state(proposal, ProposalState.AWAITING, seen)
        text = clean(remark, multiline=True)
        if not text:
            raise Invalid({"remark": "required"})
        self._decide(proposal, officer, ProposalState.REJECTED, text)
        proposal.open_kind = None
        self._note(proposal, officer, "rejected")

    def finish(self, proposal: Proposal) -> None:
        """The move it asked for has been made."""
        if proposal.state is not ProposalState.APPROVED:
            raise InvalidTransition("proposal_not_approved", proposal=proposal.id)
        proposal.done_at = self.now
        self._close(proposal, ProposalState.DONE)
        self._note(proposal, proposal.decided_by, "done")

    def set_aside(self, proposal: Proposal, officer: Account) -> None:
        """What was agreed with is sent back to be done again: it may be proposed anew. The
        caller holds the dossier's lock."""
        self._close(proposal, ProposalState.DROPPED)
        self._note(proposal, officer, "dropped")

    def drop_all(self, dossier: Dossier, *, but: Proposal | None = None) -> None:
        """Nothing can come of them any more: the dossier has ended."""
        for proposal in proposals_of(self.session, dossier):
            if proposal.is_open and proposal is not but:
                self._close(proposal, ProposalState.DROPPED)
                self._note(proposal, None, "dropped")

    def _new(self, dossier: Dossier, kind: ProposalKind, actor: Actor) -> Proposal:
        proposal = Proposal(
            dossier=dossier,
            kind=kind,
            open_kind=kind.value,
            state=ProposalState.DRAFTED,
            text="",
            legal_basis="",
            data={},
            drafted_as=actor,
            drafted_at=self.now,
            remark="",
        )
        self.session.add(proposal)
        return proposal

    def _part(self, dossier: Dossier, officer: Account, wanted: frozenset[Actor]) -> Actor:
        """Lock the dossier; in which of the wanted parts the officer acts on it."""
        lock(self.session, dossier)
        mine = capacities(self.session, officer, dossier, self.now)
        if not mine:
            raise NotAllowed("not_your_desk")
        if not mine & wanted:
            raise NotAllowed("actor")
        return min(mine & wanted)

    def _demand_state(self, proposal: Proposal, state: ProposalState, seen: int | None) -> None:
        self.session.refresh(proposal)
        if proposal.state is not state:
            raise Conflict("proposal_changed", state=proposal.state.value)
        self._demand_seen(proposal, seen)

    def _demand_seen(self, proposal: Proposal, seen: int | None) -> None:
        if seen is not None and seen != proposal.revision:
            raise Conflict("proposal_changed", state=proposal.state.value)

    def _decide(
        self, proposal: Proposal, officer: Account, state: ProposalState, remark: str
    ) -> None:
        if len(remark) > MAX_TEXT:
            raise Invalid({"remark": "too_long"}, limit=MAX_TEXT, length=len(remark))
        proposal.state, proposal.remark = state, remark
        proposal.decided_by, proposal.decided_at = officer, self.now

    def _close(self, proposal: Proposal, state: ProposalState) -> None:
        proposal.state, proposal.open_kind = state, None

    def _note(self, proposal: Proposal, officer: Account | None, verb: str) -> None:
        self.session.flush()  # the audit names the proposal's id
        audit.record(
            self.session,
            now=self.now,
            actor_id=officer.id if officer else None,
            action=f"proposal.{verb}",
            subject=f"dossier:{proposal.dossier_id}",
            proposal=proposal.id,
            kind=proposal.kind.value,
        )


def _demand(text: str, basis: str) -> None:
    if len(text) > MAX_TEXT:
        raise Invalid({"text": "too_long"}, limit=MAX_TEXT, length=len(text))
    if len(basis) > MAX_BASIS:
        raise Invalid({"legal_basis": "too_long"}, limit=MAX_BASIS, length=len(basis))
