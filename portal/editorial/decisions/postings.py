"""The check that all procedures in force are public in the three compulsory places."""

import io
from typing import Any

from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from content.agencies.models import Agency
from content.errors import NotFound
from content.procedures import notified
from content.procedures.postings import Check, Place, check
from content.procedures.standing import today
from content.words import short_date
from content.workbooks import workbook
from portal.editorial.decisions.words import PLACES
from portal.http.derivers import PRIVATE
from portal.http.downloads import disposition
from portal.i18n import _
from portal.security.permissions import Permission

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
UNIT = "don-vi"
MAX_MISSING = 100


@view_config(
    route_name="editorial.postings",
    renderer="editorial/decisions/postings.jinja2",
    permission=Permission.DECISION_EDIT,
    uses_session=True,
)
def postings(request: Request) -> dict[str, Any]:
    """Every desk with its figures; of one desk what is missing."""
    desks = notified.desks(request.db, today(request.now))
    asked = request.GET.get(UNIT, "")
    checks = [check(request.db, one) for one in desks]
    chosen = next((one for one in checks if one.agency.slug == asked), None)
    missing = [row for row in chosen.rows if not row.is_complete] if chosen else []
    return {
        "checks": [(_urls(request, one.agency), one) for one in checks],
        "places": PLACES,
        "all_places": list(Place),
        "chosen": chosen,
        "missing": missing[:MAX_MISSING],
        "more": max(0, len(missing) - MAX_MISSING),
    }


def _urls(request: Request, agency: Agency) -> tuple[str, str]:
    here = request.route_path("editorial.postings", _query={UNIT: agency.slug})
    return f"{here}#con-thieu", request.route_path("editorial.postings.export", slug=agency.slug)


@view_config(
    route_name="editorial.postings.export",
    permission=Permission.DECISION_EDIT,
    uses_session=True,
)
def export(context: Agency, request: Request) -> Response:
    """The whole list of one desk as a spreadsheet."""
    if context.kind not in notified.LEVELS_OF:
        raise NotFound("agency")
    found = check(request.db, context)
    response = Response(body=_sheet(request, found), content_type=XLSX)
    name = f"niem-yet {context.name} {today(request.now).isoformat()}.xlsx"
    response.headers["Content-Disposition"] = disposition(name)
    response.headers["Cache-Control"] = PRIVATE
    return response


def _sheet(request: Request, found: Check) -> bytes:
    translate = request.localizer.translate
    out = io.BytesIO()
    # What a procedure is called is shown as text, whatever sign it begins with.
    book = workbook(out)
    book.set_properties({"created": request.now.replace(tzinfo=None)})
    sheet = book.add_worksheet("Niêm yết")
    titles = [_("Mã"), _("Tên thủ tục"), _("Quyết định"), _("Phiên bản"), *PLACES.values()]
    bold = book.add_format({"bold": True, "text_wrap": True})
    sheet.write_row(0, 0, [translate(one) for one in titles], bold)
    for number, row in enumerate(found.rows, start=1):
        days = [row.dates[place] for place in Place]
        told = [short_date(one) if one else translate(_("chưa")) for one in days]
        code = row.code or ""
        sheet.write_row(number, 0, [code, row.name, row.decision, row.version, *told])
    sheet.set_column(1, 1, 70)
    sheet.set_column(2, 6, 18)
    sheet.freeze_panes(1, 0)
    book.close()
    return out.getvalue()
