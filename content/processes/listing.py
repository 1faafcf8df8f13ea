"""The list of processes: every procedure of the catalogue with what holds for it."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from content.procedures.kinds import CURRENT
from content.procedures.models import Procedure
from content.processes.models import ProcessState, ProcessVersion
from content.text import fold

PAGE = 30


@dataclass(frozen=True)
class Line:
    """A procedure: the newest issue of its own process, if any, and whether one is drafted."""

    id: int
    code: str
    name: str
    number: int | None
    effective_on: date | None
    is_drafted: bool


@dataclass(frozen=True)
class Listed:
    """One page of lines, and how many there are in all."""

    lines: list[Line]
    number: int
    pages: int
    total: int


def browse(session: Session, query: str, *, only_own: bool, page: int) -> Listed:
    """Procedures in force by name; ``query`` is part of a name, with or without marks, or of a
    code. ``only_own`` leaves out those that follow the standard rows."""
    own = _own(session)
    rows = session.execute(
        select(Procedure.id, Procedure.code, Procedure.slug, Procedure.name)
        .where(Procedure.status.in_(CURRENT))
        .order_by(Procedure.name_sort, Procedure.id)
    )
    wanted = fold(query)
    found = [
        (one.id, one.code or one.slug, one.name)
        for one in rows
        if (not wanted or wanted in fold(f"{one.code or ''} {one.name}"))
        and (not only_own or one.id in own)
    ]
    pages = max(1, -(-len(found) // PAGE))
    page = min(page, pages)
    lines = [
        Line(number, code, name, *own.get(number, (None, None, False)))
        for number, code, name in found[(page - 1) * PAGE : page * PAGE]
    ]
    return Listed(lines, page, pages, len(found))


def _own(session: Session) -> dict[int, tuple[int | None, date | None, bool]]:
    """By procedure: number and day of the newest issue, and whether there is a draft."""
    published = ProcessVersion.state == ProcessState.PUBLISHED
    query = select(
        ProcessVersion.procedure_id,
        func.max(ProcessVersion.number).filter(published),
        func.max(ProcessVersion.effective_on).filter(published),
        func.count().filter(ProcessVersion.state == ProcessState.DRAFT),
    ).group_by(ProcessVersion.procedure_id)
    return {one: (number, day, bool(drafts)) for one, number, day, drafts in session.execute(query)}
