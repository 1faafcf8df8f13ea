"""Limits that the authority shortened: by which share, sector by sector (domain: 2.3).

Of procedures in force on the day of asking.
"""

from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from content.calendar.model import LimitUnit
from content.figures.ii06 import OTHER_SECTOR
from content.figures.question import Question
from content.figures.tables import Cell, Column, Kind, Row, Style, Table
from content.procedures.kinds import CURRENT
from content.procedures.models import Procedure, ProcedureVersion, Sector


@dataclass(frozen=True)
class Shortened:
    """The limits of one sector: procedures, those shortened, by which shares."""

    sector: str
    procedures: int
    shares: tuple[float, ...]


#: Units that stand in a fixed relation; a day and a working day do not.
_HOURS = {
    LimitUnit.WORKING_HOUR: ("working", 1),
    LimitUnit.WORKING_DAY: ("working", 8),
    LimitUnit.DAY: ("day", 1),
    LimitUnit.WEEK: ("day", 7),
    LimitUnit.MONTH: ("month", 1),
    LimitUnit.YEAR: ("month", 12),
}


def reduction(
    statutory: tuple[float | None, LimitUnit | None], local: tuple[float | None, LimitUnit | None]
) -> float | None:
    """(statutory - local) / statutory, from 0 to 1 (domain: 2.3); ``None`` where there is no
    local limit, or the two cannot be compared."""
    (whole, unit), (short, short_unit) = statutory, local
    scale, short_scale = (_HOURS.get(one) if one else None for one in (unit, short_unit))
    if not (whole and short is not None and scale and short_scale) or scale[0] != short_scale[0]:
        return None
    before, after = (Decimal(str(one)) for one in (whole * scale[1], short * short_scale[1]))
    return float((before - after) / before)


def shortened_by_sector(session: Session) -> list[Shortened]:
    """Every sector with a procedure in force."""
    version = ProcedureVersion
    query = (
        select(
            Sector.name,
            *(version.limit_value, version.limit_unit),
            *(version.local_limit_value, version.local_limit_unit),
        )
        .select_from(Procedure)
        .join(version, version.id == Procedure.current_version_id)
        .join(Sector, Sector.id == Procedure.sector_id, isouter=True)
        .where(Procedure.status.in_(CURRENT))
    )
    found: dict[str, list[float | None]] = {}
    for sector, value, unit, short, short_unit in session.execute(query):
        share = reduction((value, unit), (short, short_unit))
        found.setdefault(sector or OTHER_SECTOR, []).append(share)
    return [
        Shortened(name, len(found[name]), tuple(one for one in found[name] if one and one > 0))
        for name in sorted(found)
    ]


def shortened(asked: Question) -> Table:
    """Procedures whose limit the authority shortened, and by how much."""
    lines = shortened_by_sector(asked.session)
    rows = [_shortened(str(at), one) for at, one in enumerate(lines, start=1)]
    shares = tuple(share for one in lines for share in one.shares)
    whole = Shortened("Tổng cộng", sum(one.procedures for one in lines), shares)
    rows.append(_shortened("", whole, Style.TOTAL))
    group = "Mức cắt giảm"
    return Table(
        "cat-giam",
        "Thủ tục được cắt giảm thời hạn giải quyết",
        (
            Column("TT", width=0.5),
            Column("Lĩnh vực", width=3),
            Column("Số thủ tục", Kind.COUNT),
            Column("Được cắt giảm", Kind.COUNT),
            Column("Tỷ lệ", Kind.SHARE),
            Column("Thấp nhất", Kind.SHARE, group),
            Column("Cao nhất", Kind.SHARE, group),
            Column("Từ 6% đến 30%", Kind.COUNT, group),
            Column("Trên 30%", Kind.COUNT, group),
        ),
        tuple(rows),
        None,
        unit="thủ tục",
        notes=(
            "Mức cắt giảm = (thời hạn theo quy định − thời hạn tại địa phương) / thời hạn theo quy "
            "định. Thời hạn không cùng loại ngày thì không so sánh.",
        ),
        charted=3,
    )


def _shortened(number: str, one: Shortened, style: Style = Style.PLAIN) -> Row:
    shares = one.shares
    between = sum(1 for share in shares if 0.06 <= share <= 0.3)
    cells: tuple[Cell, ...] = (
        *(number, one.sector, one.procedures, len(shares)),
        len(shares) / one.procedures if one.procedures else None,
        min(shares) if shares else "–",
        max(shares) if shares else "–",
        *(between, sum(1 for share in shares if share > 0.3)),
    )
    return Row(cells, style)
