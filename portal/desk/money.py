"""Money at the desk: which fee applies, asking for an obligation, taking money, giving it back.

Amounts are typed where they are settled and asked for, never where money is taken.
"""

from datetime import date
from typing import Any

import colander
from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.view import view_config

from content.dossiers.charging import MAX_TIMES, Settled
from content.dossiers.log import Record
from content.dossiers.models import MAX_APPLICANT, Dossier
from content.dossiers.money import (
    KIND_NAMES,
    MAX_ACCOUNT,
    MAX_AMOUNT,
    MAX_CHARGE,
    MAX_REFERENCE,
    MEANS_NAMES,
    MOMENT_NAMES,
    OWED,
    Charge,
    ChargeKind,
    Means,
    Moment,
    open_obligation,
)
from content.dossiers.obligations import Asked, ObligationService, Payment
from content.dossiers.service import MAX_LEGAL_BASIS, MAX_REASON
from content.dossiers.states import Action, Actor
from content.dossiers.wording import fee_words
from content.people.models import Account
from content.words import amount_in_words, money
from portal.desk.act_page import PAGE, act_page, not_offered, perform
from portal.desk.dossier_page import urls
from portal.desk.officer import parts_of
from portal.desk.schemas import sentence_of
from portal.desk_contexts import DeskDossier
from portal.forms import fields
from portal.http.notices import Notice
from portal.http.pages import make_form
from portal.i18n import _
from portal.security.permissions import Permission

METHODS = ("GET", "HEAD", "POST")


@view_config(
    route_name="desk.fees",
    renderer=PAGE,
    permission=Permission.DOSSIER_HANDLE,
    methods=METHODS,
    uses_session=True,
)
def settle(context: DeskDossier, request: Request) -> Any:
    """Which frozen line applies, when it is paid, or why nothing is."""
    dossier = context.dossier
    if request.method != "POST" and Actor.ONE_STOP not in parts_of(request, context):
        return HTTPSeeOther(urls(request, dossier)["dossier"])
    form = make_form(request, _fees_schema(dossier), _("Ghi khoản phải nộp"))
    told = [_("Mức phí, lệ phí là mức có hiệu lực ngày tiếp nhận; đổi được cho đến khi thu tiền.")]
    page = act_page(request, context, form, _("Xác định phí, lệ phí"), told)
    if request.method != "POST":
        usual = {"moment": Moment.BEFORE.value, "times": "1"}
        form.fill({"revision": str(dossier.revision), **usual})
        return page
    data = form.accept(request.POST)
    said = Settled(
        lines=[int(one) for one in data.get("lines") or ()],
        moment=Moment(data["moment"]),
        times=int(data["times"] or 1),
        exempt_group=data["exempt_group"] or "",
        reason=data["reason"] or "",
        proof=data["proof"] or "",
    )

    def do(me: Account, revision: int) -> None:
        request.service(ObligationService).settle(dossier, me, said, revision=revision)

    return perform(request, context, Record.FEES_SETTLED, form, page, do, Notice.FEES_SETTLED)


@view_config(
    route_name="desk.ask_fee",
    renderer=PAGE,
    permission=Permission.DOSSIER_HANDLE,
    methods=METHODS,
    uses_session=True,
)
def ask(context: DeskDossier, request: Request) -> Any:
    """T10."""
    dossier, action = context.dossier, Action.REQUEST_FEE
    if request.method != "POST" and (back := not_offered(request, context, action)):
        return back
    form = make_form(request, _asking_schema(), _("Yêu cầu nộp tiền và báo cho người nộp"))
    told = [_("Sau khi ghi, đồng hồ dừng cho đến khi người thu tiền xác nhận đã nhận đủ.")]
    page = act_page(request, context, form, _("Yêu cầu thực hiện nghĩa vụ tài chính"), told)
    if request.method != "POST":
        form.fill({"revision": str(dossier.revision)})
        return page
    data = form.accept(request.POST)
    amounts = [(kind, int(data[kind.name.lower()] or 0)) for kind in ChargeKind]
    said = Asked(
        amounts=[(kind, amount) for kind, amount in amounts if amount],
        account=data["account"],
        legal_basis=data["legal_basis"],
        reason=data["reason"] or "",
        pay_by=date.fromisoformat(data["pay_by"]) if data["pay_by"] else None,
    )
    if not said.amounts:
        raise form.refuse(_("Ông/bà ghi ít nhất một khoản tiền."), "fee")

    def do(me: Account, revision: int) -> None:
        request.service(ObligationService).ask(dossier, me, said, revision=revision)

    return perform(request, context, action, form, page, do, Notice.PAYMENT_ASKED)


