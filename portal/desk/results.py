"""The end of the work: laying the result before the leader, writing it down, refusing it.

T14 and T15; the files are looked into before anything is written, and must be PDF.
"""

from datetime import date
from typing import Any

import colander
from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from content.dossiers.models import Dossier
from content.dossiers.proposals import ProposalKind, ProposalState, open_proposal
from content.dossiers.result_models import (
    KIND_NAMES,
    MAX_NUMBER,
    MAX_SIGNER,
    MAX_TITLE,
    ResultKind,
)
from content.dossiers.results import (
    MAX_COPIES,
    NewFile,
    Result,
    ResultService,
    result_of,
)
from content.dossiers.service import MAX_LEGAL_BASIS, MAX_REASON
from content.dossiers.states import Action
from content.errors import NotFound
from content.people.models import Account
from content.words import local
from portal.desk.act_page import PAGE, act_page, not_offered, perform
from portal.desk.dossier_page import urls
from portal.desk.result_files import FEW, demand_usable, files_given, hold
from portal.desk.schemas import sentence_of
from portal.desk.sense import REFUSAL, may_complete, may_propose
from portal.desk_contexts import DeskDossier
from portal.forms import fields
from portal.http.downloads import open_file, send_stream
from portal.http.notices import Notice
from portal.http.pages import make_form
from portal.i18n import _
from portal.security.permissions import Permission
from portal.signatures import lines_of

METHODS = ("GET", "HEAD", "POST")
FILES, RESULT_PAGE = "files", "desk/result.jinja2"
#: Ten names of files with their keys.
MAX_KEPT = 8_000


@view_config(
    route_name="desk.propose_result",
    renderer=PAGE,
    permission=Permission.DOSSIER_HANDLE,
    methods=METHODS,
    uses_session=True,
)
def propose(context: DeskDossier, request: Request) -> Any:
    """A result or a refusal, before the leader."""
    dossier, refusal = context.dossier, request.GET.get("loai") == REFUSAL
    kind = ProposalKind.REFUSAL if refusal else ProposalKind.RESULT
    if request.method != "POST" and not may_propose(request, context, kind):
        return HTTPSeeOther(urls(request, dossier)["dossier"])
    title = _("Lý do không giải quyết") if refusal else _("Nội dung trình")
    hint = (
        _("Nội dung này được in nguyên văn trên thông báo gửi người nộp.")
        if refusal
        else _("Kết quả thẩm định, đề xuất; dự thảo kết quả đính trong hệ thống văn bản.")
    )
    schema = fields.mapping(
        fields.paragraph(
            "reason", title, max_length=MAX_REASON, rows=6, validators=(sentence_of,), hint=hint
        )
    )
    if refusal:
        schema.add(_basis())
    schema.add(fields.hidden("revision"))
    form = make_form(request, schema, _("Trình lãnh đạo"))
    heading = _("Trình không giải quyết hồ sơ") if refusal else _("Trình kết quả")
    page = act_page(request, context, form, heading)
    if request.method != "POST":
        form.fill({"revision": str(dossier.revision)})
        return page
    data = form.accept(request.POST)

    def do(me: Account, revision: int) -> None:
        request.service(ResultService).propose(
            dossier,
            me,
            data["reason"],
            refusal=refusal,
            legal_basis=data.get("legal_basis") or "",
            revision=revision,
        )

    action = Action.REFUSE_AFTER_APPRAISAL if refusal else Action.COMPLETE
    return perform(request, context, action, form, page, do, Notice.PROPOSAL_SENT)


@view_config(
    route_name="desk.not_solved",
    renderer=PAGE,
    permission=Permission.DOSSIER_HANDLE,
    methods=METHODS,
    uses_session=True,
)
def not_solved(context: DeskDossier, request: Request) -> Any:
    """T14, by the leader."""
    dossier, action = context.dossier, Action.REFUSE_AFTER_APPRAISAL
    if request.method != "POST" and (back := not_offered(request, context, action)):
        return back
    schema = fields.mapping(
        fields.paragraph(
            "reason",
            _("Lý do không giải quyết"),
            max_length=MAX_REASON,
            rows=6,
            validators=(sentence_of,),
            hint=_("Viết cho người nộp; nội dung này được in nguyên văn trên thông báo."),
        ),
        _basis(),
        fields.hidden("revision"),
    )
    form = make_form(request, schema, _("Không giải quyết và báo cho người nộp"))
    told = [_("Thông báo không giải quyết là kết quả của hồ sơ; sau khi ghi không sửa được.")]
    if request.service(ResultService).is_late(dossier):
        told.append(_("Hồ sơ đã quá ngày hẹn trả; lần ghi này được tính là trễ hạn."))
    page = act_page(request, context, form, _("Không giải quyết hồ sơ"), told)
    if request.method != "POST":
        form.fill({"revision": str(dossier.revision)})
        return page
    data = form.accept(request.POST)

    def do(me: Account, revision: int) -> None:
        basis = data["legal_basis"] or ""
        service = request.service(ResultService)
        service.refuse(dossier, me, data["reason"], basis, revision=revision)

    return perform(request, context, action, form, page, do, Notice.NOT_SOLVED)


