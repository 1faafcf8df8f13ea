"""Posting packs: the sheets of a sector or of a desk, ordered by an editor, made by the worker.

The row tells what was asked for, how far it is, and which file came of it.
"""

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import Integer, String, Text, select
from sqlalchemy.orm import Mapped, Session, joinedload, mapped_column, relationship

from content import outbox
from content.agencies.models import Agency
from content.files.model import StoredFile
from content.orm import Base, BigId, Id, by_value, reference
from content.procedures.kinds import Level, Status
from content.procedures.models import Procedure, Sector
from content.procedures.notified import LEVELS_OF

#: The kind of its outbox job; the payload names the row.
JOB = "posting_pack"


class PackFormat(StrEnum):
    """Paper for the board, or a site for a kiosk without network."""

    PDF = "pdf"
    SITE = "site"


class PackState(StrEnum):
    """How far it is."""

    WAITING = "waiting"
    MAKING = "making"
    READY = "ready"
    FAILED = "failed"


class PostingPack(Base):
    """One pack. Made as of ``made_at``, so that making it again gives the same bytes."""

    __tablename__ = "posting_pack"

    id: Mapped[Id]
    format: Mapped[PackFormat] = mapped_column(by_value(PackFormat))
    sector_id: Mapped[int | None] = reference("sector.id")
    agency_id: Mapped[int | None] = reference("agency.id")
    title: Mapped[str] = mapped_column(Text)
    state: Mapped[PackState] = mapped_column(by_value(PackState))
    total: Mapped[int] = mapped_column(Integer, default=0)
    done: Mapped[int] = mapped_column(Integer, default=0)
    reason: Mapped[str | None] = mapped_column(String(200))
    file_id: Mapped[int | None] = reference("stored_file.id")
    asked_by: Mapped[int | None] = mapped_column(BigId)
    made_at: Mapped[datetime]

    file: Mapped[StoredFile | None] = relationship(lazy="select")


class Scope(NamedTuple):
    """Which procedures: of a sector, of a desk, or of a desk within a sector."""

    sector: Sector | None = None
    agency: Agency | None = None

    @property
    def title(self) -> str:
        """What the pack is called."""
        names = [f"lĩnh vực {self.sector.name}"] if self.sector else []
        names += [self.agency.name] if self.agency else []
        return "Bộ thủ tục hành chính " + ", ".join(names or ["đang áp dụng"])


def order(
    session: Session, scope: Scope, form: PackFormat, *, by: int | None, now: datetime
) -> PostingPack:
    """Ask for a pack; the worker makes it after commit."""
    pack = PostingPack(
        format=form,
        sector_id=scope.sector.id if scope.sector else None,
        agency_id=scope.agency.id if scope.agency else None,
        title=scope.title,
        state=PackState.WAITING,
        total=len(procedures(session, scope)),
        done=0,
        asked_by=by,
        made_at=now,
    )
    session.add(pack)
    # The job names the row.
    session.flush()
    key = f"posting_pack:{pack.id}"
    outbox.enqueue(session, JOB, key, now=now, payload={"pack": pack.id})
    return pack


def packs(session: Session, limit: int = 30) -> list[PostingPack]:
    """The newest packs."""
    query = select(PostingPack).order_by(PostingPack.id.desc()).limit(limit)
    return list(session.scalars(query))


def scope_of(session: Session, pack: PostingPack) -> Scope:
    """What a pack was ordered for."""
    sector = session.get(Sector, pack.sector_id) if pack.sector_id else None
    agency = session.get(Agency, pack.agency_id) if pack.agency_id else None
    return Scope(sector, agency)


def procedures(session: Session, scope: Scope) -> list[Procedure]:
    """The procedures in force, by sector and name, each with what holds of it."""
    query = (
        select(Procedure)
        .join(Sector, Sector.id == Procedure.sector_id, isouter=True)
        .where(Procedure.status == Status.IN_FORCE)
        .options(joinedload(Procedure.current_version), joinedload(Procedure.sector))
        .order_by(Sector.name, Procedure.name_sort, Procedure.id)
    )
    if scope.sector is not None:
        query = query.where(Procedure.sector_id == scope.sector.id)
    if scope.agency is not None:
        levels = LEVELS_OF.get(scope.agency.kind, frozenset(Level))
        query = query.where(Procedure.level.in_(levels))
    return list(session.scalars(query))
