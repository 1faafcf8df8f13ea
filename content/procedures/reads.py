"""Questions to the catalogue about one procedure: which it is, its siblings, its versions."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from content.procedures.codes import parse_procedure_code
from content.procedures.decisions import PublicationDecision, PublicationEntry
from content.procedures.kinds import PUBLIC, Level, VersionState
from content.procedures.models import MAX_SLUG, Procedure, ProcedureVersion

READABLE = (VersionState.COLLECTED, VersionState.PUBLISHED)
_SLUG_SIGNS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789.-")


@dataclass(frozen=True)
class VersionRow:
    """A version in the list of versions, with the decision that adopted it."""

    id: int
    number: int
    state: VersionState
    valid_from: date | None
    valid_to: date | None
    as_of: str | None
    decision: PublicationDecision | None


def find(session: Session, key: str, level: Level | None = None) -> Procedure | None:
    """The procedure of an address: a code, with an agency's suffix too, or a slug.

    Of a code at several levels the one in force, communes before provinces. What only
    editors see is not found.
    """
    code = parse_procedure_code(key)
    if code is None and (len(key) > MAX_SLUG or not _SLUG_SIGNS.issuperset(key)):
        return None
    who = Procedure.code == code.base if code else Procedure.slug == key
    query = (
        select(Procedure)
        .where(who, Procedure.status.in_(PUBLIC))
        .options(joinedload(Procedure.sector), joinedload(Procedure.current_version))
        .order_by(Procedure.is_primary.desc(), Procedure.id)
    )
    if level is not None:
        query = query.where(Procedure.level == level)
    return session.scalars(query.limit(1)).first()


def siblings(session: Session, procedure: Procedure) -> list[Procedure]:
    """The same code at other levels, in the order of levels."""
    if procedure.code is None:
        return []
    query = select(Procedure).where(
        Procedure.code == procedure.code,
        Procedure.id != procedure.id,
        Procedure.status.in_(PUBLIC),
    )
    return sorted(session.scalars(query), key=lambda one: one.level.rank)


def versions(session: Session, procedure: Procedure) -> list[VersionRow]:
    """What people could read, newest first, each with its decision."""
    version = ProcedureVersion
    query = (
        select(
            version.id,
            version.number,
            version.state,
            version.valid_from,
            version.valid_to,
            version.as_of,
            PublicationDecision,
        )
        .outerjoin(PublicationEntry, PublicationEntry.version_id == version.id)
        .outerjoin(PublicationDecision, PublicationDecision.id == PublicationEntry.decision_id)
        .where(
            version.procedure_id == procedure.id,
            version.state.in_(READABLE),
        )
        .order_by(version.number.desc(), PublicationEntry.id)
    )
    rows = {row.id: VersionRow(*row) for row in reversed(session.execute(query).all())}
    return sorted(rows.values(), key=lambda row: -row.number)


def version_numbered(
    session: Session, procedure: Procedure, number: int
) -> ProcedureVersion | None:
    """One version people could read, by its number."""
    query = select(ProcedureVersion).where(
        ProcedureVersion.procedure_id == procedure.id,
        ProcedureVersion.number == number,
        ProcedureVersion.state.in_(READABLE),
    )
    return session.scalars(query).first()


def decisions_of(session: Session, procedure: Procedure) -> list[PublicationEntry]:
    """Every entry of a decision about a procedure, newest first."""
    query = (
        select(PublicationEntry)
        .where(PublicationEntry.procedure_id == procedure.id)
        .order_by(PublicationEntry.id.desc())
    )
    return list(session.scalars(query))
