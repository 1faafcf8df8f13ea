"""Text comes out of good files; whatever else a file is, it is said and nothing breaks."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from content.library.kinds import Reading
from content.library.reading import EXTRACTOR, text_of
from tests.content.library.files import SENTENCE, pdf, word
from tests.content.library.hostile import FILES
from tests.support.measuring import measured


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


def test_of_a_file_that_is_two_things_only_the_words_are_read(tmp_path: Path) -> None:
    hidden = b"PK\x03\x04<script>alert(1)</script>" + bytes(2000)
    assert read(tmp_path, pdf() + hidden, "pdf") == (Reading.READ, SENTENCE)


@pytest.mark.parametrize("name", FILES)
def test_a_file_made_to_do_harm_is_said_to_be_unreadable_and_takes_no_300_mb(
    tmp_path: Path, name: str, record_property: Callable[[str, object], None]
) -> None:
    kind, make = FILES[name]
    path = tmp_path / "given"
    path.write_bytes(make())
    answer, kib = measured(sys.executable, "-I", str(EXTRACTOR), str(path), kind)
    assert kib < 300 * 1024
    assert "root:" not in answer
    # Without an answer the kernel ended the reader; then it is said to be too much.
    refused = json.loads(answer)["refused"] if answer else "file_slow"
    assert Reading(refused) in (Reading.DAMAGED, Reading.SCANNED, Reading.SLOW)
    record_property("told", f"refused text, {name}: {kib // 1024} MiB at most")
