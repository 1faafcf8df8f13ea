"""Receiving files: checked for what they are, then kept under an owner's token.

What was uploaded stays through failed validations: the form carries only tokens,
and a token is good for its owner alone. The store behind is replaceable.
"""

import hashlib
import io
import re
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, BinaryIO, Protocol

from content.procedures.forms.check import MAX_DOSSIER_BYTES
from content.procedures.forms.definition import (
    FILE_TYPES,
    MAX_FILE_BYTES,
    USUAL_FILE_TYPES,
    Limits,
)
from content.text import clean, has_lone_surrogate
from portal.forms.sniffing import Refused, sniff

MAX_NAME = 150
_CHUNK = 1 << 16
_TOKEN = re.compile(r"[A-Za-z0-9_-]{16,64}")
# What no file system or header takes well.
_AWKWARD = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]+')


@dataclass(frozen=True, slots=True)
class StoredUpload:
    """A kept file: what an answer remembers of it. ``type`` is a MIME type."""

    token: str
    name: str
    size: int
    type: str
    digest: str

    def as_answer(self) -> dict[str, Any]:
        """The JSON form in which an answer holds it."""
        return asdict(self)


class UploadStore(Protocol):
    """Keeps uploads for their owners until they are filed or dropped.

    ``owner`` is whatever names a draft or a person for good ("draft:17"). Content is
    already checked; ``put`` stores it durably and answers with a new token that
    cannot be guessed (``new_token``).
    """

    def put(
        self,
        owner: str,
        source: BinaryIO,
        *,
        name: str,
        size: int,
        media_type: str,
        digest: str,
    ) -> StoredUpload:
        """Keep the bytes from ``source``."""

    def get(self, owner: str, token: str) -> StoredUpload | None:
        """What is kept under the token, for its owner only."""

    def drop(self, owner: str, token: str) -> None:
        """Forget it; silent if there is nothing."""


def new_token() -> str:
    """A token of 192 random bits."""
    return secrets.token_urlsafe(24)


class MemoryUploadStore:
    """The protocol without a disk, for tests and previews."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], tuple[StoredUpload, bytes]] = {}

    def put(
        self,
        owner: str,
        source: BinaryIO,
        *,
        name: str,
        size: int,
        media_type: str,
        digest: str,
    ) -> StoredUpload:
        """See :class:`UploadStore`."""
        upload = StoredUpload(new_token(), name, size, media_type, digest)
        self._kept[owner, upload.token] = (upload, source.read())
        return upload

    def get(self, owner: str, token: str) -> StoredUpload | None:
        """See :class:`UploadStore`."""
        found = self._kept.get((owner, token))
        return found[0] if found else None

    def drop(self, owner: str, token: str) -> None:
        """See :class:`UploadStore`."""
        self._kept.pop((owner, token), None)

    def open(self, owner: str, token: str) -> BinaryIO:
        """The bytes. Raises ``KeyError``."""
        return io.BytesIO(self._kept[owner, token][1])

    def __len__(self) -> int:
        return len(self._kept)


@dataclass(frozen=True, slots=True)
class Uploads:
    """One owner's uploads, as a form uses them."""

    store: UploadStore
    owner: str

    def receive(
        self, name: str, source: BinaryIO, limits: Limits, *, already: int = 0
    ) -> StoredUpload:
        """Check and keep a file; ``already`` is the size of the dossier's other files.

        Raises ``Refused`` with the reason and the file's cleaned name.
        """
        label = clean_name(name)
        try:
            kind, size, digest = _checked(name, source, limits, already)
        except Refused as refused:
            refused.data.setdefault("name", label)
            raise
        mime = FILE_TYPES[kind][1]
        return self.store.put(
            self.owner, source, name=label, size=size, media_type=mime, digest=digest
        )

    def kept(self, tokens: Iterable[Any]) -> list[dict[str, Any]]:
        """The answers for tokens a form sent back; foreign and made-up ones vanish."""
        found = []
        texts = (one for one in tokens if isinstance(one, str) and _TOKEN.fullmatch(one))
        for token in dict.fromkeys(texts):
            upload = self.store.get(self.owner, token)
            if upload is not None:
                found.append(upload.as_answer())
        return found

    def drop(self, files: Iterable[Mapping[str, Any]]) -> None:
        """Forget the files of an answer."""
        for one in files:
            self.store.drop(self.owner, one["token"])


def clean_name(name: str) -> str:
    """The last part of a file name without what harms file systems or headers."""
    # Old browsers send the whole path.
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    text = clean(_AWKWARD.sub("_", last)).lstrip(". ")
    stem, dot, ending = text.rpartition(".")
    if not dot:
        stem, ending = text, ""
    stem = stem[: MAX_NAME - len(ending) - 1] or "tep"
    return f"{stem}{dot}{ending[:10]}"


def _checked(name: str, source: BinaryIO, limits: Limits, already: int) -> tuple[str, int, str]:
    if has_lone_surrogate(name) or "\x00" in name or _climbs(name):
        raise Refused("file_bad_name")
    size, digest = _measured(source, limits.max_bytes or MAX_FILE_BYTES)
    if already + size > MAX_DOSSIER_BYTES:
        raise Refused("files_too_large", limit=MAX_DOSSIER_BYTES)
    kind = sniff(source, size)
    allowed = limits.file_types or USUAL_FILE_TYPES
    if kind not in allowed:
        raise Refused("file_type", types=allowed)
    if not name.lower().endswith(FILE_TYPES[kind][0]):
        raise Refused("file_lies", kind=kind, types=allowed)
    return kind, size, digest


def _climbs(name: str) -> bool:
    return ".." in name.replace("\\", "/").split("/")


def _measured(source: BinaryIO, limit: int) -> tuple[int, str]:
    """Size and digest; reading stops at the limit."""
    source.seek(0)
    sha, size = hashlib.sha256(), 0
    while chunk := source.read(_CHUNK):
        size += len(chunk)
        if size > limit:
            raise Refused("file_too_large", limit=limit)
        sha.update(chunk)
    if size == 0:
        raise Refused("file_empty")
    source.seek(0)
    return size, sha.hexdigest()