@view_config(
    route_name="desk.complete",
    renderer=RESULT_PAGE,
    permission=Permission.DOSSIER_HANDLE,
    methods=METHODS,
    uses_session=True,
)
def complete(context: DeskDossier, request: Request) -> Any:
    """T15, by the clerk after the leader's signature, or by the leader."""
    dossier, action = context.dossier, Action.COMPLETE
    if request.method != "POST":
        if back := not_offered(request, context, action):
            return back
        if not may_complete(request, dossier):
            return HTTPSeeOther(urls(request, dossier)["dossier"])
    form = make_form(request, _result_schema(), _("Ghi kết quả và báo cho người nộp"))
    told = [_("Sau khi ghi, kết quả không sửa được; ông/bà kiểm tra số, ngày và tệp trước.")]
    heading = _("Ghi kết quả")
    page = act_page(
        request, context, form, heading, told, renderer=RESULT_PAGE, looked=(), few=False
    )
    if request.method != "POST":
        form.fill({"revision": str(dossier.revision), **_usual(request, dossier)})
        return page
    data = form.accept(request.POST)
    kind = ResultKind(data["kind"])
    given = files_given(request, form, FILES, data["kept"] or "")
    demand_usable(form, FILES, kind, [one.signatures for one in given.files])
    if given.is_new and any(one.signatures for one in given.files):
        return _shown(request, page, data, given.files)
    said = Result(
        kind=kind,
        title=data["title"],
        number=data["number"],
        symbol=data["symbol"] or "",
        issued_on=date.fromisoformat(data["issued_on"]),
        signer_name=data["signer_name"],
        signer_title=data["signer_title"],
        copies=int(data["copies"] or 1),
        valid_to=date.fromisoformat(data["valid_to"]) if data["valid_to"] else None,
        files=given.files,
    )

    def do(me: Account, revision: int) -> None:
        request.service(ResultService).complete(dossier, me, said, revision=revision)

    return perform(request, context, action, form, page, do, Notice.RESULT_KEPT)


@view_config(route_name="desk.result_file", permission=Permission.DOSSIER_HANDLE, uses_session=True)
def file(context: DeskDossier, request: Request) -> Response:
    """A file of the result, byte for byte."""
    result = result_of(request.db, context.dossier)
    token = request.matchdict["file"]
    for one in result.files if result is not None else ():
        if one.token == token:
            stream = open_file(request, one.file)
            size, kind = one.file.size, one.file.media_type
            return send_stream(stream, one.name, size=size, media_type=kind, inline=True)
    raise NotFound("file")


def _shown(
    request: Request, page: dict[str, Any], data: dict[str, Any], files: tuple[NewFile, ...]
) -> dict[str, Any]:
    """The signatures of the files just given, over the form as it was filled in."""
    form = make_form(request, _result_schema(), _("Ghi kết quả và báo cho người nộp"))
    form.fill({**data, "kept": hold(request, files)})
    few = any(0 < len(one.signatures) < FEW for one in files)
    looked = [(one.name, lines_of(one.signatures)) for one in files]
    return {**page, "form": form, "looked": looked, "few": few}


def _usual(request: Request, dossier: Dossier) -> dict[str, Any]:
    """What is most often right: today, on paper and as a file, the leader who approved."""
    approved = open_proposal(request.db, dossier, ProposalKind.RESULT)
    by = approved.decided_by if approved and approved.state is ProposalState.APPROVED else None
    return {
        "kind": ResultKind.BOTH.value,
        "issued_on": local(request.now).date().isoformat(),
        "copies": "1",
        "signer_name": by.name if by else None,
        "title": _title(dossier),
    }


def _title(dossier: Dossier) -> str | None:
    """What the procedure says its result is, where that is one thing."""
    told = dossier.version.document.get("result")
    if not isinstance(told, str) or len(told) > MAX_TITLE or set(told) & set("\n;"):
        return None
    return told.strip(" .")


def _result_schema() -> colander.SchemaNode:
    kinds = [(one.value, name) for one, name in KIND_NAMES.items()]
    return fields.mapping(
        fields.text("title", _("Tên kết quả"), max_length=MAX_TITLE),
        fields.text("number", _("Số"), max_length=MAX_NUMBER, hint=_("Ví dụ: 15.")),
        fields.text(
            "symbol",
            _("Ký hiệu"),
            required=False,
            max_length=MAX_NUMBER,
            hint=_("Phần sau dấu gạch chéo, ví dụ: GP-UBND."),
        ),
        fields.date("issued_on", _("Ngày ký")),
        fields.date("valid_to", _("Có hiệu lực đến"), required=False),
        fields.text("signer_name", _("Người ký"), max_length=MAX_SIGNER),
        fields.text("signer_title", _("Chức vụ người ký"), max_length=MAX_SIGNER),
        fields.choice("kind", _("Loại kết quả"), kinds),
        fields.integer("copies", _("Số bản giấy"), required=False, minimum=1, maximum=MAX_COPIES),
        fields.files(
            FILES,
            _("Tệp kết quả đã ký"),
            accept="application/pdf,.pdf",
            multiple=True,
            hint=_("PDF; giữ nguyên từng byte để chữ ký số không hỏng. Bản giấy: tệp quét."),
        ),
        fields.hidden("kept", max_length=MAX_KEPT),
        fields.hidden("revision"),
    )


def _basis() -> colander.SchemaNode:
    return fields.text(
        "legal_basis",
        _("Căn cứ pháp lý"),
        required=False,
        max_length=MAX_LEGAL_BASIS,
        hint=_("Ví dụ: khoản 1 Điều 21 Luật Cư trú."),
    )
