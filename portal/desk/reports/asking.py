"""What a page of reports is asked: the period, and which of the units in the officer's sight."""

from dataclasses import dataclass
from typing import Any

from pyramid.request import Request

from content.agencies.models import Agency
from content.calendar.store import load_calendar
from content.dossiers.desks import subtree_ids
from content.figures.question import Question
from content.figures.scope import Units, units_of
from content.figures.tables import Drill
from content.people.delegations import posts_of
from content.people.roles import Role
from content.words import local
from portal.desk.officer import agencies_in_sight, officer
from portal.period_asked import Asked, asked_period

_LEADING = {Role.HEAD, Role.LEADER}


@dataclass(frozen=True)
class Wanted:
    """``unit`` is the chosen one with all below it; ``None`` is everything in sight."""

    period: Asked
    in_sight: dict[int, Agency]
    unit: Agency | None
    units: Units
    wanted_ids: frozenset[int]

    @property
    def query(self) -> dict[str, str]:
        """What keeps the choice in an address."""
        chosen = {"don-vi": self.unit.slug} if self.unit else {}
        return {**self.period.query, **chosen}


def wanted(request: Request) -> Wanted:
    """Read leniently: a unit that is none, or another's, is everything in sight."""
    in_sight = agencies_in_sight(request)
    slug = request.GET.get("don-vi", "")
    unit = next((one for one in in_sight.values() if one.slug == slug), None)
    ids = subtree_ids(request.db, [unit.id]) & set(in_sight) if unit else set(in_sight)
    period = asked_period(request.GET, local(request.now).date())
    return Wanted(period, in_sight, unit, units_of(request.db, ids), frozenset(ids))


def question(request: Request, asked: Wanted) -> Question:
    """What reports are made from; only for a period that is one."""
    assert asked.period.span is not None
    return Question(
        request.db,
        asked.period.span,
        local(request.now).date(),
        load_calendar(request.db),
        asked.units,
        only_of=None if leads(request, asked) else officer(request).id,
    )


def leads(request: Request, asked: Wanted) -> bool:
    """Whether the officer heads all the units that are asked about: figures of single people
    are for who leads them; others see their own."""
    posts = posts_of(request.db, officer(request), local(request.now).date())
    led = subtree_ids(request.db, [agency for agency, role in posts if role in _LEADING])
    return asked.wanted_ids <= led


def list_address(request: Request, asked: Wanted, drill: Drill) -> str:
    """The dossiers behind a number."""
    query = {**asked.query, "loc": str(drill.which), **drill.narrowed}
    return str(request.route_path("desk.reports.list", _query=query))


def heading(asked: Wanted, fallback: str) -> str:
    """Who reports: the chosen unit, the only one in sight, or the one above all."""
    if asked.unit:
        return asked.unit.name
    tops = [one for one in asked.in_sight.values() if one.parent_id not in asked.in_sight]
    return tops[0].name if len(tops) == 1 else fallback


def shared(request: Request, asked: Wanted) -> dict[str, Any]:
    """What every page of reports shows."""
    return {
        "asked": asked,
        "units": list(asked.in_sight.values()),
        "error": asked.period.error,
        "back": request.route_path("desk.reports", _query=asked.query),
    }
