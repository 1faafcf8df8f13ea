"""The calendar of a year: its days, what is an estimate, who changed what; adding, changing,
removing, each with a look at whose date it would move before anything is written."""

from datetime import date
from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from content.calendar.keeping import CalendarKeeper, Plan
from content.calendar.models import MAX_BASIS, CalendarEntry
from content.calendar.provisional import provisional_days
from content.calendar.store import load_calendar
from content.dossiers.apologies import ApologyService
from content.dossiers.moved_dates import kept_dates, moved_by, prepare_apologies
from content.errors import Conflict, Invalid, NotFound
from content.words import local
from portal.editorial.saving import BOTH
from portal.editorial.working_time import words
from portal.forms import fields
from portal.http.notices import Notice, say
from portal.http.pages import form_page, make_form
from portal.i18n import _
from portal.security.permissions import Permission

DAY = "editorial/working_time/day.jinja2"
FORM = "editorial/authority/form.jinja2"
#: The button that really writes; without it the form shows whose date would move.
WRITE = "ghi"
#: Years around this one that the page leads to.
AROUND = (-1, 0, 1, 2)
LINES = 100


def keeper(request: Request) -> CalendarKeeper:
    """The table as of this request."""
    return CalendarKeeper(request.db, request.now)


@view_config(
    route_name="editorial.calendar",
    renderer="editorial/working_time/calendar.jinja2",
    permission=Permission.DESK_ARRANGE,
    uses_session=True,
)
def show(request: Request) -> dict[str, Any]:
    """A year: what holds, by whom and when it was changed."""
    today = local(request.now).date()
    year, found = _year(request.GET.get("nam"), today.year), keeper(request)
    entries, calendar = found.entries(year), load_calendar(request.db)
    estimated = [] if entries else sorted(provisional_days(year).values(), key=lambda one: one.date)
    return {
        "year": year,
        "years": [today.year + step for step in AROUND],
        "entries": entries,
        "estimated": estimated,
        "is_provisional": calendar.is_provisional(year),
        "log": found.log(year),
        "today": today,
        "kept": len(kept_dates(request.db, request.now, calendar).rows),
    }


@view_config(
    route_name="editorial.calendar.new",
    renderer=DAY,
    permission=Permission.DESK_ARRANGE,
    methods=BOTH,
    uses_session=True,
)
def new(request: Request) -> Any:
    """A day off, or a swap."""
    return _day(request, None, _("Thêm ngày nghỉ, ngày hoán đổi"))


@view_config(
    route_name="editorial.calendar.entry",
    renderer=DAY,
    permission=Permission.DESK_ARRANGE,
    methods=BOTH,
    uses_session=True,
)
def edit(context: CalendarEntry, request: Request) -> Any:
    """A day that is there already."""
    if context.ended_at is not None:
        return _back(request, context.date.year)
    return _day(request, context, _("Sửa ngày nghỉ, ngày hoán đổi"))


def _day(request: Request, entry: CalendarEntry | None, heading: Any) -> Any:
    found = keeper(request)
    if request.method != "POST":
        year = entry.date.year if entry else _year(request.GET.get("nam"), local(request.now).year)
        filled = words.typed(entry, _other(request, entry)) if entry else {"kind": words.HOLIDAY}
        page = _page(request, heading, year=year, entry=entry)
        page["form"].fill({**filled, "mark": found.mark()})
        return page
    year = entry.date.year if entry else _year(request.GET.get("nam"), local(request.now).year)
    form = _page(request, heading, year=year, entry=entry)["form"]
    data = form.accept(request.POST)
    try:
        plan = found.plan_day(words.read(data), entry)
    except Invalid as error:
        raise words.refused(form, error) from None
    if WRITE in request.POST:
        return _written(request, plan, data["mark"], heading, data, entry)
    page = _page(request, heading, plan, year=year, entry=entry)
    page["form"].fill({**data, "mark": found.mark()})
    return page


@view_config(
    route_name="editorial.calendar.remove",
    renderer=DAY,
    permission=Permission.DESK_ARRANGE,
    methods=BOTH,
    uses_session=True,
)
def remove(context: CalendarEntry, request: Request) -> Any:
    """No day off any more; of a swap neither side."""
    found = keeper(request)
    heading = _("Bỏ ngày khỏi lịch")
    try:
        plan = found.plan_removal(context)
    except (Conflict, Invalid):
        return _back(request, context.date.year, Notice.CALENDAR_STAYS)
    return _confirmed(request, plan, heading, context.date.year)


@view_config(
    route_name="editorial.calendar.year",
    renderer=DAY,
    permission=Permission.DESK_ARRANGE,
    methods=BOTH,
    uses_session=True,
)
def fill_year(request: Request) -> Any:
    """The days of a year that nobody has entered."""
    year = int(request.matchdict["year"])
    try:
        plan = keeper(request).plan_year(year)
    except Invalid:
        return _back(request, year, Notice.CALENDAR_STAYS)
    return _confirmed(request, plan, _("Nạp lịch nghỉ của năm ${year}") % {"year": str(year)}, year)


