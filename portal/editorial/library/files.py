"""Files of legal documents: uploading, opening, deleting."""

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from content.errors import Invalid, NotAllowed, NotFound
from content.library.kinds import Reading
from content.library.models import LegalDocument
from content.library.service import LibraryService
from content.procedures.forms.definition import FILE_TYPES
from portal.editorial.saving import BOTH, POST_ONLY
from portal.forms.sniffing import Refused, sniff
from portal.forms.uploads import clean_name
from portal.http.downloads import send_file
from portal.http.notices import Notice, say
from portal.i18n import _
from portal.security.permissions import Permission

MIB = 1 << 20
MAX_BYTES = 20 * MIB
KINDS = ("pdf", "docx")
#: What came of reading a file, for editors.
WORDS = {
    Reading.WAITING: _("Đang chờ đọc chữ trong tệp."),
    Reading.READ: _("Đã đọc được chữ; tìm được trong nội dung."),
    Reading.DAMAGED: _("Không đọc được chữ trong tệp: tệp hỏng. Hãy thay bằng tệp mở được."),
    Reading.ENCRYPTED: _("Không đọc được chữ trong tệp: tệp có mật khẩu."),
    Reading.SCANNED: _("Không đọc được chữ trong tệp: tệp chỉ có ảnh chụp (bản quét)."),
    Reading.SLOW: _("Không đọc được chữ trong tệp: tệp quá lớn hoặc quá phức tạp."),
}
REFUSED = {
    "missing": _("Ông/bà chưa chọn tệp."),
    "file_too_large": _("Tệp lớn hơn 20 MB."),
    "file_unknown": _("Chỉ nhận tệp PDF hoặc DOCX."),
    "file_damaged": _("Tệp bị hỏng hoặc chưa tải lên hết; hãy mở thử trên máy rồi tải lại."),
    "file_encrypted": _("Tệp có mật khẩu nên không nhận."),
    "file_macros": _("Tệp có chương trình kèm theo (macro) nên không nhận."),
    "file_bomb": _("Tệp nén bất thường nên không nhận."),
    "file_bad_names": _("Tệp nén bất thường nên không nhận."),
    "files_many": _("Mỗi văn bản nhiều nhất mười tệp."),
}


def may_change(request: Request, document: LegalDocument) -> bool:
    """Whether this editor may change it: what is public, only who may publish."""
    if document.published_at is None:
        return True
    return bool(request.has_permission(Permission.LIBRARY_PUBLISH))


def refuse_unless_may(request: Request, document: LegalDocument) -> None:
    """Raises ``NotAllowed``."""
    if not may_change(request, document):
        raise NotAllowed("document_is_public")


@view_config(
    route_name="editorial.document.upload",
    renderer="editorial/library/upload.jinja2",
    permission=Permission.LIBRARY_EDIT,
    methods=BOTH,
    uses_session=True,
)
def upload(context: LegalDocument, request: Request) -> Any:
    """One more file, looked into before it is kept."""
    refuse_unless_may(request, context)
    page = {"document": context, "reason": ""}
    if request.method != "POST":
        return page
    code = _kept(request, context)
    if code:
        request.response.status_int = 422
        return {**page, "reason": REFUSED[code]}
    target = request.route_path("editorial.document", id=context.id)
    return say(HTTPSeeOther(target), Notice.DOCUMENT_FILE_KEPT)


def _kept(request: Request, document: LegalDocument) -> str:
    """Keep the file that was sent; returns why not, or nothing."""
    given: Any = request.POST.get("tep")
    # An empty chooser sends bytes or text, not a file.
    if not getattr(given, "filename", ""):
        return "missing"
    size = given.file.seek(0, 2)
    if size > MAX_BYTES:
        return "file_too_large"
    try:
        kind = sniff(given.file, size)
    except Refused as refused:
        return refused.code
    if kind not in KINDS:
        return "file_unknown"
    stem = clean_name(given.filename).rpartition(".")[0] or document.slug
    try:
        request.service(LibraryService).add_file(
            document,
            given.file,
            name=f"{stem}.{kind}",
            media_type=FILE_TYPES[kind][1],
            by=request.identity.account_id,
        )
    except Invalid as refused:
        return refused.code
    return ""


@view_config(
    route_name="editorial.document.file", permission=Permission.LIBRARY_EDIT, uses_session=True
)
def opened(context: LegalDocument, request: Request) -> Response:
    """One of its files, before readers may have it."""
    wanted = int(request.matchdict["file"][:18])
    found = next((one for one in context.files if one.id == wanted), None)
    if found is None:
        raise NotFound("file")
    return send_file(request, found.file, found.name)


@view_config(
    route_name="editorial.document.file.delete",
    permission=Permission.LIBRARY_EDIT,
    methods=POST_ONLY,
    uses_session=True,
)
def delete(context: LegalDocument, request: Request) -> Response:
    """One of its files into the bin."""
    refuse_unless_may(request, context)
    wanted, by = int(request.matchdict["file"][:18]), request.identity.account_id
    request.service(LibraryService).remove_file(context, wanted, by=by)
    target = HTTPSeeOther(request.route_path("editorial.document", id=context.id))
    return say(target, Notice.ARTICLE_DELETED)
