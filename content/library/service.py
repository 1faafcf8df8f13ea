"""Keeping legal documents. Every act leaves an audit line."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, BinaryIO

from sqlalchemy import select
from sqlalchemy.orm import Session

from content import outbox
from content.errors import Invalid, InvalidTransition
from content.files import FileService
from content.library.models import MAX_NAME, MAX_SLUG, DocumentFile, LegalDocument, announce
from content.text import fold, slugify
from content.writing import saving, trash

READ = "library.read"
MAX_FILES = 10
#: Room for the number that tells documents of one address apart.
_ROOM = 8


class LibraryService:
    """The legal documents of one site."""

    def __init__(self, session: Session, files: FileService, now: datetime) -> None:
        self.session = session
        self.files = files
        self.now = now

    def save(
        self,
        document: LegalDocument,
        values: Mapping[str, Any],
        *,
        revision: int,
        actor_id: int | None,
    ) -> LegalDocument:
        """A new document (``revision`` 0) or a changed one. ``Invalid`` with the code
        ``effect_early``, ``end_early`` or ``number_taken``; ``Conflict`` if somebody saved
        meanwhile. The address stays what it was made once."""
        _check_days(values["issued_on"], values["effective_on"], values["expires_on"])
        with self.session.no_autoflush:
            self._check_number(document, values)
            if not document.slug:
                document.slug = self._free_slug(values["number"])
        words = (values[name] for name in ("number", "summary", "agency", "signer"))
        given = {**values, "search_key": fold(" ".join(words))}
        saving.write(
            self.session,
            document,
            given,
            revision=revision,
            actor_id=actor_id,
            now=self.now,
            action="legal_document.saved",
        )
        return document

    def _check_number(self, document: LegalDocument, values: Mapping[str, Any]) -> None:
        same = select(LegalDocument).where(
            *(getattr(LegalDocument, name) == values[name] for name in _IDENTITY)
        )
        if any(one is not document for one in self.session.scalars(same)):
            raise Invalid({"number": "number_taken"}, code="number_taken")

    def _free_slug(self, number: str) -> str:
        wanted = slugify(number, limit=MAX_SLUG - _ROOM) or "van-ban"
        query = select(LegalDocument.slug).where(LegalDocument.slug.startswith(wanted))
        taken, slug, count = set(self.session.scalars(query)), wanted, 1
        while slug in taken:
            count += 1
            slug = f"{wanted}-{count}"
        return slug

    def add_file(
        self, document: LegalDocument, source: BinaryIO, *, name: str, media_type: str, by: int
    ) -> DocumentFile:
        """Keep a file that was looked into; the worker reads its text. ``Invalid``:
        ``files_many``."""
        if len(document.files) >= MAX_FILES:
            raise Invalid({"file": "files_many"}, code="files_many")
        stored = self.files.keep(source, name=name, media_type=media_type, now=self.now)
        row = DocumentFile(name=name[-MAX_NAME:], file=stored, size=stored.size)
        document.all_files.append(row)
        self.session.flush()  # the job names its id
        outbox.enqueue(self.session, READ, str(row.id), now=self.now)
        self._note(document, "file_added", by)
        announce(self.session, document, self.now)
        return row

    def remove_file(self, document: LegalDocument, file_id: int, *, by: int) -> None:
        """One of its files into the bin; nothing happens where it is gone."""
        found = next((one for one in document.files if one.id == file_id), None)
        if found is not None:
            trash.put(self.session, found, by, self.now)
            self._note(document, "file_removed", by)
            announce(self.session, document, self.now)

    def publish(self, document: LegalDocument, *, by: int) -> None:
        """Show it to readers. ``InvalidTransition`` if it is shown already."""
        if document.published_at is not None:
            raise InvalidTransition("already_public")
        document.published_at = self.now
        self._note(document, "published", by)

    def withdraw(self, document: LegalDocument, *, by: int) -> None:
        """Take it from readers; the address stays kept for it."""
        if document.published_at is None:
            raise InvalidTransition("not_public")
        document.published_at = None
        self._note(document, "withdrawn", by)

    def delete(self, document: LegalDocument, *, by: int) -> None:
        """Into the bin, from where it comes back as a draft."""
        document.published_at = None
        trash.put(self.session, document, by, self.now)

    def _note(self, document: LegalDocument, act: str, by: int | None) -> None:
        action = f"legal_document.{act}"
        saving.note(self.session, document.subject, action, actor_id=by, now=self.now)


_IDENTITY = ("number", "agency", "issued_on")


def _check_days(issued: date, begins: date | None, ends: date | None) -> None:
    if begins is not None and begins < issued:
        raise Invalid({"effective_on": "effect_early"}, code="effect_early")
    if ends is not None and ends <= (begins or issued):
        raise Invalid({"expires_on": "end_early"}, code="end_early")
