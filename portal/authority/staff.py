"""Units with their people, and the duty roster."""

from typing import Any

from pyramid.request import Request
from pyramid.security import NO_PERMISSION_REQUIRED
from pyramid.view import view_config

from content.calendar.store import load_calendar
from content.staff import reads
from content.words import local
from portal.i18n import listed

#: Two weeks: the one that runs and what comes after a weekend or a holiday.
DAYS = 14


@view_config(
    route_name="authority.units",
    renderer="authority/units.jinja2",
    permission=NO_PERMISSION_REQUIRED,
)
def units(request: Request) -> dict[str, Any]:
    """The chart: what each unit is for, when it is open, who works there."""
    return {"nodes": reads.chart(request.db), "alternates": listed(request)}


@view_config(
    route_name="authority.duty",
    renderer="authority/duty.jinja2",
    permission=NO_PERMISSION_REQUIRED,
)
def duty(request: Request) -> dict[str, Any]:
    """Who is on duty today and in the coming days, with days off."""
    today = local(request.now).date()
    days = reads.roster(request.db, load_calendar(request.db), today, DAYS)
    return {"today": days[0], "days": [one for one in days[1:] if one.turns or one.holiday]}
