"""Drafts for signature and number: handed to the document management, and what came back."""

from datetime import date
from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from content.dossiers.log import Record
from content.dossiers.result_models import KIND_NAMES, MAX_TITLE, ResultKind
from content.dossiers.results import MAX_COPIES
from content.dossiers.signed_files import FileSignature
from content.dossiers.states import Action
from content.errors import Invalid, NotFound
from content.exchange.documents import MAX_NOTE, AsResult, DraftHandOff, DraftService, NewDraft
from content.files import FileService
from content.people.models import Account
from content.words import short_date
from portal import given_files
from portal.desk.act_page import PAGE, act_page, not_offered, perform
from portal.desk.dossier_page import urls
from portal.desk.exchange_panels import draft_of, may_hand_over, may_use
from portal.desk.result_files import demand_usable, signatures_found
from portal.desk.saying_no import FIELDS
from portal.desk_contexts import DeskDossier
from portal.forms import fields
from portal.http.downloads import open_file, send_stream
from portal.http.notices import Notice
from portal.http.pages import make_form
from portal.i18n import _
from portal.security.permissions import Permission
from portal.signatures import lines_of

METHODS = ("GET", "HEAD", "POST")
FILE, USE_PAGE = "file", "desk/draft_use.jinja2"
TYPES = ("pdf", "docx")


@view_config(
    route_name="desk.draft",
    renderer=PAGE,
    permission=Permission.DOSSIER_HANDLE,
    methods=METHODS,
    uses_session=True,
)
def hand_over(context: DeskDossier, request: Request) -> Any:
    """A draft into the queue; the desk does not wait for the other system."""
    dossier = context.dossier
    if request.method != "POST" and not may_hand_over(request, context):
        return HTTPSeeOther(urls(request, dossier)["dossier"])
    schema = fields.mapping(
        fields.text("title", _("Tên văn bản"), max_length=MAX_TITLE),
        fields.files(
            FILE,
            _("Tệp dự thảo"),
            accept="application/pdf,.pdf,.docx",
            hint=_("PDF hoặc Word (.docx)."),
            needed=True,
        ),
        fields.paragraph("note", _("Nội dung trình"), required=False, max_length=MAX_NOTE, rows=4),
        fields.hidden("revision"),
    )
    form = make_form(request, schema, _("Trình ký qua hệ thống văn bản"))
    told = [
        _("Dự thảo được gửi sang hệ thống quản lý văn bản để ký và cấp số; số, tệp đã ký tự về."),
        _("Hệ thống đó chưa chạy thì dự thảo chờ trong hàng gửi, hồ sơ vẫn làm tiếp được."),
    ]
    page = act_page(request, context, form, _("Trình ký, cấp số văn bản"), told)
    if request.method != "POST":
        form.fill({"revision": str(dossier.revision)})
        return page
    data = form.accept(request.POST)
    given = given_files.files_given(request, form, FILE, "Tệp dự thảo", TYPES)
    if len(given) != 1:
        raise form.refuse(_("Ông/bà chọn một tệp dự thảo."), FILE)
    [one] = given
    new = NewDraft(data["title"], data["note"] or "", one.source, one.name, one.media_type)

    def do(me: Account, revision: int) -> None:
        request.service(DraftService).hand_over(dossier, me, new, revision=revision)

    record = Record.DRAFT_HANDED_OVER
    return perform(request, context, record, form, page, do, Notice.DRAFT_HANDED_OVER)


@view_config(
    route_name="desk.draft_use",
    renderer=USE_PAGE,
    permission=Permission.DOSSIER_HANDLE,
    methods=METHODS,
    uses_session=True,
)
def use(context: DeskDossier, request: Request) -> Any:
    """T15 with a document that came back signed."""
    dossier, action = context.dossier, Action.COMPLETE
    draft = draft_of(request, dossier)
    if draft is None:
        raise NotFound("draft")
    if request.method != "POST":
        if back := not_offered(request, context, action):
            return back
        if not may_use(request, context, draft):
            return HTTPSeeOther(urls(request, dossier)["dossier"])
    kinds = [(one.value, name) for one, name in KIND_NAMES.items()]
    schema = fields.mapping(
        fields.choice("kind", _("Loại kết quả"), kinds),
        fields.integer("copies", _("Số bản giấy"), required=False, minimum=1, maximum=MAX_COPIES),
        fields.date("valid_to", _("Có hiệu lực đến"), required=False),
        fields.hidden("revision"),
    )
    form = make_form(request, schema, _("Ghi kết quả và báo cho người nộp"))
    signatures = _signatures(request, draft)
    page = act_page(
        request,
        context,
        form,
        _("Ghi kết quả từ văn bản đã ký"),
        _told(draft),
        renderer=USE_PAGE,
        lines=None if signatures is None else lines_of(signatures),
    )
    if request.method != "POST":
        usual = ResultKind.ELECTRONIC if signatures else ResultKind.BOTH
        form.fill({"revision": str(dossier.revision), "kind": usual.value, "copies": "1"})
        return page
    data = form.accept(request.POST)
    kind = ResultKind(data["kind"])
    if signatures is None:
        raise form.refuse(FIELDS["signature_unreadable"], "kind")
    demand_usable(form, "kind", kind, [signatures])
    valid_to = date.fromisoformat(data["valid_to"]) if data["valid_to"] else None
    chosen = AsResult(kind, int(data["copies"] or 1), valid_to, signatures)

    def do(me: Account, revision: int) -> None:
        request.service(DraftService).use(draft, me, chosen, revision=revision)

    return perform(request, context, action, form, page, do, Notice.RESULT_KEPT)


@view_config(route_name="desk.draft_file", permission=Permission.DOSSIER_HANDLE, uses_session=True)
def file(context: DeskDossier, request: Request) -> Response:
    """The signed document, else the draft."""
    draft = draft_of(request, context.dossier)
    if draft is None:
        raise NotFound("file")
    stored, name = draft.file, draft.file_name
    if draft.signed_file is not None:
        stored, name = draft.signed_file, draft.signed_name
    stream = open_file(request, stored)
    return send_stream(stream, name, size=stored.size, media_type=stored.media_type)


def _signatures(request: Request, draft: DraftHandOff) -> tuple[FileSignature, ...] | None:
    """Those in the file that came back; ``None`` where they cannot be read."""
    assert draft.signed_file is not None  # whoever may use it was asked before
    with request.service(FileService).open(draft.signed_file) as source:
        content = source.read()
    try:
        return signatures_found(request, content)
    except Invalid:
        return None


def _told(draft: Any) -> list[Any]:
    day = short_date(draft.issued_on) if draft.issued_on else ""
    words = _("Văn bản số ${number}, ngày ${day}, người ký: ${signer}. Tệp đã ký đi kèm.")
    told = words % {"number": draft.number_words, "day": day, "signer": draft.signer_name}
    return [told, _("Sau khi ghi, kết quả không sửa được; ông/bà mở tệp đã ký kiểm tra trước.")]
