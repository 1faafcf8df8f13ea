"""The words of imports: states, sources, what becomes of a procedure, kinds of differences."""

from content.procedures.merging.models import RunState, Source
from content.procedures.merging.threeway import Kind
from portal.i18n import _

RUN_STATES = {
    RunState.CHECKING: _("đang đọc tệp"),
    RunState.REFUSED: _("tệp có lỗi, chưa ghi gì"),
    RunState.READY: _("chờ ông/bà xác nhận, chưa ghi gì"),
    RunState.RUNNING: _("đang nhập"),
    RunState.DONE: _("đã nhập xong"),
    RunState.FAILED: _("không nhập được"),
}
SOURCES = {
    Source.OWN: _("bảng của đơn vị, ghi vào bản nháp"),
    Source.NATIONAL: _("dữ liệu quốc gia hoặc quyết định, đưa vào hàng chờ so sánh"),
}
REPORT_WORDS = {
    "added": _("thủ tục mới, ghi thành bản nháp"),
    "changed": _("thủ tục có thay đổi, ghi vào bản nháp"),
    "unchanged": _("thủ tục giữ nguyên"),
    "blocked": _("thủ tục đang chờ quyết định công bố, không ghi được"),
    "proposed": _("chỗ chỉ bên kia đổi"),
    "conflict": _("chỗ hai bên cùng đổi"),
    "new": _("thủ tục ta chưa có"),
    "gone": _("thủ tục không còn trong cơ sở dữ liệu quốc gia, đưa vào hàng chờ"),
    "queued": _("khác biệt đưa vào hàng chờ"),
}
KINDS = {
    Kind.PROPOSED: (_("Chỉ bên kia đổi"), ""),
    Kind.CONFLICT: (_("Hai bên cùng đổi"), "warn"),
    Kind.NEW: (_("Thủ tục mới"), "brand"),
}
