"""Media, their folders, and the sizes a picture is kept in.

A medium's ``key`` is its address for good; ``digest`` names the bytes behind it and
changes when the file is replaced. Of a picture only what was encoded anew is kept: the
file as it came, with its camera's data and position, is not.
"""

import secrets
from datetime import datetime

from sqlalchemy import BigInteger, Integer, String, Text, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from content.errors import Conflict
from content.files.model import StoredFile
from content.media.kinds import FALLBACKS, Focus, Format, MediumKind
from content.media.presentation import Picture, picture_of, stable
from content.orm import Base, Id, Versioned, by_value, reference
from content.text import fold
from content.writing.trash import Trashable, in_use, trashable

MAX_TITLE = 200
MAX_WORDS = 500
MAX_NAME = 150
KEY_BYTES = 6


def new_key() -> str:
    """A name for the address of a medium: 12 hex digits, without meaning."""
    return secrets.token_hex(KEY_BYTES)


def _back_in_its_place(session: Session, folder: "MediaFolder", _now: datetime) -> None:
    """Where it was; outermost where that lies in the bin. ``Conflict`` ``folder_taken`` if
    another has its name there by now."""
    if folder.parent is not None and folder.parent.deleted_at is not None:
        folder.parent = None
    beside = select(MediaFolder).where(in_use(MediaFolder), MediaFolder.id != folder.id)
    same = (one for one in session.scalars(beside) if one.parent is folder.parent)
    if any(fold(one.name) == fold(folder.name) for one in same):
        raise Conflict("folder_taken")


@trashable("media_folder", "Thư mục của thư viện", lambda one: one.name, revive=_back_in_its_place)
class MediaFolder(Trashable, Base):
    """A folder of the library."""

    __tablename__ = "media_folder"

    id: Mapped[Id]
    parent_id: Mapped[int | None] = reference("media_folder.id")
    name: Mapped[str] = mapped_column(String(MAX_TITLE))

    parent: Mapped["MediaFolder | None"] = relationship(remote_side="MediaFolder.id")


@trashable("medium", "Tệp trong thư viện", lambda medium: medium.title)
class Medium(Versioned, Trashable, Base):
    """One picture, document or recording.

    ``file`` is a document or recording as it came, of a picture its largest size.
    ``width`` and ``height`` are in pixels, of pictures only.
    """

    __tablename__ = "medium"

    id: Mapped[Id]
    key: Mapped[str] = mapped_column(String(2 * KEY_BYTES), unique=True, default=new_key)
    kind: Mapped[MediumKind] = mapped_column(by_value(MediumKind), index=True)
    folder_id: Mapped[int | None] = reference("media_folder.id")
    title: Mapped[str] = mapped_column(String(MAX_TITLE))
    alt: Mapped[str] = mapped_column(String(MAX_WORDS), default="")
    caption: Mapped[str] = mapped_column(Text, default="")
    credit: Mapped[str] = mapped_column(String(MAX_TITLE), default="")
    source: Mapped[str] = mapped_column(String(MAX_WORDS), default="")
    search_key: Mapped[str] = mapped_column(Text, default="")
    focus: Mapped[Focus] = mapped_column(by_value(Focus), default=Focus.CENTRE)
    name: Mapped[str] = mapped_column(String(MAX_NAME))
    media_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int] = mapped_column(BigInteger)
    digest: Mapped[str] = mapped_column(String(64), index=True)
    width: Mapped[int | None] = mapped_column(Integer)
    height: Mapped[int | None] = mapped_column(Integer)
    file_id: Mapped[int] = reference("stored_file.id")
    uploaded_by: Mapped[int | None] = reference("account.id")
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]

    folder: Mapped[MediaFolder | None] = relationship()
    file: Mapped[StoredFile] = relationship(cascade="all, delete-orphan", single_parent=True)
    renditions: Mapped[list["Rendition"]] = relationship(
        back_populates="medium", order_by="Rendition.width", cascade="all, delete-orphan"
    )

    @property
    def subject(self) -> str:
        """Its name in audit lines and revisions."""
        return f"medium:{self.id}"

    @property
    def is_ready(self) -> bool:
        """Whether it may be used: a picture needs its text for those who do not see it."""
        return self.kind is not MediumKind.IMAGE or bool(self.alt.strip())

    @property
    def version(self) -> str:
        """The part of the digest that stands in addresses which caches keep for ever."""
        return self.digest[:12]

    @property
    def address(self) -> str:
        """The address that stays."""
        return stable(self)

    @property
    def picture(self) -> Picture | None:
        """What pages need to show it; ``None`` for what is no picture."""
        return picture_of(self)

    def fallback(self, width: int) -> "Rendition | None":
        """The size every browser shows that is nearest to ``width`` from above."""
        found = [one for one in self.renditions if one.format in FALLBACKS]
        return next((one for one in found if one.width >= width), found[-1] if found else None)


class Rendition(Base):
    """A picture in one width and encoding."""

    __tablename__ = "medium_rendition"
    __table_args__ = (UniqueConstraint("medium_id", "width", "format"),)

    id: Mapped[Id]
    medium_id: Mapped[int] = reference("medium.id", ondelete="CASCADE", index=False)
    width: Mapped[int] = mapped_column(Integer)
    height: Mapped[int] = mapped_column(Integer)
    format: Mapped[Format] = mapped_column(by_value(Format))
    file_id: Mapped[int] = reference("stored_file.id")

    medium: Mapped[Medium] = relationship(back_populates="renditions")
    file: Mapped[StoredFile] = relationship(cascade="all, delete-orphan", single_parent=True)

    @property
    def name(self) -> str:
        """The last part of its address."""
        return f"{self.width}.{self.format.suffix}"
