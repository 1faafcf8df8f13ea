"""Preparing a publication decision and handing it to ``publishing.py``.

What is refused is refused here, with the reason, before anything is written; nothing here
writes a standing. A decision that was published is not changed any more.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from content import audit
from content.errors import Conflict, Invalid, InvalidTransition, NotAllowed
from content.procedures import publishing
from content.procedures.deadlines import Publisher
from content.procedures.decisions import PublicationDecision
from content.procedures.kinds import EntryKind, VersionState
from content.procedures.models import Procedure, ProcedureVersion
from content.procedures.prepared import PreparedDecision, PreparedLine
from content.procedures.preparing_checks import Problem, line_problems
from content.procedures.publishing import Publication
from content.procedures.standing import today


@dataclass(frozen=True, kw_only=True)
class Heading:
    """What stands on the first page of a decision."""

    number: str
    signed_on: date
    agency: str
    signer: str = ""
    summary: str = ""
    effective_on: date | None = None
    publisher: Publisher = Publisher.PROVINCE
    shortened: bool = False
    issued_on: date | None = None


def create(
    session: Session, heading: Heading, *, by: int | None, now: datetime
) -> PreparedDecision:
    """Begin a decision."""
    _check_dates(heading, today(now))
    prepared = PreparedDecision(author_id=by, created_at=now, updated_at=now, writers=[], lines=[])
    _write(prepared, heading, by, now)
    session.add(prepared)
    return prepared


def edit(
    prepared: PreparedDecision,
    heading: Heading,
    *,
    revision: int,
    by: int | None,
    now: datetime,
) -> None:
    """Change the heading. Raises ``Conflict`` if somebody saved after ``revision``."""
    _demand_open(prepared)
    if prepared.revision != revision:
        raise Conflict("decision_changed", decision=prepared.id)
    _check_dates(heading, today(now))
    _write(prepared, heading, by, now)


def attach(prepared: PreparedDecision, file_id: int, *, by: int | None, now: datetime) -> None:
    """The signed paper itself."""
    _demand_open(prepared)
    prepared.file_id = file_id
    _touch(prepared, by, now)


def put_line(
    prepared: PreparedDecision,
    procedure: Procedure,
    kind: EntryKind,
    *,
    effective_on: date | None = None,
    replaced_by: Procedure | None = None,
    by: int | None,
    now: datetime,
) -> PreparedLine:
    """Add a procedure. Raises ``Conflict`` for one that is there, ``Invalid`` for its dates."""
    _demand_open(prepared)
    if any(line.procedure is procedure for line in prepared.lines):
        raise Conflict("already_in_decision", procedure=procedure.id)
    if effective_on is not None and effective_on < prepared.signed_on:
        raise Invalid({"effective_on": "before_signing"})
    if replaced_by is procedure:
        raise Invalid({"replaced_by": "itself"})
    version = None if kind.ends else publishable(procedure)
    line = PreparedLine(
        procedure=procedure,
        kind=kind,
        effective_on=effective_on,
        replaced_by=replaced_by if kind is EntryKind.REPLACED else None,
        version=version,
    )
    prepared.lines.append(line)
    _touch(prepared, by, now)
    return line


def drop_line(
    prepared: PreparedDecision, line: PreparedLine, *, by: int | None, now: datetime
) -> None:
    """Take a procedure out again."""
    _demand_open(prepared)
    prepared.lines.remove(line)
    _touch(prepared, by, now)


def discard(session: Session, prepared: PreparedDecision) -> None:
    """Throw away what was never published."""
    _demand_open(prepared)
    session.delete(prepared)


def publishable(procedure: Procedure) -> ProcedureVersion | None:
    """The version a decision would adopt: what waits, else the draft, else what was collected."""
    for state in (VersionState.AWAITING, VersionState.DRAFT, VersionState.COLLECTED):
        found = [one for one in procedure.versions if one.state is state and not one.ended_by]
        if found:
            return found[-1]
    return None


def problems(
    session: Session,
    prepared: PreparedDecision,
    *,
    now: datetime,
    by: int | None = None,
    four_eyes: bool = False,
) -> list[Problem]:
    """Everything that keeps the decision from being published, each with its reason."""
    return list(_problems(session, prepared, today(now), by, four_eyes))


def publish(
    session: Session,
    prepared: PreparedDecision,
    *,
    now: datetime,
    by: int | None,
    four_eyes: bool = False,
) -> PublicationDecision:
    """Put the decision into force, each line from its own day.

    Raises ``InvalidTransition`` when it was published before, ``NotAllowed`` when its writer
    presses with four eyes asked for, ``Invalid`` when something is missing.
    """
    _demand_open(prepared)
    found = problems(session, prepared, now=now, by=by, four_eyes=four_eyes)
    if any(one.code == "four_eyes" for one in found):
        raise NotAllowed("four_eyes")
    if found:
        raise Invalid({f"{one.field}:{number}": one.code for number, one in enumerate(found)})
    decision = _signed(prepared, now, by)
    _adopt(session, decision, prepared, now, by)
    _end(session, decision, prepared, now, by)
    successors = {line.procedure_id: line.replaced_by_id for line in prepared.lines}
    for entry in decision.entries:
        entry.replaced_by_id = successors[entry.procedure_id]
    prepared.decision = decision
    prepared.updated_at = now
    audit.record(
        session,
        now=now,
        actor_id=by,
        action="decision.published",
        subject=f"decision:{decision.id}",
        number=decision.number,
    )
    return decision


def _problems(
    session: Session, prepared: PreparedDecision, day: date, by: int | None, four_eyes: bool
) -> Iterator[Problem]:
    if prepared.effective_on and prepared.effective_on < prepared.signed_on:
        yield Problem("effective_on", "before_signing")
    if prepared.signed_on > day:
        yield Problem("signed_on", "not_yet_signed")
    if prepared.file_id is None:
        yield Problem("file", "no_file")
    if _is_known(session, prepared):
        yield Problem("number", "decision_known")
    if not prepared.lines:
        yield Problem("lines", "nothing_to_publish")
    for line in prepared.lines:
        yield from line_problems(line)
    if four_eyes and by in prepared.writers:
        yield Problem("publish", "four_eyes")


def _is_known(session: Session, prepared: PreparedDecision) -> bool:
    query = select(PublicationDecision.id).where(
        PublicationDecision.number == prepared.number,
        PublicationDecision.signed_on == prepared.signed_on,
    )
    return session.scalar(query) is not None


def _signed(prepared: PreparedDecision, now: datetime, by: int | None) -> PublicationDecision:
    return PublicationDecision(
        number=prepared.number,
        signed_on=prepared.signed_on,
        agency=prepared.agency,
        signer=prepared.signer,
        summary=prepared.summary,
        effective_on=prepared.effective_on,
        file_id=prepared.file_id,
        publisher=prepared.publisher,
        shortened=prepared.shortened,
        issued_on=prepared.issued_on,
        published_at=now,
        published_by=by,
    )


def _adopt(
    session: Session,
    decision: PublicationDecision,
    prepared: PreparedDecision,
    now: datetime,
    by: int | None,
) -> None:
    publications = []
    for line in prepared.lines:
        if line.kind.ends:
            continue
        assert line.version is not None  # the checks ask for it
        if line.version.state is VersionState.DRAFT:
            publishing.submit(line.version)
        publications.append(Publication(line.version, line.kind, line.effective_on))
    if publications:
        publishing.publish(session, decision, publications, now=now, actor_id=by)


def _end(
    session: Session,
    decision: PublicationDecision,
    prepared: PreparedDecision,
    now: datetime,
    by: int | None,
) -> None:
    for line in prepared.lines:
        if line.kind.ends:
            publishing.abolish(
                session,
                decision,
                [line.procedure],
                now=now,
                actor_id=by,
                kind=line.kind,
                effective_on=line.effective_on,
            )


def _check_dates(heading: Heading, day: date) -> None:
    found: dict[str, str] = {}
    if heading.effective_on and heading.effective_on < heading.signed_on:
        found["effective_on"] = "before_signing"
    if heading.signed_on > day:
        found["signed_on"] = "not_yet_signed"
    if heading.shortened and heading.issued_on is None:
        found["issued_on"] = "missing"
    if heading.issued_on and heading.issued_on > heading.signed_on:
        found["issued_on"] = "after_signing"
    if found:
        raise Invalid(found)


def _write(prepared: PreparedDecision, heading: Heading, by: int | None, now: datetime) -> None:
    fields: dict[str, Any] = vars(heading)
    for name, value in fields.items():
        setattr(prepared, name, value)
    _touch(prepared, by, now)


def _touch(prepared: PreparedDecision, by: int | None, now: datetime) -> None:
    prepared.updated_at = now
    if by is not None and by not in prepared.writers:
        prepared.writers = [*prepared.writers, by]


def _demand_open(prepared: PreparedDecision) -> None:
    if prepared.decision_id is not None or prepared.decision is not None:
        raise InvalidTransition("decision_published", decision=prepared.id)
