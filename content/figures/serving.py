"""The index for serving people and businesses, QĐ 766/QĐ-TTg: a hundred points.

Pure: counts in, points out. The list of parts is data, for the metrics change by decision;
each part knows its counts, so that a page can lead from points lost to what cost them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

Counts = Mapping[str, int]


@dataclass(frozen=True)
class Part:
    """``maximum`` × share, full from the share ``full_at`` on.

    ``over`` and ``under`` name the counts of the share. Where ``under`` is 0 nothing could
    be shared: ``when_none`` says how much of the maximum is given then.
    """

    key: str
    group: str
    title: str
    maximum: int
    over: tuple[str, ...]
    under: str
    full_at: float = 1.0
    when_none: float = 0.0

    def share(self, counts: Counts) -> float | None:
        """From 0 to 1, at most 1; ``None`` where there is nothing to share."""
        whole = counts.get(self.under, 0)
        if not whole:
            return None
        return min(1.0, sum(counts.get(name, 0) for name in self.over) / whole)

    def points(self, counts: Counts) -> float:
        """With two decimals, halves up."""
        share = self.share(counts)
        given = self.when_none if share is None else min(1.0, share / self.full_at)
        return rounded(self.maximum * given)


def rounded(points: float) -> float:
    """Two decimals, halves up: as the national dashboard prints them."""
    return float(Decimal(str(round(points, 6))).quantize(Decimal("0.01"), ROUND_HALF_UP))


OPENNESS = "Công khai, minh bạch"
PROGRESS = "Tiến độ, kết quả giải quyết"
ONLINE = "Cung cấp dịch vụ công trực tuyến"
PAYMENT = "Thanh toán trực tuyến"
DIGITAL = "Số hóa hồ sơ"
SATISFACTION = "Mức độ hài lòng"

PARTS: tuple[Part, ...] = (
    Part("1.1", OPENNESS, "Thủ tục công bố đúng hạn", 6, ("published_on_time",), "published"),
    Part("1.2", OPENNESS, "Cập nhật, công khai đúng hạn", 4, ("updated_on_time",), "published"),
    Part("1.3", OPENNESS, "Công khai đủ nội dung", 2, ("published_full",), "procedures"),
    Part("1.4", OPENNESS, "Hồ sơ đồng bộ lên Cổng quốc gia", 6, ("synchronised",), "received"),
    Part("2.1", PROGRESS, "Hồ sơ giải quyết đúng hạn", 20, ("on_time",), "received"),
    Part("3.1", ONLINE, "Thủ tục cung cấp trực tuyến", 2, ("partial", "full"), "authority", 0.8),
    Part(
        "3.2",
        ONLINE,
        "Dịch vụ trực tuyến có phát sinh hồ sơ",
        4,
        ("online_with_dossiers",),
        "online_services",
    ),
    Part("3.3", ONLINE, "Hồ sơ nộp trực tuyến", 6, ("online_dossiers",), "all_dossiers", 0.5),
    Part(
        "3.5a",
        PAYMENT,
        "Thủ tục có phí được nộp trên cổng",
        2,
        ("proc_fee_on_portal",),
        "proc_with_fee",
        0.8,
    ),
    Part(
        "3.5b",
        PAYMENT,
        "Thủ tục có giao dịch thanh toán trực tuyến",
        2,
        ("proc_with_online_payment",),
        "proc_with_fee",
        0.8,
    ),
    Part("3.6", PAYMENT, "Hồ sơ thanh toán trực tuyến", 6, ("paid_online",), "fin_obligation"),
    Part("4.1", DIGITAL, "Hồ sơ có kết quả điện tử", 6, ("electronic_results",), "results"),
    Part("4.2", DIGITAL, "Hồ sơ có giấy tờ được số hóa", 4, ("digitised",), "received"),
    Part("4.3", DIGITAL, "Giấy tờ được tái sử dụng", 2, ("reused",), "digitised", 0.8),
    Part("4.4", DIGITAL, "Kết quả vào kho của công dân", 4, ("in_citizen_store",), "results"),
    Part(
        "4.5",
        DIGITAL,
        "Tài khoản xác thực với dữ liệu dân cư",
        2,
        ("identified",),
        "online_dossiers",
    ),
    Part("4.6", DIGITAL, "Hồ sơ dùng dữ liệu dân cư", 2, ("population_data",), "received"),
    Part("4.7", DIGITAL, "Chứng thực bản sao điện tử", 2, ("electronic_copies",), "copies"),
    Part(
        "5.2",
        SATISFACTION,
        "Phản ánh, kiến nghị trả lời đúng hạn",
        6,
        ("petitions_on_time",),
        "petitions",
        when_none=1.0,
    ),
    Part(
        "5.3",
        SATISFACTION,
        "Hài lòng với việc trả lời phản ánh",
        6,
        ("petitions_satisfied",),
        "petitions_rated",
        when_none=1.0,
    ),
    Part(
        "5.4",
        SATISFACTION,
        "Hài lòng với tiếp nhận, giải quyết",
        6,
        ("satisfied",),
        "rated",
        full_at=0.9,
    ),
)
GROUPS = (OPENNESS, PROGRESS, ONLINE, PAYMENT, DIGITAL, SATISFACTION)


@dataclass(frozen=True)
class Scored:
    """A part with its share and points."""

    part: Part
    share: float | None
    points: float


def scored(counts: Counts) -> tuple[Scored, ...]:
    """All parts in their order."""
    return tuple(Scored(part, part.share(counts), part.points(counts)) for part in PARTS)


def group_points(counts: Counts, group: str) -> float:
    """The points of one group."""
    return rounded(sum(part.points(counts) for part in PARTS if part.group == group))


def total_points(counts: Counts) -> float:
    """Out of a hundred."""
    return rounded(sum(part.points(counts) for part in PARTS))


def lost(counts: Counts, wanted: Callable[[Part], bool] = lambda _part: True) -> list[Scored]:
    """Where points were lost, the most first."""
    short = [one for one in scored(counts) if wanted(one.part) and one.points < one.part.maximum]
    return sorted(short, key=lambda one: one.points - one.part.maximum)
