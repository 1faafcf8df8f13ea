"""Form sheets as Word documents, for people who fill in on a computer before printing.

The same words as the PDF; the layout is plain so that any word processor opens it.
"""

import io
from collections.abc import Mapping, Sequence
from typing import Any

from docx import Document  # type: ignore[import-not-found,unused-ignore]
from docx.enum.text import WD_ALIGN_PARAGRAPH  # type: ignore[import-not-found,unused-ignore]
from docx.shared import Pt  # type: ignore[import-not-found,unused-ignore]

from content.letters.form_sheets import FormSheet
from content.text import clean

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ROOM = "…" * 30
BOX = "☐"
SAMPLE_STRIP = "TRANG MẪU – không nộp hồ sơ thật, không chuyển tiền"


def make_docx(sheet: FormSheet) -> bytes:
    """The sheet as the bytes of a .docx file."""
    told: Mapping[str, Any] = sheet.sheet()
    document = Document()
    _style(document, told)
    _head(document, told)
    for section in told["sections"]:
        document.add_heading(_safe(section["title"]), level=2)
        if section["condition"]:
            document.add_paragraph().add_run(f"({_safe(section['condition'])})").italic = True
        _items(document, section["items"])
    _closing(document, told)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _style(document: Any, told: Mapping[str, Any]) -> None:
    normal = document.styles["Normal"].font
    normal.name, normal.size = "Times New Roman", Pt(13)
    document.core_properties.title = _safe(told["title"])[:255]
    document.core_properties.author = ""
    document.core_properties.language = "vi-VN"


def _head(document: Any, told: Mapping[str, Any]) -> None:
    if told["sample"]:
        _centred(document, SAMPLE_STRIP)
    if told["example"]:
        mark = document.add_paragraph()
        mark.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        run = mark.add_run("MẪU")
        run.bold, run.font.size = True, Pt(16)
    for text, bold in (
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", True),
        ("Độc lập - Tự do - Hạnh phúc", True),
    ):
        _centred(document, text, bold=bold)
    title = document.add_heading(_safe(told["title"]), level=1)
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for text in (told["form_code"], told["reference"]):
        if text:
            _centred(document, text)
    if told["addressee"]:
        document.add_paragraph(f"Kính gửi: {_safe(told['addressee'])}")


def _centred(document: Any, text: str, *, bold: bool = False) -> None:
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.add_run(_safe(text)).bold = bold


def _items(document: Any, items: Sequence[Mapping[str, Any]]) -> None:
    for item in items:
        _MAKERS[item["is"]](document, item)


def _statement(document: Any, item: Mapping[str, Any]) -> None:
    note = f" ({item['condition']})" if item["condition"] else ""
    document.add_paragraph().add_run(_safe(item["text"] + note)).italic = True


def _line(document: Any, item: Mapping[str, Any]) -> None:
    paragraph = document.add_paragraph()
    paragraph.add_run(f"{_safe(item['label'])}: ")
    if item["value"]:
        paragraph.add_run(_safe(item["value"])).bold = True
        return
    if item["options"]:
        paragraph.add_run("   ".join(f"{BOX} {_safe(one)}" for one in item["options"]))
    else:
        paragraph.add_run(ROOM * (4 if item["kind"] == "paragraph" else 1))
    for note in (item["condition"], item["hint"]):
        if note:
            paragraph.add_run(f" ({_safe(note)})").italic = True


def _group(document: Any, item: Mapping[str, Any]) -> None:
    note = f" ({item['condition']})" if item["condition"] else ""
    document.add_paragraph(f"{_safe(item['title'])}{_safe(note)}:")
    if not item["columns"]:
        for row in item["rows"]:
            document.add_heading(_safe(row["title"]), level=3)
            _items(document, row["items"])
        return
    table = document.add_table(rows=1, cols=len(item["columns"]))
    table.style = "Table Grid"
    for cell, words in zip(table.rows[0].cells, item["columns"], strict=True):
        cell.paragraphs[0].add_run(_safe(words)).bold = True
    for row in item["rows"]:
        for cell, inner in zip(table.add_row().cells, row["items"], strict=True):
            cell.text = _safe(inner.get("value") or "")


def _closing(document: Any, told: Mapping[str, Any]) -> None:
    closing = told["closing"]
    if closing["declaration"]:
        document.add_paragraph(_safe(closing["declaration"]))
    place = closing["place_date"] or "……, ngày …… tháng …… năm ………"
    end = document.add_paragraph(_safe(place))
    end.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    signer = document.add_paragraph()
    signer.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    signer.add_run(_safe(closing["signer_title"])).bold = True
    if closing["signer_name"]:
        signer.add_run(f"\n\n\n{_safe(closing['signer_name'])}")
    document.add_paragraph().add_run(_safe(told["note"])).italic = True


def _safe(text: object) -> str:
    """Text that XML can hold."""
    return clean(str(text), multiline=True)


_MAKERS = {"line": _line, "statement": _statement, "group": _group}
