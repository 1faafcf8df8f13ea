"""Legal documents and their files.

The effect is never stored: it follows from two dates and the day (``kinds.effect_on``).
A file's text is made from its bytes by the worker and may be made again.
"""

from datetime import UTC, date, datetime, time

from sqlalchemy import CheckConstraint, Date, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from content import changes, outbox
from content.changes import tracked
from content.files.model import StoredFile
from content.library.kinds import DocumentKind, Effect, Reading, effect_on
from content.orm import Base, Id, Versioned, by_value, reference
from content.procedures.models import Sector
from content.writing.reviews import reviewable
from content.writing.texts import found_by_editors
from content.writing.translatable import translatable
from content.writing.translations import Piece
from content.writing.trash import Trashable, in_use, trashable

KIND = "legal_document"
MAX_NUMBER = 100
MAX_NAME = 200
MAX_SUMMARY = 1000
MAX_SLUG = 120


@translatable(
    KIND,
    "Văn bản",
    lambda one: one.title,
    lambda one: (
        Piece("summary", "Trích yếu", one.summary, "lines", is_required=True),
        Piece("agency", "Cơ quan ban hành", one.agency),
    ),
    lambda: (in_use(LegalDocument), LegalDocument.published_at.is_not(None)),
)
@trashable(KIND, "Văn bản", lambda document: document.number)
@tracked(KIND)
@found_by_editors(
    KIND,
    lambda one: one.title,
    lambda one: "\n".join((one.agency, one.signer, one.summary)),
    # What has no instant of its own stands at the day of its issue.
    lambda one: datetime.combine(one.issued_on, time.min, UTC),
)
@reviewable(KIND, lambda one: one.title, lambda one: one.published_at is not None)
class LegalDocument(Versioned, Trashable, Base):
    """One legal document. ``number`` is số, ký hiệu ("123/2015/NĐ-CP"), ``summary`` the
    trích yếu; ``slug`` its address for good. Readers see it once ``published_at`` is set."""

    __tablename__ = "legal_document"
    __table_args__ = (
        UniqueConstraint("number", "agency", "issued_on"),
        CheckConstraint("effective_on >= issued_on", name="effect_after_issue"),
        CheckConstraint("expires_on > issued_on", name="end_after_issue"),
    )

    id: Mapped[Id]
    slug: Mapped[str] = mapped_column(String(MAX_SLUG), unique=True)
    number: Mapped[str] = mapped_column(String(MAX_NUMBER))
    kind: Mapped[DocumentKind] = mapped_column(by_value(DocumentKind), index=True)
    agency: Mapped[str] = mapped_column(String(MAX_NAME), index=True)
    issued_on: Mapped[date] = mapped_column(Date, index=True)
    effective_on: Mapped[date | None] = mapped_column(Date)
    expires_on: Mapped[date | None] = mapped_column(Date)
    signer: Mapped[str] = mapped_column(String(MAX_NAME), default="")
    summary: Mapped[str] = mapped_column(Text)
    sector_id: Mapped[int | None] = reference("sector.id", ondelete="SET NULL")
    search_key: Mapped[str] = mapped_column(Text, default="")
    published_at: Mapped[datetime | None]

    sector: Mapped[Sector | None] = relationship(lazy="joined")
    #: Those in the bin too; readers and editors see ``files``.
    all_files: Mapped[list["DocumentFile"]] = relationship(
        back_populates="document", order_by="DocumentFile.id", cascade="all, delete-orphan"
    )

    @property
    def subject(self) -> str:
        """Its name in audit lines and change events."""
        return f"{KIND}:{self.id}"

    @property
    def files(self) -> "list[DocumentFile]":
        """Its files, without those in the bin."""
        return [one for one in self.all_files if one.deleted_at is None]

    @property
    def title(self) -> str:
        """Kind and number, as people cite it."""
        kind = "" if self.kind is DocumentKind.OTHER else f"{self.kind.label} "
        return f"{kind}{self.number}"

    def effect(self, day: date) -> Effect:
        """Whether it is in force on a day."""
        return effect_on(day, self.effective_on, self.expires_on)


def announce(session: Session, document: LegalDocument, now: datetime) -> None:
    """Have the index look again although no column changed: its files did. The revision
    stays, so that an editor at the form meets no conflict."""
    outbox.enqueue(session, changes.CHANGED, document.subject, now=now)
    changes.advance(session)


@trashable(
    "legal_document_file",
    "Tệp của văn bản",
    lambda one: f"{one.name} ({one.document.number})",
    revive=lambda session, one, now: announce(session, one.document, now),
)
class DocumentFile(Trashable, Base):
    """A PDF or docx of a document; ``text`` is what could be read in it."""

    __tablename__ = "legal_document_file"

    id: Mapped[Id]
    document_id: Mapped[int] = reference("legal_document.id", ondelete="CASCADE")
    file_id: Mapped[int] = reference("stored_file.id")
    name: Mapped[str] = mapped_column(String(MAX_NAME))
    size: Mapped[int] = mapped_column(Integer)
    reading: Mapped[Reading] = mapped_column(by_value(Reading), default=Reading.WAITING)
    text: Mapped[str] = mapped_column(Text, default="", deferred=True)

    document: Mapped[LegalDocument] = relationship(back_populates="all_files")
    file: Mapped[StoredFile] = relationship(
        cascade="all, delete-orphan", single_parent=True, lazy="joined"
    )
