"""Import of a catalogue: first a plan that can be read, then all of it or nothing.

``plan`` compares a file with the catalogue and writes nothing (a dry run is a plan);
``apply`` carries a plan out. New wordings of what is in force wait for a decision,
all others become readable as "cần đối chiếu" or as history.
"""

import enum
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from content import audit
from content.errors import Invalid
from content.procedures import publishing
from content.procedures.decisions import PublicationDecision
from content.procedures.difference import Difference, differences
from content.procedures.kinds import EntryKind, Filing, Level, Status, VersionState
from content.procedures.models import Procedure, ProcedureVersion
from content.procedures.naming import SlugBook
from content.procedures.projecting import set_document
from content.procedures.reading import Row
from content.procedures.records import Record, canonical, digest, dump, identity, parse
from content.procedures.repairs import Repair, read
from content.procedures.validation import Problem, problems_of, unknown_keys
from content.writing import revisions

_BATCH = 400

Key = tuple[str, Level]
#: Told how many of how many rows are done.
Progress = Callable[[int, int], None]


class Change(enum.StrEnum):
    """What an import does with a row."""

    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REJECTED = "rejected"


@dataclass(frozen=True)
class PlannedRow:
    """One row of the file: what would happen, and why not if it is rejected."""

    number: int
    change: Change
    name: str = ""
    code: str | None = None
    level: str = ""
    differences: tuple[Difference, ...] = ()
    problems: tuple[Problem, ...] = ()
    unknown_keys: tuple[str, ...] = ()
    repairs: tuple[Repair, ...] = ()
    # A file of thousands is held as text, a fifth of what its objects take.
    text: str = field(default="", repr=False)

    @property
    def record(self) -> Record:
        """The record as it would be kept; empty for what is not written."""
        return parse(self.text) if self.text else {}


@dataclass(frozen=True)
class Plan:
    """All rows of a file, judged."""

    rows: tuple[PlannedRow, ...]

    def of(self, change: Change) -> list[PlannedRow]:
        """The rows with which this happens."""
        return [row for row in self.rows if row.change is change]

    @property
    def counts(self) -> dict[str, int]:
        """``added``, ``changed``, ``unchanged``, ``rejected``."""
        return {change.value: len(self.of(change)) for change in Change}

    @property
    def is_sound(self) -> bool:
        """Whether it can be applied."""
        return not self.of(Change.REJECTED)


@dataclass(frozen=True)
class _Known:
    """The newest wording we have of a procedure, waiting ones included."""

    version_id: int
    digest: str


def plan(session: Session, rows: Iterable[Row]) -> Plan:
    """Judge every row of a file; writes nothing."""
    known = _known(session)
    seen: dict[Key, int] = {}
    return Plan(tuple(_judge(session, row, known, seen) for row in rows))


def held(session: Session, planned: Plan) -> list[PlannedRow]:
    """The rows whose procedure an editor is changing: to write them would lose that work.

    A draft is an editor's; a version that waits is one if anybody saved it.
    """
    changed = {(identity(row.record), Level(row.level)): row for row in planned.of(Change.CHANGED)}
    query = (
        select(Procedure.identity, Procedure.level, ProcedureVersion.id, ProcedureVersion.state)
        .join(ProcedureVersion, ProcedureVersion.procedure_id == Procedure.id)
        .where(ProcedureVersion.state.in_([VersionState.DRAFT, VersionState.AWAITING]))
    )
    found = []
    for name, level, version_id, state in session.execute(query):
        row = changed.get((name, level))
        subject = f"procedure_version:{version_id}"
        if row and (state is VersionState.DRAFT or revisions.last_number(session, subject)):
            found.append(row)
    return found


def apply(
    session: Session,
    planned: Plan,
    *,
    now: datetime,
    actor_id: int | None = None,
    filing: Filing | None = Filing.NATIONAL,
    progress: Progress | None = None,
) -> list[int]:
    """Carry a sound plan out; the ids of the versions written, in the order of the file.

    ``filing`` is that of new procedures. Raises ``Invalid`` if a row was rejected.
    """
    rejected = planned.of(Change.REJECTED)
    if rejected:
        problems = {f"{row.number}": row.problems[0].code for row in rejected}
        raise Invalid(problems, "broken_file")
    due = [row for row in planned.rows if row.change in {Change.ADDED, Change.CHANGED}]
    writer = _Writer(session, now, filing)
    written: list[int] = []
    for start in range(0, len(due), _BATCH):
        written += writer.write(due[start : start + _BATCH])
        if progress:
            progress(min(start + _BATCH, len(due)), len(due))
    if written:
        audit.record(
            session,
            now=now,
            actor_id=actor_id,
            action="procedure.import",
            subject="catalogue",
            **planned.counts,
        )
    return written


def adopt(
    session: Session,
    decision: PublicationDecision,
    version_ids: Sequence[int],
    *,
    now: datetime,
    actor_id: int | None = None,
) -> int:
    """Adopt imported versions by a decision: all but history, districts and what has ended.

    Returns how many it adopts.
    """
    adopted = 0
    for start in range(0, len(version_ids), _BATCH):
        publications = _adoptable(session, version_ids[start : start + _BATCH])
        entries = publishing.publish(session, decision, publications, now=now, actor_id=actor_id)
        adopted += len(entries)
        # Written, they need not be held until the last batch is done.
        session.flush()
        for entry in entries:
            session.expire(entry, ["version", "procedure"])
    return adopted


