"""Files for tests: a PDF with and without words, locked, damaged; a docx."""

import io

import docx
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

SENTENCE = "Nguoi dan nop ho so dang ky khai sinh tai bo phan mot cua."


def pdf(words: str = SENTENCE, password: str | None = None) -> bytes:
    """One page that says ``words``; empty words make a page like a scan."""
    writer = PdfWriter()
    page = writer.add_blank_page(300, 300)
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
        }
    )
    fonts = DictionaryObject({NameObject("/F1"): font})
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    stream = DecodedStreamObject()
    stream.set_data(f"BT /F1 9 Tf 10 100 Td ({words}) Tj ET".encode("latin-1"))
    page[NameObject("/Contents")] = stream
    if password is not None:
        writer.encrypt(password, owner_password="chu", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def word(words: str) -> bytes:
    """A docx with one paragraph and a table that says "phụ lục"."""
    document = docx.Document()
    document.add_paragraph(words)
    document.add_table(1, 1).cell(0, 0).text = "phụ lục"
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()
