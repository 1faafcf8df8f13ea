"""When leaders receive citizens: month by month, as a calendar file, and where complaints,
denunciations and petitions go."""

from calendar import monthrange
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlsplit

from markupsafe import Markup
from pyramid.request import Request
from pyramid.response import Response
from pyramid.security import NO_PERMISSION_REQUIRED
from pyramid.view import view_config

from content.calendar.store import load_calendar
from content.news.bodies import for_page
from content.reception import days, guide, icalendar, service
from content.reception.models import Pattern, ReceivingPlace, ReceptionRule
from content.reception.wording import pattern_words
from content.words import local
from portal.i18n import listed

#: Months before and after this one that can be leafed through.
BACK, AHEAD = 12, 12
MONTH = "thang"
#: How far the calendar file reaches.
FILE_AHEAD = timedelta(days=183)


@view_config(
    route_name="authority.reception",
    renderer="authority/reception.jinja2",
    permission=NO_PERMISSION_REQUIRED,
)
def month(request: Request) -> dict[str, Any]:
    """The receptions of one month, this one unless another is asked for."""
    today = local(request.now).date()
    first = _asked(request.GET.get(MONTH, ""), today)
    last = first.replace(day=monthrange(first.year, first.month)[1])
    rules, calendar = service.rules(request.db), load_calendar(request.db)
    found = days.between(rules, calendar, first, last)
    return {
        "first": first,
        "today": today,
        "occurrences": found,
        "provisional": calendar.is_provisional(first.year) and bool(found),
        "standing": [one for one in rules if one.pattern is days.STANDING and _runs(one, today)],
        "periodic": [
            (one, pattern_words(one))
            for one in rules
            if one.pattern is not days.STANDING and _runs(one, today)
        ],
        "previous": _link(request, _moved(first, -1), today),
        "following": _link(request, _moved(first, 1), today),
        "is_current": first == today.replace(day=1),
    }


def _runs(rule: ReceptionRule, today: date) -> bool:
    """Whether a rule is in force now, or will be."""
    last = rule.valid_from if rule.pattern is Pattern.ONCE else rule.valid_to
    return last is None or last >= today


def _asked(text: str, today: date) -> date:
    """The first day of the month that ``2026-11`` asks for; this month for nonsense."""
    current = today.replace(day=1)
    try:
        found = date.fromisoformat(f"{text[:7]}-01")
    except ValueError:
        return current
    return min(max(found, _moved(current, -BACK)), _moved(current, AHEAD))


def _moved(first: date, months: int) -> date:
    year, month0 = divmod(first.year * 12 + first.month - 1 + months, 12)
    return date(year, month0 + 1, 1)


def _link(request: Request, first: date, today: date) -> tuple[str, date] | None:
    current = today.replace(day=1)
    if not _moved(current, -BACK) <= first <= _moved(current, AHEAD):
        return None
    query = {} if first == current else {MONTH: f"{first:%Y-%m}"}
    return request.route_path("authority.reception", _query=query), first


@view_config(route_name="authority.reception.file", permission=NO_PERMISSION_REQUIRED)
def file(request: Request) -> Response:
    """The receptions of this month and the next six as an iCalendar file."""
    first = local(request.now).date().replace(day=1)
    found = days.between(
        service.rules(request.db), load_calendar(request.db), first, first + FILE_AHEAD
    )
    text = icalendar.calendar(
        found,
        name=f"Lịch tiếp công dân – {request.site.authority}",
        host=urlsplit(request.site.base_url).hostname or "localhost",
        address=request.site.base_url.rstrip("/") + request.route_path("authority.reception"),
        now=request.now,
    )
    response = Response(text=text, content_type=icalendar.MEDIA_TYPE, charset="utf-8")
    response.content_disposition = 'inline; filename="lich-tiep-cong-dan.ics"'
    return response


@view_config(
    route_name="authority.guide",
    renderer="authority/guide.jinja2",
    permission=NO_PERMISSION_REQUIRED,
)
def where_to(request: Request) -> dict[str, Any]:
    """What is what, how long it takes, who takes it and where."""
    own = service.receiving_places(request.db)
    return {
        "alternates": listed(request),
        "parts": [(one, Markup(for_page(one.body))) for one in guide.parts(request.db)],  # noqa: S704 - escaped there
        "places": [_place(request, one) for one in own]
        or [_place(request, one) for one in guide.USUAL_PLACES],
    }


def _place(request: Request, one: ReceivingPlace | guide.UsualPlace) -> dict[str, Any]:
    """Who takes what; what is empty comes from the agency, else from the site."""
    agency = one.agency if isinstance(one, ReceivingPlace) else None
    own = one if isinstance(one, ReceivingPlace) else None
    site = request.site
    return {
        "receiver": one.receiver,
        "matter": one.matter,
        "takes": one,
        "address": (own and own.address) or (agency.address if agency else site.address),
        "phone": (own and own.phone) or (agency.phone if agency else site.hotline),
        "email": (own and own.email) or (agency.email if agency else site.email),
    }