@view_config(
    route_name="desk.take",
    renderer=PAGE,
    permission=Permission.DOSSIER_HANDLE,
    methods=METHODS,
    uses_session=True,
)
def take(context: DeskDossier, request: Request) -> Any:
    """The cashier has the money; the sum stands fixed above the form."""
    dossier = context.dossier
    lines = _owed(request, dossier) if Actor.CASHIER in parts_of(request, context) else []
    if request.method != "POST" and not lines:
        return HTTPSeeOther(urls(request, dossier)["dossier"])
    waits = open_obligation(request.db, dossier) is not None
    form = make_form(request, _taking_schema(lines, choose=not waits), _("Xác nhận đã thu"))
    total = sum(one.amount for one in lines)
    told = [
        _("Phải thu: ${sum} (${words}).") % {"sum": money(total), "words": amount_in_words(total)},
        _("Số tiền không sửa được ở đây; nếu chưa đúng, bộ phận một cửa xác định lại."),
    ]
    page = act_page(request, context, form, _("Xác nhận đã thu tiền"), told)
    if request.method != "POST":
        chosen = [str(one.id) for one in lines]
        usual = {"means": Means.CASH.value, "payer": dossier.applicant_name, "charges": chosen}
        form.fill({"revision": str(dossier.revision), **usual})
        return page
    data = form.accept(request.POST)
    ticked: list[str] | None = data.get("charges")
    said = Payment(
        means=Means(data["means"]),
        payer=data["payer"],
        transaction=data["transaction"] or "",
        charges=[int(one) for one in ticked] if ticked is not None else None,
    )

    def do(me: Account, revision: int) -> None:
        request.service(ObligationService).confirm(dossier, me, said, revision=revision)

    action = Action.PAYMENT_CONFIRMED
    return perform(request, context, action, form, page, do, Notice.MONEY_TAKEN)


@view_config(
    route_name="desk.refund",
    renderer=PAGE,
    permission=Permission.DOSSIER_HANDLE,
    methods=METHODS,
    uses_session=True,
)
def refund(context: DeskDossier, request: Request) -> Any:
    """Everything that was paid goes back, with the reason."""
    dossier = context.dossier
    paid = request.service(ObligationService).standing(dossier).paid
    if request.method != "POST" and not paid:
        return HTTPSeeOther(urls(request, dossier)["dossier"])
    schema = fields.mapping(
        fields.paragraph(
            "reason",
            _("Lý do hoàn trả"),
            max_length=MAX_REASON,
            rows=4,
            validators=(sentence_of,),
            hint=_("Ghi số, ngày quyết định hoàn trả; nội dung này được gửi cho người nộp."),
        ),
        fields.text(
            "account",
            _("Nơi nhận tiền hoàn"),
            max_length=MAX_ACCOUNT,
            hint=_("Ví dụ: tiền mặt tại quầy; hoặc số tài khoản, ngân hàng."),
        ),
        fields.hidden("revision"),
    )
    form = make_form(request, schema, _("Ghi hoàn trả"))
    told = [_("Hoàn trả: ${sum}.") % {"sum": money(paid)}]
    page = act_page(request, context, form, _("Hoàn trả phí, lệ phí"), told)
    if request.method != "POST":
        form.fill({"revision": str(dossier.revision)})
        return page
    data = form.accept(request.POST)

    def do(me: Account, revision: int) -> None:
        service = request.service(ObligationService)
        service.refund(dossier, me, data["reason"], data["account"], revision=revision)

    return perform(request, context, Record.MONEY_REFUNDED, form, page, do, Notice.MONEY_REFUNDED)


