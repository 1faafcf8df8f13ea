"""Questions to the catalogue about one procedure: which it is, its siblings, its versions."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import bindparam, or_, select
from sqlalchemy.orm import Session, defer, joinedload

from content.orm import plain_rows
from content.procedures.codes import parse_procedure_code
from content.procedures.decisions import PublicationDecision, PublicationEntry
from content.procedures.kinds import Level, Status, VersionState
from content.procedures.models import MAX_SLUG, Procedure, ProcedureVersion, address_of
from content.procedures.parts import FormFile

READABLE = (VersionState.COLLECTED, VersionState.PUBLISHED)
_SLUG_SIGNS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789.-")


@dataclass(frozen=True)
class Sibling:
    """The same procedure at another level; ``address`` stands below ``/thu-tuc/``."""

    level: Level
    address: str


@dataclass(frozen=True)
class AdoptedBy:
    """The decision that adopted a version, as lists of versions name it."""

    id: int
    number: str
    signed_on: date
    agency: str
    effective_on: date | None
    is_sample: bool

    @property
    def in_force_from(self) -> date:
        """The day from which its entries hold, unless an entry says otherwise."""
        return self.effective_on or self.signed_on


@dataclass(frozen=True)
class VersionRow:
    """A version in the list of versions, with the decision that adopted it."""

    id: int
    number: int
    state: VersionState
    valid_from: date | None
    valid_to: date | None
    as_of: str | None
    decision: AdoptedBy | None


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


# The page of a procedure is asked for most; its queries are built once, and leave what only
# lists and editors need. One comparison costs less than a list, which is written out anew at
# every execution: drafts alone are not public.
_IS_PUBLIC = Procedure.status != Status.DRAFT
_OF_EDITORS = (
    ProcedureVersion.repairs,
    ProcedureVersion.missing,
    ProcedureVersion.source,
    ProcedureVersion.digest,
    ProcedureVersion.completeness,
    ProcedureVersion.note,
    ProcedureVersion.created_at,
)
_OF_LISTS = (
    Procedure.card,
    Procedure.name_sort,
    Procedure.identity,
    Procedure.featured,
    Procedure.audiences,
)
_FOUND = (
    select(Procedure)
    .where(_IS_PUBLIC)
    .options(
        joinedload(Procedure.sector),
        joinedload(Procedure.current_version).options(*map(defer, _OF_EDITORS)),
        *map(defer, _OF_LISTS),
    )
    .order_by(Procedure.is_primary.desc(), Procedure.id)
    .limit(1)
)
_BY_CODE = _FOUND.where(Procedure.code == bindparam("key"))
_BY_SLUG = _FOUND.where(Procedure.slug == bindparam("key"))


def siblings(session: Session, procedure: Procedure) -> list[Sibling]:
    """The same code at other levels, in the order of levels."""
    if procedure.code is None:
        return []
    found = plain_rows(session, _SIBLINGS, {"code": procedure.code, "id": procedure.id})
    return sorted(
        (
            Sibling(row.level, address_of(row.code, row.level, is_primary=row.is_primary))
            for row in found
        ),
        key=lambda one: one.level.rank,
    )


#: Of a procedure's ``code`` and ``id``.
IS_SIBLING = (Procedure.code == bindparam("code"), Procedure.id != bindparam("id"), _IS_PUBLIC)
_SIBLINGS = select(Procedure.code, Procedure.is_primary, Procedure.level).where(*IS_SIBLING)


def versions(session: Session, procedure: Procedure) -> list[VersionRow]:
    """What people could read, newest first, each with its decision."""
    found = plain_rows(session, _VERSIONS, {"procedure": procedure.id}).all()
    rows = {row.id: _version_row(row) for row in reversed(found)}
    return sorted(rows.values(), key=lambda row: -row.number)


def _version_row(row: Any) -> VersionRow:
    """From the columns below: six of the version, then those of its decision, if any."""
    *version, decision_id = row[:7]
    decision = None if decision_id is None else AdoptedBy(*row[6:])
    columns: tuple[Any, ...] = (*version, decision)
    return VersionRow(*columns)


_VERSIONS = (
    select(
        ProcedureVersion.id,
        ProcedureVersion.number,
        ProcedureVersion.state,
        ProcedureVersion.valid_from,
        ProcedureVersion.valid_to,
        ProcedureVersion.as_of,
        PublicationDecision.id.label("decision_id"),
        PublicationDecision.number.label("decision_number"),
        PublicationDecision.signed_on,
        PublicationDecision.agency,
        PublicationDecision.effective_on,
        PublicationDecision.is_sample,
    )
    .outerjoin(PublicationEntry, PublicationEntry.version_id == ProcedureVersion.id)
    .outerjoin(PublicationDecision, PublicationDecision.id == PublicationEntry.decision_id)
    .where(
        ProcedureVersion.procedure_id == bindparam("procedure"),
        or_(*(ProcedureVersion.state == one for one in READABLE)),
    )
    .order_by(ProcedureVersion.number.desc(), PublicationEntry.id)
)


def form_files(session: Session, version: ProcedureVersion) -> dict[int, int]:
    """Place of a form in the document → id of its row, where there is a file of ours."""
    rows = plain_rows(session, _FORM_FILES, {"version": version.id})
    return {row.position: row.id for row in rows}


#: Of the ``version`` with this id.
IS_FORM_FILE = (FormFile.version_id == bindparam("version"), FormFile.file_id.is_not(None))
_FORM_FILES = select(FormFile.position, FormFile.id).where(*IS_FORM_FILE)


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
