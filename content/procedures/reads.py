"""Questions to the catalogue about one procedure: which it is, its siblings, its versions."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import bindparam, or_, select
from sqlalchemy.orm import Session, joinedload, load_only

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
    query, value = (_BY_CODE, code.base) if code else (_BY_SLUG, key)
    if level is not None:
        query = query.where(Procedure.level == level)
    return session.scalars(query, {"key": value}).first()


# The page of a procedure is asked for most; its queries are built once. Alternatives cost
# less than a list, which is written out anew at every execution.
_IS_PUBLIC = or_(*(Procedure.status == one for one in PUBLIC))
_FOUND = (
    select(Procedure)
    .where(_IS_PUBLIC)
    .options(joinedload(Procedure.sector), joinedload(Procedure.current_version))
    .order_by(Procedure.is_primary.desc(), Procedure.id)
    .limit(1)
)
_BY_CODE = _FOUND.where(Procedure.code == bindparam("key"))
_BY_SLUG = _FOUND.where(Procedure.slug == bindparam("key"))


def siblings(session: Session, procedure: Procedure) -> list[Procedure]:
    """The same code at other levels, in the order of levels."""
    if procedure.code is None:
        return []
    found = session.scalars(_SIBLINGS, {"code": procedure.code, "id": procedure.id})
    return sorted(found, key=lambda one: one.level.rank)


_SIBLINGS = (
    select(Procedure)
    .where(
        Procedure.code == bindparam("code"),
        Procedure.id != bindparam("id"),
        _IS_PUBLIC,
    )
    .options(load_only(Procedure.code, Procedure.slug, Procedure.level, Procedure.is_primary))
)


def versions(session: Session, procedure: Procedure) -> list[VersionRow]:
    """What people could read, newest first, each with its decision."""
    found = session.execute(_VERSIONS, {"procedure": procedure.id}).all()
    rows = {row.id: VersionRow(*row) for row in reversed(found)}
    return sorted(rows.values(), key=lambda row: -row.number)


_VERSIONS = (
    select(
        ProcedureVersion.id,
        ProcedureVersion.number,
        ProcedureVersion.state,
        ProcedureVersion.valid_from,
        ProcedureVersion.valid_to,
        ProcedureVersion.as_of,
        PublicationDecision,
    )
    .outerjoin(PublicationEntry, PublicationEntry.version_id == ProcedureVersion.id)
    .outerjoin(PublicationDecision, PublicationDecision.id == PublicationEntry.decision_id)
    .where(
        ProcedureVersion.procedure_id == bindparam("procedure"),
        ProcedureVersion.state.in_(READABLE),
    )
    .order_by(ProcedureVersion.number.desc(), PublicationEntry.id)
)


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
