"""Who and what takes part in a sample month: desks, officers, citizens, procedures."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest
from random import Random

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, joinedload

from content.agencies.models import Agency
from content.dossiers.chain_models import ChainTask, ChainTemplate
from content.dossiers.deadlines import limit_of
from content.dossiers.desks import RECEIVING, receives
from content.dossiers.rules import FilingRules
from content.people.models import Account, AccountKind
from content.people.roles import DESK_ROLES, Role
from content.procedures.filing import open_filing
from content.procedures.forms.general import GENERAL_ID
from content.procedures.handling import AfterSupplement, HandlingRule
from content.procedures.kinds import Channel, Filing, Level, Status
from content.procedures.models import Procedure
from content.seed.month.courses import PARTS, Choices

#: Longer limits would leave nothing but open dossiers within a month.
LONGEST = {"working_day": 15, "day": 20, "week": 3, "month": 1, "working_hour": 16, "same_day": 1}
#: Shorter ones are done at the counter, not by nine steps through a house.
SHORTEST = {"working_hour": 3}
_RULES_EVERY = 4
_WAIT_DAYS = 3
_TWO = 2
_BASIS = "Quy tắc mẫu để giới thiệu phần mềm, không có giá trị pháp lý"


@dataclass(frozen=True)
class Cast:
    """Ids of everybody and everything; ``people`` are officers by desk and role, ``partners``
    those that an agency of a chain has itself; ``visits`` are resolved at once, ``chains`` are
    handled jointly."""

    desks: tuple[int, ...]
    people: Mapping[tuple[int, Role], tuple[int, ...]]
    citizens: tuple[int, ...]
    procedures: tuple[int, ...]
    online: tuple[int, ...]
    visits: tuple[int, ...]
    chains: tuple[int, ...]
    partners: Mapping[int, tuple[int, ...]]

    @property
    def choices(self) -> Choices:
        """What courses are drawn from."""
        return Choices(self.procedures, self.online, self.visits, self.chains, self.desks)


def cast_of(session: Session, rules: FilingRules, today: date, most: int) -> Cast:
    """The sample's people and at most ``most`` procedures with a known limit."""
    accounts = session.scalars(
        select(Account).where(Account.is_sample, Account.is_active).order_by(Account.id)
    ).all()
    desks = [one for one in _agencies(session) if receives(one) and _is_valid(one, today)]
    procedures = pick(session, most)
    online = [one.id for one in procedures if _is_online(one, rules)]
    citizens = [one.id for one in accounts if one.kind is AccountKind.CITIZEN]
    return Cast(
        desks=tuple(one.id for one in desks),
        people={(one.id, role): _nearest(accounts, one, role) for one in desks for role in _ROLES},
        citizens=tuple(citizens),
        procedures=tuple(one.id for one in procedures),
        online=tuple(online) if citizens else (),
        visits=tuple(session.scalars(_visits())),
        chains=tuple(session.scalars(_CHAINS)),
        partners=_partners(session, accounts),
    )


#: Chains that the month itself has put in use have as many parts as its courses know.
_CHAINS = (
    select(ChainTemplate.procedure_id)
    .join(ChainTemplate.tasks)
    .where(ChainTemplate.in_use, ChainTask.agency_id.is_not(None))
    .group_by(ChainTemplate.procedure_id)
    .having(func.count(ChainTask.id) == PARTS)
    .order_by(ChainTemplate.procedure_id)
)


def _visits() -> Select[int]:
    """What the desk resolves at once (T19)."""
    query = select(Procedure.id).join(HandlingRule, HandlingRule.procedure_id == Procedure.id)
    known = Procedure.current_version_id.is_not(None)
    query = query.where(HandlingRule.at_once, Procedure.status == Status.IN_FORCE, known)
    return query.order_by(Procedure.id)


def _partners(session: Session, accounts: Iterable[Account]) -> dict[int, tuple[int, ...]]:
    """Who may end a part at each agency of a chain."""
    tasks = session.scalars(select(ChainTask.agency_id).distinct())
    known = {one for one in tasks if one is not None}
    found: dict[int, list[int]] = {one: [] for one in sorted(known)}
    for account in accounts:
        for post in account.memberships:
            if post.agency_id in found and post.role is Role.SPECIALIST:
                found[post.agency_id].append(account.id)
    return {agency: tuple(people) for agency, people in found.items()}


