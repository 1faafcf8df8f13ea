"""Publication: the only writer of a procedure's standing and of what its page shows.

Validity is earned by an entry of a publication decision (NĐ 63/2010 art. 15). A
version that nobody adopted is readable, but never in force. The standing of a day is
computed from the versions; the columns hold that of today, and ``take_effect`` moves
them when a later day comes.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Select, and_, exists, or_, select
from sqlalchemy.orm import Session, aliased, selectinload

from content import audit
from content.errors import Conflict, InvalidTransition
from content.procedures import projecting
from content.procedures.decisions import PublicationDecision, PublicationEntry
from content.procedures.kinds import (
    PUBLIC,
    EntryKind,
    Filing,
    Level,
    Status,
    VersionState,
)
from content.procedures.models import Procedure, ProcedureVersion
from content.procedures.naming import SectorBook
from content.procedures.repairs import TWO_TIERS_FROM
from content.procedures.standing import chain, published_versions, standing_on, today

_DAY = timedelta(days=1)
_BATCH = 500


@dataclass(frozen=True)
class Publication:
    """One line to be published: a version of a procedure, from its own day if it has one."""

    version: ProcedureVersion
    kind: EntryKind = EntryKind.NEW
    effective_on: date | None = None


def collect(session: Session, versions: Sequence[ProcedureVersion], *, now: datetime) -> None:
    """Make new versions readable without adopting them ("cần đối chiếu")."""
    for version in versions:
        version.state = VersionState.COLLECTED
    procedures = [version.procedure for version in versions]
    _settle_all(session, procedures, now)
    # Rows point to versions.
    session.flush()
    projecting.insert_rows(session, list(versions))
    _choose_primaries(session, procedures)


def submit(version: ProcedureVersion) -> None:
    """Hand a draft over for a decision; it waits and can still be withdrawn."""
    _demand(version, VersionState.DRAFT)
    version.state = VersionState.AWAITING


def withdraw(version: ProcedureVersion) -> None:
    """Take a waiting version back to work on it."""
    _demand(version, VersionState.AWAITING)
    version.state = VersionState.DRAFT


def publish(
    session: Session,
    decision: PublicationDecision,
    publications: Sequence[Publication],
    *,
    now: datetime,
    actor_id: int | None = None,
) -> list[PublicationEntry]:
    """Adopt versions by a decision. Refuses drafts, what is published, and districts."""
    _add_decision(session, decision, [one.version.procedure for one in publications])
    frozen_now = [one.version for one in publications if one.version.state is VersionState.AWAITING]
    entries = [_adopt(decision, one, now) for one in publications]
    procedures = [one.version.procedure for one in publications]
    _settle_all(session, procedures, now)
    # The rows of a version point to it, and the audit names ids.
    session.flush()
    projecting.insert_rows(session, frozen_now)
    _choose_primaries(session, procedures)
    _record(session, decision, entries, now, actor_id)
    return entries


def abolish(
    session: Session,
    decision: PublicationDecision,
    procedures: Sequence[Procedure],
    *,
    now: datetime,
    actor_id: int | None = None,
    kind: EntryKind = EntryKind.ABOLISHED,
    effective_on: date | None = None,
) -> list[PublicationEntry]:
    """End procedures by a decision; they stay readable and cannot be filed any more."""
    _add_decision(session, decision, procedures)
    entries = []
    for procedure in procedures:
        version = to_end(procedure, effective_on or decision.in_force_from)
        entry = _entry(decision, version, kind, effective_on)
        version.valid_to = entry.in_force_from - _DAY
        version.ended_by = kind
        entries.append(entry)
    _settle_all(session, procedures, now)
    # The audit names ids.
    session.flush()
    _choose_primaries(session, procedures)
    _record(session, decision, entries, now, actor_id)
    return entries


def to_end(procedure: Procedure, from_day: date) -> ProcedureVersion:
    """The version that ends when a procedure ends on a day. Raises ``InvalidTransition``."""
    published = published_versions(procedure)
    version = published[-1] if published else procedure.current_version
    if version is None or not version.state.is_frozen or version.ended_by:
        raise InvalidTransition("nothing_to_end", procedure=procedure.id)
    if version.valid_from and version.valid_from > from_day:
        # It would come into force after the procedure has ended.
        raise InvalidTransition("begins_later", procedure=procedure.id, since=version.valid_from)
    return version


def is_due(session: Session, *, now: datetime) -> bool:
    """Whether the day has moved a pointer that ``take_effect`` has not; a cheap look."""
    return (
        session.scalar(_moved_by(today(now)).with_only_columns(Procedure.id).limit(1)) is not None
    )


def take_effect(session: Session, *, now: datetime) -> int:
    """Move the pointers that a new day moves; the count of procedures looked at."""
    procedures = list(
        session.scalars(_moved_by(today(now)).options(selectinload(Procedure.versions)))
    )
    _settle_all(session, procedures, now)
    _choose_primaries(session, procedures)
    return len(procedures)


def _moved_by(day: date) -> Select[Procedure]:
    """The procedures whose columns no longer say what their versions say on a day."""
    version = aliased(ProcedureVersion)
    begins = and_(
        version.state == VersionState.PUBLISHED,
        version.valid_from <= day,
        or_(version.valid_to.is_(None), version.valid_to >= day),
        or_(Procedure.status == Status.NOT_YET, Procedure.current_version_id != version.id),
    )
    ends = and_(
        version.id == Procedure.current_version_id,
        version.valid_to < day,
        # What was to begin may be ended on that very day.
        Procedure.status.not_in([Status.DRAFT, Status.EXPIRED, Status.ABOLISHED]),
    )
    shown = aliased(ProcedureVersion)
    # Over before it was ever shown: it holds no more, yet how the procedure ended is its say.
    missed = and_(
        version.state == VersionState.PUBLISHED,
        version.valid_from <= day,
        version.valid_to < day,
        exists()
        .where(
            shown.id == Procedure.current_version_id,
            or_(
                shown.valid_from.is_(None),
                shown.valid_from < version.valid_from,
                and_(shown.valid_from == version.valid_from, shown.number < version.number),
            ),
        )
        .correlate(Procedure, version),
    )
    moved = or_(begins, ends, missed)
    return select(Procedure).where(Procedure.versions.of_type(version).any(moved))


def set_filing(procedure: Procedure, filing: Filing | None, *, information_only: bool) -> None:
    """Decide where dossiers are filed; ``None`` shows no button at all."""
    procedure.filing = filing
    procedure.information_only = information_only


def _adopt(
    decision: PublicationDecision, publication: Publication, now: datetime
) -> PublicationEntry:
    version = publication.version
    _demand(version, VersionState.AWAITING, VersionState.COLLECTED)
    if publication.kind.ends:
        raise InvalidTransition("not_a_publication", kind=publication.kind)
    entry = _entry(decision, version, publication.kind, publication.effective_on)
    if version.procedure.level is Level.DISTRICT and entry.in_force_from >= TWO_TIERS_FROM:
        raise InvalidTransition("district_level_ended", procedure=version.procedure.id)
    version.state = VersionState.PUBLISHED
    version.published_at = now
    version.valid_from = entry.in_force_from
    chain(version.procedure)
    return entry


def _entry(
    decision: PublicationDecision,
    version: ProcedureVersion,
    kind: EntryKind,
    effective_on: date | None,
) -> PublicationEntry:
    entry = PublicationEntry(
        procedure=version.procedure, version=version, kind=kind, effective_on=effective_on
    )
    decision.entries.append(entry)
    return entry


def _add_decision(
    session: Session, decision: PublicationDecision, procedures: Iterable[Procedure]
) -> None:
    """A decision says one thing about each procedure."""
    session.add(decision)
    named = {entry.procedure_id for entry in decision.entries}
    for procedure in procedures:
        # A procedure that was only now made may not have its id yet.
        mark = procedure.id or id(procedure)
        if mark in named:
            raise Conflict("already_in_decision", procedure=procedure.id)
        named.add(mark)


def _demand(version: ProcedureVersion, *states: VersionState) -> None:
    if version.state not in states:
        raise InvalidTransition("wrong_state", version=version.id, state=version.state)


def _settle_all(session: Session, procedures: Iterable[Procedure], now: datetime) -> None:
    day = today(now)
    # What is half made must not be written by a look into the database.
    with session.no_autoflush:
        sectors = SectorBook(session)
        for procedure in procedures:
            _settle(procedure, day, now)
            if procedure.current_version:
                procedure.sector = sectors.of(procedure.current_version.document)


def _settle(procedure: Procedure, day: date, now: datetime) -> None:
    standing = standing_on(procedure, day)
    procedure.status = standing.status
    procedure.status_since = standing.since
    procedure.updated_at = now
    if standing.version is not None:
        projecting.show(procedure, standing.version)


def _choose_primaries(session: Session, settled: Iterable[Procedure]) -> None:
    """Of one code at several levels, the one in force is shown first, communes before provinces."""
    codes = sorted({procedure.code for procedure in settled if procedure.code})
    for start in range(0, len(codes), _BATCH):
        some = codes[start : start + _BATCH]
        by_code: dict[str | None, list[Procedure]] = {}
        for procedure in session.scalars(select(Procedure).where(Procedure.code.in_(some))):
            by_code.setdefault(procedure.code, []).append(procedure)
        for siblings in by_code.values():
            first = min(siblings, key=_order)
            for procedure in siblings:
                procedure.is_primary = procedure is first


def _order(procedure: Procedure) -> tuple[bool, bool, int]:
    in_force = procedure.status.is_current
    return (not in_force, procedure.status not in PUBLIC, procedure.level.rank)


def _record(
    session: Session,
    decision: PublicationDecision,
    entries: list[PublicationEntry],
    now: datetime,
    actor_id: int | None,
) -> None:
    for entry in entries:
        audit.record(
            session,
            now=now,
            actor_id=actor_id,
            action=f"procedure.{entry.kind.value}",
            subject=f"procedure:{entry.procedure_id}",
            decision=decision.number,
            version=entry.version_id,
        )
