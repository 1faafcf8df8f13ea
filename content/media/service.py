"""The library's acts: receiving, describing, replacing, deleting; folders are elsewhere.

Every act leaves an audit line. Bytes are examined before they come here: a picture as
``imaging.Encoded``, everything else sniffed.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import select
from sqlalchemy.orm import Session

from content import audit
from content.errors import Conflict, Invalid
from content.files import FileService
from content.files.model import StoredFile
from content.media.imaging import Encoded, EncodedSize
from content.media.kinds import Focus, MediumKind
from content.media.models import Medium, Rendition
from content.media.usages import Usage, usages
from content.outbox import enqueue
from content.text import fold
from content.writing import trash

#: The kind of job that makes the smaller encoding of a picture after the upload.
SMALLER = "media.smaller"


@dataclass(frozen=True)
class Arrival:
    """A file that came: its cleaned ``name``, what it is, and its digest (SHA-256)."""

    name: str
    kind: MediumKind
    media_type: str
    size: int
    digest: str


@dataclass(frozen=True)
class Words:
    """What editors say about a medium."""

    title: str
    alt: str = ""
    caption: str = ""
    credit: str = ""
    source: str = ""
    focus: Focus = Focus.CENTRE
    folder_id: int | None = None


class MediaService:
    """The media of one authority."""

    def __init__(self, session: Session, files: FileService, now: datetime) -> None:
        self.session = session
        self.files = files
        self.now = now

    def known(self, digest: str) -> Medium | None:
        """The medium that was uploaded with these very bytes, from the bin too."""
        query = select(Medium).where(Medium.digest == digest).order_by(Medium.id)
        found = self.session.scalars(query).all()
        return next((one for one in found if one.deleted_at is None), found[0] if found else None)

    def recall(self, medium: Medium, *, actor_id: int | None) -> Medium:
        """What was uploaded again is taken out of the bin if it lies there."""
        if medium.deleted_at is not None:
            trash.restore(self.session, medium, actor_id, self.now)
        return medium

    def add(
        self,
        arrival: Arrival,
        source: BinaryIO | Encoded,
        *,
        folder_id: int | None,
        actor_id: int | None,
    ) -> Medium:
        """A new medium; of a picture ``source`` is what it was encoded to."""
        medium = Medium(
            kind=arrival.kind,
            title=arrival.name.rpartition(".")[0] or arrival.name,
            folder_id=folder_id,
            uploaded_by=actor_id,
            created_at=self.now,
        )
        self._fill(medium, arrival, source)
        self.session.add(medium)
        self.session.flush()  # the audit line and the job name its id
        self._after(medium, actor_id, "medium.added")
        return medium

    def replace(
        self, medium: Medium, arrival: Arrival, source: BinaryIO | Encoded, *, actor_id: int | None
    ) -> None:
        """Other bytes at the same address. ``Invalid`` for another kind of file."""
        if arrival.kind is not medium.kind:
            raise Invalid({"file": "media_other_kind"}, code="media_other_kind")
        medium.renditions.clear()
        self.session.flush()  # the old sizes go before new ones of the same width come
        self._fill(medium, arrival, source)
        self._after(medium, actor_id, "medium.replaced")

    def describe(
        self, medium: Medium, words: Words, *, revision: int, actor_id: int | None
    ) -> None:
        """Change the words. ``Conflict`` if somebody saved after ``revision`` was read."""
        if medium.revision != revision:
            raise Conflict("medium_changed", medium=medium.id)
        for name, value in asdict(words).items():
            setattr(medium, name, value)
        self._touch(medium)
        self._note(medium, actor_id, "medium.described")

    def delete(self, medium: Medium, *, actor_id: int | None, confirmed: bool = False) -> None:
        """Into the bin. ``Conflict`` ``medium_used`` while something uses it, unless the
        editor saw where and ``confirmed``."""
        used = usages(self.session, medium)
        if used and not confirmed:
            raise Conflict("medium_used", medium=medium.id, count=len(used))
        trash.put(self.session, medium, actor_id, self.now)

    def used_by(self, medium: Medium) -> list[Usage]:
        """Everything that uses it."""
        return usages(self.session, medium)

    def _fill(self, medium: Medium, arrival: Arrival, source: BinaryIO | Encoded) -> None:
        medium.name, medium.digest = arrival.name, arrival.digest
        if isinstance(source, Encoded):
            medium.file = self._keep(source.largest)
            medium.width, medium.height = source.width, source.height
            medium.renditions = list(self.kept_sizes(source.sizes))
        else:
            medium.file = self.files.keep(
                source, name=arrival.name, media_type=arrival.media_type, now=self.now
            )
        medium.media_type, medium.size = medium.file.media_type, medium.file.size
        self._touch(medium)

    def kept_sizes(self, sizes: Iterable[EncodedSize]) -> Iterable[Rendition]:
        """The sizes stored, as rows that belong to no medium yet."""
        for one in sizes:
            yield Rendition(
                width=one.width, height=one.height, format=one.format, file=self._keep(one)
            )

    def _keep(self, size: EncodedSize) -> StoredFile:
        with size.path.open("rb") as source:
            return self.files.keep(
                source,
                name=size.path.name,
                media_type=size.format.media_type,
                now=self.now,
            )

    def _after(self, medium: Medium, actor_id: int | None, action: str) -> None:
        self._note(medium, actor_id, action)
        if medium.kind is MediumKind.IMAGE:
            payload = {"digest": medium.digest}
            enqueue(self.session, SMALLER, str(medium.id), now=self.now, payload=payload)

    def _touch(self, medium: Medium) -> None:
        words = (medium.title, medium.alt, medium.caption, medium.credit, medium.name)
        medium.search_key = fold(" ".join(one for one in words if one))
        medium.updated_at = self.now

    def _note(self, medium: Medium, actor_id: int | None, action: str) -> None:
        audit.record(
            self.session,
            now=self.now,
            actor_id=actor_id,
            action=action,
            subject=medium.subject,
            digest=medium.digest,
        )


def copy_of(files: FileService, medium: Medium, folder: Path) -> Path:
    """The largest size of a picture as a file in ``folder``, for the encoder."""
    target = folder / "source"
    with files.open(medium.file) as source, target.open("wb") as out:
        while chunk := source.read(1 << 16):
            out.write(chunk)
    return target
