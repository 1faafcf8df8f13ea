"""What officers can do with a dossier, in the order in which the page offers it.

A feature of the desk adds its line: the move of the table, the route of its page or, for
what needs no page, of its button, the words of the verb and what it leaves behind. Whether
a line is offered, the table of moves decides (``content.dossiers.handling.offered``).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pyramid.request import Request

from content.dossiers.handling import capacities, offered
from content.dossiers.models import Dossier
from content.dossiers.states import Action
from portal.desk import routing_panel, sense
from portal.desk.officer import officer
from portal.desk_contexts import DeskDossier
from portal.i18n import _


@dataclass(frozen=True)
class Act:
    """A line: ``leaves`` says what the act produces, ``kind`` how its button looks, ``when``
    whether it makes sense for this dossier now, beyond what the table of moves says."""

    action: Action
    route: str
    words: Any
    leaves: Any
    kind: str = "secondary"
    when: Callable[[Request, Dossier], bool] | None = None


@dataclass(frozen=True)
class OfferedAct:
    """An act with its address on a dossier."""

    act: Act
    url: str


#: Accepting and refusing stand first on the page, with the appointment they make.
ACTS: tuple[Act, ...] = (
    Act(
        Action.TRANSFER,
        "desk.transfer",
        _("Chuyển xử lý…"),
        _("Chuyển xử lý: giao hồ sơ cho đơn vị, người thụ lý; ghi một dòng phiếu kiểm soát."),
        "primary",
        when=routing_panel.may_transfer,
    ),
    Act(
        Action.FORWARD,
        "desk.forward",
        _("Chuyển bước tiếp theo…"),
        _("Chuyển bước: giao hồ sơ cho bước sau; ghi một dòng phiếu kiểm soát."),
        "primary",
        when=routing_panel.may_forward,
    ),
    Act(
        Action.FORWARD,
        "desk.send_back",
        _("Trả lại bước trước…"),
        _("Trả lại: hồ sơ về bước trước kèm lý do; người nộp không đọc lý do này."),
        when=routing_panel.may_send_back,
    ),
    Act(
        Action.FORWARD,
        "desk.assign",
        _("Giao cho người khác…"),
        _("Giao cho người khác: bước và thời hạn giữ nguyên, người làm thay đổi."),
        when=routing_panel.may_assign,
    ),
    Act(
        Action.FORWARD,
        "desk.ask_opinion",
        _("Xin ý kiến đơn vị khác…"),
        _("Xin ý kiến: đơn vị được hỏi chỉ đọc câu hỏi và giấy tờ kèm theo; đồng hồ vẫn chạy."),
        when=routing_panel.may_ask,
    ),
    Act(
        Action.TRANSFER,
        "desk.chain",
        _("Chuyển liên thông…"),
        _("Chuyển liên thông: giao hồ sơ cho các cơ quan theo quy trình; lập phiếu bàn giao."),
        "primary",
        when=sense.may_begin_chain,
    ),
    Act(
        Action.REFUSE_RECEPTION,
        "desk.refuse",
        _("Từ chối tiếp nhận…"),
        _(
            "Từ chối: lập phiếu từ chối tiếp nhận giải quyết hồ sơ có lý do, báo cho người "
            "nộp; hồ sơ kết thúc."
        ),
        "danger",
    ),
    Act(
        Action.REQUEST_SUPPLEMENT_INTAKE,
        "desk.supplement",
        _("Yêu cầu bổ sung…"),
        _("Yêu cầu bổ sung: lập phiếu yêu cầu bổ sung, báo cho người nộp; hồ sơ chờ bổ sung."),
        when=sense.may_ask_again,
    ),
    Act(
        Action.REQUEST_SUPPLEMENT_PROCESS,
        "desk.supplement",
        _("Đề xuất yêu cầu bổ sung…"),
        _("Đề xuất yêu cầu bổ sung: trình lãnh đạo; khi được duyệt, đồng hồ dừng."),
        when=sense.may_propose_supplement,
    ),
    Act(
        Action.SUPPLY_SUPPLEMENT,
        "desk.supply",
        _("Nhận bổ sung tại quầy…"),
        _("Nhận bổ sung: ghi giấy tờ, nội dung người nộp mang đến; hồ sơ trở lại bước trước."),
        "primary",
    ),
    Act(
        Action.SUPPLEMENT_EXPIRED,
        "desk.lapse",
        _("Dừng vì quá hạn bổ sung…"),
        _("Dừng vì quá hạn bổ sung: lập thông báo dừng giải quyết; hồ sơ kết thúc."),
        "danger",
        when=sense.wait_is_over,
    ),
    Act(
        Action.APOLOGISE_AND_EXTEND,
        "desk.apology",
        _("Soạn văn bản xin lỗi, hẹn lại ngày…"),
        _("Xin lỗi, hẹn lại ngày: lãnh đạo ký; người nộp được báo ngày hẹn mới."),
        when=sense.may_apologise,
    ),
    Act(
        Action.WITHDRAW,
        "desk.withdraw",
        _("Ghi việc rút hồ sơ…"),
        _("Rút hồ sơ: ghi đề nghị của người nộp đến quầy, gửi thư hoặc gọi; hồ sơ kết thúc."),
        when=sense.no_wish_waits,
    ),
    Act(
        Action.REQUEST_FEE,
        "desk.ask_fee",
        _("Yêu cầu nộp tiền…"),
        _(
            "Yêu cầu nộp tiền: báo cho người nộp số tiền, nơi nộp, căn cứ; đồng hồ dừng cho đến "
            "khi nộp."
        ),
        when=sense.may_ask_money,
    ),
    Act(
        Action.PAYMENT_CONFIRMED,
        "desk.take",
        _("Xác nhận đã thu tiền…"),
        _("Xác nhận đã thu: cấp số biên lai; hồ sơ trở lại bước trước, đồng hồ chạy tiếp."),
        "primary",
    ),
    Act(
        Action.COMPLETE,
        "desk.complete",
        _("Ghi kết quả…"),
        _("Ghi kết quả: số, ký hiệu, ngày, người ký, tệp; báo cho người nộp đã có kết quả."),
        "primary",
        when=sense.may_complete,
    ),
    Act(
        Action.REFUSE_AFTER_APPRAISAL,
        "desk.not_solved",
        _("Không giải quyết…"),
        _("Không giải quyết: lập thông báo có lý do, là kết quả của hồ sơ; báo cho người nộp."),
        "danger",
    ),
    Act(
        Action.HAND_OVER_RESULT,
        "desk.return",
        _("Trả kết quả…"),
        _("Trả kết quả: tại quầy, qua bưu chính hoặc trực tuyến; lập giấy biên nhận."),
        "primary",
        when=sense.nothing_is_posted,
    ),
    Act(
        Action.STOP,
        "desk.stop",
        _("Dừng giải quyết…"),
        _("Dừng giải quyết: lập thông báo dừng có lý do, báo cho người nộp; hồ sơ kết thúc."),
        "danger",
    ),
)


def may_do(request: Request, context: DeskDossier) -> frozenset[Action]:
    """The moves that this officer's parts know from the dossier's state."""
    mine = capacities(request.db, officer(request), context.dossier, request.now)
    return offered(context.dossier, mine)


def offered_acts(request: Request, context: DeskDossier, query: dict[str, str]) -> list[OfferedAct]:
    """The lines of this officer for this dossier; ``query`` comes along in the address."""
    known = may_do(request, context)
    return [
        OfferedAct(
            act,
            request.route_path(act.route, number=context.dossier.lookup_code, _query=query),
        )
        for act in ACTS
        if act.action in known and (act.when is None or act.when(request, context.dossier))
    ]
