"""The acts on many dossiers in words: which an officer is offered, what each leaves, and why an
item was refused."""

from typing import Any

from content.dossiers.bulk import BulkAction
from content.dossiers.sight import Sight
from content.people.roles import Role
from portal.desk.saying_no import FIELDS, GUARDS
from portal.i18n import _

ACT_NAMES = {
    BulkAction.ACCEPT: _("Tiếp nhận"),
    BulkAction.CLAIM: _("Nhận xử lý"),
    BulkAction.TRANSFER: _("Chuyển xử lý"),
    BulkAction.ASSIGN: _("Giao cho người khác"),
    BulkAction.RELEASE: _("Trả về đơn vị"),
    BulkAction.LABEL: _("Gắn nhãn"),
    BulkAction.UNLABEL: _("Gỡ nhãn"),
    BulkAction.PRINT: _("In giấy tiếp nhận"),
}
LEAVES = {
    BulkAction.ACCEPT: _(
        "Mỗi hồ sơ được cấp mã, ghi sổ theo dõi, lập giấy tiếp nhận và hẹn trả; người nộp được báo."
    ),
    BulkAction.CLAIM: _(
        "Ông/bà ký nhận từng hồ sơ đang chờ người của đơn vị; hồ sơ là của ông/bà."
    ),
    BulkAction.TRANSFER: _("Mỗi hồ sơ được giao cho nơi thụ lý; ghi một dòng phiếu kiểm soát."),
    BulkAction.ASSIGN: _("Bước và thời hạn giữ nguyên, người làm thay đổi; ghi phiếu kiểm soát."),
    BulkAction.RELEASE: _(
        "Hồ sơ trở về đơn vị, chưa của ai; thời hạn của bước giữ nguyên; ghi phiếu kiểm soát."
    ),
    BulkAction.LABEL: _("Nhãn chỉ cán bộ đọc; người nộp không thấy."),
    BulkAction.UNLABEL: _("Nhãn chỉ cán bộ đọc; người nộp không thấy."),
    BulkAction.PRINT: _(
        "Các giấy tiếp nhận gộp thành một tệp PDF khổ A4; mỗi giấy ghi một lần in."
    ),
}
_INSIDE = frozenset({Role.SPECIALIST, Role.HEAD, Role.LEADER, Role.CLERK})
_DESK = frozenset({Role.ONE_STOP})
_EVERYBODY = frozenset(Role)
_WHO = {
    BulkAction.ACCEPT: _DESK,
    BulkAction.CLAIM: _INSIDE,
    BulkAction.TRANSFER: _DESK,
    BulkAction.ASSIGN: _INSIDE,
    BulkAction.RELEASE: _INSIDE,
    BulkAction.LABEL: _EVERYBODY,
    BulkAction.UNLABEL: _EVERYBODY,
    BulkAction.PRINT: _DESK,
}
#: Reasons that only lists meet; the rest are those of single acts.
WHY = {
    "not_found": _("Không có hồ sơ này."),
    "not_your_desk": _("Hồ sơ không thuộc đơn vị của ông/bà."),
    "actor": _("Việc này không thuộc phần việc của ông/bà."),
    "not_holder": _("Hồ sơ đang ở người khác; người đó hoặc lãnh đạo phòng giao lại."),
    "not_for_you": _("Hồ sơ được giao cho người khác."),
    "taken_already": _("Đã có người nhận hồ sơ này."),
    "dossier_changed": _("Người khác vừa xử lý hồ sơ này; ông/bà mở hồ sơ để xem lại."),
    "already_received": _("Hồ sơ đã được tiếp nhận trước đó."),
    "already_resolved": _("Hồ sơ đã được giải quyết xong."),
    "not_received": _("Hồ sơ chưa được tiếp nhận."),
    "terminal": _("Hồ sơ đã kết thúc."),
    "result_returned": _("Kết quả đã được trả."),
    "waiting_for_supplement": _("Hồ sơ đang chờ người nộp bổ sung."),
    "payment_pending": _("Hồ sơ đang chờ người nộp nộp tiền."),
    "wrong_state": _("Hồ sơ không ở trạng thái làm được việc này."),
    "nobody_has_it": _("Chưa có ai giữ hồ sơ này."),
    "step_has_a_name": _("Quy trình giao bước này cho một người, không trả về đơn vị được."),
    "label_elsewhere": _("Nhãn này của đơn vị khác."),
    "label_there": _("Hồ sơ đã có nhãn này."),
    "label_missing": _("Hồ sơ không có nhãn này."),
    "no_slip": _("Hồ sơ chưa có giấy tiếp nhận; lập xong giấy thì in được."),
    "not_this_role": _("Người được chọn không làm được bước này của hồ sơ."),
    "competent_needed": _(
        "Địa chỉ người nộp thuộc nơi khác giải quyết: ông/bà chọn cơ quan có thẩm quyền, hoặc mở "
        "hồ sơ để tiếp nhận riêng."
    ),
    "no_commune": _(
        "Địa chỉ người nộp không cho biết xã, phường nào giải quyết; ông/bà mở hồ sơ để chọn cơ "
        "quan có thẩm quyền."
    ),
    "competent_not_here": _(
        "Cơ quan đã chọn không giải quyết hồ sơ này: quy trình liên thông đã ghi cơ quan, hoặc cơ "
        "quan không còn hoạt động."
    ),
    "required": _("Hồ sơ này cần chọn bước tiếp theo; ông/bà mở hồ sơ để chuyển riêng."),
}
_OTHER = _("Không làm được với hồ sơ này; ông/bà mở hồ sơ để xem.")


def offered_acts(sight: Sight) -> list[tuple[str, Any]]:
    """What this officer may try, ``(word, words)``."""
    return [(one.value, ACT_NAMES[one]) for one in BulkAction if _WHO[one] & sight.roles]


def why_words(code: str) -> Any:
    """Why an item was refused."""
    return WHY.get(code) or GUARDS.get(code) or FIELDS.get(code) or _OTHER
