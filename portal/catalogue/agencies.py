"""Places of reception with their hours, and the page of one agency."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pyramid.request import Request
from pyramid.security import NO_PERMISSION_REQUIRED
from pyramid.view import view_config
from sqlalchemy import or_, select

from content.agencies.models import Agency, AgencyKind
from content.procedures.standing import today
from content.words import WEEKDAYS

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
        "groups": [
            [one for one in places if one.agency.kind is kind]
            for kind in RECEIVING
            if any(one.agency.kind is kind for one in places)
        ]
    }


@view_config(
    route_name="catalogue.agency",
    renderer="catalogue/agency.jinja2",
    permission=NO_PERMISSION_REQUIRED,
)
def agency(context: Agency, request: Request) -> dict[str, Any]:
    """One agency: where, when, how to reach it."""
    return {"place": _place(request, context), "parent": context.parent}


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
    sessions = agency.sessions or (agency.parent.sessions if agency.parent else [])
    return Place(agency, url, hours_in_words(sessions))


def hours_in_words(sessions: Sequence[dict[str, Any]]) -> tuple[str, ...]:
    """``Thứ Hai đến Thứ Sáu: 07:30–11:30, 13:00–17:00``, one line for equal days."""
    by_day: dict[int, list[str]] = {}
    for session in sorted(sessions, key=lambda one: str(one["from"])):
        for day in session["days"]:
            by_day.setdefault(day, []).append(f"{session['from']}–{session['to']}")
    by_hours: dict[tuple[str, ...], list[int]] = {}
    for day in sorted(by_day):
        by_hours.setdefault(tuple(by_day[day]), []).append(day)
    return tuple(f"{_days(days)}: {', '.join(hours)}" for hours, days in by_hours.items())


def _days(days: Sequence[int]) -> str:
    """Monday is 1; three days or more in a row are named by the first and the last."""
    names = [WEEKDAYS[day - 1] for day in days]
    in_a_row = len(days) > 2 and days[-1] - days[0] == len(days) - 1
    return f"{names[0]} đến {names[-1]}" if in_a_row else ", ".join(names)
