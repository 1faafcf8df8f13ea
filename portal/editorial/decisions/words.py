"""What the screens of decisions say: kinds, verdicts, and why something cannot be published."""

from typing import Any

from content.letters.packs import PackFormat, PackState
from content.procedures.deadlines import Publisher
from content.procedures.duties import DutyKind, Verdict
from content.procedures.kinds import EntryKind
from content.procedures.postings import Place
from content.procedures.preparing_checks import Problem
from content.words import short_date
from portal.i18n import _

KINDS = {
    EntryKind.NEW: _("Mới ban hành"),
    EntryKind.AMENDED: _("Được sửa đổi, bổ sung"),
    EntryKind.REPLACED: _("Được thay thế"),
    EntryKind.ABOLISHED: _("Bị bãi bỏ"),
}
PUBLISHERS = {
    Publisher.PROVINCE: _("Chủ tịch Ủy ban nhân dân cấp tỉnh"),
    Publisher.MINISTRY: _("Bộ trưởng, thủ trưởng cơ quan ngang bộ"),
}
DUTIES = {
    DutyKind.PUBLISH: _("Ban hành quyết định công bố"),
    DutyKind.ENTER: _("Nhập vào Cơ sở dữ liệu quốc gia về thủ tục hành chính"),
}
#: Words and kind of badge.
VERDICTS = {
    Verdict.IN_TIME: (_("Đúng hạn"), "ok"),
    Verdict.LATE: (_("Chậm"), "bad"),
    Verdict.OPEN: (_("Còn hạn"), "info"),
    Verdict.SOON: (_("Sắp đến hạn"), "warn"),
    Verdict.OVERDUE: (_("Quá hạn"), "bad"),
}
PLACES = {
    Place.DATABASE: _("Cơ sở dữ liệu quốc gia"),
    Place.BOARD: _("Bảng niêm yết tại trụ sở"),
    Place.PORTAL: _("Cổng dịch vụ công"),
}
FORMATS = {
    PackFormat.PDF: _("PDF khổ A4 để in và niêm yết"),
    PackFormat.SITE: _("Trang tĩnh dùng ngoại tuyến (tệp zip) cho máy tra cứu"),
}
STATES = {
    PackState.WAITING: (_("Đang chờ"), "info"),
    PackState.MAKING: (_("Đang làm"), "info"),
    PackState.READY: (_("Đã xong"), "ok"),
    PackState.FAILED: (_("Không làm được"), "bad"),
}
#: Fields of the heading that are refused, by field and code.
REFUSED = {
    ("effective_on", "before_signing"): _("Ngày hiệu lực không được trước ngày ký quyết định."),
    ("signed_on", "not_yet_signed"): _("Ngày ký không được sau hôm nay."),
    ("effective_on", "planned_without_day"): _(
        "Quyết định chưa ký cần ngày dự kiến có hiệu lực, để tính hạn ban hành."
    ),
    ("number", "signed_without_number"): _("Quyết định đã ký cần số, ký hiệu."),
    ("issued_on", "missing"): _("Trình tự rút gọn cần ngày ban hành văn bản làm căn cứ."),
    ("issued_on", "after_signing"): _("Văn bản làm căn cứ phải ban hành không sau ngày ký."),
}
_PROBLEMS = {
    "before_signing": _("ngày hiệu lực trước ngày ký quyết định"),
    "not_yet_signed": _("ngày ký sau hôm nay"),
    "no_number": _("chưa ghi số, ký hiệu"),
    "not_signed": _("quyết định chưa ký"),
    "wrote_draft": _("bản nháp này có phần do chính ông/bà viết; cần người khác công bố"),
    "no_file": _("chưa có tệp quyết định đã ký"),
    "decision_known": _("quyết định cùng số và ngày ký đã được công bố"),
    "nothing_to_publish": _("chưa có thủ tục nào trong danh sách"),
    "nothing_to_end": _("thủ tục không còn áp dụng, không có gì để kết thúc"),
    "begins_later": _("phiên bản mới của thủ tục còn áp dụng sau ngày này"),
    "no_successor": _(
        "chưa ghi thủ tục thay thế; hãy bỏ dòng này rồi thêm lại, có ghi mã thủ tục thay thế"
    ),
    "no_draft": _("chưa có bản nháp để công bố"),
    "incomplete": _("bản nháp còn thiếu nội dung bắt buộc; mở thủ tục để ghi"),
    "district_level_ended": _("từ 01/7/2025 không còn thủ tục cấp huyện"),
    "not_published_before": _("thủ tục chưa từng được công bố; hãy chọn “Mới ban hành”"),
    "in_force_already": _("thủ tục đang áp dụng; hãy chọn “Được sửa đổi, bổ sung”"),
    "nothing_changed": _("bản nháp giống hệt bản đang áp dụng"),
    "newer_in_force": _("đã có phiên bản áp dụng từ ngày này hoặc sau đó"),
    "still_ending": _("thủ tục còn áp dụng đến hết ngày đã công bố kết thúc"),
    "four_eyes": _("người soạn quyết định không tự công bố; cần người khác trong ban biên tập"),
}


def problem(translate: Any, one: Problem) -> str:
    """One reason as a sentence: the procedure it is about, then what is wrong."""
    said = translate(_PROBLEMS[one.code])
    if "until" in one.data:
        said = f"{said} ({short_date(one.data['until'])})"
    if "since" in one.data:
        said = f"{said} ({short_date(one.data['since'])})"
    if one.line is not None:
        name = one.line.procedure.key
        return f"{name}: {said}."
    return f"{said[:1].upper()}{said[1:]}."
