"""The editors' list of procedures: search, filters, what is missing, what is due.

What a procedure shows is read once for each generation of public changes and kept in
memory; drafts, reviews and remarks are asked for each time. Reads only.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from content.changes import generation, has_advanced
from content.procedures import checking, remarks
from content.procedures.checking import ProcedureCheck
from content.procedures.kinds import Level, Status, VersionState
from content.procedures.models import Procedure, ProcedureVersion, Sector
from content.procedures.parts import FormFile
from content.text import fold

PAGE_SIZE = 30


class Missing(StrEnum):
    """Parts that readers look for first."""

    FILE = "file"
    FEE = "fee"
    UNIT = "unit"
    LEVEL = "level"
    STEPS = "steps"


class Work(StrEnum):
    """What there is to do."""

    DRAFT = "draft"
    AWAITING = "awaiting"
    REVIEW = "review"
    REMARKS = "remarks"


@dataclass(frozen=True)
class Line:
    """One procedure. ``missing`` is of what people read now; ``words`` is what search reads."""

    id: int
    code: str | None
    name: str
    level: Level
    status: Status
    sector_slug: str
    sector: str
    version_id: int | None
    missing: frozenset[Missing]
    words: str


@dataclass(frozen=True)
class Standing:
    """What changes without a public change: versions in work, reviews, remarks, files."""

    states: dict[int, VersionState]
    due: dict[int, date]
    remarks: dict[int, int]
    without_file: frozenset[int]

    def missing(self, line: Line) -> frozenset[Missing]:
        """The parts a procedure lacks, its form files among them."""
        lacks_file = line.version_id in self.without_file
        return line.missing | {Missing.FILE} if lacks_file else line.missing

    def work(self, line: Line) -> frozenset[Work]:
        """What there is to do on it."""
        state = self.states.get(line.id)
        found = {Work(state.value)} if state else set()
        if line.id in self.due:
            found.add(Work.REVIEW)
        if line.id in self.remarks:
            found.add(Work.REMARKS)
        return frozenset(found)


@dataclass(frozen=True)
class Asked:
    """What the list is narrowed by; ``None`` narrows nothing."""

    words: str = ""
    sector: str | None = None
    level: Level | None = None
    status: Status | None = None
    missing: Missing | None = None
    work: Work | None = None


@dataclass(frozen=True)
class Row:
    """One line as the screen shows it."""

    line: Line
    missing: frozenset[Missing]
    state: VersionState | None
    due: date | None
    remarks: int
    check: ProcedureCheck | None = None


@dataclass(frozen=True)
class Page:
    """One page of the list."""

    items: list[Row]
    total: int
    page: int

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.total // PAGE_SIZE))


@dataclass(frozen=True)
class SectorCount:
    """How many procedures of a sector lack each part."""

    slug: str
    name: str
    total: int
    missing: dict[Missing, int]


class Worklist:
    """Keeps the lines of the newest generation; one object serves all threads."""

    def __init__(self) -> None:
        self._kept: tuple[int, list[Line]] | None = None

    def lines(self, session: Session) -> list[Line]:
        """All procedures, by name, as this session sees them."""
        now = generation(session)
        if has_advanced(session):
            return _lines(session)
        kept = self._kept
        if kept is None or kept[0] != now:
            self._kept = kept = (now, _lines(session))
        return kept[1]

    def find(self, session: Session, asked: Asked, *, day: date, page: int = 1) -> Page:
        """One page; numbers out of range are brought into it."""
        standing = standing_of(session, day)
        found = [
            line
            for line in self.lines(session)
            if _fits(line, asked) and _does(line, asked, standing)
        ]
        pages = max(1, -(-len(found) // PAGE_SIZE))
        page = min(max(1, page), pages)
        shown = found[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
        checks = checking.checks_of(session, [line.id for line in shown])
        rows = [_row(line, standing, checks.get(line.id)) for line in shown]
        return Page(rows, len(found), page)

    def ids(self, session: Session, asked: Asked, *, day: date) -> list[int]:
        """All procedures that the list is narrowed to, by id."""
        standing = standing_of(session, day)
        return [
            line.id
            for line in self.lines(session)
            if _fits(line, asked) and _does(line, asked, standing)
        ]

    def by_sector(self, session: Session, *, day: date) -> list[SectorCount]:
        """What is missing among procedures in force, sector by sector, most first."""
        standing = standing_of(session, day)
        gathered: dict[tuple[str, str], list[frozenset[Missing]]] = {}
        for line in self.lines(session):
            if line.status.is_current:
                key = (line.sector_slug, line.sector)
                gathered.setdefault(key, []).append(standing.missing(line))
        counted = [
            SectorCount(
                slug, name, len(all_), {one: sum(one in m for m in all_) for one in Missing}
            )
            for (slug, name), all_ in gathered.items()
        ]
        return sorted(counted, key=lambda one: (-sum(one.missing.values()), one.name))


def standing_of(session: Session, day: date) -> Standing:
    """What is in work today, in four small queries."""
    in_work = (VersionState.DRAFT, VersionState.AWAITING)
    states = session.execute(
        select(ProcedureVersion.procedure_id, ProcedureVersion.state).where(
            ProcedureVersion.state.in_(in_work)
        )
    )
    without = select(FormFile.version_id).where(FormFile.file_id.is_(None)).distinct()
    return Standing(
        states=dict(states.all()),
        due=checking.due(session, day),
        remarks=remarks.open_counts(session),
        without_file=frozenset(session.scalars(without)),
    )


def counts(session: Session, *, day: date) -> dict[Work, int]:
    """How many procedures each kind of work has."""
    standing = standing_of(session, day)
    states = list(standing.states.values())
    return {
        Work.DRAFT: states.count(VersionState.DRAFT),
        Work.AWAITING: states.count(VersionState.AWAITING),
        Work.REVIEW: len(standing.due),
        Work.REMARKS: len(standing.remarks),
    }


def _lines(session: Session) -> list[Line]:
    version = ProcedureVersion
    newest = (
        select(func.max(version.id).label("id"), version.procedure_id)
        .group_by(version.procedure_id)
        .subquery()
    )
    query = (
        select(
            Procedure.id,
            Procedure.code,
            Procedure.name,
            Procedure.level,
            Procedure.status,
            Sector.slug,
            Sector.name.label("sector"),
            Procedure.current_version_id,
            version.document,
        )
        .outerjoin(Sector, Sector.id == Procedure.sector_id)
        .outerjoin(newest, newest.c.procedure_id == Procedure.id)
        .join(version, version.id == func.coalesce(Procedure.current_version_id, newest.c.id))
        .order_by(Procedure.name_sort, Procedure.id)
    )
    return [
        Line(
            id=row.id,
            code=row.code,
            name=row.name,
            level=row.level,
            status=row.status,
            sector_slug=row.slug or "",
            sector=row.sector or "",
            version_id=row.current_version_id,
            missing=_missing(row.document),
            words=fold(f"{row.code or ''} {row.name}"),
        )
        for row in session.execute(query)
    ]


def _missing(document: dict[str, object]) -> frozenset[Missing]:
    limit = document.get("time_limit")
    found = {
        Missing.FEE: not document.get("fee"),
        Missing.UNIT: isinstance(limit, dict)
        and bool(limit.get("value"))
        and not limit.get("unit"),
        Missing.LEVEL: not document.get("service_level"),
        Missing.STEPS: not document.get("steps"),
    }
    return frozenset(one for one, lacks in found.items() if lacks)


def _fits(line: Line, asked: Asked) -> bool:
    same = (
        (asked.sector, line.sector_slug),
        (asked.level, line.level),
        (asked.status, line.status),
    )
    if any(wanted is not None and wanted != here for wanted, here in same):
        return False
    return all(word in line.words for word in fold(asked.words).split())


def _does(line: Line, asked: Asked, standing: Standing) -> bool:
    if asked.missing is not None and asked.missing not in standing.missing(line):
        return False
    return asked.work is None or asked.work in standing.work(line)


def _row(line: Line, standing: Standing, check: ProcedureCheck | None) -> Row:
    return Row(
        line=line,
        missing=standing.missing(line),
        state=standing.states.get(line.id),
        due=standing.due.get(line.id),
        remarks=standing.remarks.get(line.id, 0),
        check=check,
    )


def sectors(lines: Iterable[Line]) -> list[tuple[str, str]]:
    """The sectors that have procedures, by name: (slug, name)."""
    return sorted(
        {(one.sector_slug, one.sector) for one in lines if one.sector}, key=lambda s: s[1]
    )
