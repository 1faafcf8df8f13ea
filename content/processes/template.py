"""The process a procedure has before anybody writes its own: the nine standard rows.

Domain §12: nộp, tiếp nhận, phân công, thẩm định, xem xét, ký duyệt, phát hành, trả, lưu. How
the limit is shared out is a proposal that the editor of the process changes, no rule.
"""

from dataclasses import dataclass
from decimal import Decimal

from content.processes.graph import Graph, Performer, Step

#: The smallest share of a step.
QUARTER = Decimal("0.25")


@dataclass(frozen=True)
class _Row:
    """A standard row; ``share`` of the limit in sixteenths, ``None`` outside of it."""

    name: str
    performer: Performer
    result: str
    share: int | None = None
    returns_to: tuple[str, ...] = ()


#: What is left of the limit goes to the appraisal.
APPRAISAL = "b4"
ROWS = (
    _Row("Nộp hồ sơ", Performer.CITIZEN, "Hồ sơ theo mục 5.2"),
    _Row(
        "Tiếp nhận, kiểm tra hồ sơ",
        Performer.ONE_STOP,
        "Giấy tiếp nhận hồ sơ và hẹn trả kết quả; phiếu kiểm soát",
        1,
    ),
    _Row("Phân công thụ lý", Performer.HEAD, "Phiếu kiểm soát", 1),
    _Row("Thẩm định hồ sơ", Performer.SPECIALIST, "Dự thảo kết quả", 0, ("b3",)),
    _Row("Xem xét kết quả thẩm định", Performer.HEAD, "Dự thảo được xem xét", 2, ("b4",)),
    _Row("Ký duyệt", Performer.LEADER, "Kết quả đã ký", 2, ("b4", "b5")),
    _Row("Đóng dấu, vào sổ, phát hành", Performer.CLERK, "Kết quả đã phát hành", 1, ("b5", "b6")),
    _Row("Trả kết quả", Performer.ONE_STOP, "Sổ theo dõi hồ sơ", 1),
    _Row("Lưu hồ sơ", Performer.SPECIALIST, "Hồ sơ lưu theo mục 7"),
)
_SIXTEENTHS = 16


def standard(limit_hours: Decimal | None) -> Graph:
    """The nine rows, their hours filling the limit exactly; without one they have no hours."""
    hours = _shares(limit_hours)
    last = len(ROWS)
    return Graph(
        tuple(
            Step(
                key=_key(at),
                name=row.name,
                performer=row.performer,
                hours=hours.get(_key(at)),
                result=row.result,
                next=(_key(at + 1),) if at < last else (),
                returns_to=row.returns_to,
            )
            for at, row in enumerate(ROWS, 1)
        )
    )


def _key(place: int) -> str:
    return f"b{place}"


def _shares(limit_hours: Decimal | None) -> dict[str, Decimal]:
    if limit_hours is None:
        return {}
    shared = {_key(at): row.share for at, row in enumerate(ROWS, 1) if row.share is not None}
    hours = {
        key: (limit_hours * share / _SIXTEENTHS) // QUARTER * QUARTER
        for key, share in shared.items()
    }
    hours[APPRAISAL] = limit_hours - sum(hours.values(), Decimal())
    return hours
