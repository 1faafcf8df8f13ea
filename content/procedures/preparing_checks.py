"""Why a line of a decision cannot be published yet. Pure: reads the line, writes nothing."""

from collections.abc import Iterator
from dataclasses import dataclass
from dataclasses import field as default
from datetime import date
from typing import Any

from content.errors import InvalidTransition
from content.procedures.completeness import gaps
from content.procedures.difference import differences
from content.procedures.kinds import EntryKind, Level, VersionState
from content.procedures.models import ProcedureVersion
from content.procedures.prepared import PreparedLine
from content.procedures.publishing import to_end
from content.procedures.repairs import TWO_TIERS_FROM
from content.procedures.standing import published_versions


@dataclass(frozen=True)
class Problem:
    """A reason, as a stable code; ``line`` is what it is about, if it is about a line."""

    field: str
    code: str
    line: PreparedLine | None = None
    data: dict[str, Any] = default(default_factory=dict)


def line_problems(line: PreparedLine) -> Iterator[Problem]:
    """The problems of one line."""
    day, signed_on = line.in_force_from, line.prepared.signed_on
    if day is None:
        return
    if signed_on is not None and day < signed_on:
        yield Problem("lines", "before_signing", line)
    yield from _ending(line, day) if line.kind.ends else _beginning(line, day)


def _ending(line: PreparedLine, day: date) -> Iterator[Problem]:
    try:
        to_end(line.procedure, day)
    except InvalidTransition as refused:
        yield Problem("lines", refused.code, line, refused.data)
    if line.kind is EntryKind.REPLACED and line.replaced_by is None:
        yield Problem("lines", "no_successor", line)


def _beginning(line: PreparedLine, day: date) -> Iterator[Problem]:
    version = line.version
    if version is None or version.state is VersionState.PUBLISHED:
        yield Problem("lines", "no_draft", line)
        return
    if version.state is not VersionState.COLLECTED and gaps(version.document):
        yield Problem("lines", "incomplete", line)
    if line.procedure.level is Level.DISTRICT and day >= TWO_TIERS_FROM:
        yield Problem("lines", "district_level_ended", line)
    yield from _after_what_was_published(line, version, day)


def _after_what_was_published(
    line: PreparedLine, version: ProcedureVersion, day: date
) -> Iterator[Problem]:
    published = published_versions(line.procedure)
    if not published:
        if line.kind is EntryKind.AMENDED and version.state is not VersionState.COLLECTED:
            yield Problem("lines", "not_published_before", line)
        return
    last = published[-1]
    taken_until = last.valid_to if last.ended_by else last.valid_from
    if last.ended_by is None and line.kind is EntryKind.NEW:
        yield Problem("lines", "in_force_already", line)
    if line.kind is EntryKind.AMENDED and not differences(last.document, version.document):
        yield Problem("lines", "nothing_changed", line)
    if taken_until is not None and day <= taken_until:
        yield Problem("lines", _overlap(last.ended_by), line, {"until": taken_until})


def _overlap(ended_by: EntryKind | None) -> str:
    return "still_ending" if ended_by else "newer_in_force"
