"""Figures of the catalogue: shortened limits, online levels, where one files.

Of procedures in force on the day of asking. What is not known of a procedure has a column of
its own.
"""

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session

from content.calendar.model import LimitUnit
from content.dossiers.models import Dossier
from content.figures.ii06 import OTHER_SECTOR
from content.figures.question import Question
from content.figures.tables import Cell, Column, Kind, Row, Style, Table
from content.figures.which import received_within
from content.procedures.kinds import CURRENT, Channel, Filing, ServiceLevel
from content.procedures.models import Procedure, ProcedureVersion, Sector
from content.procedures.reception_places import ReceptionPlace

#: Received and given back at the one-stop desk. What is filed online at the national portal
#: comes to the desk from there, and over its counter too (NĐ 118/2025); what is only told of
#: there belongs to a system of its own.
AT_DESK: ColumnElement[bool] = and_(
    Procedure.filing.in_((Filing.LOCAL, Filing.COUNTER, Filing.NATIONAL)),
    Procedure.information_only.is_(False),
)
FILING_NAMES: dict[Filing | None, str] = {
    Filing.LOCAL: "Tại bộ phận một cửa và cổng này",
    Filing.COUNTER: "Chỉ tại bộ phận một cửa",
    Filing.NATIONAL: "Cổng Dịch vụ công quốc gia",
    Filing.NONE: "Không tiếp nhận tại bộ phận một cửa",
    None: "Chưa xác định",
}
LEVEL_NAMES: dict[ServiceLevel | None, str] = {
    ServiceLevel.FULL: "Toàn trình",
    ServiceLevel.PARTIAL: "Một phần",
    ServiceLevel.INFORMATION: "Cung cấp thông tin",
    None: "Chưa có thông tin",
}


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


def service_levels(asked: Question) -> Table:
    """Procedures by online level, and the dossiers received of each."""
    rows_of = asked.session.execute(
        select(Procedure.service_level, func.count(Procedure.id))
        .where(Procedure.status.in_(CURRENT))
        .group_by(Procedure.service_level)
    )
    procedures = Counter(dict(rows_of.all()))
    received: Counter[tuple[ServiceLevel | None, bool]] = Counter()
    online = Dossier.channel == Channel.ONLINE
    query = (
        select(Procedure.service_level, online, func.count(Dossier.id))
        .select_from(Dossier)
        .join(Procedure, Procedure.id == Dossier.procedure_id)
        .where(received_within(asked.period), asked.units.dossiers)
        .group_by(Procedure.service_level, online)
    )
    for level, is_online, many in asked.session.execute(query):
        received[level, bool(is_online)] += many
    rows = [
        _level(name, procedures[level], received[level, True], received[level, False])
        for level, name in LEVEL_NAMES.items()
    ]
    told = [sum(int(str(one.cells[place])) for one in rows) for place in (1, 3, 4)]
    whole = _level("Tổng cộng", told[0], told[2], told[1] - told[2], Style.TOTAL)
    total = told[0]
    rows = [Row(_with_share(one, total), one.style) for one in (*rows, whole)]
    return Table(
        "muc-do",
        "Thủ tục và hồ sơ theo mức độ trực tuyến",
        (
            Column("Mức độ", width=2.5),
            Column("Số thủ tục", Kind.COUNT),
            Column("Tỷ lệ thủ tục", Kind.SHARE),
            Column("Hồ sơ tiếp nhận", Kind.COUNT),
            Column("Trong đó trực tuyến", Kind.COUNT),
            Column("Tỷ lệ trực tuyến", Kind.SHARE),
        ),
        tuple(rows),
        asked.span,
        unit="thủ tục, hồ sơ",
        charted=1,
    )


def _level(name: str, procedures: int, online: int, other: int, style: Style = Style.PLAIN) -> Row:
    received = online + other
    share = online / received if received else None
    return Row((name, procedures, None, received, online, share), style)


def _with_share(row: Row, total: int) -> tuple[Cell, ...]:
    name, procedures, _share, *rest = row.cells
    return (name, procedures, int(str(procedures)) / total if total else None, *rest)


def places(asked: Question) -> Table:
    """Where dossiers of procedures in force are filed; those outside the desk are said."""
    query = (
        select(Sector.name, Procedure.filing, func.count(Procedure.id))
        .select_from(Procedure)
        .join(Sector, Sector.id == Procedure.sector_id, isouter=True)
        .where(Procedure.status.in_(CURRENT))
        .group_by(Sector.name, Procedure.filing)
    )
    found: dict[str, Counter[Filing | None]] = {}
    for sector, filing, many in asked.session.execute(query):
        found.setdefault(sector or OTHER_SECTOR, Counter())[filing] += many
    told = (
        select(Sector.name, func.count(ReceptionPlace.id))
        .select_from(ReceptionPlace)
        .join(Procedure, Procedure.id == ReceptionPlace.procedure_id)
        .join(Sector, Sector.id == Procedure.sector_id, isouter=True)
        .where(Procedure.status.in_(CURRENT), ReceptionPlace.elsewhere)
        .group_by(Sector.name)
    )
    elsewhere: dict[str, int] = {
        sector or OTHER_SECTOR: many for sector, many in asked.session.execute(told)
    }
    elsewhere["Tổng cộng"] = sum(elsewhere.values())
    whole: Counter[Filing | None] = Counter()
    for one in found.values():
        whole.update(one)
    lines = [(name, found[name], Style.PLAIN) for name in sorted(found)]
    rows = [
        Row((name, one.total(), *_by_filing(one), elsewhere.get(name, 0)), style)
        for name, one, style in [*lines, ("Tổng cộng", whole, Style.TOTAL)]
    ]
    return Table(
        "noi-tiep-nhan",
        "Nơi tiếp nhận hồ sơ của các thủ tục",
        (
            Column("Lĩnh vực", width=3),
            Column("Số thủ tục", Kind.COUNT),
            *(Column(name, Kind.COUNT, width=1.3) for name in FILING_NAMES.values()),
            Column("Nơi khác, đã công khai lý do", Kind.COUNT, width=1.3),
        ),
        tuple(rows),
        None,
        unit="thủ tục",
        charted=1,
    )


def _by_filing(counted: Counter[Filing | None]) -> list[Cell]:
    return [counted[filing] for filing in FILING_NAMES]
