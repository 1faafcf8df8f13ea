"""A leader's first screen: what is late, what is due, what waits for a signature, every unit."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from pyramid.request import Request
from pyramid.view import view_config

from content.agencies.models import Agency
from content.dossiers import steering
from content.dossiers.heaps import Tab
from content.dossiers.models import Dossier
from content.dossiers.proposals import KIND_NAMES, Proposal, ProposalKind
from content.dossiers.rules import FilingRules
from content.dossiers.steering import Figure, Pile, UnitLine
from content.words import clock_and_day, local, short_date
from portal.desk.asked import Asked
from portal.desk.inbox import short_names
from portal.desk.officer import Clocks, agencies_in_sight, clocks, officer
from portal.desk.time_left import until_due
from portal.i18n import _
from portal.security.permissions import Permission

FIGURES = {
    Figure.SUBMITTED: _("Chờ tiếp nhận"),
    Figure.OPEN: _("Đang giải quyết"),
    Figure.SOON: _("Sắp đến hạn"),
    Figure.TODAY: _("Hẹn trả hôm nay"),
    Figure.OVERDUE: _("Quá hạn"),
    Figure.WAITING: _("Chờ người nộp"),
    Figure.TO_SIGN: _("Chờ ký, duyệt"),
}


@view_config(
    route_name="desk.steering",
    renderer="desk/steering.jinja2",
    permission=Permission.DESK_USE,
    uses_session=True,
)
def show(request: Request) -> dict[str, Any]:
    """All of it on one page; a fixed number of queries."""
    units, hours = agencies_in_sight(request), clocks(request)
    names, calendar = short_names(units), request.service(FilingRules).calendar
    lines = steering.unit_table(request.db, list(units), calendar, request.now)
    led = steering.led_by(request.db, officer(request), request.now)
    waiting = steering.to_sign(request.db, led) if led else []
    late = steering.overdue(request.db, list(units), request.now)
    today = steering.due_today(request.db, list(units), request.now)
    return {
        "leads": bool(led),
        "parts": [
            *([("#cho-ky", _("Chờ tôi ký"), len(waiting), False)] if led else []),
            ("#qua-han", _("Quá hạn"), late.total, False),
            ("#hom-nay", _("Hẹn trả hôm nay"), today.total, False),
            ("#don-vi", _("Các đơn vị"), len(units), False),
        ],
        "apologies": [_draft(request, one) for one in waiting if one.kind is ProposalKind.APOLOGY],
        "to_sign": [
            _draft(request, one) for one in waiting if one.kind is not ProposalKind.APOLOGY
        ],
        "overdue": _pile(request, late, units, names, hours),
        "today": _pile(request, today, units, names, hours),
        "late_url": _list(request, Tab.OVERDUE),
        "figures": FIGURES,
        "units": _table(request, lines, units, names),
        "totals": steering.totals(lines),
    }


def _draft(request: Request, one: Proposal) -> dict[str, Any]:
    dossier, old, new = one.dossier, one.data.get("old_due"), one.data.get("new_due")
    return {
        "url": request.route_path("desk.proposal", number=dossier.lookup_code, proposal=one.id),
        "number": dossier.code or dossier.lookup_code,
        "applicant": dossier.applicant_name,
        "procedure": dossier.procedure_name,
        "kind": KIND_NAMES[one.kind],
        "by": one.drafted_by.name if one.drafted_by else "",
        "at": clock_and_day(one.sent_at) if one.sent_at else "",
        "old_due": _day(old),
        "new_due": _day(new),
    }


def _pile(
    request: Request,
    pile: Pile,
    units: dict[int, Agency],
    names: dict[int, str],
    hours: Clocks,
) -> dict[str, Any]:
    return {
        "total": pile.total,
        "lines": [_line(request, one, units, names, hours) for one in pile.dossiers],
    }


def _line(
    request: Request,
    one: Dossier,
    units: dict[int, Agency],
    names: dict[int, str],
    hours: Clocks,
) -> dict[str, Any]:
    unit, since = one.unit_id or one.agency_id, one.received_at or request.now
    return {
        "url": request.route_path("desk.dossier", number=one.lookup_code),
        "number": one.code or one.lookup_code,
        "applicant": one.applicant_name,
        "procedure": one.procedure_name,
        "unit": names[unit],
        "holder": one.holder.name if one.holder else None,
        "due": short_date(one.due_date) if one.due_date else "",
        "promised": short_date(one.promised_date)
        if one.promised_date and one.promised_date != one.due_date
        else None,
        "left": until_due(hours.of(units[unit]), one.due_date, since, request.now),
    }


def _table(
    request: Request, lines: list[UnitLine], units: dict[int, Agency], names: dict[int, str]
) -> list[dict[str, Any]]:
    """Every unit in sight, also those that have nothing to do, in their order; a figure leads
    to its dossiers where the inbox has just these."""
    known = {one.agency_id: one.figures for one in lines}
    nothing = dict.fromkeys(Figure, 0)
    today = local(request.now).date()
    return [
        {
            "name": names[one],
            "figures": known.get(one, nothing),
            "urls": dict(_urls(request, units[one], today)),
        }
        for one in units
    ]


def _urls(request: Request, unit: Agency, today: date) -> Iterator[tuple[Figure, str]]:
    here, tomorrow = {"dang-o": unit.slug}, today + timedelta(days=1)
    yield Figure.SUBMITTED, _list(request, Tab.WAITING, here)
    yield Figure.OVERDUE, _list(request, Tab.OVERDUE, here)
    only = {"han-tu": today.isoformat(), "han-den": today.isoformat()}
    yield Figure.TODAY, _list(request, Tab.SOON, here | only)
    yield Figure.SOON, _list(request, Tab.SOON, here | {"han-tu": tomorrow.isoformat()})


def _list(request: Request, tab: Tab, filters: dict[str, str] | None = None) -> str:
    """A heap of the inbox, narrowed."""
    return Asked(tab, filters or {}).on(request.route_path("desk.inbox"))


def _day(text: str | None) -> str | None:
    return f"{text[8:10]}/{text[5:7]}/{text[:4]}" if text else None
