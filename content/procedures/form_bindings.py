"""Stored form definitions, and which procedure is filed on which.

A definition keeps its key for ever and gets a new number when it changes; what was once
published is never altered, because dossiers were filed under it. Procedures are named by
(code, level), as everywhere.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Integer, String, UniqueConstraint, bindparam, event, select
from sqlalchemy.orm import Mapped, Mapper, Session, mapped_column

from content.errors import InvalidTransition
from content.orm import Base, Document, Id, by_value
from content.procedures.forms import FormDefinition, general_definition, parse, to_json
from content.procedures.kinds import Level
from content.procedures.models import MAX_CODE, Procedure
from content.procedures.records import digest

MAX_KEY = 80
#: More than any authority has; each takes some tens of kilobytes when read.
_READ_AT_ONCE = 256


class FormDefinitionVersion(Base):
    """One wording of a form; the newest number of a key is in use."""

    __tablename__ = "form_definition_version"
    __table_args__ = (UniqueConstraint("key", "number"),)

    id: Mapped[Id]
    key: Mapped[str] = mapped_column(String(MAX_KEY))
    number: Mapped[int] = mapped_column(Integer)
    definition: Mapped[dict[str, Any]] = mapped_column(Document)
    digest: Mapped[str] = mapped_column(String(64))
    published_at: Mapped[datetime]


class ProcedureForm(Base):
    """The form on which a procedure is filed."""

    __tablename__ = "procedure_form"
    __table_args__ = (UniqueConstraint("code", "level"),)

    id: Mapped[Id]
    code: Mapped[str] = mapped_column(String(MAX_CODE))
    level: Mapped[Level] = mapped_column(by_value(Level))
    key: Mapped[str] = mapped_column(String(MAX_KEY), index=True)


@event.listens_for(FormDefinitionVersion, "before_update")
@event.listens_for(FormDefinitionVersion, "before_delete")
def _never_altered(
    _mapper: Mapper[Any], _connection: Connection, version: FormDefinitionVersion
) -> None:
    raise InvalidTransition("form_definition_frozen", key=version.key, number=version.number)


def publish(session: Session, definition: FormDefinition, now: datetime) -> FormDefinitionVersion:
    """Put a definition in use; one that says the same as the newest changes nothing."""
    document = to_json(definition)
    newest = _newest(session, definition.id)
    if newest is not None and newest.digest == digest(document):
        return newest
    version = FormDefinitionVersion(
        key=definition.id,
        number=newest.number + 1 if newest else 1,
        definition=document,
        digest=digest(document),
        published_at=now,
    )
    session.add(version)
    return version


def bound_key(session: Session, code: str, level: Level) -> str | None:
    """The form a procedure is filed on, if it has one of its own."""
    query = select(ProcedureForm.key)
    return session.scalar(query.where(ProcedureForm.code == code, ProcedureForm.level == level))


def bind(session: Session, code: str, level: Level, key: str) -> None:
    """File a procedure on a form from now on; drafts begun before keep theirs."""
    query = select(ProcedureForm).where(ProcedureForm.code == code, ProcedureForm.level == level)
    bound = session.scalars(query).first()
    if bound is None:
        session.add(ProcedureForm(code=code, level=level, key=key))
    else:
        bound.key = key


def bound_definition(session: Session, procedure: Procedure) -> FormDefinition | None:
    """The form in use of a procedure that has one of its own."""
    if procedure.code is None:
        return None
    asked = {"code": procedure.code, "level": procedure.level}
    found = session.execute(_IN_USE, asked).first()
    return _read(session, found.id, found.digest) if found else None


# Every step of an application asks several times, so the document is left where it is.
_IN_USE = (
    select(FormDefinitionVersion.id, FormDefinitionVersion.digest)
    .join(ProcedureForm, ProcedureForm.key == FormDefinitionVersion.key)
    .where(ProcedureForm.code == bindparam("code"), ProcedureForm.level == bindparam("level"))
    .order_by(FormDefinitionVersion.number.desc())
    .limit(1)
)


_DIGEST = select(FormDefinitionVersion.digest).where(FormDefinitionVersion.id == bindparam("id"))


class StoredForms:
    """The forms of one database; fulfils what dossiers ask of a source of forms.

    Required papers are asked for beside the form, for bound and general ones alike, so the
    general form is made without them. ``stored`` is a process's memory of what it has read
    by number: what was published is never altered, and every step of an application asks.
    """

    def __init__(self, session: Session, stored: dict[int, FormDefinition] | None = None) -> None:
        self._session = session
        self._stored = {} if stored is None else stored

    def stored_for(self, procedure: Procedure) -> int | None:
        """The stored version of the form in use today; ``None`` for the general one."""
        asked = {"code": procedure.code, "level": procedure.level}
        found = self._session.execute(_IN_USE, asked).first() if procedure.code else None
        return found.id if found else None

    def definition_for(self, procedure: Procedure, stored: int | None = None) -> FormDefinition:
        """The ``stored`` version; else the form in use today: the procedure's own, else the
        general one."""
        if stored is not None:
            known = self._stored.get(stored)
            mark = None if known else self._session.scalar(_DIGEST, {"id": stored})
            if mark is not None:
                known = _read(self._session, stored, mark)
                _remember(self._stored, stored, known)
            if known is not None:
                return known
        bound = bound_definition(self._session, procedure)
        return bound or general_definition((), procedure_code=procedure.code)


#: By digest: what was published is never altered, and reading one takes milliseconds.
_known: dict[str, FormDefinition] = {}


def _read(session: Session, version_id: int, mark: str) -> FormDefinition:
    known = _known.get(mark)
    if known is None:
        query = select(FormDefinitionVersion.definition)
        known = parse(session.scalars(query.where(FormDefinitionVersion.id == version_id)).one())
        _remember(_known, mark, known)
    return known


def _remember(memory: dict[Any, FormDefinition], key: Any, read: FormDefinition) -> None:
    if len(memory) >= _READ_AT_ONCE:
        memory.clear()
    memory[key] = read


def _newest(session: Session, key: str) -> FormDefinitionVersion | None:
    query = (
        select(FormDefinitionVersion)
        .where(FormDefinitionVersion.key == key)
        .order_by(FormDefinitionVersion.number.desc())
        .limit(1)
    )
    return session.scalars(query).first()