_ROLES = sorted(DESK_ROLES)


def pick(session: Session, most: int) -> list[Procedure]:
    """Procedures in force with a usable limit: every kind of limit, level and way of filing in
    turn, as many sectors as there are; the same ones as long as the catalogue is the same."""
    query = select(Procedure).where(
        Procedure.status == Status.IN_FORCE, Procedure.level.in_((Level.COMMUNE, Level.PROVINCE))
    )
    groups: dict[tuple[str, ...], list[Procedure]] = {}
    query = query.options(joinedload(Procedure.current_version)).order_by(Procedure.id)
    found = [one for one in session.scalars(query) if _unit(one)]
    Random("month").shuffle(found)  # noqa: S311 - a sample, no secret
    for one in found:
        key = (open_filing(one) or "", one.level, _unit(one) or "")
        groups.setdefault(key, []).append(one)
    for group in groups.values():
        _sectors_in_turn(group)
    in_turn = zip_longest(*(groups[key] for key in sorted(groups)))
    return [one for row in in_turn for one in row if one is not None][:most]


def add_rules(session: Session, procedure_ids: Iterable[int]) -> int:
    """Let some procedures have rules of their own, where they have none: a limit to wait for
    supplements, waiting left out instead of a new beginning. Sample data, marked so."""
    known = set(session.scalars(select(HandlingRule.procedure_id)))
    wanted = [one for place, one in enumerate(procedure_ids) if place % _RULES_EVERY == 0]
    missing = [one for one in wanted if one not in known]
    for place, one in enumerate(missing):
        how = AfterSupplement.PAUSE if place % 2 else AfterSupplement.RESTART
        session.add(
            HandlingRule(
                procedure_id=one,
                supplement_wait_days=_WAIT_DAYS,
                after_supplement=how,
                legal_basis=_BASIS,
            )
        )
    session.flush()  # rules are asked for by statements
    return len(missing)


def _unit(procedure: Procedure) -> str | None:
    """In which unit the limit is counted; ``None`` for one that is unknown or too long."""
    version = procedure.current_version
    limit = limit_of(version, Channel.COUNTER) if version else None
    if limit is None or not limit["value"] or limit["unit"] is None:
        return None
    unit = str(limit["unit"])
    return unit if SHORTEST.get(unit, 0) <= limit["value"] <= LONGEST.get(unit, 0) else None


def _sectors_in_turn(procedures: list[Procedure]) -> None:
    seen: dict[int | None, int] = {}
    order: dict[int, int] = {}
    for one in procedures:
        order[one.id] = seen[one.sector_id] = seen.get(one.sector_id, 0) + 1
    procedures.sort(key=lambda one: order[one.id])


def _is_online(procedure: Procedure, rules: FilingRules) -> bool:
    """Filed here, on the general form, which the month can fill in."""
    version = procedure.current_version
    if version is None or open_filing(procedure) is not Filing.LOCAL:
        return False
    return rules.forms.definition_for(procedure).id == GENERAL_ID


def _nearest(accounts: Iterable[Account], agency: Agency, role: Role) -> tuple[int, ...]:
    """Those of the agency; from those above it too, until there are two to part duties."""
    here: Agency | None = agency
    found: list[int] = []
    while here is not None and len(found) < _TWO:
        found += [one.id for one in accounts if _has(one, here, role) and one.id not in found]
        here = here.parent
    return tuple(found)


def _has(account: Account, agency: Agency, role: Role) -> bool:
    return any(one.agency_id == agency.id and one.role is role for one in account.memberships)


def _agencies(session: Session) -> Iterator[Agency]:
    query = select(Agency).where(Agency.kind.in_(RECEIVING))
    yield from session.scalars(query.order_by(Agency.id))


def _is_valid(agency: Agency, today: date) -> bool:
    return agency.valid_to is None or agency.valid_to >= today
