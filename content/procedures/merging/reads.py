"""The queue for people: narrowed, in procedures, each difference in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session, joinedload

from content.procedures.kinds import VersionState
from content.procedures.labels import value_in_words, where_in_words
from content.procedures.merging.models import Decision, ImportDifference, ImportRun
from content.procedures.merging.threeway import Found, Kind
from content.procedures.merging.units import GROUP, Unit
from content.procedures.models import ProcedureVersion

PAGE_SIZE = 60
RUNS = 20
#: So many are decided by one press.
MAX_AT_ONCE = 500
NOTHING = "(không có)"


@dataclass(frozen=True)
class Narrowed:
    """Which differences: of one kind, of one part of the record, of one procedure."""

    kind: Kind | None = None
    part: str | None = None
    procedure_id: int | None = None


@dataclass(frozen=True)
class Told:
    """A difference in words."""

    id: int
    kind: Kind
    where: str
    base: str
    ours: str
    theirs: str
    is_gone: bool = False


def waiting(narrowed: Narrowed) -> Select[Any]:
    """The open differences, procedure by procedure."""
    query = select(ImportDifference).where(ImportDifference.state == Decision.OPEN)
    if narrowed.kind:
        query = query.where(ImportDifference.kind == narrowed.kind)
    if narrowed.procedure_id is not None:
        query = query.where(ImportDifference.procedure_id == narrowed.procedure_id)
    if narrowed.part is not None:
        query = query.where(ImportDifference.part == narrowed.part)
    return query


def counts(session: Session) -> dict[Kind, int]:
    """How many wait, by kind."""
    query = (
        select(ImportDifference.kind, func.count(ImportDifference.id))
        .where(ImportDifference.state == Decision.OPEN)
        .group_by(ImportDifference.kind)
    )
    return {row.kind: row[1] for row in session.execute(query)}


def parts(session: Session) -> list[tuple[str, str, int]]:
    """The parts of records in which something waits: value, words, count."""
    query = (
        select(ImportDifference.part, func.count(ImportDifference.id))
        .where(ImportDifference.state == Decision.OPEN)
        .group_by(ImportDifference.part)
    )
    found = [(part, part_in_words(part), count) for part, count in session.execute(query)]
    return sorted(found, key=lambda one: one[1])


def page(session: Session, narrowed: Narrowed, number: int) -> tuple[list[ImportDifference], int]:
    """One page of the queue and the total."""
    query = waiting(narrowed)
    total = session.scalar(select(func.count()).select_from(query.subquery())) or 0
    rows = session.scalars(
        query.options(joinedload(ImportDifference.procedure))
        .order_by(ImportDifference.identity, ImportDifference.level, ImportDifference.id)
        .offset((number - 1) * PAGE_SIZE)
        .limit(PAGE_SIZE)
    ).all()
    return list(rows), total


def told(row: ImportDifference) -> Told:
    """A row in words."""
    shown = values_in_words(row)
    where = "Cả thủ tục" if row.is_gone else unit_in_words(tuple(row.unit), row)
    base, ours, theirs = shown
    return Told(row.id, row.kind, where, base, ours, theirs, row.is_gone)


def values_in_words(row: ImportDifference | Found) -> list[str]:
    """What the last import said, what we say, what is new."""
    path = _path(tuple(row.unit))
    return [_value(path, value) for value in (row.base, row.ours, row.theirs)]


def unit_in_words(unit: Unit, row: ImportDifference | Found) -> str:
    """``Phí, lệ phí “lệ phí”: mức thu``."""
    if not unit:
        return "Thủ tục mới"
    if len(unit) == 1:
        return where_in_words(unit[0])
    item = next((one for one in (row.theirs, row.ours, row.base) if isinstance(one, dict)), None)
    named = _item_name(item) if item and len(unit) == 2 else unit[1].strip("|").split("|")[0]
    whole = f"{part_in_words(unit[0])} “{named}”" if named else part_in_words(unit[0])
    if len(unit) == 2:
        return whole
    return f"{whole}: {where_in_words(_path(unit)).partition(': ')[2]}"


def part_in_words(part: str) -> str:
    """The name of a part of the record; a whole procedure is one that we do not have."""
    if not part:
        return "Thủ tục mới"
    return where_in_words(f"{part}[0]").rsplit(" ", 1)[0] if part in LISTS else where_in_words(part)


def runs(session: Session) -> Sequence[ImportRun]:
    """The last imports."""
    return session.scalars(select(ImportRun).order_by(ImportRun.id.desc()).limit(RUNS)).all()


def drafts_of(session: Session, run: ImportRun) -> list[ProcedureVersion]:
    """The drafts that an import wrote, or that people wrote by accepting its differences,
    as far as they still are drafts or wait for a decision."""
    accepted = select(ImportDifference.procedure_id).where(
        ImportDifference.run_id == run.id,
        ImportDifference.state == Decision.ACCEPTED,
        ImportDifference.is_gone.is_(False),
    )
    written = [int(one) for one in run.report.get("drafts") or ()]
    query = (
        select(ProcedureVersion)
        .where(
            ProcedureVersion.state.in_([VersionState.AWAITING, VersionState.DRAFT]),
            or_(ProcedureVersion.id.in_(written), ProcedureVersion.procedure_id.in_(accepted)),
        )
        .order_by(ProcedureVersion.id)
    )
    return list(session.scalars(query))


LISTS = ("dossier", "fee", "forms", "legal_bases", "time_limit_by_channel", "local_variants")


def _path(unit: Unit) -> str:
    if len(unit) < 2:
        return unit[0] if unit else ""
    return f"{unit[0]}[0]" + (f".{unit[2]}" if len(unit) == 3 else "")


def _item_name(item: dict[str, Any]) -> str:
    held = item.get(GROUP, [item])[0]
    names = ("name", "number", "for", "place", "channel", "condition", "kind", "code", "file")
    return str(next((held[name] for name in names if held.get(name)), ""))[:120]


def _value(path: str, value: Any) -> str:
    if value is None:
        return NOTHING
    if isinstance(value, dict) and GROUP in value:
        return "; ".join(value_in_words(path, one) for one in value[GROUP])
    if not path:
        return str(value.get("name", ""))
    return value_in_words(path, value) or NOTHING
