"""One entry: what it says, how far it is, its files, its history, its paper."""

from typing import Any

import colander
from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config
from sqlalchemy import select

from content.errors import NotFound
from content.letters.from_dossiers import LetterSite
from content.letters.render import Letters
from content.words import clock_and_day, local
from content.workbook.checking import unfinished
from content.workbook.kinds import BY_KEY, EntryKind
from content.workbook.models import (
    MAX_KEY,
    MAX_REMARK,
    STATUS_NAMES,
    WorkEntry,
    WorkEvent,
    WorkFile,
    WorkStatus,
)
from content.workbook.paper import EntryPaper
from content.workbook.service import given_of
from content.workbook.wording import ACT_NAMES, answers, code_of, facts
from portal.desk.officer import officer
from portal.desk.workbook.contexts import Entry
from portal.desk.workbook.forms import revision_in
from portal.desk.workbook.listing import line
from portal.desk.workbook.parts import (
    address,
    book_address,
    office_of,
    rights,
    this_year,
    work_book,
)
from portal.desk.workbook.words import ARCHIVED, REVISION, one_after_the_other, said_no
from portal.forms import fields
from portal.forms.accessible import AccessibleForm
from portal.given_files import files_given
from portal.http.downloads import send_file, send_pdf
from portal.http.notices import Notice, say
from portal.http.pages import form_page, make_form
from portal.i18n import _
from portal.security.permissions import Permission

PAGE = "desk/workbook/entry.jinja2"
STATUS, TEXT, FILES = "status", "text", "files"
TYPES = ("pdf", "jpeg", "png", "docx", "xlsx")
ACCEPT = ".pdf,.jpg,.jpeg,.png,.docx,.xlsx"


@view_config(
    route_name="desk.work.entry",
    renderer=PAGE,
    permission=Permission.WORK_READ,
    uses_session=True,
)
def show(context: Entry, request: Request) -> Any:
    """Everything on one page; whoever may write finds the form of a remark there."""
    form = _remark_form(request, context)
    return form_page(request, PAGE, form, **_shown(context, request))


@view_config(
    route_name="desk.work.remark",
    renderer=PAGE,
    permission=Permission.WORK_WRITE,
    methods=("GET", "HEAD", "POST"),
    uses_session=True,
)
def remark(context: Entry, request: Request) -> Any:
    """A remark, how far it is, files: one press. Its form stands on the entry's page."""
    if request.method != "POST":
        return HTTPSeeOther(address(request, context.entry))
    entry, form = context.entry, _remark_form(request, context, is_sent=True)
    assert form is not None
    form_page(request, PAGE, form, **_shown(context, request))
    data = form.accept(request.POST)
    given = files_given(request, form, FILES, "Tệp kèm theo", TYPES)
    with said_no(request, form, context.kind), one_after_the_other(request, form, entry, data):
        work_book(request).remark(
            entry,
            officer(request),
            revision=revision_in(data),
            text=data[TEXT] or "",
            status=WorkStatus(data[STATUS]),
            files=given,
        )
    return say(HTTPSeeOther(address(request, entry)), Notice.WORK_KEPT)


def _may_write(context: Entry, request: Request) -> bool:
    return context.entry.agency_id in rights(request).writable(context.kind)


def _remark_form(
    request: Request, context: Entry, *, is_sent: bool = False
) -> AccessibleForm | None:
    """Nothing for who only reads, or for what is archive; what was sent is judged all the same."""
    entry = context.entry
    is_open = _may_write(context, request) and not entry.is_archived(this_year(request))
    if not is_open and not is_sent:
        return None
    form = make_form(
        request, _remark_schema(), _("Ghi vào sổ"), action=address(request, entry, "remark")
    )
    return form.fill({REVISION: str(entry.revision), STATUS: entry.status.value})


def _remark_schema() -> colander.SchemaNode:
    options = [(one.value, words) for one, words in STATUS_NAMES.items()]
    return fields.mapping(
        fields.hidden(REVISION),
        fields.choice(STATUS, _("Tình trạng"), options, as_list=True),
        fields.paragraph(
            TEXT,
            _("Ghi thêm"),
            max_length=MAX_REMARK,
            rows=4,
            required=False,
            hint=_("Đã làm gì, còn vướng gì. Đã ghi thì giữ trong nhật ký."),
        ),
        fields.files(
            FILES,
            _("Tệp kèm theo"),
            accept=ACCEPT,
            multiple=True,
            hint=_("PDF, ảnh, .docx hoặc .xlsx."),
        ),
    )


