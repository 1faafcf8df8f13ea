"""Reads a PDF back as a person's program would: its text, pages, fonts and tags."""

import io
import re
import shutil
import subprocess
from typing import Any

import pytest
from pypdf import PdfReader

_NOT_SHOWN = re.compile("[\\s\u200b\u00ad]+")


def reader(pdf: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(pdf))


def flat(text: str) -> str:
    """Text without white space, for lines break where the paper ends."""
    return _NOT_SHOWN.sub("", text)


def text_of(pdf: bytes) -> str:
    """The whole text, flat."""
    return flat("".join(page.extract_text() for page in reader(pdf).pages))


def page_size(pdf: bytes) -> tuple[int, int]:
    """Width and height of the first page in millimetres."""
    box = reader(pdf).pages[0].mediabox
    return round(float(box.width) / 72 * 25.4), round(float(box.height) / 72 * 25.4)


def font_names(pdf: bytes) -> set[str]:
    """The names of all fonts used, each of which must be embedded."""
    names = set()
    for page in reader(pdf).pages:
        for font in page["/Resources"].get("/Font", {}).values():
            names.add(_name_if_embedded(font.get_object()))
    return names


def _name_if_embedded(font: Any) -> str:
    descendant = font["/DescendantFonts"][0].get_object()
    descriptor = descendant["/FontDescriptor"].get_object()
    assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(descriptor), font["/BaseFont"]
    return re.sub(r"^/[A-Z]{6}\+|-Identity-H$", "", font["/BaseFont"])


def pixels(
    pdf: bytes, left: int, top: int, width: int, height: int, *, dpi: int = 600
) -> list[list[int]]:
    """A part of the first page, in millimetres, as rows of dark (1) and light (0)."""
    if not shutil.which("pdftoppm"):
        pytest.skip("pdftoppm is not on this machine")
    part = [round(mm * dpi / 25.4) for mm in (left, top, width, height)]
    x, y, columns, lines = map(str, part)
    place = ["-x", x, "-y", y, "-W", columns, "-H", lines]
    command = ["pdftoppm", "-r", str(dpi), "-gray", "-f", "1", "-l", "1", *place, "-"]
    image = subprocess.run(command, input=pdf, capture_output=True, check=True).stdout
    _, size, _, grey = image.split(b"\n", 3)
    wide = int(size.split()[0])
    return [[int(dot < 128) for dot in grey[at : at + wide]] for at in range(0, len(grey), wide)]
