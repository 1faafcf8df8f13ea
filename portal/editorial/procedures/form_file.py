"""The file of one form of a draft: uploaded, taken from those that wait, taken away, opened.

Written beside the draft; what people download changes with the publication decision.
"""

import io
from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.renderers import render_to_response
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from content.errors import Conflict, NotFound
from content.files import FileService
from content.files.model import StoredFile
from content.procedures import form_choosing, form_files
from content.procedures.drafting import draft_of
from content.procedures.form_choosing import FormChoices, FormInDraft
from content.procedures.form_files import FormUpload
from content.procedures.models import Procedure, ProcedureVersion
from portal.editorial.opened import name_of
from portal.editorial.original_forms import MAX_FILE, REASONS, TYPES, kind_of
from portal.editorial.procedures.shared import to
from portal.forms.sniffing import Refused
from portal.forms.uploads import clean_name
from portal.http.derivers import PRIVATE
from portal.http.downloads import send_file
from portal.http.notices import Notice, say
from portal.http.pages import UNPROCESSABLE, posted
from portal.security.permissions import Permission

PAGE = "editorial/procedures/form_file.jinja2"
SECTION = "bieu-mau"
CONFLICT = 409
NO_FILE = "Ông/bà chưa chọn tệp."
MAX_DIGITS = 18


def choosing(request: Request) -> FormChoices:
    """Choosing, as of now, for who is signed in."""
    return FormChoices(request.db, request.now, request.identity.account_id)


def lines(request: Request, procedure: Procedure, draft: ProcedureVersion) -> list[dict[str, Any]]:
    """The forms of a draft with their files, for the page of the section."""
    return [
        {
            "name": one.name,
            "file": one.file,
            "is_chosen": one.choice is not None,
            "url": to(request, ".form_file", procedure, key=one.key),
            "bytes_url": to(request, ".form_file.bytes", procedure, key=one.key),
        }
        for one in form_choosing.forms_of(request.db, draft)
    ]


@view_config(
    route_name="editorial.procedure.form_file",
    permission=Permission.PROCEDURE_EDIT,
    methods=("GET", "HEAD", "POST"),
    uses_session=True,
)
def form_file(context: Procedure, request: Request) -> Response:
    """Shows the file of a form, and changes it."""
    draft = draft_of(context)
    if draft is None:
        return HTTPSeeOther(to(request, "", context))
    form = form_choosing.find(request.db, draft, request.matchdict["key"])
    if request.method != "POST":
        return _page(request, context, form)
    try:
        _act(request, draft, form)
    except Refused as refused:
        why = REASONS.get(refused.code)
        words = f"Không nhận tệp này: {request.localizer.translate(why)}." if why else NO_FILE
        return _page(request, context, form, words, UNPROCESSABLE)
    except Conflict as error:
        who = name_of(request, error.data["by"]) or "Người khác"
        words = f"{who} vừa đổi tệp của mẫu này; dưới đây là tệp hiện nay. Chưa có gì bị thay."
        return _page(request, context, form, words, CONFLICT)
    target = to(request, ".section", context, section=SECTION)
    return say(HTTPSeeOther(f"{target}#tep-mau"), Notice.FORM_FILE_DRAFTED)


@view_config(
    route_name="editorial.procedure.form_file.bytes",
    permission=Permission.PROCEDURE_EDIT,
    uses_session=True,
)
def form_bytes(context: Procedure, request: Request) -> Response:
    """The file as the draft has it, to be looked at before it is published."""
    draft = draft_of(context)
    found = form_choosing.find(request.db, draft, request.matchdict["key"]) if draft else None
    if found is None or found.file is None:
        raise NotFound("form")
    return send_file(request, found.file, found.file.name)


def _act(request: Request, draft: ProcedureVersion, form: FormInDraft) -> None:
    seen, act = posted(request, "thay"), posted(request, "viec")
    if act == "bo":
        choosing(request).put(draft, form, None, seen=seen)
    elif act == "gan":
        choosing(request).take_waiting(draft, form, _waiting(request), seen=seen)
    else:
        choosing(request).put(draft, form, _received(request), seen=seen)


def _waiting(request: Request) -> FormUpload:
    given = posted(request, "tep_cho")
    is_number = given.isascii() and given.isdigit() and len(given) <= MAX_DIGITS
    found: FormUpload | None = request.db.get(FormUpload, int(given)) if is_number else None
    if found is None:
        raise Refused("file_missing")
    return found


def _received(request: Request) -> StoredFile:
    """Raises ``Refused``; bytes of a refused act are swept with other files without rows."""
    sent = request.POST.get("tep")
    source = getattr(sent, "file", None)
    if source is None:
        raise Refused("file_missing")
    data = source.read(MAX_FILE + 1)
    kind = kind_of(sent.filename, data)
    kept: StoredFile = request.service(FileService).keep(
        io.BytesIO(data),
        name=clean_name(sent.filename),
        media_type=TYPES[kind],
        now=request.now,
        owner_id=request.identity.account_id,
    )
    request.db.flush()  # the form points to its row
    return kept


def _page(
    request: Request,
    procedure: Procedure,
    form: FormInDraft,
    reason: str | None = None,
    status: int = 200,
) -> Response:
    found = {
        "procedure": procedure,
        "asked": form,
        "reason": reason,
        "waiting": form_files.waiting(request.db),
        "back": to(request, ".section", procedure, section=SECTION),
        "bytes_url": to(request, ".form_file.bytes", procedure, key=form.key),
        "max_megabytes": MAX_FILE >> 20,
    }
    response: Response = render_to_response(PAGE, found, request=request)
    if status != 200:
        response.status_int = status
        response.headers["Cache-Control"] = PRIVATE
        # A refused act must leave nothing behind.
        request.tm.doom()
    return response
