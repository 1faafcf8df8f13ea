"""Asking for a supplement: choose from the published list, say why, read it over, send it.

Before acceptance the first request goes out at once; every other one goes to the leader.
"""

from collections.abc import Iterable
from typing import Any

import colander
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from content.dossiers.models import Dossier
from content.dossiers.service import MAX_LEGAL_BASIS, MAX_REASON
from content.dossiers.states import Action
from content.dossiers.supplement_items import MAX_REMARK, Item, ItemKind, items_to_ask
from content.dossiers.supplements import (
    SupplementService,
    Wanted,
    needs_leader,
)
from content.people.models import Account
from content.words import short_date, weekday
from portal.desk.act_page import act_page, not_offered, perform
from portal.desk.schemas import sentence_of
from portal.desk_contexts import DeskDossier
from portal.forms import fields
from portal.http.notices import Notice
from portal.http.pages import make_form
from portal.i18n import _
from portal.security.permissions import Permission

PAGE = "desk/supplement.jinja2"
DO = "lam"
PAPERS, OTHERS, QUESTIONS = "giay_to", "giay_to_khac", "muc"
LISTS = (PAPERS, OTHERS, QUESTIONS)
ACTIONS = (Action.REQUEST_SUPPLEMENT_INTAKE, Action.REQUEST_SUPPLEMENT_PROCESS)


@view_config(
    route_name="desk.supplement",
    renderer=PAGE,
    permission=Permission.DOSSIER_HANDLE,
    methods=("GET", "HEAD", "POST"),
    uses_session=True,
)
def supplement(context: DeskDossier, request: Request) -> Any:
    """Choose and say; read over; send."""
    dossier = context.dossier
    if request.method != "POST" and (back := not_offered(request, context, *ACTIONS)):
        return back
    form, page = _page(request, context)
    if request.method != "POST":
        form.fill({"revision": str(dossier.revision)})
        return page
    data = form.accept(request.POST)
    keys = _chosen(request)
    if not keys:
        words = _("Ông/bà chưa chọn giấy tờ hoặc mục nào cần bổ sung.")
        raise form.refuse(words, PAPERS if PAPERS in _names(form) else QUESTIONS)
    if DO in request.POST:
        return _send(request, context, form, page, data, keys)
    form, page = _page(request, context, data, keys)
    form.fill(data)
    return page


def _send(
    request: Request,
    context: DeskDossier,
    form: Any,
    page: dict[str, Any],
    data: dict[str, Any],
    keys: list[str],
) -> Response:
    dossier = context.dossier
    remarks = {key: data.get(_remark_field(key)) or "" for key in keys}
    wanted = Wanted(remarks, data["reason"], data["legal_basis"] or "")
    service = request.service(SupplementService)

    def ask(me: Account, revision: int) -> object:
        return service.ask(dossier, me, wanted, revision=revision)

    def propose(me: Account, revision: int) -> object:
        return service.propose(dossier, me, wanted, revision=revision)

    if not needs_leader(dossier):
        return perform(request, context, ACTIONS[0], form, page, ask, Notice.SUPPLEMENT_ASKED)
    return perform(request, context, ACTIONS[1], form, page, propose, Notice.PROPOSAL_SENT)


def _page(
    request: Request,
    context: DeskDossier,
    typed: dict[str, Any] | None = None,
    keys: Iterable[str] = (),
) -> tuple[Any, dict[str, Any]]:
    dossier = context.dossier
    items = items_to_ask(dossier)
    chosen = [one for one in items if one.key in (set(keys) or set(_chosen(request)))]
    to_leader = needs_leader(dossier)
    words = _("Trình lãnh đạo duyệt") if to_leader else _("Gửi yêu cầu bổ sung cho người nộp")
    shown_before = typed is not None or DO in request.POST
    form = make_form(
        request,
        _schema(items, chosen if shown_before else []),
        _("Xem lại nội dung người nộp sẽ đọc")
        if shown_before
        else _("Xem nội dung người nộp sẽ đọc"),
        *([(DO, "1", words, "primary")] if shown_before else []),
    )
    if shown_before:
        # Enter looks once more; the button that sends is the one to see.
        again, do = form.deform.submit_buttons
        form.deform.submit_buttons = (do, (*again[:3], "secondary"))
    page = act_page(
        request,
        context,
        form,
        _("Đề xuất yêu cầu bổ sung hồ sơ") if to_leader else _("Yêu cầu bổ sung hồ sơ"),
        _told(request, dossier, to_leader=to_leader),
        renderer=PAGE,
        preview=_preview(request, dossier, typed, chosen) if typed else None,
    )
    return form, page