def _adoptable(session: Session, version_ids: Sequence[int]) -> list[publishing.Publication]:
    query = (
        select(ProcedureVersion)
        .where(ProcedureVersion.id.in_(version_ids))
        .options(joinedload(ProcedureVersion.procedure).selectinload(Procedure.versions))
        .order_by(ProcedureVersion.id)
    )
    return [
        publishing.Publication(one, EntryKind.NEW if one.number == 1 else EntryKind.AMENDED)
        for one in session.scalars(query)
        if one.state is VersionState.AWAITING or one.procedure.status is Status.TO_VERIFY
    ]


def _known(session: Session) -> dict[Key, _Known]:
    query = (
        select(Procedure.identity, Procedure.level, ProcedureVersion.id, ProcedureVersion.digest)
        .join(ProcedureVersion, ProcedureVersion.procedure_id == Procedure.id)
        .where(ProcedureVersion.state != VersionState.DRAFT)
        .order_by(ProcedureVersion.number)
    )
    return {
        (name, level): _Known(version_id, mark)
        for name, level, version_id, mark in session.execute(query)
    }


def _judge(
    session: Session, row: Row, known: dict[Key, _Known], seen: dict[Key, int]
) -> PlannedRow:
    problems = [row.problem] if row.problem else problems_of(row.record)
    if problems:
        return _rejected(row, problems)
    record = canonical(row.record)
    key = (identity(record), Level(record["level"]))
    if key in seen:
        return _rejected(row, [Problem("code", "twice_in_file", str(seen[key]))])
    seen[key] = row.number
    before = known.get(key)
    if before and before.digest == digest(record):
        return _row(row, record, Change.UNCHANGED)
    if before is None:
        return _row(row, record, Change.ADDED)
    old = session.get_one(ProcedureVersion, before.version_id).document
    return _row(row, record, Change.CHANGED, differences(old, record))


def _row(
    row: Row, record: Record, change: Change, found: tuple[Difference, ...] = ()
) -> PlannedRow:
    return PlannedRow(
        number=row.number,
        change=change,
        name=record["name"],
        code=record.get("code"),
        level=record["level"],
        differences=found,
        unknown_keys=tuple(unknown_keys(record)),
        repairs=read(record).repairs,
        text="" if change is Change.UNCHANGED else dump(record),
    )


def _rejected(row: Row, problems: list[Problem]) -> PlannedRow:
    given = row.record if isinstance(row.record, dict) else {}
    name, code, level = given.get("name"), given.get("code"), given.get("level")
    return PlannedRow(
        number=row.number,
        change=Change.REJECTED,
        name=name if isinstance(name, str) else "",
        code=code if isinstance(code, str) else None,
        level=level if isinstance(level, str) else "",
        problems=tuple(problems),
    )


class _Writer:
    """Makes procedures and versions from planned rows, batch by batch."""

    def __init__(self, session: Session, now: datetime, filing: Filing | None) -> None:
        self.session = session
        self.now = now
        self.filing = filing
        self.slugs = SlugBook(session)

    def write(self, rows: list[PlannedRow]) -> list[int]:
        procedures = self._existing(rows)
        versions = []
        for record in (row.record for row in rows):
            key = (identity(record), Level(record["level"]))
            procedure = procedures.get(key) or self._new(record)
            versions.append(self._version(procedure, record))
        readable = [one for one in versions if one.state is VersionState.DRAFT]
        publishing.collect(self.session, readable, now=self.now)
        # Those that wait for a decision have no id before they are written.
        self.session.flush()
        return [one.id for one in versions]

    def _existing(self, rows: list[PlannedRow]) -> dict[Key, Procedure]:
        names = [identity(row.record) for row in rows if row.change is Change.CHANGED]
        query = (
            select(Procedure)
            .where(Procedure.identity.in_(names))
            .options(selectinload(Procedure.versions))
        )
        return {(one.identity, one.level): one for one in self.session.scalars(query)}

    def _new(self, record: Record) -> Procedure:
        procedure = Procedure(
            code=record.get("code"),
            level=Level(record["level"]),
            identity=identity(record),
            slug=self.slugs.take(record),
            name=record["name"],
            name_sort=b"",
            filing=self.filing,
            status=Status.DRAFT,
            updated_at=self.now,
            versions=[],
        )
        self.session.add(procedure)
        return procedure

    def _version(self, procedure: Procedure, record: Record) -> ProcedureVersion:
        """A version still to be shown, or one that waits where another is in force."""
        adopted = any(one.state is VersionState.PUBLISHED for one in procedure.versions)
        waiting = [one for one in procedure.versions if one.state is VersionState.AWAITING]
        version = waiting[-1] if waiting else self._add_version(procedure)
        version.state = VersionState.AWAITING if adopted else VersionState.DRAFT
        set_document(version, record)
        return version

    def _add_version(self, procedure: Procedure) -> ProcedureVersion:
        number = max((one.number for one in procedure.versions), default=0) + 1
        version = ProcedureVersion(number=number, created_at=self.now)
        procedure.versions.append(version)
        return version
