"""All books at a glance, and one book of a year: its list, its spreadsheet, its paper."""

from typing import Any

from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config
from sqlalchemy import select

from content.agencies.models import Agency
from content.procedures.forms.display import show_day
from content.words import integer, local
from content.workbook import reading, targets
from content.workbook.kinds import Due, EntryKind
from content.workbook.models import STATUS_NAMES, WorkEntry, WorkStatus
from content.workbook.reading import Asked, Shown, is_overdue
from content.workbook.tables import book_grid, list_grid
from content.workbook.wording import code_of, shown
from portal.desk.officer import officer
from portal.desk.workbook.contexts import Book
from portal.desk.workbook.parts import (
    address,
    asked_unit,
    asked_year,
    book_address,
    narrowed,
    rights,
    send_grid,
    this_year,
)
from portal.http.paging import page_links, page_number
from portal.i18n import _
from portal.security.permissions import Permission

MAX_QUERY = 200
PARTS = {
    "tat-ca": (Shown.ALL, _("Tất cả")),
    "chua-xong": (Shown.UNFINISHED, _("Chưa xong")),
    "qua-han": (Shown.OVERDUE, _("Quá hạn")),
    "da-xong": (Shown.DONE, _("Đã xong")),
}
TONES = {WorkStatus.OPEN: "", WorkStatus.DOING: "info", WorkStatus.DONE: "ok"}


@view_config(
    route_name="desk.work",
    renderer="desk/workbook/home.jinja2",
    permission=Permission.DESK_USE,
    uses_session=True,
)
def home(request: Request) -> dict[str, Any]:
    """The books this officer may open, and what they have to do themselves."""
    today, mine = local(request.now).date(), rights(request)
    return {
        "books": [
            {"line": one, "url": book_address(request, one.kind)}
            for one in reading.overview(request.db, mine, today)
        ],
        "mine": [line(request, one) for one in reading.mine(request.db, mine, officer(request))],
        "year": today.year,
    }


def units_in_sight(request: Request, kind: EntryKind) -> list[Agency]:
    """The units whose entries the officer reads."""
    query = select(Agency).where(Agency.id.in_(rights(request).readable(kind)))
    return list(request.db.scalars(query.order_by(Agency.position, Agency.name)))


def _asked(request: Request, kind: EntryKind, year: int, unit: Agency | None) -> Asked:
    """Read leniently: what narrows to nothing known narrows nothing."""
    part, _words = PARTS.get(request.GET.get("muc", ""), PARTS["tat-ca"])
    return Asked(
        kind,
        narrowed(request, unit, rights(request).readable(kind)),
        year,
        local(request.now).date(),
        part,
        request.GET.get("q", "")[:MAX_QUERY],
        officer(request).id if request.GET.get("cua-toi") == "1" else None,
    )


def line(request: Request, entry: WorkEntry) -> dict[str, Any]:
    """An entry as a line of a list."""
    overdue = is_overdue(entry, local(request.now).date())
    return {
        "entry": entry,
        "code": code_of(entry),
        "url": address(request, entry),
        "status": STATUS_NAMES[entry.status],
        "tone": "bad" if overdue else TONES.get(entry.status, ""),
        "overdue": overdue,
        "due": show_day(entry.due_on.isoformat()) if entry.due_on else None,
    }


@view_config(
    route_name="desk.work.book",
    renderer="desk/workbook/book.jinja2",
    permission=Permission.WORK_OPEN,
    uses_session=True,
)
def show(context: Book, request: Request) -> dict[str, Any]:
    """One book of a year, fifty at a time."""
    kind, year, units = context.kind, asked_year(request), units_in_sight(request, context.kind)
    unit = asked_unit(request, units)
    asked = _asked(request, kind, year, unit)
    many = reading.counts(request.db, asked)
    pages = max(1, -(-many[asked.shown] // reading.PAGE_SIZE))
    number = min(page_number(request.GET), pages)
    kept = {name: value for name, value in request.GET.items() if name != "trang"}
    found = reading.page(request.db, asked, number)
    return {
        "kind": kind,
        "has_due": kind.due is not Due.NONE,
        "year": year,
        "units": units,
        "unit": unit,
        "query": asked.query,
        "is_mine": asked.mine is not None,
        "part": next(word for word, (part, _w) in PARTS.items() if part is asked.shown),
        "years": [
            (book_address(request, kind, _query={**kept, "nam": one}), str(one), None, one == year)
            for one in reading.years(request.db, kind, asked.units, this_year(request))
        ],
        "parts": [
            (
                book_address(request, kind, _query={**kept, "nam": year, "muc": word}),
                request.localizer.translate(words),
                many[part],
                part is asked.shown,
            )
            for word, (part, words) in PARTS.items()
        ],
        "lines": [
            {**line(request, one), "cells": [shown(field, one.values) for field in kind.columns]}
            for one in found
        ],
        "links": page_links(request, number, pages),
        "total": _total(request, asked),
        "new_url": book_address(request, kind, "new") if rights(request).writable(kind) else None,
        "beside_url": _beside(request, kind, year),
        "files": [
            (words, book_address(request, kind, "book.file", year=year, form=form, _query=kept))
            for words, form in (("PDF", "pdf"), ("XLSX", "xlsx"))
        ],
    }


def _beside(request: Request, kind: EntryKind, year: int) -> tuple[str, Any] | None:
    """The table that puts the units of a book side by side, where it has one."""
    if kind.compared:
        return book_address(request, kind, "compare", _query={"nam": year}), _("So sánh các đơn vị")
    if kind.key == targets.TARGET:
        url = book_address(request, kind, "targets", _query={"nam": year})
        return url, _("Mục tiêu và kết quả")
    return None


def _total(request: Request, asked: Asked) -> Any:
    """What the book adds up to, said above its list."""
    if asked.kind.key != targets.TRAINING:
        return None
    found = targets.trained(request.db, asked.year, asked.units)
    if not found.courses:
        return None
    numbers = {
        "courses": integer(found.courses),
        "people": integer(found.people),
        "hours": integer(found.people_hours),
    }
    return (
        _("Đã xong: ${courses} lớp, ${people} lượt người dự, ${hours} giờ học tính theo người.")
        % numbers
    )


@view_config(route_name="desk.work.book.file", permission=Permission.WORK_OPEN, uses_session=True)
def file(context: Book, request: Request) -> Response:
    """The whole list as asked: with all fields in a spreadsheet, with its columns on paper."""
    kind, year = context.kind, int(request.matchdict["year"])
    unit = asked_unit(request, units_in_sight(request, kind))
    asked = _asked(request, kind, year, unit)
    entries = reading.everything(request.db, asked)
    _part, words = next(one for one in PARTS.values() if one[0] is asked.shown)
    under = f"Năm {year}. {request.localizer.translate(words)}: {len(entries)} mục"
    name = f"{kind.slug}-{year}"
    on_paper = list_grid(kind, entries, under)
    return send_grid(request, book_grid(kind, entries, under), name, unit, on_paper)
