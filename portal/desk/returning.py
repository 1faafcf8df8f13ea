"""Handing a result over: at the desk, by post, online; what became of an item of the post."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import colander
from pyramid.request import Request
from pyramid.view import view_config

from content.dossiers.log import Record
from content.dossiers.models import Delivery, Dossier
from content.dossiers.obligations import ObligationService
from content.dossiers.result_models import MAX_NUMBER, MAX_SIGNER, MAX_TITLE, PostalItem
from content.dossiers.results import result_of
from content.dossiers.returning import (
    MAX_COD,
    PROOFS,
    HandedOver,
    Parcel,
    ReturnService,
)
from content.dossiers.service import MAX_LEGAL_BASIS, MAX_REASON
from content.dossiers.states import Action
from content.errors import NotFound
from content.people.models import Account
from content.words import money
from portal.desk.act_page import act_page, not_offered, perform
from portal.desk.closing_panels import paying, taking_url
from portal.desk.schemas import sentence_of
from portal.desk.sense import BACK
from portal.desk_contexts import DeskDossier
from portal.forms import fields
from portal.http.notices import Notice
from portal.http.pages import make_form
from portal.i18n import _
from portal.security.permissions import Permission

PAGE = "desk/return.jinja2"
METHODS = ("GET", "HEAD", "POST")
WAY = "cach"
MAX_ID = 18

Do = Callable[[Account, int], object]


@dataclass(frozen=True)
class Way:
    """A way of returning: its word in the address, its tab, its button, what it says."""

    slug: str
    tab: Any
    button: Any
    notice: Notice
    action: Action | Record = Action.HAND_OVER_RESULT


WAYS = {
    Delivery.COUNTER: Way(
        "tai-quay", _("Tại quầy"), _("Ghi đã trả kết quả"), Notice.RESULT_RETURNED
    ),
    Delivery.POST: Way(
        "buu-chinh",
        _("Qua bưu chính"),
        _("Ghi gửi bưu chính"),
        Notice.RESULT_POSTED,
        Record.RESULT_POSTED,
    ),
    Delivery.ONLINE: Way(
        "truc-tuyen", _("Trực tuyến"), _("Trả vào kho của người nộp"), Notice.RESULT_RETURNED
    ),
}


@view_config(
    route_name="desk.return",
    renderer=PAGE,
    permission=Permission.DOSSIER_HANDLE,
    methods=METHODS,
    uses_session=True,
)
def hand_over(context: DeskDossier, request: Request) -> Any:
    """T16; the way the applicant chose is shown first."""
    dossier = context.dossier
    if request.method != "POST" and (
        back := not_offered(request, context, Action.HAND_OVER_RESULT)
    ):
        return back
    chosen = _chosen(request, dossier)
    way = WAYS[chosen]
    form = make_form(request, _SCHEMAS[chosen](request, dossier), way.button)
    tabs = [(_address(request, dossier, one), one.tab, None, one is way) for one in WAYS.values()]
    heading = _("Trả kết quả")
    told = _told(request, dossier)
    page = act_page(
        *(request, context, form, heading, told),
        renderer=PAGE,
        tabs=tabs,
        **_to_the_cashier(request, context),
    )
    if request.method != "POST":
        form.fill({"revision": str(dossier.revision), **_usual(request, dossier, chosen)})
        return page
    do = _DOING[chosen](request, dossier, form.accept(request.POST))
    return perform(request, context, way.action, form, page, do, way.notice)


@view_config(
    route_name="desk.item",
    renderer=PAGE,
    permission=Permission.DOSSIER_HANDLE,
    methods=METHODS,
    uses_session=True,
)
def item(context: DeskDossier, request: Request) -> Any:
    """Delivered, or come back."""
    one = request.db.get(PostalItem, int(request.matchdict["item"][:MAX_ID]))
    if one is None or one.dossier_id != context.dossier.id:
        raise NotFound("item")
    if request.method != "POST" and (
        back := not_offered(request, context, Action.HAND_OVER_RESULT)
    ):
        return back
    came_back = request.GET.get(BACK) is not None
    schema = fields.mapping(_came_back() if came_back else _proof(), fields.hidden("revision"))
    words = _("Ghi chuyển hoàn") if came_back else _("Ghi đã phát, đã trả kết quả")
    form = make_form(request, schema, words)
    heading = _("Bưu gửi chuyển hoàn") if came_back else _("Bưu chính đã phát")
    told = [f"{one.tracking}: {one.recipient}, {one.address}"]
    page = act_page(
        *(request, context, form, heading, told),
        renderer=PAGE,
        tabs=(),
        **_to_the_cashier(request, context),
    )
    if request.method != "POST":
        form.fill({"revision": str(context.dossier.revision)})
        return page
    data = form.accept(request.POST)
    service = request.service(ReturnService)

    def do(me: Account, revision: int) -> None:
        if came_back:
            service.came_back(one, me, data["reason"], revision=revision)
        else:
            service.delivered(one, me, data["proof"], revision=revision)

    action = Record.POST_CAME_BACK if came_back else Action.HAND_OVER_RESULT
    notice = Notice.POST_CAME_BACK if came_back else Notice.RESULT_RETURNED
    return perform(request, context, action, form, page, do, notice)


def _chosen(request: Request, dossier: Dossier) -> Delivery:
    asked = request.GET.get(WAY)
    return next((one for one, way in WAYS.items() if way.slug == asked), dossier.delivery)


def _address(request: Request, dossier: Dossier, way: Way) -> str:
    path: str = request.route_path(
        "desk.return", number=dossier.lookup_code, _query={WAY: way.slug}
    )
    return path


def _told(request: Request, dossier: Dossier) -> list[Any]:
    """What is returned, and what is owed."""
    result = result_of(request.db, dossier)
    told: list[Any] = []
    if result is not None:
        told.append(f"{result.title} số {result.number_words}, {result.signer_name} ký.")
    owed = request.service(ReturnService).owed(dossier)
    if request.service(ObligationService).standing(dossier).unsettled:
        told.append(_("Chưa xác định phí, lệ phí phải nộp; xác định trước rồi mới trả."))
    if owed:
        told.append(_("Còn phải nộp: ${sum}. Thu đủ rồi mới trả.") % {"sum": money(owed)})
    return told


def _to_the_cashier(request: Request, context: DeskDossier) -> dict[str, Any]:
    """Where what is owed is paid: the way of an officer who may take it, else the place."""
    dossier = context.dossier
    found = request.service(ObligationService).standing(dossier)
    owed = request.service(ReturnService).owed(dossier)
    if not (owed or found.unsettled):
        return {"ways": [], "pay_at": None}
    desk, takes = dossier.agency, taking_url(request, context, found)
    place = ", ".join(part for part in (desk.name, desk.address) if part) if desk else ""
    return {
        "ways": list(paying(request, context, found)),
        "pay_at": place if owed and not takes else None,
    }


def _usual(request: Request, dossier: Dossier, chosen: Delivery) -> dict[str, Any]:
    if chosen is Delivery.ONLINE:
        return {}
    owed = request.service(ReturnService).owed(dossier)
    return {
        "recipient": dossier.applicant_name,
        "proof": "card",
        "address": dossier.delivery_address or dossier.applicant_address,
        "cod": str(owed) if owed else None,
    }


def _counter(request: Request, dossier: Dossier) -> colander.SchemaNode:
    kept = request.service(ReturnService).originals_of(dossier)
    schema = fields.mapping(
        fields.text("recipient", _("Người nhận"), max_length=MAX_TITLE),
        fields.choice("proof", _("Giấy tờ đã xem"), tuple(PROOFS.items())),
        fields.checkbox(
            "looked",
            _("Đã đối chiếu người nhận với giấy tờ; người nhận ký giấy biên nhận"),
            must=_("Ông/bà đối chiếu giấy tờ của người nhận trước khi trả."),
        ),
    )
    if kept:
        options = [(str(place), one.name) for place, one in enumerate(kept)]
        schema.add(fields.choices("originals", _("Bản chính trả lại"), options))
    schema.add(
        fields.text(
            "other_papers",
            _("Giấy tờ khác trả lại"),
            required=False,
            max_length=MAX_LEGAL_BASIS,
            hint=_("Để trống nếu không có."),
        )
    )
    schema.add(fields.hidden("revision"))
    return schema


def _post(_request: Request, _dossier: Dossier) -> colander.SchemaNode:
    return fields.mapping(
        fields.text(
            "tracking", _("Số bưu gửi"), max_length=MAX_NUMBER, hint=_("Ví dụ: EP123456789VN.")
        ),
        fields.text("recipient", _("Người nhận"), max_length=MAX_TITLE),
        fields.text("address", _("Địa chỉ nhận"), max_length=MAX_LEGAL_BASIS),
        fields.integer(
            "cod",
            _("Bưu chính thu hộ (đồng)"),
            required=False,
            minimum=0,
            maximum=MAX_COD,
            hint=_("Phí, lệ phí còn phải nộp và cước nếu người nhận trả. Để trống nếu không."),
        ),
        fields.hidden("revision"),
    )


def _online(_request: Request, _dossier: Dossier) -> colander.SchemaNode:
    return fields.mapping(fields.hidden("revision"))


def _proof() -> colander.SchemaNode:
    return fields.text(
        "proof",
        _("Chứng từ phát"),
        max_length=MAX_SIGNER,
        hint=_("Ví dụ: phiếu báo phát có chữ ký người nhận."),
    )


def _came_back() -> colander.SchemaNode:
    title = _("Vì sao không phát được")
    return fields.paragraph(
        "reason", title, max_length=MAX_REASON, rows=3, validators=(sentence_of,)
    )


def _give(request: Request, dossier: Dossier, data: dict[str, Any]) -> Do:
    said = HandedOver(
        recipient=data["recipient"],
        proof=data["proof"],
        looked=bool(data["looked"]),
        originals=tuple(int(one) for one in data.get("originals") or ()),
        other_papers=data["other_papers"] or "",
    )
    service = request.service(ReturnService)
    return lambda me, revision: service.hand_over(dossier, me, said, revision=revision)


def _send(request: Request, dossier: Dossier, data: dict[str, Any]) -> Do:
    cod = int(data["cod"] or 0)
    said = Parcel(data["tracking"], data["recipient"], data["address"], cod)
    service = request.service(ReturnService)
    return lambda me, revision: service.dispatch(dossier, me, said, revision=revision)


def _store(request: Request, dossier: Dossier, _data: dict[str, Any]) -> Do:
    service = request.service(ReturnService)
    return lambda me, revision: service.give_online(dossier, me, revision=revision)


_SCHEMAS = {Delivery.COUNTER: _counter, Delivery.POST: _post, Delivery.ONLINE: _online}
_DOING = {Delivery.COUNTER: _give, Delivery.POST: _send, Delivery.ONLINE: _store}