def _told(request: Request, dossier: Dossier, *, to_leader: bool) -> list[Any]:
    service = request.service(SupplementService)
    left, last = service.left(dossier), service.last_day(dossier)
    told = [
        _("Ông/bà nêu đủ mọi giấy tờ, nội dung còn thiếu trong một lần."),
        _("Số lần còn được yêu cầu bổ sung hồ sơ này: ${n}.") % {"n": left},
    ]
    if to_leader and last is not None:
        day = f"{weekday(last)}, {short_date(last)}"
        told.append(_("Phiếu phải được duyệt chậm nhất ${day}.") % {"day": day})
    return told


def _preview(
    request: Request, dossier: Dossier, typed: dict[str, Any], chosen: list[Item]
) -> dict[str, Any]:
    by = request.service(SupplementService).reply_by(dossier)
    return {
        "items": [(one.name, typed.get(_remark_field(one.key)) or "") for one in chosen],
        "reason": typed["reason"],
        "legal_basis": typed["legal_basis"],
        "reply_by": f"{weekday(by)}, {short_date(by)}" if by else None,
        "officer": request.identity.name,
    }


def _schema(items: Iterable[Item], chosen: Iterable[Item]) -> colander.SchemaNode:
    """A remark for each chosen item, the lists that have anything in them, the reason."""
    schema = fields.mapping()
    for one in chosen:
        title = f"Cần bổ sung gì ở “{one.name}”"
        schema.add(
            fields.text(
                _remark_field(one.key),
                title,
                required=False,
                max_length=MAX_REMARK,
                hint=_("Ví dụ: bản chụp mờ, thiếu trang 2. Có thể để trống."),
            )
        )
    for name, title, hint, found in _lists(items):
        options = [(one.key, _label(one)) for one in found]
        if options:
            schema.add(fields.choices(name, title, options, hint=hint))
    schema.add(
        fields.paragraph(
            "reason",
            _("Lý do yêu cầu bổ sung"),
            max_length=MAX_REASON,
            rows=5,
            validators=(sentence_of,),
            hint=_("Viết cho người nộp. Nội dung này được in nguyên văn trên phiếu."),
        )
    )
    schema.add(
        fields.text(
            "legal_basis",
            _("Căn cứ pháp lý"),
            required=False,
            max_length=MAX_LEGAL_BASIS,
            hint=_("Ví dụ: khoản 1 Điều 21 Luật Cư trú."),
        )
    )
    schema.add(fields.hidden("revision"))
    return schema


def _lists(items: Iterable[Item]) -> list[tuple[str, Any, Any, list[Item]]]:
    all_of = list(items)
    papers = [one for one in all_of if one.kind is ItemKind.PAPER]
    return [
        (
            PAPERS,
            _("Giấy tờ cần bổ sung"),
            _("Theo danh mục đã công bố của thủ tục."),
            [one for one in papers if one.case is None],
        ),
        (
            OTHERS,
            _("Giấy tờ của trường hợp khác"),
            _("Chỉ chọn khi hồ sơ thực ra thuộc trường hợp đó."),
            [one for one in papers if one.case is not None],
        ),
        (
            QUESTIONS,
            _("Mục của tờ khai cần khai lại"),
            None,
            [one for one in all_of if one.kind is ItemKind.QUESTION],
        ),
    ]


def _label(one: Item) -> str:
    return f"{one.name} ({one.case})" if one.case else one.name


def _remark_field(key: str) -> str:
    return "ghi_chu_" + key.replace(":", "_")


def _chosen(request: Request) -> list[str]:
    sent = [one for name in LISTS for one in request.POST.getall(name)]
    return [one for one in sent if isinstance(one, str)]


def _names(form: Any) -> set[str]:
    return {child.name for child in form.deform.children}
