"""Looking into what an editor uploads, before the database is asked for anything.

A picture is encoded, a document examined, a recording recognised by its bytes. Nothing
is trusted that the browser says of a file but its name.
"""

import hashlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO

from pyramid.request import Request

from content.errors import Invalid
from content.media import sniffing
from content.media.imaging import Encoded, encoded
from content.media.kinds import MediumKind
from content.media.service import Arrival
from content.procedures.forms.definition import FILE_TYPES
from portal.forms.sniffing import Refused, sniff
from portal.forms.uploads import clean_name

MIB = 1 << 20
MAX_BYTES = {
    MediumKind.IMAGE: 20 * MIB,
    MediumKind.DOCUMENT: 20 * MIB,
    MediumKind.AUDIO: 60 * MIB,
    MediumKind.VIDEO: 60 * MIB,
}
MAX_FILES = 20
DOCUMENTS = ("pdf", "docx", "xlsx")
_CHUNK = 1 << 16


@dataclass(frozen=True)
class Received:
    """A file that may be kept: what it is, and its bytes or what it was encoded to."""

    arrival: Arrival
    source: BinaryIO | Encoded


@dataclass(frozen=True)
class Rejected:
    """A file that is not taken: its name, the code of the reason, and the limit passed."""

    name: str
    code: str
    limit: int = 0


def sent(request: Request, field: str = "tep") -> list[Any]:
    """The files of a form; an empty chooser sends none."""
    found = request.POST.getall(field)
    return [one for one in found if getattr(one, "filename", "")]


@contextmanager
def examined(request: Request, files: list[Any]) -> Iterator[list[Received | Rejected]]:
    """Each file looked into, outside of any transaction: encoding takes its time, and on
    SQLite nobody else could write meanwhile. What was read from the database before is
    detached afterwards.
    """
    request.tm.abort()
    with ExitStack() as kept:
        try:
            results = [_examine(kept, one) for one in files[:MAX_FILES]]
        finally:
            request.tm.begin()
        results += [Rejected(clean_name(one.filename), "media_many") for one in files[MAX_FILES:]]
        yield results


def _examine(kept: ExitStack, given: Any) -> Received | Rejected:
    name = clean_name(given.filename)
    found = _kind(given.file)
    if isinstance(found, str):
        return Rejected(name, found)
    limit = MAX_BYTES[found.kind]
    path = Path(kept.enter_context(TemporaryDirectory(prefix="tep-"))) / "given"
    size, digest = _copied(given.file, path, limit)
    if size > limit:
        return Rejected(name, "file_too_large", limit)
    arrival = Arrival(_named(name, found.suffix), found.kind, found.media_type, size, digest)
    if found.kind is not MediumKind.IMAGE:
        return Received(arrival, kept.enter_context(path.open("rb")))
    try:
        return Received(arrival, kept.enter_context(encoded(path)))
    except Invalid as refused:
        return Rejected(name, refused.code)


def _kind(source: BinaryIO) -> sniffing.Sniffed | str:
    """What the file is, or why it is not taken."""
    source.seek(0)
    head = source.read(sniffing.HEAD)
    if not head:
        return "file_empty"
    found = sniffing.sniff(head)
    if found != "media_unknown":
        return found
    size = source.seek(0, 2)
    if size > MAX_BYTES[MediumKind.DOCUMENT]:
        return "media_unknown"
    try:
        kind = sniff(source, size)
    except Refused as refused:
        return "media_unknown" if refused.code == "file_unknown" else refused.code
    if kind not in DOCUMENTS:
        return "media_unknown"
    return sniffing.Sniffed(MediumKind.DOCUMENT, FILE_TYPES[kind][1], kind)


def _copied(source: BinaryIO, path: Path, limit: int) -> tuple[int, str]:
    """Size and digest of the copy, which stops beyond the limit."""
    source.seek(0)
    sha, size = hashlib.sha256(), 0
    with path.open("wb") as out:
        while size <= limit and (chunk := source.read(_CHUNK)):
            size += len(chunk)
            sha.update(chunk)
            out.write(chunk)
    return size, sha.hexdigest()


def _named(name: str, suffix: str) -> str:
    """The name with the ending that its content has."""
    stem, dot, _ending = name.rpartition(".")
    return f"{stem if dot else name}.{suffix}"
