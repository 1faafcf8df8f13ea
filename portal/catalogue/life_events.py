"""Life events: which procedures, in which order, when something happens in a life."""

from collections.abc import Iterable
from typing import Any

from pyramid.request import Request
from pyramid.security import NO_PERMISSION_REQUIRED
from pyramid.view import view_config
from sqlalchemy import select

from content.procedures.finders import of_life_event
from content.procedures.kinds import CURRENT
from content.procedures.life_events import EventAudience, LifeEvent
from content.procedures.listing import cards
from content.procedures.models import Procedure
from portal.i18n import _
from portal.procedures.rows import Row, rows

TITLES = {
    EventAudience.CITIZEN: _("Trong đời sống"),
    EventAudience.BUSINESS: _("Trong kinh doanh"),
}

Key = tuple[str, str]


def address(request: Request, event: LifeEvent) -> str:
    """The page of an event."""
    url: str = request.route_path("catalogue.life_event", slug=event.slug)
    return url


def all_events(request: Request) -> list[LifeEvent]:
    """In the order editors gave them."""
    return list(request.db.scalars(select(LifeEvent).order_by(LifeEvent.position, LifeEvent.id)))


@view_config(
    route_name="catalogue.life_events",
    renderer="catalogue/life_events.jinja2",
    permission=NO_PERMISSION_REQUIRED,
)
def life_events(request: Request) -> dict[str, Any]:
    """All events, of people and of business."""
    events = all_events(request)
    groups = [
        (title, [(address(request, one), one) for one in events if one.audience is audience])
        for audience, title in TITLES.items()
    ]
    return {"groups": [(title, found) for title, found in groups if found]}


@view_config(
    route_name="catalogue.life_event",
    renderer="catalogue/life_event.jinja2",
    permission=NO_PERMISSION_REQUIRED,
)
def life_event(context: LifeEvent, request: Request) -> dict[str, Any]:
    """One event, step by step; a procedure that is not in force gets no line."""
    wanted = {key for step in context.steps for key in _keys(step.procedures)}
    found = _rows(request, wanted)
    others = [one for one in all_events(request) if one.id != context.id]
    return {
        "event": context,
        "steps": [
            (step, [found[key] for key in _keys(step.procedures) if key in found])
            for step in context.steps
        ],
        "others": [(address(request, one), one) for one in others],
        "finders": [
            (request.route_path("catalogue.finder", slug=one.slug), one)
            for one in of_life_event(request.db, context.slug)
        ],
    }


def _keys(procedures: Iterable[dict[str, str]]) -> list[Key]:
    return [(one["code"], one["level"]) for one in procedures]


def _rows(request: Request, wanted: set[Key]) -> dict[Key, Row]:
    """Lines of the procedures in force, by code and level, in two queries."""
    query = select(Procedure.id, Procedure.code, Procedure.level).where(
        Procedure.code.in_({code for code, _level in wanted}), Procedure.status.in_(CURRENT)
    )
    ids = {
        row.id: (row.code, row.level.value)
        for row in request.db.execute(query)
        if (row.code, row.level.value) in wanted
    }
    return {ids[row.id]: row for row in rows(request, cards(request.db, list(ids)))}
