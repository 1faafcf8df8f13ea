"""Places of reception with their hours, and the page of one agency."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pyramid.request import Request
from pyramid.security import NO_PERMISSION_REQUIRED
from pyramid.view import view_config
from sqlalchemy import or_, select

from content.agencies import hours, seasons
from content.agencies.hours_by_day import HoursFrom, in_force, known_hours
from content.agencies.models import Agency, AgencyKind
from content.procedures.reception_places import received_elsewhere
from content.procedures.standing import today
from content.staff.reads import at_desk
from content.words import short_date, weekday

RECEIVING = (AgencyKind.PROVINCE_CENTRE, AgencyKind.COMMUNE_CENTRE)


@dataclass(frozen=True)
class Place:
    """An agency that takes dossiers; ``hours`` are lines in words."""

    agency: Agency
    url: str
    hours: tuple[str, ...]


@view_config(
    route_name="catalogue.agencies",
    renderer="catalogue/agencies.jinja2",
    permission=NO_PERMISSION_REQUIRED,
)
def agencies(request: Request) -> dict[str, Any]:
    """Every place that takes dossiers, the province's first."""
    found = _receiving(request, today(request.now))
    places = [_place(request, one) for one in found]
    return {
        "elsewhere": len(received_elsewhere(request.db)),
        "groups": [
            [one for one in places if one.agency.kind is kind]
            for kind in RECEIVING
            if any(one.agency.kind is kind for one in places)
        ],
    }


@view_config(
    route_name="catalogue.agency",
    renderer="catalogue/agency.jinja2",
    permission=NO_PERMISSION_REQUIRED,
)
def agency(context: Agency, request: Request) -> dict[str, Any]:
    """One agency: where, when, how to reach it, who sits at which counter."""
    return {
        "place": _place(request, context),
        "parent": context.parent,
        "counters": at_desk(request.db, context.id),
    }


@view_config(
    route_name="catalogue.elsewhere",
    renderer="catalogue/elsewhere.jinja2",
    permission=NO_PERMISSION_REQUIRED,
)
def elsewhere(request: Request) -> dict[str, Any]:
    """Procedures that no one-stop desk receives, each with where and why."""
    base = request.route_path("catalogue.listing")
    return {
        "lines": [
            {
                "procedure": one.procedure,
                "url": f"{base}/{one.procedure.address}",
                "place": one,
                "hours": one.open_hours,
            }
            for one in received_elsewhere(request.db)
        ]
    }


def _receiving(request: Request, day: date) -> Sequence[Agency]:
    query = (
        select(Agency)
        .where(
            Agency.kind.in_(RECEIVING),
            or_(Agency.valid_from.is_(None), Agency.valid_from <= day),
            or_(Agency.valid_to.is_(None), Agency.valid_to >= day),
        )
        .order_by(Agency.position, Agency.id)
    )
    return request.db.scalars(query).all()


def _place(request: Request, agency: Agency) -> Place:
    url = request.route_path("catalogue.agency", slug=agency.slug)
    return Place(agency, url, tuple(_hours(agency, today(request.now))))


def _hours(agency: Agency, day: date) -> Iterator[str]:
    """Its hours or those of the agency above, of a season too, and what they will be."""
    above = agency.parent
    told = [known_hours(one) for one in (agency, above) if one is not None]
    before = _of_a_day(told, day)
    yield from before
    coming = {one.begins for own in told for one in own if one.begins and one.begins > day}
    for begins in sorted(coming):
        lines = _of_a_day(told, begins)
        if lines != before:
            yield f"Từ {weekday(begins)}, {short_date(begins)}: {'; '.join(lines)}"
        before = lines


def _of_a_day(told: Sequence[Sequence[HoursFrom]], day: date) -> list[str]:
    held = (in_force(own, day) for own in told)
    one = next((one for one in held if one.sessions or one.seasons), None)
    return [*hours.in_words(one.sessions), *seasons.in_words(one.seasons)] if one else []
