"""Sector, procedure and its versions.

A version carries one frozen document in the catalogue format; page, API and export
read it. The columns of a procedure repeat what lists need, so that no list opens a
document; only ``publishing.py`` writes them. Rows beside the document: ``parts.py``.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
    event,
    inspect,
)
from sqlalchemy.orm import Mapped, Mapper, mapped_column, relationship

from content.changes import tracked
from content.errors import InvalidTransition
from content.orm import Base, BigId, Document, Id, Versioned, by_value, reference
from content.procedures.kinds import (
    EntryKind,
    Filing,
    Level,
    LimitUnit,
    ServiceLevel,
    Status,
    VersionState,
)
from content.procedures.parts import (
    ChannelLimit,
    Fee,
    FormFile,
    LegalBasis,
    ProcedureCase,
    RequiredPaper,
)
from content.writing.texts import found_by_editors, strings_of

MAX_NAME = 2000
MAX_SLUG = 100
MAX_CODE = 8


class Sector(Base):
    """A field of administration (lĩnh vực) within a wider group."""

    __tablename__ = "sector"

    id: Mapped[Id]
    slug: Mapped[str] = mapped_column(String(MAX_SLUG), unique=True)
    name: Mapped[str] = mapped_column(String(300), unique=True)
    group: Mapped[str] = mapped_column("group_name", String(200))
    group_slug: Mapped[str] = mapped_column(String(MAX_SLUG), index=True)


@tracked("procedure")
class Procedure(Versioned, Base):
    """One procedure, identified by (code, level); without a national code by its slug.

    ``identity`` is what imports match: the code, else the local code, else the name.
    ``is_primary`` marks the one shown at the bare address of a code held at two levels.
    """

    __tablename__ = "procedure"
    __table_args__ = (
        UniqueConstraint("code", "level"),
        UniqueConstraint("identity", "level"),
        Index("ix__procedure__status_sort", "status", "name_sort"),
    )

    id: Mapped[Id]
    code: Mapped[str | None] = mapped_column(String(MAX_CODE))
    level: Mapped[Level] = mapped_column(by_value(Level))
    identity: Mapped[str] = mapped_column(Text)
    slug: Mapped[str] = mapped_column(String(MAX_SLUG), unique=True)
    is_primary: Mapped[bool] = mapped_column(Boolean, default=True)
    name: Mapped[str] = mapped_column(Text)
    name_sort: Mapped[bytes] = mapped_column(LargeBinary)
    sector_id: Mapped[int | None] = reference("sector.id")
    authority: Mapped[str | None] = mapped_column(Text)
    ministry: Mapped[str | None] = mapped_column(Text)
    service_level: Mapped[ServiceLevel | None] = mapped_column(by_value(ServiceLevel))
    audiences: Mapped[int] = mapped_column(Integer, default=0)
    status: Mapped[Status] = mapped_column(by_value(Status), default=Status.DRAFT)
    status_since: Mapped[date | None] = mapped_column(Date)
    filing: Mapped[Filing | None] = mapped_column(by_value(Filing))
    information_only: Mapped[bool] = mapped_column(Boolean, default=False)
    featured: Mapped[int | None] = mapped_column(Integer)
    as_of: Mapped[str | None] = mapped_column(String(200))
    official_url: Mapped[str | None] = mapped_column(Text)
    card: Mapped[dict[str, Any]] = mapped_column(Document, default=dict)
    updated_at: Mapped[datetime]
    current_version_id: Mapped[int | None] = mapped_column(
        BigId, ForeignKey("procedure_version.id", use_alter=True), index=True
    )

    sector: Mapped[Sector | None] = relationship(lazy="raise_on_sql")
    current_version: Mapped["ProcedureVersion | None"] = relationship(
        foreign_keys=[current_version_id], post_update=True, lazy="select"
    )
    versions: Mapped[list["ProcedureVersion"]] = relationship(
        back_populates="procedure",
        foreign_keys="ProcedureVersion.procedure_id",
        order_by="ProcedureVersion.number",
        lazy="select",
        cascade="all",
    )

    @property
    def key(self) -> str:
        """The first part of the address: the code, or the slug where there is no code."""
        return self.code or self.slug

    @property
    def address(self) -> str:
        """The address below ``/thu-tuc/``, naming the level where the bare code is another's."""
        return address_of(self.key, self.level, is_primary=self.is_primary)


