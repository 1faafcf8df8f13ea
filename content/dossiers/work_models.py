"""What officers keep beside dossiers for their own work: named filters, labels, runs of bulk acts.

None of it moves a dossier, and none of it is shown to applicants.
"""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from content.dossiers.models import MAX_KEY
from content.orm import Base, Document, Id, by_value, reference

MAX_FILTER_NAME = 60
MAX_LABEL = 40


class SavedFilter(Base):
    """A filter of the inbox that an officer keeps under a name; ``query`` are the parameters of
    the address, read as leniently as any."""

    __tablename__ = "saved_filter"
    __table_args__ = (UniqueConstraint("account_id", "name"),)

    id: Mapped[Id]
    account_id: Mapped[int] = reference("account.id", ondelete="CASCADE", index=False)
    name: Mapped[str] = mapped_column(String(MAX_FILTER_NAME))
    query: Mapped[dict[str, Any]] = mapped_column(Document, default=dict)
    kept_at: Mapped[datetime]


class Tone(StrEnum):
    """How a label looks; its words carry the meaning."""

    PLAIN = "plain"
    INFO = "info"
    WARN = "warn"
    BAD = "bad"
    OK = "ok"


class Label(Base):
    """A word that officers of an agency, and of those above, put on dossiers; retired, it stays
    where it is and is put on nothing new."""

    __tablename__ = "label"
    __table_args__ = (UniqueConstraint("agency_id", "name"),)

    id: Mapped[Id]
    agency_id: Mapped[int] = reference("agency.id", index=False)
    name: Mapped[str] = mapped_column(String(MAX_LABEL))
    tone: Mapped[Tone] = mapped_column(by_value(Tone), default=Tone.PLAIN)
    made_by_id: Mapped[int] = reference("account.id")
    made_at: Mapped[datetime]
    retired_at: Mapped[datetime | None]


class DossierLabel(Base):
    """A label on a dossier."""

    __tablename__ = "dossier_label"
    __table_args__ = (UniqueConstraint("dossier_id", "label_id"),)

    id: Mapped[Id]
    dossier_id: Mapped[int] = reference("dossier.id", index=False)
    label_id: Mapped[int] = reference("label.id")
    put_by_id: Mapped[int] = reference("account.id")
    put_at: Mapped[datetime]

    label: Mapped[Label] = relationship(lazy="joined")


class BulkRun(Base):
    """One act on many dossiers, with what came of each: ``lines`` are ``{"lookup_code",
    "number", "name", "why"}``, ``why`` being ``None`` where it was done, else a code."""

    __tablename__ = "bulk_run"

    id: Mapped[Id]
    key: Mapped[str] = mapped_column(String(MAX_KEY), unique=True)
    account_id: Mapped[int] = reference("account.id")
    action: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime]
    done: Mapped[int] = mapped_column(Integer)
    lines: Mapped[list[Any]] = mapped_column(Document)
