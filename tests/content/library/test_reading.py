"""Text comes out of good files; whatever else a file is, it is said and nothing breaks."""

import subprocess
import sys
from pathlib import Path

import pytest

from content.library.kinds import Reading
from content.library.reading import EXTRACTOR, text_of
from tests.content.library.files import SENTENCE, pdf, word


def read(folder: Path, data: bytes, kind: str) -> tuple[Reading, str]:
    path = folder / "given"
    path.write_bytes(data)
    return text_of(path, kind)


def test_the_words_of_a_pdf_are_read(tmp_path: Path) -> None:
    state, text = read(tmp_path, pdf(), "pdf")
    assert state is Reading.READ
    assert SENTENCE in text


def test_a_pdf_locked_against_changing_only_is_read(tmp_path: Path) -> None:
    assert read(tmp_path, pdf(password=""), "pdf")[0] is Reading.READ


def test_the_words_of_a_docx_and_its_tables_are_read(tmp_path: Path) -> None:
    state, text = read(tmp_path, word("Hướng dẫn đăng ký hộ tịch lưu động."), "docx")
    assert state is Reading.READ
    assert "đăng ký hộ tịch lưu động" in text
    assert "phụ lục" in text


@pytest.mark.parametrize(
    ("data", "kind", "expected"),
    [
        (pdf(password="bimat"), "pdf", Reading.ENCRYPTED),
        (pdf(""), "pdf", Reading.SCANNED),
        (pdf()[:300], "pdf", Reading.DAMAGED),
        (b"", "pdf", Reading.DAMAGED),
        (b"%PDF-1.7\n%%EOF", "pdf", Reading.DAMAGED),
        (word("x")[:2000], "docx", Reading.DAMAGED),
        (b"PK\x03\x04", "docx", Reading.DAMAGED),
        (word(""), "docx", Reading.SCANNED),
    ],
    ids=["locked", "scan", "cut", "empty", "hollow", "cut-docx", "no-zip", "empty-docx"],
)
def test_what_cannot_be_read_is_said(
    tmp_path: Path, data: bytes, kind: str, expected: Reading
) -> None:
    assert read(tmp_path, data, kind) == (expected, "")


def test_the_reader_is_bound_in_memory(tmp_path: Path) -> None:
    program = (
        f"import runpy; m = runpy.run_path({str(EXTRACTOR)!r}, run_name='x'); m['bound']()\n"
        "try:\n    bytearray(1 << 30)\nexcept MemoryError:\n    print('bound')"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout == "bound\n"