def address_of(key: str, level: Level, *, is_primary: bool) -> str:
    """The address below ``/thu-tuc/`` of what :attr:`Procedure.key` and ``level`` name."""
    return key if is_primary else f"{key}/cap-{level.slug}"


@found_by_editors(
    "procedure_version",
    lambda one: str(one.document.get("name", "")),
    lambda one: "\n".join(strings_of(one.document)),
    lambda one: one.created_at,
    states=(VersionState.DRAFT, VersionState.AWAITING),
)
class ProcedureVersion(Versioned, Base):
    """One wording of a procedure. Frozen once people may have seen it.

    ``document`` is the record in catalogue format, ``digest`` its SHA-256; ``repairs``
    lists how the record was read where the source had flattened it. ``source`` is for
    editors. The limits are as read; ``local_*`` is the shortened one of this authority.
    """

    __tablename__ = "procedure_version"
    __table_args__ = (UniqueConstraint("procedure_id", "number"),)

    id: Mapped[Id]
    procedure_id: Mapped[int] = reference("procedure.id", ondelete="CASCADE", index=False)
    number: Mapped[int] = mapped_column(Integer)
    state: Mapped[VersionState] = mapped_column(by_value(VersionState))
    document: Mapped[dict[str, Any]] = mapped_column(Document)
    digest: Mapped[str] = mapped_column(String(64))
    repairs: Mapped[list[Any]] = mapped_column(Document, default=list)
    limit_value: Mapped[float | None] = mapped_column(Float)
    limit_unit: Mapped[LimitUnit | None] = mapped_column(by_value(LimitUnit))
    local_limit_value: Mapped[float | None] = mapped_column(Float)
    local_limit_unit: Mapped[LimitUnit | None] = mapped_column(
        by_value(LimitUnit, name="locallimitunit")
    )
    completeness: Mapped[str | None] = mapped_column(String(40))
    missing: Mapped[list[Any]] = mapped_column(Document, default=list)
    as_of: Mapped[str | None] = mapped_column(String(200))
    source: Mapped[str | None] = mapped_column(Text)
    valid_from: Mapped[date | None] = mapped_column(Date)
    valid_to: Mapped[date | None] = mapped_column(Date)
    ended_by: Mapped[EntryKind | None] = mapped_column(by_value(EntryKind))
    created_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
    note: Mapped[str | None] = mapped_column(Text)

    procedure: Mapped[Procedure] = relationship(
        back_populates="versions", foreign_keys=[procedure_id]
    )
    cases: Mapped[list[ProcedureCase]] = relationship(
        order_by=ProcedureCase.position, cascade="all", passive_deletes=True
    )
    papers: Mapped[list[RequiredPaper]] = relationship(
        order_by=RequiredPaper.position, cascade="all", passive_deletes=True
    )
    fees: Mapped[list[Fee]] = relationship(
        order_by=Fee.position, cascade="all", passive_deletes=True
    )
    channel_limits: Mapped[list[ChannelLimit]] = relationship(
        order_by=ChannelLimit.position, cascade="all", passive_deletes=True
    )
    forms: Mapped[list[FormFile]] = relationship(
        order_by=FormFile.position, cascade="all", passive_deletes=True
    )
    legal_bases: Mapped[list[LegalBasis]] = relationship(
        order_by=LegalBasis.position, cascade="all", passive_deletes=True
    )


#: What may still change on a frozen version: its validity and standing, never its wording.
_CHANGEABLE = {"state", "valid_from", "valid_to", "ended_by", "published_at", "revision"}


@event.listens_for(ProcedureVersion, "before_update")
def _keep_frozen(_mapper: Mapper[Any], _connection: Any, version: ProcedureVersion) -> None:
    state = inspect(version)
    before = state.attrs.state.history.deleted
    was: VersionState = before[0] if before else version.state
    if not was.is_frozen:
        return
    columns = {column.key for column in state.mapper.column_attrs}
    changed = {key for key in columns if state.attrs[key].history.has_changes()}
    if changed - _CHANGEABLE or not version.state.is_frozen:
        raise InvalidTransition("version_frozen", version=version.id)


@event.listens_for(ProcedureVersion, "before_delete")
def _keep_seen(_mapper: Mapper[Any], _connection: Any, version: ProcedureVersion) -> None:
    if version.state.is_frozen:
        raise InvalidTransition("version_frozen", version=version.id)
