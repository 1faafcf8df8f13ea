"""Preparing a publication decision and handing it to ``publishing.py``.

What is refused is refused here, with the reason, before anything is written; nothing here
writes a standing. A decision that was published is not changed any more.
"""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from content import audit
from content.errors import Conflict, Invalid, InvalidTransition, NotAllowed
from content.procedures import publishing
from content.procedures.decisions import PublicationDecision
from content.procedures.drafting import writers_of
from content.procedures.heading import Heading, check_dates
from content.procedures.kinds import EntryKind, VersionState
from content.procedures.models import Procedure, ProcedureVersion
from content.procedures.prepared import PreparedDecision, PreparedLine
from content.procedures.preparing_checks import Problem, line_problems
from content.procedures.preparing_marks import mark_of
from content.procedures.publishing import Publication
from content.procedures.standing import today

#: Codes of problems that say: another person publishes this.
FOUR_EYES = frozenset({"four_eyes", "wrote_draft"})


def create(
    session: Session, heading: Heading, *, by: int | None, now: datetime
) -> PreparedDecision:
    """Begin a decision."""
    check_dates(heading, today(now))
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
    check_dates(heading, today(now))
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
    signed_on = prepared.signed_on
    if effective_on is not None and signed_on is not None and effective_on < signed_on:
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
    seen: str | None = None,
) -> PublicationDecision:
    """Put the decision into force, each line from its own day.

    ``seen`` is the mark (``mark_of``) of what was shown with the button: a draft stays open
    to change after it was added. Raises ``InvalidTransition`` when it was published before,
    ``Conflict`` when it is not what was shown, ``NotAllowed`` when a writer of it or of one
    of its drafts presses with four eyes asked for, ``Invalid`` when something is missing.
    """
    _demand_open(prepared)
    found = problems(session, prepared, now=now, by=by, four_eyes=four_eyes)
    if any(one.code in FOUR_EYES for one in found):
        raise NotAllowed("four_eyes")
    if seen is not None and seen != mark_of(session, prepared):
        raise Conflict("decision_changed", decision=prepared.id)
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
    if not prepared.number:
        yield Problem("number", "no_number")
    yield from _signing_problems(prepared, day)
    if prepared.file_id is None:
        yield Problem("file", "no_file")
    if _is_known(session, prepared):
        yield Problem("number", "decision_known")
    if not prepared.lines:
        yield Problem("lines", "nothing_to_publish")
    for line in prepared.lines:
        yield from line_problems(line)
    if four_eyes:
        yield from _own_work(session, prepared, by)


def _signing_problems(prepared: PreparedDecision, day: date) -> Iterator[Problem]:
    signed_on = prepared.signed_on
    if signed_on is None:
        yield Problem("signed_on", "not_signed")
        return
    if prepared.effective_on and prepared.effective_on < signed_on:
        yield Problem("effective_on", "before_signing")
    if signed_on > day:
        yield Problem("signed_on", "not_yet_signed")


def _own_work(session: Session, prepared: PreparedDecision, by: int | None) -> Iterator[Problem]:
    """Nobody publishes what they wrote, be it the decision or one of its drafts."""
    if by in prepared.writers:
        yield Problem("publish", "four_eyes")
    for line in prepared.lines:
        if line.version is not None and by in writers_of(session, line.version):
            yield Problem("lines", "wrote_draft", line)


def _is_known(session: Session, prepared: PreparedDecision) -> bool:
    query = select(PublicationDecision.id).where(
        PublicationDecision.number == prepared.number,
        PublicationDecision.signed_on == prepared.signed_on,
    )
    return session.scalar(query) is not None


def _signed(prepared: PreparedDecision, now: datetime, by: int | None) -> PublicationDecision:
    assert prepared.signed_on is not None  # the checks ask for it
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


def _write(prepared: PreparedDecision, heading: Heading, by: int | None, now: datetime) -> None:
    given: dict[str, Any] = vars(heading)
    for name, value in given.items():
        setattr(prepared, name, value)
    _touch(prepared, by, now)


def _touch(prepared: PreparedDecision, by: int | None, now: datetime) -> None:
    prepared.updated_at, prepared.updated_by = now, by
    if by is not None and by not in prepared.writers:
        prepared.writers = [*prepared.writers, by]


def _demand_open(prepared: PreparedDecision) -> None:
    if prepared.decision_id is not None or prepared.decision is not None:
        raise InvalidTransition("decision_published", decision=prepared.id)
