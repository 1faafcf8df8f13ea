"""The values of ``catalogue/procedure.jinja2``, for readers and for editors' previews alike.

One function, so that a preview cannot look otherwise than the page it announces. Knows
no permission and opens no session.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from pyramid.request import Request

from content.enquiries import reads as enquiry_reads
from content.enquiries.beside import beside
from content.procedures import reads
from content.procedures.decisions import PublicationEntry
from content.procedures.filing import open_filing
from content.procedures.kinds import Filing, Status
from content.procedures.models import Procedure, ProcedureVersion
from content.procedures.presentation import Sheet, papers_left_out_in_words, sheet
from content.procedures.reception_places import place_of
from content.procedures.standing import today
from content.procedures.wording import status_in_words
from portal.procedures import sheet_page
from portal.procedures.rows import at_level, capital, procedure_url
from portal.procedures.structured import government_service

LEVEL = "cap"
#: Asks for the empty form, of the page where forms are filled in and printed.
BLANK = "trong"


def page_values(
    request: Request,
    procedure: Procedure,
    version: ProcedureVersion,
    *,
    url: str,
    unfolded: bool = False,
    is_old: bool = False,
    day: date | None = None,
) -> dict[str, Any]:
    """Everything the page of a procedure says of one version; ``url`` is its own address.

    Fees are those of ``day``; without one, of today or of the last day of a version whose
    time is over.
    """
    has = beside(request.db, procedure, version)
    full = sheet(version.document, day or _last_day(version, today(request.now)))
    asked = request.GET.get(sheet_page.CASE, "")
    shown = sheet_page.narrowed(full, asked)
    around = _around(request, procedure)
    return {
        "procedure": procedure,
        "version": version,
        "is_old": is_old,
        "sheet": shown,
        "url": url,
        "summary": sheet_page.summary(full),
        "where": sheet_page.where(full),
        **_place(request, procedure, told=has.place),
        "cases": sheet_page.case_links(full, url, asked),
        "paper_count": len(sheet_page.papers_of(shown.papers)),
        "files": reads.form_files(request.db, version) if has.files else {},
        **(_own_form(request, procedure) if has.form else NO_FORM),
        "left_out": papers_left_out_in_words(full.papers_left_out),
        "unfolded": unfolded,
        **around,
        "coming": None if is_old else _coming(request, procedure, version, around["versions"]),
        "enquiries": _enquiries(request, procedure) if has.enquiries else [],
        "levels": _levels(request, procedure) if has.siblings else [],
        "structured": _structured(request, procedure, full, url),
    }


def _last_day(version: ProcedureVersion, now: date) -> date:
    return min(version.valid_to, now) if version.valid_to else now


def _around(request: Request, procedure: Procedure) -> dict[str, Any]:
    """What stands beside the sheet: standing, versions, who ended it."""
    sector = procedure.sector
    listing = request.route_path("catalogue.listing")
    return {
        "status_words": capital(status_in_words(procedure.status, procedure.status_since)),
        "sector_link": (f"{listing}?linh-vuc={sector.slug}", sector.name) if sector else None,
        "versions": reads.versions(request.db, procedure),
        "ended_by": _ended_by(request, procedure),
        "report_url": request.route_path(
            "catalogue.report", code=procedure.key, _query={LEVEL: procedure.level.slug}
        ),
        "sheet_url": request.route_path(
            "catalogue.sheet", code=procedure.key, **at_level(procedure)
        ),
    }


def _enquiries(request: Request, procedure: Procedure) -> list[tuple[str, str]]:
    """Addresses and titles of what people asked about it."""
    return [
        (request.route_path("library.enquiry", slug=slug), title)
        for slug, title in enquiry_reads.of_procedure(request.db, procedure.id)
    ]


def _levels(request: Request, procedure: Procedure) -> list[tuple[str, reads.Sibling]]:
    """The same procedure at other levels, with their addresses."""
    others = reads.siblings(request.db, procedure)
    return [(procedure_url(request, other.address), other) for other in others]


def _place(request: Request, procedure: Procedure, *, told: bool) -> dict[str, Any]:
    """The place of reception that is told by name, and why it is not the one-stop desk."""
    place = place_of(request.db, procedure.id) if told else None
    return {
        "action": sheet_page.action(request, procedure, told_where=place is not None),
        "place": place,
        "elsewhere_url": request.route_path("catalogue.elsewhere"),
    }


def _ended_by(request: Request, procedure: Procedure) -> PublicationEntry | None:
    """The entry of the decision that ended it, for its banner."""
    if procedure.status not in (Status.ABOLISHED, Status.EXPIRED):
        return None
    entries = reads.decisions_of(request.db, procedure)
    return next((entry for entry in entries if entry.kind.ends), None)


def _coming(
    request: Request,
    procedure: Procedure,
    version: ProcedureVersion,
    versions: Sequence[reads.VersionRow],
) -> dict[str, Any] | None:
    """What a decision has already settled for a later day: the next version, or the end."""
    now = today(request.now)
    if version.ended_by and version.valid_to and version.valid_to >= now:
        entries = reads.decisions_of(request.db, procedure)
        entry = next((one for one in entries if one.kind.ends), None)
        if entry is None:
            return None
        return {"when": entry.in_force_from, "decision": entry.decision, "entry": entry}
    later = [one for one in versions if one.valid_from and one.valid_from > now and one.decision]
    if procedure.status is not Status.IN_FORCE or not later:
        return None
    following = min(later, key=lambda one: (one.valid_from, one.number))
    told = {"when": following.valid_from, "decision": following.decision}
    return {**told, "entry": None, "number": following.number}


NO_FORM = {"fill_url": None, "blank_url": None}


def _own_form(request: Request, procedure: Procedure) -> dict[str, str]:
    """Where its own form is filled in and printed, or taken blank, whatever the channel."""
    level = {} if procedure.is_primary else {LEVEL: procedure.level.slug}
    return {
        name: request.route_path("apply.print", code=procedure.key, _query=query)
        for name, query in (("fill_url", level), ("blank_url", {**level, BLANK: "1"}))
    }


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
