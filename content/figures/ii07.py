"""Biểu II.07b: how many procedures there are and how many internal processes, by unit.

The catalogue says in free text who carries a procedure out ("Sở Tư pháp; Ủy ban nhân dân cấp
xã"), in as many ways as there are decisions. The form wants units: the agencies of this
authority and the people's committees of each level. The first one that the text names has
the procedure; a text that names none of them is counted in one last line, so that every
procedure is counted once and the total is right.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cache

from sqlalchemy import ColumnElement, case, exists, func, or_, select
from sqlalchemy.orm import Session

from content.agencies.models import Agency
from content.figures.procedures import AT_DESK
from content.figures.question import Question
from content.figures.tables import Cell, Column, Kind, Row, Style, Table
from content.procedures.facets import agencies_of
from content.procedures.kinds import CURRENT, Level, Status
from content.procedures.models import Procedure
from content.procedures.repairs import TWO_TIERS_FROM
from content.processes.models import ProcessState, ProcessVersion
from content.text import slugify

FORM = "Biểu số II.07b/VPCP/KSTT"
TITLE = "Số lượng thủ tục hành chính và quy trình nội bộ"
COMMITTEES = {
    Level.PROVINCE: "Ủy ban nhân dân cấp tỉnh",
    Level.DISTRICT: "Ủy ban nhân dân cấp huyện",
    Level.COMMUNE: "Ủy ban nhân dân cấp xã",
}
OTHERS = "Cơ quan khác, chưa gắn với cơ quan"
_SIGN = {Level.PROVINCE: "Cấp tỉnh", Level.DISTRICT: "Cấp huyện", Level.COMMUNE: "Cấp xã"}
NOTES = (
    "Thủ tục đang áp dụng vào ngày lập biểu. Đơn vị: cơ quan của địa phương hoặc ủy ban nhân dân "
    "các cấp (kể cả chủ tịch) mà phần “cơ quan thực hiện” của thủ tục ghi trước tiên.",
    f"{OTHERS}: phần đó bỏ trống hoặc chỉ ghi cơ quan ngoài địa phương, cơ quan chưa có trên hệ "
    "thống này.",
    "Quy trình nội bộ: thủ tục có quy trình đã ban hành trên hệ thống này.",
)
_LONGEST = 400
#: Lines in the order of the form; agencies stand between the province and what is below it.
_PLACES = {
    COMMITTEES[Level.PROVINCE]: 0,
    COMMITTEES[Level.DISTRICT]: 2,
    COMMITTEES[Level.COMMUNE]: 3,
    OTHERS: 4,
}
_AGENCIES_AT = 1
#: "Chủ tịch UBND xã, phường": the body itself, whoever signs for it.
_COMMITTEE = re.compile(r"^(?:chu-tich-)?(?:ubnd|uy-ban-nhan-dan)-(?:cac-)?(?:cap-)?(\w+)")
_LEVEL_OF = {
    **dict.fromkeys(("tinh", "thanh"), Level.PROVINCE),
    **dict.fromkeys(("huyen", "quan", "thi"), Level.DISTRICT),
    **dict.fromkeys(("xa", "phuong", "dac"), Level.COMMUNE),
}
#: What a national text adds to the name of an agency that every province has.
_ANYWHERE = re.compile(r"^(?:-(?:cap|cac|cua|tinh|thanh-pho|truc-thuoc-trung-uong))*$")
#: What an agency's own name adds: "Sở Tư pháp tỉnh Sơn Hà".
_OWN_PLACE = re.compile(r"-(?:tinh|thanh-pho)-.+$")


class Counted(Enum):
    """The three groups of columns."""

    ALL = "Số TTHC"
    AT_DESK = "Thực hiện theo cơ chế một cửa"
    PROCESSES = "Quy trình nội bộ"


Line = Counter[tuple[Counted, Level]]


@dataclass(frozen=True)
class Carriers:
    """Who can have a line: each agency with the words its name is known by, longest first."""

    agencies: Sequence[tuple[str, str, str]]

    def unit_of(self, authority: str | None) -> str:
        """The line of a text."""
        for slug, _name in agencies_of(authority):
            if found := self._agency(slug) or _committee(slug):
                return found
        return OTHERS

    def _agency(self, slug: str) -> str | None:
        for whole, short, name in self.agencies:
            rest = slug.removeprefix(short)
            if slug == whole or (slug.startswith(short) and _ANYWHERE.match(rest)):
                return name
        return None


def _committee(slug: str) -> str | None:
    found = _COMMITTEE.match(slug)
    level = _LEVEL_OF.get(found[1]) if found else None
    return COMMITTEES[level] if level else None


def carriers(session: Session, asked: Question) -> Carriers:
    """The agencies there were in the period. Their committees are lines of the level."""
    query = (
        select(Agency.name)
        .where(or_(Agency.valid_to.is_(None), Agency.valid_to >= asked.period.first))
        .order_by(Agency.position, Agency.id)
    )
    slugs = {slugify(name, limit=_LONGEST): name for name in session.scalars(query)}
    known = [
        (slug, _OWN_PLACE.sub("", slug), name)
        for slug, name in slugs.items()
        if not _committee(slug)
    ]
    return Carriers(sorted(known, key=lambda one: -len(one[1])))


def report(asked: Question) -> dict[str, Line]:
    """The lines in their order: the province's committee, agencies by how much they have, the
    committees below, and what has no unit."""
    unit_of = cache(carriers(asked.session, asked).unit_of)
    shown = _statuses(asked)
    found: dict[str, Line] = {}
    for authority, level, *counted in _counted(asked.session, shown):
        line = found.setdefault(unit_of(authority), Counter())
        for which, many in zip(Counted, counted, strict=True):
            line[which, level] += many

    def place(name: str) -> tuple[int, int, str]:
        at = _PLACES.get(name, _AGENCIES_AT)
        return at, -_whole(found[name], Counted.ALL), name

    return {name: found[name] for name in sorted(found, key=place)}


def _whole(line: Line, which: Counted) -> int:
    return sum(many for (one, _level), many in line.items() if one is which)


def _is_old(asked: Question) -> bool:
    return asked.period.first < TWO_TIERS_FROM


def _statuses(asked: Question) -> Iterable[Status]:
    return (*CURRENT, Status.EXPIRED) if _is_old(asked) else CURRENT


def _counted(
    session: Session, shown: Iterable[Status]
) -> Iterator[tuple[str | None, Level, int, int, int]]:
    published: ColumnElement[bool] = (
        exists()
        .where(
            ProcessVersion.procedure_id == Procedure.id,
            ProcessVersion.state == ProcessState.PUBLISHED,
        )
        .correlate(Procedure)
    )
    query = (
        select(
            *(Procedure.authority, Procedure.level, func.count(Procedure.id)),
            func.sum(case((AT_DESK, 1), else_=0)),
            func.sum(case((published, 1), else_=0)),
        )
        .where(Procedure.status.in_(shown), Procedure.level != Level.OTHER)
        .group_by(Procedure.authority, Procedure.level)
    )
    yield from session.execute(query)


def table(asked: Question) -> Table:
    """The form. Districts have columns in the years in which there were any."""
    levels = [one for one in _SIGN if _is_old(asked) or one is not Level.DISTRICT]
    lines = report(asked)
    rows = [_row(str(at), name, one, levels) for at, (name, one) in enumerate(lines.items(), 1)]
    whole: Line = Counter()
    for one in lines.values():
        whole.update(one)
    rows.append(_row("", "Tổng cộng", whole, levels, Style.TOTAL))
    heads = ("Tổng số", *(_SIGN[one] for one in levels))
    columns = (
        Column("TT", width=0.5),
        Column("Đơn vị", width=3.5),
        *(Column(head, Kind.COUNT, which.value) for which in Counted for head in heads),
    )
    unit = "thủ tục, quy trình"
    return Table("bieu-07", TITLE, columns, tuple(rows), asked.span, FORM, unit, NOTES, charted=2)


def _row(
    number: str, name: str, line: Line, levels: Iterable[Level], style: Style = Style.PLAIN
) -> Row:
    levels = list(levels)
    cells: list[Cell] = [number, name]
    for which in Counted:
        told = [line[which, level] for level in levels]
        cells += [sum(told), *told]
    return Row(tuple(cells), style)
