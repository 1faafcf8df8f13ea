"""What a file really is, by its bytes and structure, whatever it calls itself.

Reads only; keeps nothing. A file that is not wholly of one known type is refused
with a code that names the reason.
"""

import lzma
import struct
import zipfile
import zlib
from collections.abc import Callable
from typing import BinaryIO

HEAD = 1024
TAIL = 2048
MAX_ENTRIES = 2_000
#: How much a zip may unpack to, and how much bigger than packed.
MAX_UNPACKED = 200 * 1024 * 1024
MAX_RATIO = 120
#: Small entries compress well by nature (an empty table, a style sheet).
RATIO_FREE = 2 * 1024 * 1024
_CHUNK = 1 << 16
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    NotImplementedError,
    ValueError,
    OSError,
)


class Refused(Exception):
    """Why a file is not accepted; ``code`` is stable, ``data`` fills the sentence."""

    def __init__(self, code: str, **data: object) -> None:
        super().__init__(code, data)
        self.code = code
        self.data = data


def sniff(source: BinaryIO, size: int) -> str:
    """The type name ("pdf", "jpeg", "png", "docx", "xlsx", "zip"). Raises ``Refused``."""
    source.seek(0)
    head = source.read(HEAD)
    source.seek(max(0, size - TAIL))
    tail = source.read(TAIL)
    source.seek(0)
    for is_it, examine in _KNOWN:
        if is_it(head):
            name = examine(source, head, tail)
            source.seek(0)
            return name
    raise Refused("file_unknown")


def _pdf(source: BinaryIO, head: bytes, tail: bytes) -> str:
    if b"%%EOF" not in tail:
        raise Refused("file_damaged")
    return "pdf"


def _jpeg(source: BinaryIO, head: bytes, tail: bytes) -> str:
    # Cameras append padding or a second picture after the end marker.
    if b"\xff\xd9" not in tail:
        raise Refused("file_damaged")
    return "jpeg"


def _png(source: BinaryIO, head: bytes, tail: bytes) -> str:
    whole = len(head) >= 33 and head[12:16] == b"IHDR" and b"IEND" in tail
    if not whole or zlib.crc32(head[12:29]) != struct.unpack(">I", head[29:33])[0]:
        raise Refused("file_damaged")
    return "png"


def _zip(source: BinaryIO, head: bytes, tail: bytes) -> str:
    try:
        with zipfile.ZipFile(source) as archive:
            names = _examined(archive)
    except _BROKEN:
        raise Refused("file_damaged") from None
    if "[Content_Types].xml" in names:
        if any(name.lower().endswith("vbaproject.bin") for name in names):
            raise Refused("file_macros")
        for folder, kind in (("word/", "docx"), ("xl/", "xlsx")):
            if any(name.startswith(folder) for name in names):
                return kind
    return "zip"


def _examined(archive: zipfile.ZipFile) -> set[str]:
    """The names inside, once every entry is known to unpack within bounds."""
    entries = archive.infolist()
    if len(entries) > MAX_ENTRIES:
        raise Refused("file_bomb")
    total = 0
    for entry in entries:
        if entry.flag_bits & 0x1:
            raise Refused("file_encrypted")
        if _is_outside(entry.filename):
            raise Refused("file_bad_names")
        total += _unpacked(archive, entry, MAX_UNPACKED - total)
    return {entry.filename for entry in entries}


def _unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, left: int) -> int:
    """The true unpacked size: headers lie, so it is counted, and stopped at the bound."""
    size = 0
    with archive.open(entry) as inside:
        while chunk := inside.read(_CHUNK):
            size += len(chunk)
            if size > left:
                raise Refused("file_bomb")
            if size > RATIO_FREE and size > MAX_RATIO * max(entry.compress_size, 1):
                raise Refused("file_bomb")
    return size


def _is_outside(name: str) -> bool:
    parts = name.replace("\\", "/").split("/")
    return name.startswith(("/", "\\")) or ".." in parts or ":" in parts[0]


def _starts(*magic: bytes) -> Callable[[bytes], bool]:
    return lambda head: head.startswith(magic)


_KNOWN: tuple[tuple[Callable[[bytes], bool], Callable[[BinaryIO, bytes, bytes], str]], ...] = (
    # Readers accept a PDF header within the first kilobyte; only the very start is safe here.
    (_starts(b"%PDF-1.", b"%PDF-2."), _pdf),
    (_starts(b"\xff\xd8\xff"), _jpeg),
    (_starts(b"\x89PNG\r\n\x1a\n"), _png),
    (_starts(b"PK\x03\x04", b"PK\x05\x06"), _zip),
)
