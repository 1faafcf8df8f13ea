"""Settled dossiers by unit, by officer, by channel, by procedure: one line each, one for all."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import select

from content.agencies.models import Agency
from content.figures import ii06
from content.figures.question import Question
from content.figures.settled import Key, settled_by
from content.figures.settling import Settling
from content.figures.tables import Column, Kind, Row, Style, Table, drills
from content.figures.which import Which
from content.people.models import Account
from content.procedures.kinds import Channel
from content.procedures.models import Procedure

OWN_NOTE = "Dòng của ông/bà; bảng của mọi cán bộ dành cho lãnh đạo phòng, lãnh đạo đơn vị."
NOBODY = "Chưa phân công"
CHANNEL_NAMES = {
    Channel.ONLINE: "Trực tuyến",
    Channel.COUNTER: "Trực tiếp",
    Channel.POST: "Bưu chính công ích",
}
COLUMNS = (
    Column("Tổng số", Kind.COUNT, "Tiếp nhận"),
    Column("Trong kỳ", Kind.COUNT, "Tiếp nhận"),
    Column("Tổng số", Kind.COUNT, "Đã giải quyết"),
    Column("Trước hạn", Kind.COUNT, "Đã giải quyết"),
    Column("Đúng hạn", Kind.COUNT, "Đã giải quyết"),
    Column("Quá hạn", Kind.COUNT, "Đã giải quyết"),
    Column("Tổng số", Kind.COUNT, "Đang giải quyết"),
    Column("Quá hạn", Kind.COUNT, "Đang giải quyết"),
    Column("Tỷ lệ đúng hạn", Kind.SHARE, width=1.1),
)
#: Which dossiers each number counts, by its place in a row.
PLACES = {
    1: Which.ALL,
    2: Which.RECEIVED,
    3: Which.SETTLED,
    4: Which.EARLY,
    5: Which.ON_TIME,
    6: Which.SETTLED_LATE,
    7: Which.OPEN,
    8: Which.OPEN_LATE,
}
UNIT_NOTE = "Đơn vị: nơi đang xử lý, hoặc nơi xử lý sau cùng trước khi kết quả về bộ phận một cửa."
OFFICER_NOTE = (
    "Cán bộ: người thẩm định sau cùng; hồ sơ không qua thẩm định tính cho người xử lý đầu tiên, "
    "hồ sơ chỉ ở bộ phận một cửa tính cho người giữ."
)
SHARE_NOTE = (
    "Tỷ lệ đúng hạn: hồ sơ giải quyết trước hạn và đúng hạn trên tổng số đã giải quyết trong kỳ."
)


def by_unit(asked: Question) -> Table:
    """Who works on the dossiers, or did before the result went back to the desk."""
    names = dict(asked.session.execute(select(Agency.id, Agency.name)).all())
    lines = settled_by(asked.session, asked.period, Key.UNIT, asked.units)
    title = "Kết quả giải quyết theo đơn vị"
    table = _table(asked, "don-vi", title, "Đơn vị", _sorted(lines, names), drill="don-vi-giu")
    return replace(table, notes=(UNIT_NOTE, *table.notes))


def by_officer(asked: Question) -> Table:
    """Who appraises the dossiers, or did; of one person only where it says so."""
    lines = settled_by(asked.session, asked.period, Key.HANDLER, asked.units)
    if asked.only_of is not None:
        lines = {asked.only_of: lines.get(asked.only_of, Settling())}
    ids = [one for one in lines if one is not None]
    query = select(Account.id, Account.name).where(Account.id.in_(ids))
    names: dict[Any, str] = {None: NOBODY}
    names |= dict(asked.session.execute(query).all())
    title = "Kết quả giải quyết theo cán bộ"
    table = _table(asked, "can-bo", title, "Cán bộ", _sorted(lines, names), drill="can-bo-giu")
    table = replace(table, notes=(OFFICER_NOTE, *table.notes))
    if asked.only_of is None:
        return table
    # A sum of one line would lead to everybody's dossiers.
    return replace(table, rows=table.rows[:-1], notes=(OWN_NOTE, *table.notes))


def by_channel(asked: Question) -> Table:
    """How dossiers came; the channels nobody used are said too."""
    found = settled_by(asked.session, asked.period, Key.CHANNEL, asked.units)
    lines = [(one.value, name, found.get(one, Settling())) for one, name in CHANNEL_NAMES.items()]
    return _table(asked, "kenh", "Hồ sơ theo kênh tiếp nhận", "Kênh", lines, drill="kenh")


def by_procedure(asked: Question) -> Table:
    """Every procedure that had a dossier."""
    lines = settled_by(asked.session, asked.period, Key.PROCEDURE, asked.units)
    names = _procedures(asked) if lines else {}
    title = "Kết quả giải quyết theo thủ tục"
    return _table(asked, "thu-tuc", title, "Thủ tục", _sorted(lines, names), drill="thu-tuc")


def _procedures(asked: Question) -> Mapping[Any, str]:
    rows = asked.session.execute(select(Procedure.id, Procedure.code, Procedure.name))
    return {one: f"{code} – {name}" if code else name for one, code, name in rows}


_Line = tuple[Any, str, Settling]


def _sorted(lines: Mapping[Any, Settling], names: Mapping[Any, str]) -> list[_Line]:
    found = [(one, names[one], line) for one, line in lines.items()]
    return sorted(found, key=lambda one: (-one[2].received, one[1]))


def _table(
    asked: Question, key: str, title: str, what: str, lines: list[_Line], *, drill: str
) -> Table:
    rows = [_row(one, drill) for one in lines]
    total = sum((one[2] for one in lines), Settling())
    rows.append(_row((None, "Tổng cộng", total), "", Style.TOTAL))
    columns = (Column(what, width=3.2), *COLUMNS)
    notes = (*ii06.NOTES, SHARE_NOTE)
    return Table(key, title, columns, tuple(rows), asked.span, notes=notes, charted=1)


def _row(line: _Line, drill: str, style: Style = Style.PLAIN) -> Row:
    own, name, one = line
    cells = (
        *(name, one.received, one.online + one.other_channels),
        *(one.settled, one.early, one.on_time, one.late),
        *(one.open, one.open_late, one.on_time_share),
    )
    if style is Style.TOTAL:
        return Row(cells, style, drills(PLACES, {}))
    return Row(cells, style, drills(PLACES, {drill: str(own)}) if own is not None else {})
