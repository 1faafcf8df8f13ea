"""The public figures by sector, place of reception or month."""

from datetime import date
from typing import Any

from pyramid.request import Request
from pyramid.security import NO_PERMISSION_REQUIRED
from pyramid.view import view_config

from content.errors import Invalid
from content.figures import public
from content.figures.periods import between
from content.figures.public import By
from content.words import local
from portal.api import parameters
from portal.public_figures import question

BY = {one.value: one for one in By}


@view_config(route_name="api.statistics", renderer="json", permission=NO_PERMISSION_REQUIRED)
def statistics(request: Request) -> dict[str, Any]:
    """From a day to another, both included; this month up to today where nothing is said."""
    parameters.known_only(request, "from", "to", "by")
    today = local(request.now).date()
    first, last = _day(request, "from", today.replace(day=1)), _day(request, "to", today)
    by = parameters.one_of(request, "by", BY, By.SECTOR)
    if last < first:
        raise Invalid({"to": "before_first"})
    asked = question(request, between(first, last))
    return {
        "from": first.isoformat(),
        "to": last.isoformat(),
        "by": by.value,
        "source": public.SOURCE,
        "definitions": list(public.DEFINITIONS),
        "items": [
            {"key": one.key or None, "name": one.name, **public.as_json(one.settling)}
            for one in public.items(asked, by)
        ],
        "total": public.as_json(public.total(asked)),
    }


def _day(request: Request, name: str, default: date) -> date:
    given = request.GET.get(name)
    if given is None or given == "":
        return default
    try:
        return date.fromisoformat(given[:20])
    except ValueError:
        raise Invalid({name: "not_a_day"}) from None
