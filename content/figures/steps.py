"""How long the steps of internal processes take, from the hand-overs that ended them."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import case, func, select

from content.dossiers.hand_overs import HandOver, Punctuality
from content.dossiers.models import Dossier
from content.figures.question import Question
from content.figures.tables import Column, Drill, Kind, Row, Style, Table
from content.figures.which import Which, handed_over_within

NO_STEP = "Chưa theo bước của quy trình"


def by_step(asked: Question) -> Table:
    """A line for each step at each unit; working time without waiting for the applicant, as
    each hand-over wrote it down. Hand-overs that were taken back do not count."""
    rows = [_row(*one) for one in _steps(asked)]
    kept = punctuality(asked)
    within = kept.early + kept.on_time
    total = ("Tổng cộng", "", kept.many, "", "", within, kept.late, kept.unlimited)
    late = {6: Drill(Which.STEP_LATE)} if kept.late else {}
    rows.append(Row(total, Style.TOTAL, late))
    group = "So với hạn của bước"
    return Table(
        "buoc-quy-trinh",
        "Thời gian từng bước của quy trình nội bộ",
        (
            Column("Bước", width=3),
            Column("Đơn vị", width=2.5),
            Column("Số lượt", Kind.COUNT),
            Column("Bình quân (giờ làm việc)", Kind.POINTS, width=1.3),
            Column("Dài nhất (giờ làm việc)", Kind.POINTS, width=1.3),
            Column("Trong hạn", Kind.COUNT, group),
            Column("Quá hạn", Kind.COUNT, group),
            Column("Không có hạn", Kind.COUNT, group),
        ),
        tuple(rows),
        asked.span,
        unit="lượt, giờ làm việc",
        notes=("Tính theo lượt bàn giao trong kỳ; không kể thời gian chờ người nộp.",),
        charted=3,
    )


@dataclass(frozen=True)
class Kept:
    """Hand-overs of a period against the limits of their steps; the rest had none."""

    many: int
    early: int
    on_time: int
    late: int

    @property
    def unlimited(self) -> int:
        """Steps without a limit."""
        return self.many - self.limited

    @property
    def limited(self) -> int:
        """Steps with one."""
        return self.early + self.on_time + self.late


def punctuality(asked: Question) -> Kept:
    """All of them; index 2 of TT 01/2018 is made of it."""
    numbers = asked.session.execute(_counted(func.count(HandOver.id), *_outcomes(), asked=asked))
    return Kept(*(number or 0 for number in numbers.one()))


def _outcomes() -> list[Any]:
    kinds = (Punctuality.EARLY, Punctuality.ON_TIME, Punctuality.LATE)
    return [func.sum(case((HandOver.outcome == one, 1), else_=0)) for one in kinds]


def _counted(*columns: Any, asked: Question) -> Any:
    return (
        select(*columns)
        .select_from(HandOver)
        .join(Dossier, Dossier.id == HandOver.dossier_id)
        .where(handed_over_within(asked.period), asked.units.dossiers)
    )


def _steps(asked: Question) -> list[tuple[Any, ...]]:
    columns = (
        *(HandOver.from_step_name, HandOver.from_name, func.count(HandOver.id)),
        *(func.avg(HandOver.from_minutes), func.max(HandOver.from_minutes), *_outcomes()),
    )
    query = _counted(*columns, asked=asked).group_by(HandOver.from_step_name, HandOver.from_name)
    found = asked.session.execute(query.order_by(HandOver.from_step_name, HandOver.from_name))
    return [tuple(one) for one in found]


def _row(step: str, unit: str, many: int, mean: Any, most: int, *outcomes: int) -> Row:
    early, on_time, late = outcomes
    hours = (round(float(mean) / 60, 1), round(most / 60, 1))
    left = many - early - on_time - late
    return Row((step or NO_STEP, unit, many, *hours, early + on_time, late, left))
