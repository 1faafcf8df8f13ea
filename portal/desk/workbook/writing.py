"""A new entry, and writing over one."""

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.view import view_config
from sqlalchemy import select

from content.agencies.models import Agency
from content.dossiers.desks import ancestor_ids
from content.people.models import Account
from content.workbook.checking import TITLE, owners
from content.workbook.kinds import BY_KEY, EntryKind
from content.workbook.models import WorkEntry
from content.workbook.service import new_key
from content.workbook.wording import code_of
from portal.desk.officer import officer
from portal.desk.workbook.contexts import Book, Entry
from portal.desk.workbook.forms import KEY, YEAR, entry_schema, filled, given_in, revision_in
from portal.desk.workbook.parts import (
    address,
    asked_unit,
    book_address,
    rights,
    this_year,
    work_book,
)
from portal.desk.workbook.words import one_after_the_other, said_no
from portal.http.notices import Notice, say
from portal.http.pages import form_page, make_form
from portal.i18n import _
from portal.security.permissions import Permission

PAGE = "desk/workbook/form.jinja2"
METHODS = ("GET", "HEAD", "POST")
MAX_ID = 18


def _units(request: Request, kind: EntryKind) -> list[Agency]:
    query = select(Agency).where(Agency.id.in_(rights(request).writable(kind)))
    return list(request.db.scalars(query.order_by(Agency.position, Agency.name)))


def _people(request: Request, unit: Agency) -> list[Account]:
    return owners(request.db, frozenset(ancestor_ids(request.db, unit.id)))


def _parent(request: Request, kind: EntryKind) -> WorkEntry | None:
    """The entry of ``thuoc`` that this one is to belong to; nonsense and what the officer may
    not read is none."""
    given = request.GET.get("thuoc", "")
    is_number = given.isascii() and given.isdigit() and len(given) <= MAX_ID
    found = request.db.get(WorkEntry, int(given)) if is_number else None
    if found is None or kind.key not in BY_KEY[found.kind].children:
        return None
    return found if rights(request).may_read(BY_KEY[found.kind], found) else None


@view_config(
    route_name="desk.work.new",
    renderer=PAGE,
    permission=Permission.WORK_BEGIN,
    methods=METHODS,
    uses_session=True,
)
def new(context: Book, request: Request) -> Any:
    """First for which unit, where there are several; then the form."""
    kind, units = context.kind, _units(request, context.kind)
    parent = _parent(request, kind)
    unit = asked_unit(request, units) or (units[0] if len(units) == 1 else None)
    if parent is not None and parent.agency in units:
        unit = parent.agency
    shown = {
        "kind": kind,
        "heading": _("Ghi mục mới"),
        "parent": _belongs(request, parent) if parent and unit is parent.agency else None,
        "back": address(request, parent) if parent else book_address(request, kind),
        "units": units,
        "unit": unit,
    }
    if unit is None:
        return {**shown, "form": None}
    now = this_year(request)
    form = make_form(
        request,
        entry_schema(kind, _people(request, unit), (now - 1, now, now + 1)),
        _("Ghi vào sổ"),
    )
    page = form_page(request, PAGE, form, **shown)
    if request.method != "POST":
        title = f"{kind.name}, năm {now}" if kind.once == () else None
        form.fill({YEAR: str(now), KEY: new_key(), TITLE: title})
        return page
    data = form.accept(request.POST)
    with said_no(request, form, kind):
        entry = work_book(request).begin(
            kind,
            unit,
            int(data[YEAR]),
            given_in(kind, data),
            officer(request),
            key=(data[KEY] or "")[:40],
            parent=parent if parent and unit is parent.agency else None,
        )
    return say(HTTPSeeOther(address(request, entry)), Notice.WORK_KEPT)


def _belongs(request: Request, parent: WorkEntry) -> dict[str, str]:
    return {"code": code_of(parent), "title": parent.title, "url": address(request, parent)}


@view_config(
    route_name="desk.work.edit",
    renderer=PAGE,
    permission=Permission.WORK_WRITE,
    methods=METHODS,
    uses_session=True,
)
def edit(context: Entry, request: Request) -> Any:
    """The same form, filled; the history keeps what stood there before."""
    kind, entry = context.kind, context.entry
    form = make_form(request, entry_schema(kind, _people(request, entry.agency)), _("Lưu"))
    page = form_page(
        request,
        PAGE,
        form,
        kind=kind,
        heading=_("Sửa ${code}") % {"code": code_of(entry)},
        parent=_belongs(request, entry.parent) if entry.parent else None,
        back=address(request, entry),
        units=[],
        unit=entry.agency,
    )
    if request.method != "POST":
        form.fill(filled(entry))
        return page
    data = form.accept(request.POST)
    with said_no(request, form, kind), one_after_the_other(request, form, entry, data):
        work_book(request).change(
            entry, given_in(kind, data), officer(request), revision=revision_in(data)
        )
    return say(HTTPSeeOther(address(request, entry)), Notice.WORK_KEPT)