@view_config(
    route_name="editorial.calendar.decide",
    renderer=FORM,
    permission=Permission.DESK_ARRANGE,
    methods=BOTH,
    uses_session=True,
)
def decide(request: Request) -> Any:
    """The estimate has become a decision, without changing a day."""
    year, found = int(request.matchdict["year"]), keeper(request)
    if not any(one.is_provisional for one in found.entries(year)):
        return _back(request, year, Notice.CALENDAR_STAYS)
    form = make_form(request, _decision(), _("Ghi: lịch đã có quyết định"))
    heading = _("Lịch năm ${year} đã có quyết định") % {"year": str(year)}
    page = form_page(request, FORM, form, heading=heading, back=_address(request, year))
    if request.method != "POST":
        form.fill({"mark": found.mark()})
        return page
    data = form.accept(request.POST)
    actor = request.identity.account_id
    try:
        found.decide(year, data["legal_basis"], mark=data["mark"] or "", actor_id=actor)
    except Invalid as error:
        raise words.refused(form, error) from None
    except Conflict:
        raise form.refuse(words.CHANGED) from None
    return _back(request, year)


@view_config(
    route_name="editorial.calendar.kept",
    renderer="editorial/working_time/kept.jinja2",
    permission=Permission.DESK_ARRANGE,
    methods=BOTH,
    uses_session=True,
)
def kept(request: Request) -> Any:
    """Dossiers received before the calendar was changed: they keep their date. Pressed, a
    draft of an apology is made for each that would be due later: only an apology, signed by
    the leader, gives the applicant another date."""
    found = kept_dates(request.db, request.now, load_calendar(request.db))
    if request.method != "POST":
        return {"moved": found, "lines": LINES}
    made = prepare_apologies(request.service(ApologyService), found.rows)
    notice = Notice.APOLOGIES_PREPARED if made else Notice.APOLOGIES_NONE
    return say(HTTPSeeOther(request.route_path("editorial.calendar.kept")), notice)


def _confirmed(request: Request, plan: Plan, heading: Any, year: int) -> Any:
    """A change without a form of its own: looked at, then written."""
    if request.method != "POST":
        page = _page(request, heading, plan, year=year)
        page["form"] = None
        return page
    mark = request.POST.get("mark")
    return _written(request, plan, mark if isinstance(mark, str) else "", heading, None, None)


def _written(
    request: Request,
    plan: Plan,
    mark: str | None,
    heading: Any,
    data: dict[str, Any] | None,
    entry: CalendarEntry | None,
) -> Response:
    found, year = keeper(request), plan.days[0].year
    try:
        found.apply(plan, mark=mark or "", actor_id=request.identity.account_id)
    except Conflict:
        page = _page(request, heading, plan, year=year, entry=entry)
        form = page["form"]
        form.fill({**(data or {}), "mark": found.mark()})
        if data is None:
            return _back(request, year, Notice.CALENDAR_OVERTAKEN)
        raise form.refuse(words.CHANGED) from None
    return _back(request, year, Notice.CALENDAR_CHANGED)


def _page(
    request: Request,
    heading: Any,
    plan: Plan | None = None,
    *,
    year: int,
    entry: CalendarEntry | None = None,
) -> dict[str, Any]:
    """The form and, once there is a plan, whose date it would move."""
    again = (WRITE, "1", _("Ghi vào lịch"), "primary")
    form = make_form(
        request,
        words.schema(),
        _("Xem lại hồ sơ bị ảnh hưởng") if plan else _("Xem hồ sơ bị ảnh hưởng"),
        *([again] if plan else []),
    )
    seen = keeper(request).mark()
    values: dict[str, Any] = {"moved": None, "shut": 0, "plan": plan, "seen": seen}
    if plan is not None:
        calendar = load_calendar(request.db)
        after = keeper(request).planned(calendar, plan)
        moved = moved_by(request.db, request.now, calendar, after, plan.days)
        values |= {"moved": moved, "shut": moved.promised_on(plan.days_off)}
    return form_page(
        request,
        DAY,
        form,
        heading=heading,
        back=_address(request, year),
        lines=LINES,
        entry=entry,
        **values,
    )


def _decision() -> Any:
    return fields.mapping(
        fields.text(
            "legal_basis",
            _("Văn bản quyết định"),
            max_length=MAX_BASIS,
            hint=_("Mọi ngày còn là ước tính của năm được ghi theo văn bản này, không đổi ngày."),
        ),
        fields.hidden("mark"),
    )


def _other(request: Request, entry: CalendarEntry) -> CalendarEntry | None:
    if entry.counterpart is None:
        return None
    year = keeper(request).entries(entry.counterpart.year)
    return next((one for one in year if one.date == entry.counterpart), None)


def _back(request: Request, year: int, notice: Notice = Notice.CALENDAR_CHANGED) -> Response:
    return say(HTTPSeeOther(_address(request, year)), notice)


def _address(request: Request, year: int) -> str:
    address: str = request.route_path("editorial.calendar", _query={"nam": year})
    return address


def _year(text: str | None, otherwise: int) -> int:
    """The year of an address; nonsense is this one, what no calendar has is not there."""
    if not text or not text.isascii() or not text.isdigit() or len(text) > 4:
        return otherwise
    year = int(text)
    if not date(1990, 1, 1).year <= year <= otherwise + 10:
        raise NotFound("year")
    return year
