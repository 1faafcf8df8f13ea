"""What yearly targets are set for: each measure with its unit, its direction and what is counted.

Results come from whoever knows them: a function for each measure, given by other subjects. A
measure that nobody can count yet has no result, and no result is not zero.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy.orm import Session

#: Of a session, a year and the units counted; ``None`` where there is nothing to count from.
Result = Callable[[Session, int, frozenset[int]], Decimal | None]
Results = Mapping[str, Result]


@dataclass(frozen=True)
class Measure:
    """One measure. ``at_most``: less is better; ``counted`` says how the result is made."""

    key: str
    label: str
    unit: str
    counted: str
    at_most: bool = False

    def is_met(self, target: Decimal, result: Decimal) -> bool:
        """Whether a result reaches the target."""
        return result <= target if self.at_most else result >= target

    def in_words(self, number: str) -> str:
        """A number with its unit: ``62,3%``, ``30 lượt người``."""
        return f"{number}%" if self.unit == "%" else f"{number} {self.unit}"

    @property
    def direction(self) -> str:
        """The word before the number of a target."""
        return "không quá" if self.at_most else "từ"


#: The targets that authorities set themselves (domain §13, rows 13, 18, 19, 41).
MEASURES: tuple[Measure, ...] = (
    Measure(
        "satisfied",
        "Tỷ lệ người dân, tổ chức hài lòng",
        "%",
        "Phiếu hài lòng và rất hài lòng trên tổng số phiếu.",
    ),
    Measure(
        "shortened",
        "Mức cắt giảm thời hạn bình quân",
        "%",
        "Bình quân mức cắt giảm của các thủ tục có thời hạn tại địa phương ngắn hơn quy định.",
    ),
    Measure(
        "on_time",
        "Tỷ lệ hồ sơ giải quyết trước và đúng hạn",
        "%",
        "Hồ sơ đã giải quyết trước và đúng hạn trên tổng số hồ sơ đã giải quyết trong năm.",
    ),
    Measure(
        "online",
        "Tỷ lệ hồ sơ nộp trực tuyến",
        "%",
        "Hồ sơ tiếp nhận qua kênh trực tuyến trên tổng số hồ sơ tiếp nhận trong năm.",
    ),
    Measure(
        "post",
        "Tỷ lệ hồ sơ nộp qua bưu chính công ích",
        "%",
        "Hồ sơ tiếp nhận qua bưu chính trên tổng số hồ sơ tiếp nhận trong năm.",
    ),
    Measure(
        "trained",
        "Số lượt người được đào tạo, tập huấn",
        "lượt người",
        "Số người dự của các lớp đã xong trong năm, ghi ở sổ “Đào tạo, tập huấn”.",
    ),
    Measure(
        "conduct",
        "Số phản ánh đúng về thái độ phục vụ",
        "vụ",
        "Phản ánh được kết luận là đúng trong năm, ghi ở sổ “Phản ánh về thái độ phục vụ”.",
        at_most=True,
    ),
)
BY_KEY: Mapping[str, Measure] = {one.key: one for one in MEASURES}
