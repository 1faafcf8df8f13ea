"""PDF and docx files made to eat memory and time, or to be two things at once."""

import io
import zipfile
import zlib
from collections.abc import Callable, Iterable
from itertools import pairwise

from tests.content.library.files import pdf, word

MEGABYTE = bytes(1 << 20)
_NAMES = b'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
HEAD, TAIL = b"<w:document " + _NAMES + b"><w:body>", b"</w:body></w:document>"
PARAGRAPH = b"<w:p><w:r><w:t>abcdefgh ij</w:t></w:r></w:p>"


def squeezed(chunk: bytes, times: int, rounds: int = 1) -> bytes:
    """What unpacks to ``times`` chunks, packed ``rounds`` times over."""
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(chunk) for _ in range(times)) + packer.flush()
    for _ in range(rounds - 1):
        packed = zlib.compress(packed, 9)
    return packed


def stream(data: bytes, filters: bytes) -> bytes:
    """A PDF stream."""
    head = b"<</Filter[%s]/Length %d>>" % (filters, len(data))
    return head + b"\nstream\n" + data + b"\nendstream"


def page(contents: bytes, kids: bytes = b"3 0 R", count: int = 1) -> bytes:
    """A PDF whose pages show ``contents``."""
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count %d/Kids[%s]>>" % (count, kids),
        b"<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        contents,
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )
    out, places = io.BytesIO(), []
    out.write(b"%PDF-1.7\n")
    for number, one in enumerate(objects, start=1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, one))
    table = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.writelines(b"%010d 00000 n \n" % place for place in places)
    out.write(b"trailer\n<</Size %d/Root 1 0 R>>\n" % (len(objects) + 1))
    out.write(b"startxref\n%d\n%%%%EOF\n" % table)
    return out.getvalue()


def written(*parts: bytes, beside: Iterable[bytes] = ()) -> bytes:
    """A docx whose document is these parts of XML; ``beside``: a picture in it."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(word("x"))) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            if name != "word/document.xml":
                target.writestr(name, source.read(name))
        for name, chunks in (("word/document.xml", parts), ("word/media/a.png", beside)):
            with target.open(name, "w") as inside:
                inside.writelines(chunks)
    return out.getvalue()


def _entities() -> bytes:
    names = "abcdefghij"
    told = ['<!ENTITY a "aaaaaaaaaa">']
    for before, name in pairwise(names):
        told.append(f'<!ENTITY {name} "{f"&{before};" * 10}">')
    return f"<!DOCTYPE w [{''.join(told)}]>".encode()


def _outside() -> bytes:
    return b'<!DOCTYPE w [<!ENTITY j SYSTEM "file:///etc/passwd">]>'


def _asking(declared: bytes) -> bytes:
    text = b"<w:p><w:r><w:t>&j;</w:t></w:r></w:p>"
    return written(b'<?xml version="1.0"?>', declared, HEAD, text, TAIL)


_CELL = b'<w:tc><w:tcPr><w:gridSpan w:val="10000000"/></w:tcPr><w:p/></w:tc>'
_WIDE = b"<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid><w:tr>" + _CELL + b"</w:tr></w:tbl>"

#: Name → (kind as which it comes, what makes the file): made when asked for, not on import.
FILES: dict[str, tuple[str, Callable[[], bytes]]] = {
    "pdf, 300 MB of nothing, packed three times": (
        "pdf",
        lambda: page(stream(squeezed(MEGABYTE, 300, 3), b"/FlateDecode" * 3)),
    ),
    "pdf, thirty million numbers": (
        "pdf",
        lambda: page(stream(squeezed(b"1 " * 500_000, 60), b"/FlateDecode")),
    ),
    "pdf, run lengths": (
        "pdf",
        lambda: page(stream(b"\x81\x00" * 3_000_000, b"/RunLengthDecode")),
    ),
    "pdf, a million pages": (
        "pdf",
        lambda: page(stream(b"", b""), b"3 0 R " * 1_000_000, 1_000_000),
    ),
    "pdf, pages in a circle": ("pdf", lambda: page(stream(b"", b""), b"2 0 R")),
    "archive as pdf": ("pdf", lambda: word("Một đoạn văn bản đủ dài để đọc được.")),
    "pdf as docx": ("docx", pdf),
    "docx, one word of 300 MB": (
        "docx",
        lambda: written(HEAD, b"<w:p><w:r><w:t>", *[b"a" * (1 << 20)] * 300, TAIL),
    ),
    "docx, 800,000 paragraphs": (
        "docx",
        lambda: written(HEAD, *[PARAGRAPH * 20_000] * 40, TAIL),
    ),
    "docx, 300,000 attributes": (
        "docx",
        lambda: written(
            HEAD, b"<w:p ", *(b'a%d="1" ' % one for one in range(300_000)), b"/>", TAIL
        ),
    ),
    "docx, entities within entities": ("docx", lambda: _asking(_entities())),
    "docx, a file of the server": ("docx", lambda: _asking(_outside())),
    "docx, a cell ten million columns wide": ("docx", lambda: written(HEAD, _WIDE, TAIL)),
    "docx, a picture of 100 MB": (
        "docx",
        lambda: written(HEAD, PARAGRAPH, TAIL, beside=[MEGABYTE] * 100),
    ),
}
