"""One import from file to end: looked at, shown, confirmed, taken in.

``look`` reads and judges a whole file and writes nothing. ``take`` takes records in, in as
many steps as the caller likes: a step that is repeated finds nothing left to do. A file of
our own goes into drafts, a national one into the queue of differences.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from content.errors import Conflict
from content.procedures.difference import differences
from content.procedures.drafting import DraftService
from content.procedures.files import problem_line, read_file
from content.procedures.kinds import Level, VersionState
from content.procedures.labels import value_in_words, where_in_words
from content.procedures.merging import queue, reads
from content.procedures.merging.completing import complete
from content.procedures.merging.models import ImportRun, RunState, Source
from content.procedures.merging.threeway import Found
from content.procedures.models import Procedure
from content.procedures.records import Record, canonical, digest, identity
from content.procedures.validation import Problem, problems_of
from content.writing.models import MAX_NOTE

#: How many lines of each sort a report keeps.
SHOWN = 200
SHOWN_FIELDS = 40
#: What a run knows of its file before it was read.
KEPT = ("whole", "drafts")
MAX_WORDS = 300


@dataclass(frozen=True)
class Judged:
    """The records of a file, or everything that is wrong with it."""

    records: list[Record] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def judge(session: Session, data: bytes, source: Source) -> Judged:
    """Read a file; all records are good, or none is taken."""
    given, where = read_file(data)
    rows = complete(session, given, source)
    seen: dict[tuple[str, str], int] = {}
    judged = Judged()
    for row in rows:
        problems = [row.problem] if row.problem else problems_of(row.record)
        if not problems:
            key = (identity(row.record), row.record["level"])
            if key in seen:
                problems = [Problem("code", "twice_in_file", str(seen[key]))]
            seen.setdefault(key, row.number)
        judged.problems.extend(problem_line(row.number, one, where) for one in problems)
        if not problems:
            judged.records.append(canonical(row.record))
    return judged


def look(session: Session, run: ImportRun, judged: Judged) -> None:
    """Let the run say what would happen, or why nothing can. Writes nothing else."""
    if judged.problems:
        run.state = RunState.REFUSED
        run.report = {"problems": judged.problems[:SHOWN], "problem_count": len(judged.problems)}
        return
    run.total, run.done = len(judged.records), 0
    told = report(session, run.source, judged.records)
    run.report = {key: run.report[key] for key in KEPT if key in run.report} | told
    run.state = RunState.READY


def report(session: Session, source: Source, records: Sequence[Record]) -> dict[str, Any]:
    """What would happen, with counts, the first changes, and a mark of all of them."""
    seen = _own_changes if source is Source.OWN else _national_changes
    counts: dict[str, int] = {}
    lines: list[dict[str, Any]] = []
    mark = hashlib.sha256()
    for kind, change in seen(session, records):
        counts[kind] = counts.get(kind, 0) + change.get("count", 1)
        mark.update(f"{kind}{change.get('mark', '')}".encode())
        if kind != "unchanged" and len(lines) < SHOWN:
            lines.append({"kind": kind, **change})
    return {"counts": counts, "changes": lines, "mark": mark.hexdigest()}


def take(
    session: Session, run: ImportRun, records: Sequence[Record], *, now: datetime
) -> dict[str, int]:
    """Take records in and move the progress on; counts what became of them."""
    counts: dict[str, int] = {}
    drafts: list[int] = []
    for record in records:
        if run.source is Source.NATIONAL:
            counts["queued"] = counts.get("queued", 0) + queue.enter(session, run, record, now=now)
        else:
            became, draft = _into_draft(session, run, record, now)
            drafts += [draft] if draft is not None else []
            counts[became] = counts.get(became, 0) + 1
    run.done += len(records)
    result = dict(run.report.get("result") or {})
    for name, count in counts.items():
        result[name] = result.get(name, 0) + count
    known = run.report.get("drafts") or []
    run.report = {**run.report, "result": result, "drafts": [*known, *drafts]}
    return counts


def finish(session: Session, run: ImportRun, records: Sequence[Record], now: datetime) -> None:
    """All of it was taken in; of a whole national catalogue, what it names no more is told."""
    if run.source is Source.NATIONAL and run.report.get("whole"):
        names = {(identity(one), Level(one["level"])) for one in records}
        gone = queue.enter_gone(session, run, names)
        result = dict(run.report.get("result") or {})
        run.report = {**run.report, "result": {**result, "gone": gone}}
    run.state, run.finished_at = RunState.DONE, now


def _own_changes(
    session: Session, records: Sequence[Record]
) -> Iterator[tuple[str, dict[str, Any]]]:
    for record in records:
        procedure = queue.find(session, identity(record), Level(record["level"]))
        ours = queue.working(procedure) if procedure else {}
        if procedure and digest(ours) == digest(record):
            yield "unchanged", {}
            continue
        told = _told(record, procedure) | {"mark": digest(ours) + digest(record)}
        if procedure is None:
            yield "added", told
        elif _awaits(procedure):
            yield "blocked", told
        else:
            yield "changed", told | {"fields": list(_fields(ours, record))}


def _national_changes(
    session: Session, records: Sequence[Record]
) -> Iterator[tuple[str, dict[str, Any]]]:
    for record in records:
        procedure = queue.find(session, identity(record), Level(record["level"]))
        found = queue.preview(session, record)
        if not found:
            yield "unchanged", {}
        for kind in dict.fromkeys(kind for kind, _one in found):
            of_kind = [one for each, one in found if each is kind]
            fields = [_unit_told(one) for one in of_kind[:SHOWN_FIELDS] if one is not None]
            told = _told(record, procedure) | {"fields": fields, "count": len(of_kind)}
            yield kind.value, told


def _unit_told(one: Found) -> list[str]:
    _base, ours, theirs = reads.values_in_words(one)
    return [reads.unit_in_words(one.unit, one), ours[:MAX_WORDS], theirs[:MAX_WORDS]]


def _told(record: Record, procedure: Procedure | None) -> dict[str, Any]:
    return {
        "name": record["name"],
        "code": record.get("code"),
        "level": record["level"],
        "procedure": procedure.id if procedure else None,
        "fields": [],
    }


def _fields(ours: Record, record: Record) -> Iterator[list[str]]:
    for one in differences(ours, record)[:SHOWN_FIELDS]:
        old, new = value_in_words(one.path, one.old), value_in_words(one.path, one.new)
        yield [where_in_words(one.path), old[:MAX_WORDS], new[:MAX_WORDS]]


def _awaits(procedure: Procedure) -> bool:
    return any(one.state is VersionState.AWAITING for one in procedure.versions)


def _into_draft(
    session: Session, run: ImportRun, record: Record, now: datetime
) -> tuple[str, int | None]:
    """Write a whole record into the draft of its procedure; what became of it, and the draft."""
    procedure = queue.find(session, identity(record), Level(record["level"]))
    service = DraftService(session, now, run.created_by)
    if procedure is None:
        return "added", service.create(record).id
    if digest(queue.working(procedure)) == digest(record):
        return "unchanged", None
    try:
        draft = service.open(procedure)
    except Conflict:
        return "blocked", None

    def change(document: Record) -> None:
        document.clear()
        document.update(record)

    service.rewrite(draft, change, f"Nhập từ tệp {run.file_name}"[:MAX_NOTE])
    return "changed", draft.id
