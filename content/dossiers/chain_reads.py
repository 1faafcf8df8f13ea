"""Reading chains: the parts of a dossier, each agency's own list, and who overran."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, joinedload, selectinload

from content.calendar.pauses import Pause
from content.calendar.working import WorkingCalendar
from content.dossiers.chain_clock import Overrun, PartDays, overruns, own_due
from content.dossiers.chain_models import ChainHandOver, ChainOrder, ChainPart, ChainTemplate
from content.dossiers.desks import ancestor_ids, subtree_ids
from content.dossiers.models import Dossier
from content.dossiers.states import Actor
from content.dossiers.waiting import DossierPause, pauses_of
from content.people.delegations import posts_of, standing_in
from content.people.models import Account
from content.people.roles import DESK_ROLES
from content.words import local

LISTED = 200
_Row = TypeVar("_Row", ChainPart, DossierPause)


def template_of(session: Session, procedure_id: int) -> ChainTemplate | None:
    """The chain that dossiers of a procedure begin now, if it has one in use."""
    query = select(ChainTemplate).where(
        ChainTemplate.procedure_id == procedure_id, ChainTemplate.in_use
    )
    return session.scalars(query.options(selectinload(ChainTemplate.tasks))).first()


def parts_of(session: Session, dossier: Dossier) -> list[ChainPart]:
    """The parts of a dossier, in their order; none where it is handled by one agency."""
    query = select(ChainPart).where(ChainPart.dossier_id == dossier.id)
    return list(session.scalars(query.order_by(ChainPart.number)))


def chain_hand_overs(session: Session, dossier: Dossier) -> list[ChainHandOver]:
    """All hand-overs of a dossier's chain."""
    query = select(ChainHandOver).where(ChainHandOver.dossier_id == dossier.id)
    return list(session.scalars(query.order_by(ChainHandOver.number)))


def last_hand_over(session: Session, dossier_id: int, part: int | None) -> ChainHandOver | None:
    """The oldest hand-over to a part (``None``: to the desk) nobody has signed for, else the
    newest one."""
    query = select(ChainHandOver).where(
        ChainHandOver.dossier_id == dossier_id, ChainHandOver.to_part == part
    )
    rows = list(session.scalars(query.order_by(ChainHandOver.number)))
    waiting = [one for one in rows if one.taken_at is None]
    return waiting[0] if waiting else (rows[-1] if rows else None)


def capacities_at(
    session: Session, officer: Account, agency_id: int, now: datetime
) -> frozenset[Actor]:
    """In which parts an officer works at an agency, on their own or for an absent colleague."""
    here = ancestor_ids(session, agency_id)
    found = {one.role for one in officer.memberships if one.agency_id in here}
    standing = standing_in(session, officer.id, local(now).date())
    found |= {one.role for one in standing if one.agency_id in here}
    known = {actor.value for actor in Actor}
    return frozenset(Actor(one.value) for one in found if one in DESK_ROLES and one.value in known)


def days_of(parts: Sequence[ChainPart], dossier: Dossier) -> list[PartDays]:
    """The parts for the clock. A limit that began anew after a supplement begins anew for
    whoever has the dossier."""
    return [
        PartDays(
            agency=one.agency_name,
            working_days=one.working_days,
            given=_begins(one, dossier),
            finished=local(one.finished_at).date() if one.finished_at else None,
            leads=one.leads,
        )
        for one in parts
    ]


def _begins(part: ChainPart, dossier: Dossier) -> date | None:
    if part.given_at is None:
        return None
    again, until = dossier.clock_from, part.finished_at
    if again is not None and again > part.given_at and (until is None or until >= again):
        return local(again).date()
    return local(part.given_at).date()


def part_due(
    session: Session,
    authority: WorkingCalendar,
    part: ChainPart,
    parts: Sequence[ChainPart],
    now: datetime,
) -> date | None:
    """The last day of a part's own limit, as counted now."""
    pauses = [one.as_pause() for one in pauses_of(session, part.dossier)]
    return _due(authority, part, parts, pauses, now)


