"""The overview of all reports, one report, and one report as a file."""

from typing import Any

from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from content.errors import NotFound
from content.figures import ii06, receipts
from content.figures.paper import ReportPaper
from content.figures.reports import ALL, BY_SLUG, GROUPS, Report
from content.figures.sheets import write_csv, write_xlsx
from content.figures.tables import Table
from content.letters.from_dossiers import LetterSite
from content.letters.render import Letters
from content.letters.values import Office
from content.words import moment_words
from portal.desk.reports.asking import Wanted, heading, list_address, question, shared, wanted
from portal.http.downloads import send_bytes, send_pdf
from portal.report_view import view
from portal.security.permissions import Permission

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv"
UNPROCESSABLE = 422


@view_config(
    route_name="desk.reports",
    renderer="desk/reports/home.jinja2",
    permission=Permission.DESK_USE,
    uses_session=True,
)
def home(request: Request) -> dict[str, Any]:
    """The period at a glance, and every report with its address."""
    asked = wanted(request)
    page: dict[str, Any] = {**shared(request, asked), "groups": _groups(request, asked)}
    if asked.period.span is None:
        request.response.status_int = UNPROCESSABLE
        return page
    about = question(request, asked)
    made = ii06.report(request.db, about.span, about.units)
    return {
        **page,
        "total": made.total,
        "receipts": receipts.receipts(about),
        "months": view(receipts.by_month(about)),
    }


def _groups(request: Request, asked: Wanted) -> list[tuple[str, list[tuple[Report, str]]]]:
    def address(one: Report) -> str:
        return str(request.route_path("desk.report", report=one.slug, _query=asked.query))

    return [(group, [(one, address(one)) for one in ALL if one.group == group]) for group in GROUPS]


def _report(request: Request) -> Report:
    found = BY_SLUG.get(request.matchdict["report"])
    if found is None:
        raise NotFound("report")
    return found


@view_config(
    route_name="desk.report",
    renderer="desk/reports/report.jinja2",
    permission=Permission.DESK_USE,
    uses_session=True,
)
def show(request: Request) -> dict[str, Any]:
    """One report with its chart, and its files."""
    report, asked = _report(request), wanted(request)
    page = {**shared(request, asked), "report": report, "view": None, "problems": None}
    if asked.period.span is None:
        request.response.status_int = UNPROCESSABLE
        return page
    table = report.make(question(request, asked))
    files = [
        (
            words,
            request.route_path(
                "desk.report.file", report=report.slug, form=form, _query=asked.query
            ),
        )
        for words, form in (("PDF", "pdf"), ("XLSX", "xlsx"), ("CSV", "csv"))
    ]
    return {
        **page,
        "view": view(table, lambda drill: list_address(request, asked, drill)),
        "files": files,
        "problems": _problems(table) if report.slug == "bieu-06" else None,
    }


def _problems(table: Table) -> list[str]:
    """The sums that do not hold, line by line; none in a right report."""
    found = []
    for row in table.rows:
        columns = {place + 1: cell for place, cell in enumerate(row.cells) if isinstance(cell, int)}
        found += [f"{row.cells[1]}: {sums}" for sums in ii06.problems(columns)]
    return found


@view_config(route_name="desk.report.file", permission=Permission.DESK_USE, uses_session=True)
def file(request: Request) -> Response:
    """The same numbers on paper, in a spreadsheet, for programs."""
    report, asked, form = _report(request), wanted(request), request.matchdict["form"]
    if asked.period.span is None:
        raise NotFound("report")
    table = report.make(question(request, asked))
    name = f"{report.slug}-{asked.period.span.key}".replace("..", "-den-")
    site = request.service(LetterSite)
    office = heading(asked, site.authority)
    if form == "pdf":
        paper = ReportPaper(
            office=Office(name=office, place=site.place, parent=_above(site.authority, office)),
            tables=[table],
            made_at=request.now,
            sample=site.sample,
        )
        return send_pdf(request.service(Letters).make(paper), name, inline=True)
    if form == "csv":
        # Spreadsheets know by the mark that this is UTF-8.
        return send_bytes(f"\ufeff{write_csv(table)}".encode(), f"{name}.csv", CSV)
    printed = f"Lập lúc {moment_words(request.now)}"
    content = write_xlsx([table], office=office, printed=printed)
    return send_bytes(content, f"{name}.xlsx", XLSX)


def _above(authority: str, office: str) -> str:
    return "" if authority == office else authority
