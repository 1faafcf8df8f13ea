"""All reports by name: what each is called, what it is for, what makes it.

The list of dossiers (``lists.py``) is not among them: it is read page by page.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from content.figures import (
    comparing,
    groups,
    hundred,
    ii06,
    ii07,
    lateness,
    nine,
    procedures,
    receipts,
    shortened,
    steps,
)
from content.figures.question import Question
from content.figures.tables import Table

STATUTORY, HANDLING, CATALOGUE, QUALITY = (
    "Biểu mẫu báo cáo",
    "Giải quyết hồ sơ",
    "Thủ tục",
    "Đánh giá chất lượng",
)


@dataclass(frozen=True)
class Report:
    """``slug`` is the word of the address; ``of_period`` whether it asks for days."""

    slug: str
    title: str
    about: str
    group: str
    make: Callable[[Question], Table]
    of_period: bool = True


def _ii06(asked: Question) -> Table:
    return ii06.table(ii06.report(asked.session, asked.span, asked.units))


ALL: tuple[Report, ...] = (
    Report("bieu-06", "Biểu II.06", "Kết quả giải quyết theo lĩnh vực", STATUTORY, _ii06),
    Report(
        "bieu-07",
        "Biểu II.07",
        "Số lượng thủ tục và quy trình nội bộ",
        STATUTORY,
        ii07.table,
    ),
    Report(
        "nguyen-nhan-qua-han",
        "Nguyên nhân quá hạn",
        "Hồ sơ quá hạn theo lĩnh vực và nguyên nhân",
        STATUTORY,
        lateness.causes,
    ),
    Report(
        "so-theo-doi",
        "Tổng hợp sổ theo dõi",
        "Số dòng, dòng đã hủy của từng sổ",
        STATUTORY,
        receipts.register,
    ),
    Report("don-vi", "Theo đơn vị", "Mỗi đơn vị một dòng", HANDLING, groups.by_unit),
    Report("can-bo", "Theo cán bộ", "Mỗi người thụ lý một dòng", HANDLING, groups.by_officer),
    Report("thu-tuc", "Theo thủ tục", "Mỗi thủ tục một dòng", HANDLING, groups.by_procedure),
    Report("kenh", "Theo kênh", "Trực tuyến, trực tiếp, bưu chính", HANDLING, groups.by_channel),
    Report(
        "thang", "Theo tháng", "Tiếp nhận và giải quyết từng tháng", HANDLING, receipts.by_month
    ),
    Report(
        "tiep-nhan-ngay",
        "Theo ngày",
        "Bình quân và ngày nhiều nhất",
        HANDLING,
        receipts.per_day,
    ),
    Report(
        "thoi-gian-buoc",
        "Thời gian công đoạn",
        "Bình quân từng công đoạn",
        HANDLING,
        lateness.by_step,
    ),
    Report(
        "buoc-quy-trinh",
        "Bước của quy trình",
        "Giờ làm việc của từng bước",
        HANDLING,
        steps.by_step,
    ),
    Report("so-sanh", "So sánh kỳ", "Với kỳ trước, cùng kỳ", HANDLING, comparing.compared),
    Report(
        "cat-giam",
        "Cắt giảm thời hạn",
        "Thủ tục có thời hạn ngắn hơn quy định",
        CATALOGUE,
        shortened.shortened,
        of_period=False,
    ),
    Report(
        "muc-do",
        "Mức độ trực tuyến",
        "Toàn trình, một phần, thông tin",
        CATALOGUE,
        procedures.service_levels,
    ),
    Report(
        "noi-tiep-nhan",
        "Nơi tiếp nhận",
        "Tại bộ phận một cửa và nơi khác",
        CATALOGUE,
        procedures.places,
        of_period=False,
    ),
    Report("chin-chi-so", "Chín chỉ số", "Thông tư 01/2018/TT-VPCP", QUALITY, nine.table),
    Report("diem-766", "Bộ chỉ số 100 điểm", "Quyết định 766/QĐ-TTg", QUALITY, hundred.table),
)
BY_SLUG: Mapping[str, Report] = {one.slug: one for one in ALL}
GROUPS = (STATUTORY, HANDLING, CATALOGUE, QUALITY)
