"""Desks that are told of a decision, and that say "Đã nhận, đã niêm yết".

A decision concerns the desks that receive the procedures it names: those of communes for
procedures of communes, the province's centre for the others (NĐ 63/2010 arts 16 and 17).
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Date, String, UniqueConstraint, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from content import audit
from content.agencies.models import Agency, AgencyKind
from content.errors import Invalid
from content.orm import Base, BigId, Id, reference
from content.procedures.decisions import PublicationDecision, PublicationEntry
from content.procedures.kinds import Level
from content.procedures.models import Procedure
from content.procedures.standing import today

DESK_OF = {
    Level.COMMUNE: AgencyKind.COMMUNE_CENTRE,
    Level.PROVINCE: AgencyKind.PROVINCE_CENTRE,
    Level.OTHER: AgencyKind.PROVINCE_CENTRE,
}
LEVELS_OF = {
    kind: frozenset(level for level, desk in DESK_OF.items() if desk is kind)
    for kind in DESK_OF.values()
}


class Acknowledgement(Base):
    """A desk has received a decision and posted its procedures on its board."""

    __tablename__ = "decision_acknowledgement"
    __table_args__ = (UniqueConstraint("decision_id", "agency_id"),)

    id: Mapped[Id]
    decision_id: Mapped[int] = reference("publication_decision.id", index=False)
    agency_id: Mapped[int] = reference("agency.id")
    account_id: Mapped[int | None] = mapped_column(BigId)
    at: Mapped[datetime]
    posted_on: Mapped[date] = mapped_column(Date)

    decision: Mapped[PublicationDecision] = relationship(lazy="select")
    agency: Mapped[Agency] = relationship(lazy="joined")


class DecisionReminder(Base):
    """A reminder that was sent, so that it is sent once; ``key`` says of what."""

    __tablename__ = "decision_reminder"

    key: Mapped[str] = mapped_column(String(120), primary_key=True)
    at: Mapped[datetime]


@dataclass(frozen=True)
class Told:
    """A decision as one desk sees it; ``acknowledged`` is missing while it waits."""

    decision: PublicationDecision
    agency: Agency
    entries: Sequence[PublicationEntry]
    acknowledged: Acknowledgement | None


def desks(session: Session, day: date) -> list[Agency]:
    """Every desk that receives dossiers on a day, in the order of the authority."""
    query = (
        select(Agency)
        .where(
            Agency.kind.in_(list(LEVELS_OF)),
            or_(Agency.valid_from.is_(None), Agency.valid_from <= day),
            or_(Agency.valid_to.is_(None), Agency.valid_to >= day),
        )
        .order_by(Agency.position, Agency.id)
    )
    return list(session.scalars(query))


def concerned(session: Session, decision: PublicationDecision, day: date) -> list[Agency]:
    """The desks that receive a procedure which the decision names."""
    levels = _levels(session, decision)
    return [one for one in desks(session, day) if levels & LEVELS_OF[one.kind]]


def _levels(session: Session, decision: PublicationDecision) -> set[Level]:
    query = (
        select(Procedure.level)
        .join(PublicationEntry, PublicationEntry.procedure_id == Procedure.id)
        .where(PublicationEntry.decision_id == decision.id)
        .distinct()
    )
    return set(session.scalars(query))


def told(session: Session, agencies: Collection[Agency]) -> list[Told]:
    """The decisions that concern some desks, those that wait first, then the newest."""
    wanted = [one for one in agencies if one.kind in LEVELS_OF]
    levels = {level for one in wanted for level in LEVELS_OF[one.kind]}
    if not levels:
        return []
    query = (
        select(PublicationEntry, Procedure)
        .join(Procedure, Procedure.id == PublicationEntry.procedure_id)
        .where(Procedure.level.in_(levels))
        .order_by(PublicationEntry.decision_id.desc(), PublicationEntry.id)
    )
    by_decision: dict[int, list[PublicationEntry]] = {}
    for entry, _procedure in session.execute(query):
        by_decision.setdefault(entry.decision_id, []).append(entry)
    given = _given(session, [one.id for one in wanted])
    rows = [
        Told(entries[0].decision, agency, _of(entries, agency), given.get((number, agency.id)))
        for number, entries in by_decision.items()
        for agency in wanted
        if _of(entries, agency)
    ]
    return sorted(rows, key=lambda one: (one.acknowledged is not None, -one.decision.id))


def acknowledge(
    session: Session,
    decision: PublicationDecision,
    agency: Agency,
    *,
    posted_on: date,
    by: int | None,
    now: datetime,
) -> Acknowledgement:
    """Write down that the desk received the decision and posted it; once and for all.

    Raises ``Invalid`` for a decision of no concern, and a day outside signing to today.
    """
    if not _levels(session, decision) & LEVELS_OF.get(agency.kind, frozenset()):
        raise Invalid({"decision": "not_concerned"})
    if posted_on > today(now) or posted_on < decision.signed_on:
        raise Invalid({"posted_on": "outside"})
    known = _given(session, [agency.id]).get((decision.id, agency.id))
    if known is not None:
        return known
    made = Acknowledgement(
        decision=decision, agency=agency, account_id=by, at=now, posted_on=posted_on
    )
    session.add(made)
    audit.record(
        session,
        now=now,
        actor_id=by,
        action="decision.acknowledged",
        subject=f"decision:{decision.id}",
        agency=agency.id,
        posted_on=posted_on.isoformat(),
    )
    return made


def acknowledgements(
    session: Session, decision: PublicationDecision, day: date
) -> list[tuple[Agency, Acknowledgement | None]]:
    """Every desk a decision concerns, with what it said."""
    query = select(Acknowledgement).where(Acknowledgement.decision_id == decision.id)
    given = {one.agency_id: one for one in session.scalars(query)}
    return [(one, given.get(one.id)) for one in concerned(session, decision, day)]


def waiting(session: Session, day: date) -> int:
    """How many times a desk has not yet answered a published decision that concerns it;
    samples ask nothing."""
    query = (
        select(PublicationEntry.decision_id, Procedure.level)
        .join(Procedure, Procedure.id == PublicationEntry.procedure_id)
        .join(PublicationDecision, PublicationDecision.id == PublicationEntry.decision_id)
        .where(
            PublicationDecision.is_sample.is_(False),
            PublicationDecision.published_at.is_not(None),
        )
        .distinct()
    )
    levels: dict[int, set[Level]] = {}
    for row in session.execute(query):
        levels.setdefault(row.decision_id, set()).add(row.level)
    at = desks(session, day) if levels else []
    given = _given(session, [one.id for one in at])
    return sum(
        bool(of_decision & LEVELS_OF[one.kind]) and (number, one.id) not in given
        for number, of_decision in levels.items()
        for one in at
    )


def _of(entries: Sequence[PublicationEntry], agency: Agency) -> list[PublicationEntry]:
    levels = LEVELS_OF[agency.kind]
    return [one for one in entries if one.procedure.level in levels]


def _given(session: Session, agency_ids: list[int]) -> dict[tuple[int, int], Acknowledgement]:
    query = select(Acknowledgement).where(Acknowledgement.agency_id.in_(agency_ids))
    return {(one.decision_id, one.agency_id): one for one in session.scalars(query)}