def _shown(context: Entry, request: Request) -> dict[str, Any]:
    entry, kind = context.entry, context.kind
    may = _may_write(context, request) and not entry.is_archived(this_year(request))
    missing = unfinished(kind, given_of(entry), local(request.now).date())
    archived = entry.is_archived(this_year(request))
    return {
        "kind": kind,
        "line": line(request, entry),
        "facts": facts(entry),
        "answers": answers(entry),
        "book_url": book_address(request, kind),
        "parent": _parent(request, entry),
        "archived": ARCHIVED if archived else None,
        "missing": [] if entry.status.is_finished else [one.label for one in missing],
        "edit_url": address(request, entry, "edit") if may else None,
        "pdf_url": address(request, entry, "entry.pdf"),
        "below": [line(request, one) for one in entry.children],
        "new_below": _new_below(request, entry, kind)
        if may and not entry.status.is_finished
        else [],
        "files": [_file(request, entry, one, may=may) for one in entry.files],
        "history": [_event(one) for one in reversed(entry.events)],
    }


def _parent(request: Request, entry: WorkEntry) -> dict[str, str] | None:
    if entry.parent is None:
        return None
    words = f"{code_of(entry.parent)}, {entry.parent.title}"
    return {"words": words, "url": address(request, entry.parent)}


def _new_below(request: Request, entry: WorkEntry, kind: EntryKind) -> list[tuple[str, str]]:
    """What may be begun under an entry by this officer."""
    query = {"thuoc": entry.id}
    return [
        (one.name, book_address(request, one, "new", _query=query))
        for one in map(BY_KEY.__getitem__, kind.children)
        if entry.agency_id in rights(request).writable(one)
    ]


def _file(request: Request, entry: WorkEntry, file: WorkFile, *, may: bool) -> dict[str, Any]:
    return {
        "name": file.name,
        "url": address(request, entry, "file", file=file.token),
        "drop": address(request, entry, "file.drop", file=file.token) if may else None,
    }


def _event(event: WorkEvent) -> dict[str, Any]:
    return {
        "when": clock_and_day(event.at),
        "who": event.actor_name or _("Hệ thống"),
        "act": ACT_NAMES[event.act],
        "text": event.text,
        "changes": event.changes,
    }


def _file_of(context: Entry, request: Request) -> WorkFile:
    """A file of this entry. Raises ``NotFound``."""
    token = request.matchdict["file"][:MAX_KEY]
    query = select(WorkFile).where(WorkFile.entry_id == context.entry.id, WorkFile.token == token)
    found = request.db.scalars(query).first()
    if found is None:
        raise NotFound("file")
    return found


@view_config(route_name="desk.work.file", permission=Permission.WORK_READ, uses_session=True)
def file(context: Entry, request: Request) -> Response:
    """A file, to be saved."""
    found = _file_of(context, request)
    return send_file(request, found.file, found.name)


@view_config(
    route_name="desk.work.file.drop",
    permission=Permission.WORK_WRITE,
    methods=("POST",),
    uses_session=True,
)
def drop(context: Entry, request: Request) -> Response:
    """Take a file away that was added by mistake."""
    work_book(request).drop_file(context.entry, _file_of(context, request), officer(request))
    return say(HTTPSeeOther(address(request, context.entry)), Notice.WORK_FILE_DROPPED)


@view_config(route_name="desk.work.entry.pdf", permission=Permission.WORK_READ, uses_session=True)
def pdf(context: Entry, request: Request) -> Response:
    """The entry on A4."""
    paper = EntryPaper(
        office=office_of(request, context.entry.agency),
        entry=context.entry,
        made_at=request.now,
        sample=request.service(LetterSite).sample,
    )
    name = f"{context.kind.slug}-{context.entry.number:02d}-{context.entry.year}"
    return send_pdf(request.service(Letters).make(paper), name, inline=True)