def _owed(request: Request, dossier: Dossier) -> list[Charge]:
    """What the cashier can take now; lines that follow from the frozen fees are written down
    with the receipt, so that looking changes nothing."""
    service = request.service(ObligationService)
    obligation = open_obligation(request.db, dossier)
    found = service.standing(dossier)
    rows = [one for one in (*found.charges, *service.implied(dossier)) if one.state in OWED]
    wanted = obligation.id if obligation else None
    return [one for one in rows if one.amount and (not wanted or one.obligation_id == wanted)]


def _fees_schema(dossier: Dossier) -> colander.SchemaNode:
    lines = list(dossier.fees or ())
    options = [(str(place), one) for place, one in enumerate(fee_words(lines))] if lines else []
    schema = fields.mapping()
    if options:
        schema.add(fields.choices("lines", _("Dòng phí, lệ phí áp dụng"), options))
    for node in (
        fields.choice(
            "moment",
            _("Thời điểm nộp"),
            [(one.value, name) for one, name in MOMENT_NAMES.items()],
        ),
        fields.integer("times", _("Số lần tính"), required=False, minimum=1, maximum=MAX_TIMES),
        fields.text(
            "exempt_group",
            _("Đối tượng miễn"),
            required=False,
            max_length=MAX_CHARGE,
            hint=_("Ví dụ: trẻ em, hộ nghèo, người cao tuổi, người có công."),
        ),
        fields.text(
            "proof",
            _("Giấy tờ chứng minh đối tượng"),
            required=False,
            max_length=MAX_CHARGE,
        ),
        fields.paragraph(
            "reason",
            _("Lý do không phải nộp"),
            required=False,
            max_length=MAX_REASON,
            rows=3,
            hint=_("Cần ghi khi không chọn dòng nào hoặc chọn “Đối tượng miễn phí”."),
        ),
        fields.hidden("revision"),
    ):
        schema.add(node)
    return schema


def _asking_schema() -> colander.SchemaNode:
    schema = fields.mapping()
    for kind in ChargeKind:
        name, title = kind.name.lower(), f"{KIND_NAMES[kind]} (đồng)"
        schema.add(fields.integer(name, title, required=False, minimum=0, maximum=MAX_AMOUNT))
    for node in (
        fields.text(
            "account",
            _("Nơi nộp, tài khoản"),
            max_length=MAX_ACCOUNT,
            hint=_("Ví dụ: nộp tại quầy thu; hoặc số tài khoản, kho bạc, ngân hàng."),
        ),
        fields.text("legal_basis", _("Căn cứ pháp lý"), max_length=MAX_LEGAL_BASIS),
        fields.paragraph(
            "reason",
            _("Nội dung khoản nộp"),
            required=False,
            max_length=MAX_LEGAL_BASIS,
            rows=3,
        ),
        fields.date("pay_by", _("Nộp chậm nhất"), required=False),
        fields.hidden("revision"),
    ):
        schema.add(node)
    return schema


def _taking_schema(lines: list[Charge], *, choose: bool) -> colander.SchemaNode:
    schema = fields.mapping()
    if choose and len(lines) > 1 and all(one.id for one in lines):
        options = [(str(one.id), f"{one.name}: {money(one.amount)}") for one in lines]
        schema.add(fields.choices("charges", _("Khoản thu lần này"), options))
    for node in (
        fields.choice(
            "means",
            _("Hình thức"),
            [(one.value, name.capitalize()) for one, name in MEANS_NAMES.items()],
        ),
        fields.text("payer", _("Người nộp tiền"), max_length=MAX_APPLICANT),
        fields.text(
            "transaction",
            _("Số giao dịch, số chứng từ"),
            required=False,
            max_length=MAX_REFERENCE,
            hint=_("Cần ghi khi không thu tiền mặt."),
        ),
        fields.hidden("revision"),
    ):
        schema.add(node)
    return schema
