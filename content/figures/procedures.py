"""Figures of the catalogue: online levels, where one files.

Of procedures in force on the day of asking. What is not known of a procedure has a column of
its own.
"""

from collections import Counter

from sqlalchemy import ColumnElement, and_, func, select

from content.dossiers.models import Dossier
from content.figures.ii06 import OTHER_SECTOR
from content.figures.question import Question
from content.figures.tables import Cell, Column, Kind, Row, Style, Table
from content.figures.which import received_within
from content.procedures.kinds import CURRENT, Channel, Filing, ServiceLevel
from content.procedures.models import Procedure, Sector
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
