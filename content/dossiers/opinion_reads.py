"""Reading opinions: those of a dossier, and what waits for an officer's own units."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from content.agencies.models import Agency
from content.dossiers.models import Attachment, Dossier
from content.dossiers.opinion_models import Opinion, OpinionFile, OpinionState
from content.dossiers.opinions import ANSWERING
from content.dossiers.routing_reads import Choice
from content.dossiers.sight import Sight
from content.errors import NotFound
from content.people.models import Account, Membership
from content.people.roles import Role
from content.words import local

LISTED = 200


def opinions_of(session: Session, dossier: Dossier) -> list[Opinion]:
    """All questions of a dossier, in their order."""
    query = select(Opinion).where(Opinion.dossier_id == dossier.id).order_by(Opinion.number)
    return list(session.scalars(query.options(selectinload(Opinion.files))))


def opinion_of(session: Session, dossier: Dossier, number: int) -> Opinion:
    """One of them. Raises ``NotFound``."""
    query = select(Opinion).where(Opinion.dossier_id == dossier.id, Opinion.number == number)
    found = session.scalars(query).first()
    if found is None:
        raise NotFound("opinion")
    return found


def is_open(opinion: Opinion) -> bool:
    """Whether an answer is still waited for: also not where the dossier has ended."""
    return opinion.state is OpinionState.ASKED and opinion.dossier.finished_at is None


def is_late(opinion: Opinion, now: datetime) -> bool:
    """Whether it was, or is by now, answered after its last day."""
    if opinion.state is OpinionState.WITHDRAWN:
        return False
    ended = opinion.ended_at or opinion.dossier.finished_at or now
    return local(ended).date() > opinion.due_date


def papers_for(opinion: Opinion) -> list[Attachment]:
    """The papers that the asked unit may read: only while it is asked."""
    if not is_open(opinion):
        return []
    shown = set(opinion.papers)
    return [one for one in opinion.dossier.attachments if one.token in shown]


def answer_file(opinion: Opinion, token: str) -> OpinionFile:
    """A file of the answer. Raises ``NotFound``."""
    for one in opinion.files:
        if one.token == token:
            return one
    raise NotFound("file")


def givers(session: Session, dossier: Dossier, today: date) -> list[Choice]:
    """All units but the one that has the dossier, and after each those of its people who give
    opinions."""
    here = dossier.unit_id or dossier.agency_id
    query = select(Agency).where(
        Agency.id != here, or_(Agency.valid_to.is_(None), Agency.valid_to >= today)
    )
    units = list(session.scalars(query.order_by(Agency.position, Agency.name)))
    roles = [Role(one.value) for one in ANSWERING]
    people = (
        select(Membership.agency_id, Membership.role, Account.id, Account.name)
        .join(Account, Account.id == Membership.account_id)
        .where(Membership.role.in_(roles), Account.is_active.is_(True))
        .order_by(Account.name, Account.id)
    )
    by_unit: dict[int, list[tuple[int, str, Role]]] = {}
    for agency_id, role, account_id, name in session.execute(people):
        by_unit.setdefault(agency_id, []).append((account_id, name, role))
    found = []
    for unit in units:
        found.append(Choice(unit.id, unit.name))
        for account_id, name, role in by_unit.get(unit.id, ()):
            found.append(Choice(unit.id, unit.name, account_id, name, role))
    return found


@dataclass(frozen=True)
class Asked:
    """A line of the list; ``is_mine``: it names this officer or who they stand in for."""

    opinion: Opinion
    due: date
    is_late: bool
    is_mine: bool


def asked_of(session: Session, sight: Sight, now: datetime, *, open_only: bool) -> list[Asked]:
    """What was asked of the units in sight, the earliest due first; of the ended the newest."""
    query = (
        select(Opinion)
        .join(Dossier)
        .where(_within(sight), _waits() if open_only else ~_waits())
        .options(joinedload(Opinion.dossier))
        .order_by(
            *(
                (Opinion.due_date, Opinion.id)
                if open_only
                else (func.coalesce(Opinion.ended_at, Opinion.asked_at).desc(), Opinion.id.desc())
            )
        )
        .limit(LISTED)
    )
    return [
        Asked(one, one.due_date, is_late(one, now), one.person_id in sight.people)
        for one in session.scalars(query)
    ]


def how_many_wait(session: Session, sight: Sight) -> int:
    """How much the list of open questions holds."""
    query = select(func.count(Opinion.id)).join(Dossier).where(_within(sight), _waits())
    return session.scalar(query) or 0


def _within(sight: Sight) -> ColumnElement[bool]:
    # Whoever asked waits for others; the list is of what others wait for.
    return Opinion.agency_id.in_(sight.agency_ids) & (Opinion.asked_by_id != sight.account_id)


def _waits() -> ColumnElement[bool]:
    return (Opinion.state == OpinionState.ASKED) & Dossier.finished_at.is_(None)
