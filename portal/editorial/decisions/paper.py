"""The signed paper of a decision: received, checked for what it is, kept, shown again."""

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.renderers import render_to_response
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from content.errors import NotFound
from content.files import FileService
from content.procedures import preparing
from content.procedures.prepared import PreparedDecision
from portal.editorial.decisions.page import PAGE, page_of
from portal.forms.sniffing import Refused, sniff
from portal.forms.uploads import clean_name
from portal.http.derivers import PRIVATE
from portal.http.downloads import send_file
from portal.http.pages import UNPROCESSABLE
from portal.i18n import _
from portal.security.permissions import Permission

BOTH = ("GET", "HEAD", "POST")
TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@view_config(
    route_name="editorial.decision.upload",
    permission=Permission.DECISION_EDIT,
    methods=BOTH,
    uses_session=True,
)
def upload(context: PreparedDecision, request: Request) -> Response:
    """Keep the signed paper, which must be a PDF or a Word file; show what is kept."""
    if request.method != "POST":
        if context.file is None:
            raise NotFound("file")
        return send_file(request, context.file, context.file.name)
    target = request.route_path("editorial.decision", id=context.id)
    if context.decision_id is not None:
        return HTTPSeeOther(target)
    try:
        file_id = _keep(request)
    except Refused as refused:
        return _not_kept(request, context, refused.code)
    preparing.attach(context, file_id, by=request.identity.account_id, now=request.now)
    return HTTPSeeOther(target)


def _keep(request: Request) -> int:
    sent = request.POST.get("tep")
    source = getattr(sent, "file", None)
    if source is None:
        raise Refused("file_missing")
    size = source.seek(0, 2)
    if size > request.settings.limits.file:
        raise Refused("file_too_big")
    kind = sniff(source, size)
    if kind not in TYPES:
        raise Refused("file_unknown")
    source.seek(0)
    kept = request.service(FileService).keep(
        source, name=clean_name(sent.filename), media_type=TYPES[kind], now=request.now
    )
    # The decision points to its row.
    request.db.flush()
    number: int = kept.id
    return number


def _not_kept(request: Request, prepared: PreparedDecision, code: str) -> Response:
    words = {
        "file_missing": _("Ông/bà chưa chọn tệp."),
        "file_too_big": _("Tệp quá lớn; hãy giảm dung lượng rồi gửi lại."),
        "file_damaged": _("Tệp bị hỏng, không đọc được. Hãy chọn lại tệp."),
        "file_encrypted": _("Tệp có mật khẩu; hãy bỏ mật khẩu rồi gửi lại."),
        "file_macros": _("Tệp có mã lệnh (macro); hãy lưu thành .docx thường hoặc PDF."),
    }.get(code, _("Chỉ nhận tệp PDF hoặc Word (.docx)."))
    page = page_of(request, prepared, request.localizer.translate(words))
    response = render_to_response(PAGE, page, request=request)
    response.status_int = UNPROCESSABLE
    response.headers["Cache-Control"] = PRIVATE
    return response
