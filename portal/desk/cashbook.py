"""The cashier's day: what waits, receipts with their numbers, totals, the spreadsheet."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from content.dossiers.cashbook import CashDay, cash_day, to_take
from content.dossiers.money import KIND_NAMES, MEANS_NAMES, MoneyReceipt
from content.letters.cash_sheet import write_cash_day
from content.words import local, money, short_date
from portal.desk.day_asked import NAME, day_asked
from portal.desk.inbox import short_names
from portal.desk.officer import agencies_in_sight
from portal.http.downloads import send_bytes
from portal.i18n import _
from portal.security.permissions import Permission

PAGE = "desk/cashbook.jinja2"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FIRST = date(2000, 1, 1)


@view_config(
    route_name="desk.cashbook",
    renderer=PAGE,
    permission=Permission.CASHBOOK_READ,
    uses_session=True,
)
def show(request: Request) -> dict[str, Any]:
    """A day, today unless another is asked for."""
    asked, agencies = day_asked(request), list(agencies_in_sight(request))
    found = _of_day(request, asked.day)
    today = local(request.now).date()
    # Each desk counts for itself: where one sees several, the number alone is no number.
    units = agencies_in_sight(request)
    names = short_names(units) if len({one.agency_id for one in found.receipts}) > 1 else {}
    return {
        "asked_day": replace(asked, typed=asked.typed if asked.problem else short_date(found.day)),
        "day": short_date(found.day),
        "is_today": found.day == today,
        "rows": [_row(request, one, names.get(one.agency_id)) for one in found.receipts],
        "refunds": [
            (one.dossier.code or one.dossier.lookup_code, money(one.amount), one.reason)
            for one in found.refunds
        ],
        "total": money(found.total),
        "refunded": money(found.refunded) if found.refunds else None,
        "by_kind": [(KIND_NAMES[kind], money(sum_)) for kind, sum_ in found.by_kind().items()],
        "by_means": [
            (MEANS_NAMES[means].capitalize(), money(sum_))
            for means, sum_ in found.by_means().items()
        ],
        "waiting": [
            (
                request.route_path("desk.dossier", number=one.lookup_code),
                one.code or one.lookup_code,
                one.applicant_name,
                money(amount),
            )
            for one, amount in to_take(request.db, agencies)
        ],
        "before_url": _url(request, "desk.cashbook", found.day - timedelta(days=1)),
        "after_url": _url(request, "desk.cashbook", found.day + timedelta(days=1))
        if found.day < today
        else None,
        "xlsx_url": _url(request, "desk.cashbook.xlsx", found.day),
    }


@view_config(
    route_name="desk.cashbook.xlsx", permission=Permission.CASHBOOK_READ, uses_session=True
)
def spreadsheet(request: Request) -> Response:
    """The same day as a spreadsheet."""
    found = _of_day(request, day_asked(request).day)
    content = write_cash_day(found, office=request.site.authority)
    return send_bytes(content, f"thu-phi-{found.day.isoformat()}.xlsx", XLSX)


def _of_day(request: Request, day: date) -> CashDay:
    today = local(request.now).date()
    # A day that is still to come has nothing to show, nor has one before the product.
    return cash_day(request.db, list(agencies_in_sight(request)), max(FIRST, min(day, today)))


def _url(request: Request, route: str, day: date) -> str:
    path: str = request.route_path(route, _query={NAME: day.isoformat()})
    return path


def _row(request: Request, one: MoneyReceipt, desk: str | None) -> dict[str, Any]:
    dossier = one.dossier
    return {
        "number": one.words,
        "desk": desk,
        "time": f"{local(one.taken_at):%H:%M}",
        "kind": KIND_NAMES[one.kind],
        "code": dossier.code or dossier.lookup_code,
        "url": request.route_path("desk.dossier", number=dossier.lookup_code),
        "payer": one.payer,
        "amount": money(one.amount),
        "means": MEANS_NAMES[one.means],
        "by": one.taken_by_name or _("Cổng thanh toán"),
    }
