"""Biểu II.06a: tình hình, kết quả giải quyết thủ tục hành chính (TT 01/2020/TT-VPCP).

A line for each sector under the level it is of, a line for the level, one for all. The
balance (3) = (7) + (11) is not made but seen: see ``problems``.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from content.figures.periods import Span
from content.figures.scope import Units
from content.figures.settled import Key, settled_by
from content.figures.settling import Settling
from content.figures.tables import Cell, Column, Drill, Kind, Row, Style, Table, drills
from content.figures.which import Which
from content.procedures.kinds import Level
from content.procedures.models import Procedure, Sector

FORM = "Biểu số II.06a/VPCP/KSTT"
TITLE = "Tình hình, kết quả giải quyết thủ tục hành chính tại cơ quan, đơn vị trực tiếp giải quyết"
OTHER_SECTOR = "Lĩnh vực khác"
LEVEL_TITLES = {
    Level.PROVINCE: "Thủ tục hành chính cấp tỉnh",
    Level.DISTRICT: "Thủ tục hành chính cấp huyện",
    Level.COMMUNE: "Thủ tục hành chính cấp xã",
    Level.OTHER: "Thủ tục hành chính của cơ quan khác",
}
_RECEIVED, _NEW = "Số hồ sơ tiếp nhận", "Tiếp nhận trong kỳ"
_SETTLED, _OPEN = "Số hồ sơ đã giải quyết", "Số hồ sơ đang giải quyết"
COLUMNS = (
    Column("TT", width=0.5, number="(1)"),
    Column("Lĩnh vực", width=3.4, number="(2)"),
    Column("Tổng số", Kind.COUNT, _RECEIVED, "(3) = (4)+(5)+(6)"),
    Column("Trực tuyến", Kind.COUNT, _RECEIVED, "(4)"),
    Column("Trực tiếp, dịch vụ bưu chính", Kind.COUNT, _RECEIVED, "(5)", 1.2),
    Column("Từ kỳ trước", Kind.COUNT, _RECEIVED, "(6)"),
    Column("Tổng số", Kind.COUNT, _SETTLED, "(7) = (8)+(9)+(10)"),
    Column("Trước hạn", Kind.COUNT, _SETTLED, "(8)"),
    Column("Đúng hạn", Kind.COUNT, _SETTLED, "(9)"),
    Column("Quá hạn", Kind.COUNT, _SETTLED, "(10)"),
    Column("Tổng số", Kind.COUNT, _OPEN, "(11) = (12)+(13)"),
    Column("Trong hạn", Kind.COUNT, _OPEN, "(12)"),
    Column("Quá hạn", Kind.COUNT, _OPEN, "(13)"),
)
#: Which dossiers each number counts, by its place in a row.
PLACES = {
    2: Which.ALL,
    3: Which.ONLINE,
    4: Which.OFFLINE,
    5: Which.CARRIED_OVER,
    6: Which.SETTLED,
    7: Which.EARLY,
    8: Which.ON_TIME,
    9: Which.SETTLED_LATE,
    10: Which.OPEN,
    11: Which.OPEN_WITHIN,
    12: Which.OPEN_LATE,
}
NOTES = (
    "Hồ sơ tính theo ngày tiếp nhận và ngày kết thúc xử lý; hồ sơ rút, dừng xử lý tính là đã "
    "giải quyết vào ngày rút, dừng. Hồ sơ chưa được tiếp nhận không tính.",
    "Quá hạn tính theo hạn của pháp luật: thời gian chờ bổ sung, chờ nộp nghĩa vụ tài chính không "
    "tính; văn bản xin lỗi và hẹn lại không dời hạn này. Hồ sơ đang giải quyết xét vào ngày cuối "
    "kỳ, kỳ chưa hết thì xét vào ngày lập.",
)


@dataclass(frozen=True)
class Line:
    """A sector of a level with its columns."""

    level: Level
    sector: str
    settling: Settling
    slug: str | None = None


@dataclass(frozen=True)
class Report:
    """The lines in their order, and all of them together."""

    span: Span
    lines: tuple[Line, ...]

    @property
    def total(self) -> Settling:
        """The last line."""
        return together(self.lines)

    def of(self, level: Level) -> tuple[Line, ...]:
        """The lines of a level."""
        return tuple(one for one in self.lines if one.level is level)

    @property
    def levels(self) -> tuple[Level, ...]:
        """The levels that have lines, the highest first."""
        return tuple(level for level in LEVEL_TITLES if self.of(level))


def together(lines: Iterable[Line]) -> Settling:
    """The sum of lines."""
    return sum((one.settling for one in lines), Settling())


def report(session: Session, span: Span, units: Units) -> Report:
    """Two queries, whatever the number of dossiers."""
    found = settled_by(session, span.period, Key.PROCEDURE, units)
    kinds = _kinds(session) if found else {}
    lines: dict[tuple[Level, str, str | None], Settling] = {}
    for procedure, settling in found.items():
        key = kinds[procedure]
        lines[key] = lines.get(key, Settling()) + settling
    order = list(LEVEL_TITLES)
    sort = sorted(lines, key=lambda key: (order.index(key[0]), key[1]))
    return Report(span, tuple(Line(key[0], key[1], lines[key], slug=key[2]) for key in sort))


def _kinds(session: Session) -> Mapping[int, tuple[Level, str, str | None]]:
    query = select(Procedure.id, Procedure.level, Sector.name, Sector.slug).join(
        Sector, Sector.id == Procedure.sector_id, isouter=True
    )
    rows = session.execute(query)
    return {one: (level, name or OTHER_SECTOR, slug) for one, level, name, slug in rows}


def problems(columns: Mapping[int, int]) -> list[str]:
    """Which sums of the form do not hold for a line; nothing for a right one."""
    sums = ((3, (4, 5, 6)), (7, (8, 9, 10)), (11, (12, 13)), (3, (7, 11)))
    return [
        f"({whole}) = {' + '.join(f'({part})' for part in parts)}"
        for whole, parts in sums
        if columns[whole] != sum(columns[part] for part in parts)
    ]


def table(made: Report) -> Table:
    """The form with its levels, sectors and the last line."""
    rows: list[Row] = []
    for letter, level in zip("ABCD", made.levels, strict=False):
        lines = made.of(level)
        own = drills(PLACES, {"cap": level.value})
        rows.append(_row(letter, LEVEL_TITLES[level], together(lines), own, Style.GROUP))
        rows += [_sector(number, one) for number, one in enumerate(lines, 1)]
    rows.append(_row("", "Tổng cộng", made.total, drills(PLACES, {}), Style.TOTAL))
    return Table("ii06", TITLE, COLUMNS, tuple(rows), made.span, FORM, notes=NOTES, charted=2)


def _sector(number: int, one: Line) -> Row:
    if one.slug is None:
        # No list is narrowed to what has no sector.
        return _row(number, one.sector, one.settling, {})
    narrowed = {"cap": one.level.value, "linh-vuc": one.slug}
    return _row(number, one.sector, one.settling, drills(PLACES, narrowed))


def _row(
    number: Cell,
    name: str,
    settling: Settling,
    leads: dict[int, Drill],
    style: Style = Style.PLAIN,
) -> Row:
    return Row((str(number), name, *settling.columns().values()), style, leads)
