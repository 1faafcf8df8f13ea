"""The rule of one procedure: how often, how long, with which appointment, by which law."""

from typing import Any

import colander
from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from content.errors import Invalid
from content.procedures.handling import AfterSupplement, HandlingRule, general_rule
from content.procedures.handling_keeping import (
    MAX_BASIS,
    MOST_EXTENSIONS,
    MOST_SUPPLEMENTS,
    MOST_WAIT_DAYS,
    drop_rule,
    rule_for,
    save_rule,
)
from content.procedures.models import Procedure
from portal.editorial.saving import BOTH, POST_ONLY, form_of, revision_of
from portal.forms import fields
from portal.http.notices import Notice, say
from portal.i18n import _
from portal.security.permissions import Permission

RENDERER = "editorial/handling/rule.jinja2"
AFTER = (
    (AfterSupplement.RESTART.value, _("Tính lại từ đầu (khoản 4 Điều 19 NĐ 61/2018/NĐ-CP)")),
    (AfterSupplement.PAUSE.value, _("Tính tiếp, không tính thời gian chờ")),
)
_WORDS = {
    "required": _("Ông/bà ghi văn bản, điều khoản cho phép cách xử lý riêng này."),
    "too_long": _("Mục này dài quá; ông/bà rút ngắn lại."),
    "out_of_range": _("Số này ngoài khoảng cho phép."),
    "unknown": _("Ông/bà vui lòng chọn một mục trong danh sách."),
    "no_appointment_to_keep": _(
        "Không hẹn ngày trả thì không có giờ hẹn để giữ; bỏ một trong hai."
    ),
}
_BOXES = ("at_once", "no_appointment", "keeps_hour")


@view_config(
    route_name="editorial.handling.rule",
    renderer=RENDERER,
    permission=Permission.DESK_ARRANGE,
    methods=BOTH,
    uses_session=True,
)
def edit(context: Procedure, request: Request) -> Any:
    """The procedure's own rule, or the general one to begin from."""
    own = rule_for(request.db, context.id)
    return form_of(
        request,
        _schema(),
        _("Lưu cách xử lý"),
        heading=_("Cách xử lý riêng của thủ tục"),
        back=request.route_path("editorial.handling"),
        data=_data(own or general_rule(context.id), own.revision if own else 0),
        of=f"handling:{context.id}" if own else None,
        save=lambda data: save_rule(
            request.db,
            context.id,
            _values(data),
            revision=revision_of(data),
            actor_id=request.identity.account_id,
            now=request.now,
        ),
        reasons=_reason,
        renderer=RENDERER,
        notice=Notice.HANDLING_SAVED,
        procedure=context,
        own=own,
    )


@view_config(
    route_name="editorial.handling.drop",
    permission=Permission.DESK_ARRANGE,
    methods=POST_ONLY,
    uses_session=True,
)
def drop(context: Procedure, request: Request) -> Response:
    """The general rule holds again."""
    own = rule_for(request.db, context.id)
    if own is not None:
        drop_rule(request.db, own, actor_id=request.identity.account_id, now=request.now)
    return say(HTTPSeeOther(request.route_path("editorial.handling")), Notice.HANDLING_SAVED)


def _schema() -> colander.SchemaNode:
    return fields.mapping(
        fields.integer(
            "max_supplements",
            _("Số lần được yêu cầu bổ sung"),
            minimum=0,
            maximum=MOST_SUPPLEMENTS,
            hint=_("Thông thường một lần (khoản 2 Điều 17 NĐ 61/2018/NĐ-CP)."),
        ),
        fields.integer(
            "supplement_wait_days",
            _("Số ngày làm việc chờ bổ sung"),
            minimum=1,
            maximum=MOST_WAIT_DAYS,
            required=False,
            hint=_("Quá số ngày này hồ sơ bị dừng. Để trống thì chờ không thời hạn."),
        ),
        fields.choice("after_supplement", _("Khi đã bổ sung đủ"), AFTER),
        fields.integer(
            "max_extensions",
            _("Số lần được xin lỗi, hẹn lại"),
            minimum=0,
            maximum=MOST_EXTENSIONS,
            hint=_("Thông thường một lần (khoản 9 Điều 19 NĐ 61/2018/NĐ-CP)."),
        ),
        fields.checkbox("at_once", _("Bộ phận một cửa được giải quyết ngay trong lần đến")),
        fields.checkbox(
            "no_appointment",
            _("Không hẹn ngày trả kết quả"),
            hint=_("Giấy tiếp nhận không ghi ngày hẹn; hồ sơ không bao giờ tính quá hạn."),
        ),
        fields.checkbox(
            "keeps_hour",
            _("Giờ hẹn trả là giờ tiếp nhận"),
            hint=_("Không đánh dấu thì hẹn đến hết giờ làm việc của ngày hẹn."),
        ),
        fields.paragraph(
            "legal_basis",
            _("Căn cứ pháp lý"),
            rows=3,
            max_length=MAX_BASIS,
            hint=_("Văn bản, điều khoản quy định khác với quy tắc chung."),
        ),
        fields.hidden("revision"),
    )


def _data(rule: HandlingRule, revision: int) -> dict[str, Any]:
    wait = rule.supplement_wait_days
    return {
        "max_supplements": str(rule.max_supplements),
        "supplement_wait_days": "" if wait is None else str(wait),
        "after_supplement": rule.after_supplement.value,
        "max_extensions": str(rule.max_extensions),
        **{name: getattr(rule, name) for name in _BOXES},
        "legal_basis": rule.legal_basis or "",
        "revision": str(revision),
    }


def _values(data: dict[str, Any]) -> dict[str, Any]:
    wait = data["supplement_wait_days"]
    return {
        "max_supplements": int(data["max_supplements"]),
        "supplement_wait_days": int(wait) if wait else None,
        "after_supplement": AfterSupplement(data["after_supplement"]),
        "max_extensions": int(data["max_extensions"]),
        **{name: data[name] for name in _BOXES},
        "legal_basis": data["legal_basis"],
    }


def _reason(error: Invalid) -> Any:
    return _WORDS[next(iter(error.problems.values()))]
