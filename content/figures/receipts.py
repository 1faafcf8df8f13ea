"""How many dossiers come: on each day, at the most, on the average day of work; by month."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from content.agencies.models import Agency
from content.calendar.days import ONE_DAY, working_days_between
from content.dossiers.models import Dossier
from content.dossiers.numbering import RegisterLine
from content.figures.periods import months_within
from content.figures.question import Question
from content.figures.settled import settled
from content.figures.settling import Settling
from content.figures.sql import local_day
from content.figures.tables import Column, Kind, Row, Style, Table
from content.figures.which import received_within
from content.words import short_date, weekday

#: Days listed one by one; beyond that the busiest are.
MOST_DAYS = 62


@dataclass(frozen=True)
class Receipts:
    """Received dossiers of a period by day; ``working_days`` up to today at most."""

    by_day: dict[date, int]
    working_days: int

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.by_day.values())

    @property
    def mean(self) -> float | None:
        """On a working day; ``None`` where the period has none yet."""
        return self.total / self.working_days if self.working_days else None

    @property
    def busiest(self) -> tuple[date, int] | None:
        """The day with the most, the first of equals."""
        return max(self.by_day.items(), key=lambda one: (one[1], -one[0].toordinal()), default=None)


def receipts(asked: Question) -> Receipts:
    """One query."""
    day = local_day(Dossier.received_at)
    query = (
        select(day, func.count())
        .where(received_within(asked.period), asked.units.dossiers)
        .group_by(day)
        .order_by(day)
    )
    until = min(asked.period.last, asked.today)
    days = max(0, working_days_between(asked.calendar, asked.period.first - ONE_DAY, until))
    return Receipts(dict(asked.session.execute(query).all()), days)


def per_day(asked: Question) -> Table:
    """Mean and maximum, then the days."""
    found = receipts(asked)
    rows = [Row(("Tổng số tiếp nhận trong kỳ", found.total), Style.TOTAL)]
    rows.append(Row(("Số ngày làm việc của kỳ đến nay", found.working_days), Style.TOTAL))
    rows.append(Row(("Bình quân một ngày làm việc", _rounded(found.mean)), Style.TOTAL))
    if found.busiest:
        day, most = found.busiest
        rows.append(Row((f"Ngày nhiều nhất: {short_date(day)}", most), Style.TOTAL))
    listed = sorted(found.by_day.items(), key=lambda one: -one[1])[:MOST_DAYS]
    rows += [Row((f"{weekday(day)}, {short_date(day)}", many)) for day, many in sorted(listed)]
    return Table(
        "tiep-nhan-ngay",
        "Số hồ sơ tiếp nhận theo ngày",
        (Column("Ngày", width=3), Column("Số hồ sơ", Kind.POINTS)),
        tuple(rows),
        asked.span,
        notes=(
            "Ngày tiếp nhận theo giờ Việt Nam. Bình quân: tổng số tiếp nhận chia cho số ngày làm "
            "việc của kỳ, tính đến hôm nay.",
        ),
        charted=1,
    )


def _rounded(number: float | None) -> float | None:
    return None if number is None else round(number, 1)


def by_month(asked: Question) -> Table:
    """Every calendar month of the period, cut to it."""
    rows, whole = [], Settling()
    for month in months_within(asked.period):
        one = settled(asked.session, month, asked.units)
        new = Settling(online=one.online, other_channels=one.other_channels)
        whole += Settling(new.online, new.other_channels, 0, one.early, one.on_time, one.late)
        rows.append(_month(f"Tháng {month.first.month}/{month.first.year}", one))
    rows.append(_month("Cả kỳ", whole, Style.TOTAL))
    return Table(
        "thang",
        "Tiếp nhận và giải quyết theo tháng",
        (
            Column("Tháng", width=2),
            Column("Tiếp nhận mới", Kind.COUNT),
            Column("Trong đó trực tuyến", Kind.COUNT),
            Column("Đã giải quyết", Kind.COUNT),
            Column("Quá hạn", Kind.COUNT),
            Column("Tỷ lệ đúng hạn", Kind.SHARE),
        ),
        tuple(rows),
        asked.span,
        notes=("Tháng không trọn trong kỳ chỉ tính những ngày thuộc kỳ.",),
        charted=1,
    )


def _month(name: str, one: Settling, style: Style = Style.PLAIN) -> Row:
    new = one.online + one.other_channels
    return Row((name, new, one.online, one.settled, one.late, one.on_time_share), style)


def register(asked: Question) -> Table:
    """The register of each desk: lines entered in the period, cancelled ones, first and last."""
    query = (
        select(
            Agency.name,
            RegisterLine.year,
            func.count(RegisterLine.id),
            func.min(RegisterLine.number),
            func.max(RegisterLine.number),
            func.count(RegisterLine.cancelled_because),
        )
        .join(Agency, Agency.id == RegisterLine.agency_id)
        .join(Dossier, Dossier.id == RegisterLine.dossier_id)
        .where(received_within(asked.period), asked.units.dossiers)
        .group_by(Agency.name, RegisterLine.year)
        .order_by(Agency.name, RegisterLine.year)
    )
    lines = asked.session.execute(query)
    rows = [Row((name, str(year), *numbers)) for name, year, *numbers in lines]
    total = Row(
        (
            *("Tổng cộng", ""),
            sum(int(str(one.cells[2])) for one in rows),
            *("", ""),
            sum(int(str(one.cells[5])) for one in rows),
        ),
        Style.TOTAL,
    )
    return Table(
        "so-theo-doi",
        "Tổng hợp sổ theo dõi hồ sơ",
        (
            Column("Nơi tiếp nhận", width=3),
            Column("Năm của sổ", Kind.TEXT),
            Column("Số dòng", Kind.COUNT),
            Column("Từ số", Kind.COUNT),
            Column("Đến số", Kind.COUNT),
            Column("Dòng đã hủy", Kind.COUNT),
        ),
        (*rows, total),
        asked.span,
        unit="dòng",
        charted=2,
    )
