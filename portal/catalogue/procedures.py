"""One procedure: its page at each level and version, and its forms to download."""

from typing import Any

from pyramid.httpexceptions import HTTPMovedPermanently, HTTPNotFound
from pyramid.request import Request
from pyramid.security import NO_PERMISSION_REQUIRED
from pyramid.view import view_config

from content.procedures import reads
from content.procedures.decisions import PublicationEntry
from content.procedures.filing import open_filing
from content.procedures.form_bindings import is_bound
from content.procedures.kinds import Filing, Status
from content.procedures.models import Procedure, ProcedureVersion
from content.procedures.presentation import Sheet, papers_left_out_in_words, sheet
from content.procedures.standing import today
from content.procedures.wording import status_in_words
from portal.catalogue import sheet_page
from portal.catalogue.rows import at_level, capital, procedure_url
from portal.catalogue.structured import government_service

VERSION = "phien-ban"
PRINT = "in"
LEVEL = "cap"
#: Asks for the empty form, of the page where forms are filled in and printed.
BLANK = "trong"


@view_config(
    route_name="catalogue.procedure",
    renderer="catalogue/procedure.jinja2",
    permission=NO_PERMISSION_REQUIRED,
)
@view_config(
    route_name="catalogue.procedure.level",
    renderer="catalogue/procedure.jinja2",
    permission=NO_PERMISSION_REQUIRED,
)
def procedure(context: Procedure, request: Request) -> dict[str, Any]:
    """Everything about one procedure, at its one address."""
    url = procedure_url(request, context.address)
    if request.path != url:
        query = f"?{request.query_string}" if request.query_string else ""
        raise HTTPMovedPermanently(url + query)
    version = _version(request, context)
    full = sheet(version.document, today(request.now))
    asked = request.GET.get(sheet_page.CASE, "")
    shown = sheet_page.narrowed(full, asked)
    return {
        "procedure": context,
        "version": version,
        "is_old": version is not context.current_version,
        "sheet": shown,
        "url": url,
        "summary": sheet_page.summary(full),
        "where": sheet_page.where(full),
        "cases": sheet_page.case_links(full, url, asked),
        "paper_count": len(sheet_page.papers_of(shown.papers)),
        "action": sheet_page.action(request, context),
        "files": _files(version, full),
        **_own_form(request, context),
        "left_out": papers_left_out_in_words(full.papers_left_out),
        "unfolded": PRINT in request.GET,
        **_around(request, context),
        "structured": _structured(request, context, full, url),
    }


def _version(request: Request, procedure: Procedure) -> ProcedureVersion:
    """The version asked for, else the one in force."""
    asked = request.GET.get(VERSION, "")
    current = procedure.current_version
    if current is not None and not asked:
        return current
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 0
    if current is not None and current.number == number:
        return current
    found = reads.version_numbered(request.db, procedure, number)
    if found is None:
        raise HTTPNotFound
    return found


def _around(request: Request, procedure: Procedure) -> dict[str, Any]:
    """What stands beside the sheet: standing, other levels, versions, who ended it."""
    sector = procedure.sector
    listing = request.route_path("catalogue.listing")
    return {
        "status_words": capital(status_in_words(procedure.status, procedure.status_since)),
        "sector_link": (f"{listing}?linh-vuc={sector.slug}", sector.name) if sector else None,
        "levels": [
            (procedure_url(request, other.address), other)
            for other in reads.siblings(request.db, procedure)
        ],
        "versions": reads.versions(request.db, procedure),
        "ended_by": _ended_by(request, procedure),
        "report_url": request.route_path(
            "catalogue.report", code=procedure.key, _query={LEVEL: procedure.level.slug}
        ),
        "sheet_url": request.route_path(
            "catalogue.sheet", code=procedure.key, **at_level(procedure)
        ),
    }


def _ended_by(request: Request, procedure: Procedure) -> PublicationEntry | None:
    """The entry of the decision that ended it, for its banner."""
    if procedure.status not in (Status.ABOLISHED, Status.EXPIRED):
        return None
    entries = reads.decisions_of(request.db, procedure)
    return next((entry for entry in entries if entry.kind.ends), None)


def _own_form(request: Request, procedure: Procedure) -> dict[str, str | None]:
    """Where its own form is filled in and printed, or taken blank, whatever the channel."""
    if not is_bound(request.db, procedure):
        return {"fill_url": None, "blank_url": None}
    level = {} if procedure.is_primary else {LEVEL: procedure.level.slug}
    return {
        name: request.route_path("apply.print", code=procedure.key, _query=query)
        for name, query in (("fill_url", level), ("blank_url", {**level, BLANK: "1"}))
    }


def _files(version: ProcedureVersion, sheet: Sheet) -> dict[int, int]:
    """Place of a form in the document → id of its row, where there is a file of ours."""
    if not sheet.forms:
        return {}
    return {form.position: form.id for form in version.forms if form.file_id is not None}


def _structured(request: Request, procedure: Procedure, sheet: Sheet, url: str) -> dict[str, Any]:
    base = request.site.base_url
    filed_here = open_filing(procedure) is Filing.LOCAL
    return government_service(
        procedure,
        sheet,
        url=base + url,
        site_name=request.site.name,
        apply_url=base + sheet_page.apply_url(request, procedure) if filed_here else None,
    )
