"""What the editing screens say: parts, work, problems, in plain Vietnamese."""

from collections.abc import Mapping

from content.errors import Invalid
from content.procedures.kinds import VersionState
from content.procedures.labels import where_in_words
from content.procedures.remarks import RemarkKind
from content.procedures.worklist import Missing, Work
from portal.i18n import _

MISSING = {
    Missing.FILE: _("Tệp biểu mẫu"),
    Missing.FEE: _("Phí, lệ phí"),
    Missing.UNIT: _("Đơn vị thời hạn"),
    Missing.LEVEL: _("Mức độ trực tuyến"),
    Missing.STEPS: _("Trình tự"),
}
WORK = {
    Work.DRAFT: _("Đang soạn"),
    Work.AWAITING: _("Chờ quyết định công bố"),
    Work.REVIEW: _("Đến hạn kiểm tra"),
    Work.REMARKS: _("Có góp ý của người đọc"),
}
STATES = {
    VersionState.DRAFT: _("Bản nháp"),
    VersionState.AWAITING: _("Chờ quyết định công bố"),
    VersionState.COLLECTED: _("Thu thập từ nguồn công khai"),
    VersionState.PUBLISHED: _("Đã công bố"),
}
REMARKS = {
    RemarkKind.WRONG: _("Có chỗ sai"),
    RemarkKind.MISSING: _("Còn thiếu"),
    RemarkKind.UNCLEAR: _("Khó hiểu"),
}
_PROBLEMS = {
    "required": _("Ông/bà chưa ghi mục này."),
    "too_long": _("Mục này dài quá; ông/bà vui lòng rút gọn."),
    "too_many": _("Có quá nhiều mục; ông/bà vui lòng bớt đi."),
    "not_a_date": _("Đây chưa phải là một ngày có thật; ví dụ đúng: 05/03/2026."),
    "not_a_number": _("Mục này phải là số."),
    "not_whole": _("Mục này phải là số nguyên."),
    "out_of_range": _("Số này nằm ngoài khoảng cho phép."),
    "not_in_list": _("Ông/bà vui lòng chọn một mục trong danh sách."),
    "not_a_url": _("Địa chỉ phải bắt đầu bằng http:// hoặc https:// và không có dấu cách."),
    "not_a_code": _("Mã quốc gia có dạng 1.234567."),
    "control_character": _("Mục này có ký tự không đọc được; ông/bà vui lòng gõ lại."),
    "broken_character": _("Mục này có ký tự không đọc được; ông/bà vui lòng gõ lại."),
    "identity_is_fixed": _("Mã và cấp của thủ tục không đổi được; mã khác là thủ tục khác."),
    "level_not_in_levels": _("Cấp này không có trong danh sách các cấp thực hiện."),
    "not_after_today": _("Ngày kiểm tra lại phải sau hôm nay."),
    "ends_before_it_begins": _("Ngày thu cuối cùng không được trước ngày bắt đầu thu."),
    "longer_than_the_law": _(
        "Thời hạn tại địa phương không được dài hơn thời hạn theo quy định của pháp luật."
    ),
    "too_far": _("Ngày này xa quá; nhiều nhất là năm năm tới."),
}
_OTHER = _("Mục này chưa dùng được; ông/bà vui lòng xem lại.")


def problem(code: str) -> str:
    """A problem of the domain for the editor."""
    return _PROBLEMS.get(code, _OTHER)


def problems(error: Invalid, known: Mapping[str, str] = _PROBLEMS) -> dict[str, str]:
    """Problems by path, in words; those of one item say which."""
    return {path: str(known.get(code, _OTHER)) for path, code in error.problems.items()}


def where(path: str) -> str:
    """The field of a path."""
    return where_in_words(path)
