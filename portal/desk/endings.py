"""Stopping, lapsing, withdrawing: three pages of one form each."""

from typing import Any

import colander
from pyramid.request import Request
from pyramid.view import view_config

from content.dossiers.service import MAX_LEGAL_BASIS, MAX_REASON
from content.dossiers.states import Action
from content.dossiers.stopping import Stop, StopService
from content.dossiers.supplement_requests import open_request
from content.dossiers.withdrawals import Settlement, WithdrawalService, was_paid
from content.people.models import Account
from content.words import short_date
from portal.desk.act_page import PAGE, act_page, not_offered, perform
from portal.desk.schemas import sentence_of
from portal.desk_contexts import DeskDossier
from portal.forms import fields
from portal.http.notices import Notice
from portal.http.pages import make_form
from portal.i18n import _
from portal.security.permissions import Permission

METHODS = ("GET", "HEAD", "POST")
WAYS = (
    ("counter", _("Người nộp đến quầy")),
    ("letter", _("Người nộp gửi thư")),
    ("phone", _("Người nộp gọi điện")),
)


@view_config(
    route_name="desk.stop",
    renderer=PAGE,
    permission=Permission.DOSSIER_HANDLE,
    methods=METHODS,
    uses_session=True,
)
def stop(context: DeskDossier, request: Request) -> Any:
    """T13, by the leader."""
    schema = fields.mapping(
        _reason(_("Lý do dừng giải quyết")),
        _basis(),
        _short("papers", _("Giấy tờ trả lại cho người nộp"), _("Để trống nếu không có.")),
        _short("money", _("Phí, lệ phí"), _("Ví dụ: hoàn trả 10.000 đồng; hoặc để trống.")),
        fields.hidden("revision"),
    )
    if request.method != "POST" and (back := not_offered(request, context, Action.STOP)):
        return back
    form = make_form(request, schema, _("Dừng giải quyết và báo cho người nộp"))
    told = [_("Sau khi ghi, hồ sơ kết thúc và không mở lại được.")]
    page = act_page(request, context, form, _("Dừng giải quyết hồ sơ"), told)
    if request.method != "POST":
        form.fill({"revision": str(context.dossier.revision)})
        return page
    data = form.accept(request.POST)
    said = Stop(data["reason"], *(data[one] or "" for one in ("legal_basis", "papers", "money")))

    def do(me: Account, revision: int) -> None:
        request.service(StopService).stop(context.dossier, me, said, revision=revision)

    return perform(request, context, Action.STOP, form, page, do, Notice.DOSSIER_STOPPED)


@view_config(
    route_name="desk.lapse",
    renderer=PAGE,
    permission=Permission.DOSSIER_HANDLE,
    methods=METHODS,
    uses_session=True,
)
def lapse(context: DeskDossier, request: Request) -> Any:
    """T9, by hand."""
    action = Action.SUPPLEMENT_EXPIRED
    if request.method != "POST" and (back := not_offered(request, context, action)):
        return back
    asked = open_request(request.db, context.dossier)
    by = short_date(asked.reply_by) if asked and asked.reply_by else None
    schema = fields.mapping(_reason(_("Lý do dừng giải quyết")), fields.hidden("revision"))
    form = make_form(request, schema, _("Dừng giải quyết và báo cho người nộp"))
    told = [
        _("Hạn bổ sung: ${day}.") % {"day": by}
        if by
        else _("Thủ tục này không đặt hạn bổ sung nên không dừng vì quá hạn được."),
        _("Sau khi ghi, hồ sơ kết thúc và không mở lại được."),
    ]
    page = act_page(request, context, form, _("Dừng vì quá hạn bổ sung"), told)
    if request.method != "POST":
        form.fill(
            {
                "revision": str(context.dossier.revision),
                "reason": f"Đến hết ngày {by} ông/bà chưa bổ sung hồ sơ." if by else "",
            }
        )
        return page
    data = form.accept(request.POST)

    def do(me: Account, revision: int) -> None:
        service = request.service(StopService)
        service.expire(context.dossier, me, data["reason"], revision=revision)

    return perform(request, context, action, form, page, do, Notice.DOSSIER_STOPPED)


@view_config(
    route_name="desk.withdraw",
    renderer=PAGE,
    permission=Permission.DOSSIER_HANDLE,
    methods=METHODS,
    uses_session=True,
)
def withdraw(context: DeskDossier, request: Request) -> Any:
    """T12, written down at the desk."""
    dossier, action = context.dossier, Action.WITHDRAW
    if request.method != "POST" and (back := not_offered(request, context, action)):
        return back
    schema = fields.mapping(
        fields.choice("way", _("Người nộp đề nghị bằng cách nào"), WAYS),
        _reason(_("Lý do người nộp nêu")),
        *settlement_fields(paid=was_paid(dossier)),
        fields.hidden("revision"),
    )
    form = make_form(request, schema, _("Ghi việc rút hồ sơ và báo cho người nộp"))
    told = [_("Sau khi ghi, hồ sơ kết thúc và không mở lại được.")]
    page = act_page(request, context, form, _("Ghi việc rút hồ sơ"), told)
    if request.method != "POST":
        form.fill({"revision": str(dossier.revision)})
        return page
    data = form.accept(request.POST)

    def do(me: Account, revision: int) -> None:
        request.service(WithdrawalService).withdraw(
            dossier, me, data["reason"], data["way"], settlement(data), revision=revision
        )

    return perform(request, context, action, form, page, do, Notice.DOSSIER_WITHDRAWN)


def settlement_fields(*, paid: bool) -> list[colander.SchemaNode]:
    """What the desk settles; the refund only where something was paid."""
    found = [_short("papers", _("Giấy tờ trả lại cho người nộp"), _("Để trống nếu không có."))]
    if paid:
        hint = _("Ghi số, ngày quyết định hoàn trả và số tiền.")
        found.append(_short("refund", _("Hoàn trả phí, lệ phí"), hint))
    return found


def settlement(data: dict[str, Any]) -> Settlement:
    """The same, as the service takes it."""
    return Settlement(refund=data.get("refund") or "", papers=data.get("papers") or "")


def _reason(title: Any) -> colander.SchemaNode:
    return fields.paragraph(
        "reason",
        title,
        max_length=MAX_REASON,
        rows=5,
        validators=(sentence_of,),
        hint=_("Viết thành câu; nội dung này được gửi cho người nộp."),
    )


def _basis() -> colander.SchemaNode:
    return _short("legal_basis", _("Căn cứ pháp lý"), _("Ví dụ: khoản 1 Điều 21 Luật Cư trú."))


def _short(name: str, title: Any, hint: Any) -> colander.SchemaNode:
    return fields.text(name, title, required=False, max_length=MAX_LEGAL_BASIS, hint=hint)
