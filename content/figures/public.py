"""The figures everybody may see: how many dossiers came, how they were settled, in time or not.

By sector, place of reception, month or channel; never by person. The definition and the
source stand beside every number (NĐ 61/2018 art. 30, NĐ 47/2020 on open data).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select

from content.agencies.models import Agency
from content.figures.groups import CHANNEL_NAMES, COLUMNS, SHARE_NOTE
from content.figures.ii06 import NOTES, OTHER_SECTOR
from content.figures.periods import months_within
from content.figures.question import Question
from content.figures.settled import Key, settled, settled_by
from content.figures.settling import Settling
from content.figures.tables import Column, Row, Style, Table
from content.procedures.models import Procedure, Sector

SOURCE = "Nguồn: hồ sơ tiếp nhận, giải quyết trên hệ thống này, tổng hợp tự động."
DEFINITIONS = (*NOTES, SHARE_NOTE)


class By(StrEnum):
    """What there is a line for; the value is the word of programs."""

    SECTOR = "sector"
    AGENCY = "agency"
    MONTH = "month"
    CHANNEL = "channel"


TITLES = {
    By.SECTOR: "Kết quả giải quyết theo lĩnh vực",
    By.AGENCY: "Kết quả giải quyết theo nơi tiếp nhận",
    By.MONTH: "Kết quả giải quyết theo tháng",
    By.CHANNEL: "Kết quả giải quyết theo kênh tiếp nhận",
}
WHAT = {
    By.SECTOR: "Lĩnh vực",
    By.AGENCY: "Nơi tiếp nhận",
    By.MONTH: "Tháng",
    By.CHANNEL: "Kênh",
}


@dataclass(frozen=True)
class Item:
    """One line; ``key`` is the word of addresses: a slug, ``2026-10``; "" for the unnamed."""

    key: str
    name: str
    settling: Settling


def items(asked: Question, by: By) -> list[Item]:
    """The lines in the order in which they are read."""
    return _MADE[by](asked)


def _by_sector(asked: Question) -> list[Item]:
    found = settled_by(asked.session, asked.period, Key.PROCEDURE, asked.units)
    query = select(Procedure.id, Sector.slug, Sector.name)
    query = query.join(Sector, Sector.id == Procedure.sector_id, isouter=True)
    named: Mapping[int, tuple[str, str]] = {
        one: (slug or "", name or OTHER_SECTOR) for one, slug, name in asked.session.execute(query)
    }
    lines: dict[tuple[str, str], Settling] = {}
    for procedure, settling in found.items():
        key = named[procedure]
        lines[key] = lines.get(key, Settling()) + settling
    made = [Item(slug, name, one) for (slug, name), one in lines.items()]
    return sorted(made, key=lambda one: (-one.settling.received, one.name))


def _by_agency(asked: Question) -> list[Item]:
    found = settled_by(asked.session, asked.period, Key.AGENCY, asked.units)
    query = select(Agency.id, Agency.slug, Agency.name).order_by(Agency.position, Agency.name)
    return [
        Item(slug, name, found[one])
        for one, slug, name in asked.session.execute(query)
        if one in found
    ]


def _by_month(asked: Question) -> list[Item]:
    made = []
    for month in months_within(asked.period):
        if month.first > asked.today:
            break
        one, first = settled(asked.session, month, asked.units), month.first
        made.append(Item(f"{first:%Y-%m}", f"Tháng {first.month}/{first.year}", one))
    return made


def _by_channel(asked: Question) -> list[Item]:
    found = settled_by(asked.session, asked.period, Key.CHANNEL, asked.units)
    return [
        Item(one.name.lower(), name, found.get(one, Settling()))
        for one, name in CHANNEL_NAMES.items()
    ]


_MADE: Mapping[By, Callable[[Question], list[Item]]] = {
    By.SECTOR: _by_sector,
    By.AGENCY: _by_agency,
    By.MONTH: _by_month,
    By.CHANNEL: _by_channel,
}


def total(asked: Question) -> Settling:
    """All of it; not the sum of months, which carry dossiers over."""
    return settled(asked.session, asked.period, asked.units)


def table(asked: Question, by: By, lines: list[Item], whole: Settling) -> Table:
    """The lines as a table, without what leads to dossiers."""
    rows = [_row(one.name, one.settling) for one in lines]
    rows.append(_row("Cả kỳ" if by is By.MONTH else "Tổng cộng", whole, Style.TOTAL))
    columns = (Column(WHAT[by], width=3.2), *COLUMNS)
    return Table(by.value, TITLES[by], columns, tuple(rows), asked.span, charted=2)


def _row(name: str, one: Settling, style: Style = Style.PLAIN) -> Row:
    new = one.online + one.other_channels
    cells = (
        *(name, one.received, new, one.settled, one.early, one.on_time, one.late),
        *(one.open, one.open_late, one.on_time_share),
    )
    return Row(cells, style)


def as_json(one: Settling) -> dict[str, float | int | None]:
    """The numbers by their English names, for programs."""
    return {
        "received": one.received,
        "received_online": one.online,
        "received_otherwise": one.other_channels,
        "carried_over": one.carried_over,
        "settled": one.settled,
        "settled_early": one.early,
        "settled_on_time": one.on_time,
        "settled_late": one.late,
        "open": one.open,
        "open_late": one.open_late,
        "on_time_share": None if one.on_time_share is None else round(one.on_time_share, 4),
    }
