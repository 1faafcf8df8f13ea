"""One period beside the one before it and the same one a year earlier."""

from collections.abc import Sequence

from content import words
from content.figures.groups import SHARE_NOTE
from content.figures.periods import Span, as_far, before, year_before
from content.figures.question import Question
from content.figures.settled import settled
from content.figures.settling import Settling
from content.figures.tables import Cell, Column, Kind, Row, Table

LINES = (
    ("Tiếp nhận: tổng số", "received"),
    ("– trực tuyến", "online"),
    ("– trực tiếp, bưu chính", "other_channels"),
    ("– từ kỳ trước", "carried_over"),
    ("Đã giải quyết: tổng số", "settled"),
    ("– trước hạn", "early"),
    ("– đúng hạn", "on_time"),
    ("– quá hạn", "late"),
    ("Đang giải quyết: tổng số", "open"),
    ("– trong hạn", "open_within"),
    ("– quá hạn", "open_late"),
)


def compared(asked: Question) -> Table:
    """Every number of the statutory form in three periods, and how it changed."""
    now = asked.span
    spans = (now, as_far(before(now), now), as_far(year_before(now), now))
    found = [settled(asked.session, one.period, asked.units) for one in spans]
    rows = [_row(title, name, found) for title, name in LINES]
    shares = [one.on_time_share for one in found]
    rows.append(Row(("Tỷ lệ đúng hạn", *(_percent(one) for one in shares), "", "")))
    return Table(
        "so-sanh",
        "So sánh với kỳ trước và cùng kỳ năm trước",
        (
            Column("Chỉ tiêu", width=2.5),
            *(Column(one.words, Kind.COUNT, width=1.5) for one in spans),
            Column("So với kỳ trước", Kind.CHANGE),
            Column("So với cùng kỳ", Kind.CHANGE),
        ),
        tuple(rows),
        asked.span,
        notes=(
            SHARE_NOTE,
            "Mức tăng, giảm tính trên số của kỳ được so sánh. Kỳ chưa hết so với chừng ấy ngày đầu "
            "của kỳ trước.",
        ),
        drawn=("Tiếp nhận và giải quyết", _bars(spans, found)),
    )


def _bars(spans: Sequence[Span], found: Sequence[Settling]) -> list[tuple[str, int]]:
    told = (("Tiếp nhận", "received"), ("Đã giải quyết", "settled"))
    return [
        (f"{title}: {span.words}", int(getattr(one, name)))
        for title, name in told
        for span, one in zip(spans, found, strict=True)
    ]


def _row(title: str, name: str, found: list[Settling]) -> Row:
    now, last, year = (int(getattr(one, name)) for one in found)
    return Row((title, now, last, year, _change(now, last), _change(now, year)))


def _change(now: int, then: int) -> Cell:
    return (now - then) / then if then else "–"


def _percent(share: float | None) -> Cell:
    return "–" if share is None else words.percent(share * 100)