def _due(
    authority: WorkingCalendar,
    part: ChainPart,
    parts: Sequence[ChainPart],
    pauses: Sequence[Pause],
    now: datetime,
) -> date | None:
    days = dict(zip([one.number for one in parts], days_of(parts, part.dossier), strict=True))
    together = part.order is ChainOrder.TOGETHER
    beside = [one for number, one in days.items() if number != part.number] if together else []
    return own_due(authority, days[part.number], beside, pauses, now)


def overran(
    session: Session, authority: WorkingCalendar, dossier: Dossier, now: datetime
) -> tuple[Overrun, ...]:
    """The agencies of a dossier's chain that overran their own limit, each with its days."""
    parts = parts_of(session, dossier)
    if not parts:
        return ()
    return overruns(
        authority,
        days_of(parts, dossier),
        local(now).date(),
        together=parts[0].order is ChainOrder.TOGETHER,
        pauses=[one.as_pause() for one in pauses_of(session, dossier)],
        as_of=now,
    )


def late_names(
    session: Session, authority: WorkingCalendar, dossier: Dossier, now: datetime
) -> str:
    """The agencies that overran, as an apology names them; empty where none did."""
    names = [one.agency for one in overran(session, authority, dossier, now)]
    return "; ".join(dict.fromkeys(names))


@dataclass(frozen=True)
class MyPart:
    """A line of an agency's own list."""

    part: ChainPart
    due: date | None
    is_late: bool
    waits_for_signature: bool


def my_parts(
    session: Session,
    officer: Account,
    authority: WorkingCalendar,
    now: datetime,
    *,
    open_only: bool,
) -> list[MyPart]:
    """The parts given to the agencies where an officer works, also for an absent colleague, and
    those below, the earliest due first; of ended parts the newest. Seven queries, however many
    there are."""
    posts = posts_of(session, officer, local(now).date())
    own = sorted({agency for agency, role in posts if role in DESK_ROLES})
    which: ColumnElement[bool] = ChainPart.finished_at.is_not(None)
    if open_only:
        # What ended early is nobody's work any more.
        which = ChainPart.finished_at.is_(None) & ChainPart.dossier.has(
            Dossier.finished_at.is_(None)
        )
    query = (
        select(ChainPart)
        .where(
            ChainPart.agency_id.in_(subtree_ids(session, own)),
            ChainPart.given_at.is_not(None),
            which,
        )
        .options(joinedload(ChainPart.dossier), joinedload(ChainPart.agency))
        .order_by(ChainPart.planned_due if open_only else ChainPart.finished_at.desc())
        .limit(LISTED)
    )
    found = list(session.scalars(query))
    ids = {one.dossier_id for one in found}
    beside = _by_dossier(session.scalars(select(ChainPart).where(ChainPart.dossier_id.in_(ids))))
    waits = _by_dossier(
        session.scalars(select(DossierPause).where(DossierPause.dossier_id.in_(ids)))
    )
    unsigned = {
        (row.dossier_id, row.to_part)
        for row in session.scalars(
            select(ChainHandOver).where(
                ChainHandOver.dossier_id.in_(ids), ChainHandOver.taken_at.is_(None)
            )
        )
    }
    lines = []
    for one in found:
        pauses = [pause.as_pause() for pause in waits.get(one.dossier_id, ())]
        due = one.due_date or _due(authority, one, beside[one.dossier_id], pauses, now)
        ended = local(one.finished_at or now).date()
        is_late = due is not None and ended > due
        lines.append(MyPart(one, due, is_late, (one.dossier_id, one.number) in unsigned))
    return sorted(lines, key=lambda one: one.due or date.max) if open_only else lines


def _by_dossier(rows: Iterable[_Row]) -> dict[int, list[_Row]]:
    found: dict[int, list[_Row]] = {}
    for one in rows:
        found.setdefault(one.dossier_id, []).append(one)
    return found
