"""Uploads: looked into, refused with the reason, kept for their owner alone."""

import io
import struct
import zipfile
import zlib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.procedures.forms import Limits
from content.procedures.forms.check import MAX_DOSSIER_BYTES
from portal.forms.sniffing import Refused, sniff
from portal.forms.uploads import MemoryUploadStore, Uploads, clean_name
from tests.support.form_strategies import JPEG, PDF, docx

ALL = Limits(file_types=("pdf", "jpeg", "png", "docx", "xlsx", "zip"))


def png() -> bytes:
    header = b"IHDR" + struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    start = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + header
    return start + struct.pack(">I", zlib.crc32(header)) + b"\0\0\0\0IEND\xaeB`\x82"


def archive(*entries: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as made:
        for name, content in entries:
            made.writestr(name, content)
    return out.getvalue()


def encrypted() -> bytes:
    """An archive whose only entry says that it is encrypted."""
    data = bytearray(archive(("a.txt", b"abc"), method=zipfile.ZIP_STORED))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def receive(name: str, content: bytes, limits: Limits = ALL, **more: Any) -> Any:
    return Uploads(MemoryUploadStore(), "a").receive(name, io.BytesIO(content), limits, **more)


@pytest.mark.parametrize(
    ("name", "content", "mime"),
    [
        ("đơn.pdf", PDF, "application/pdf"),
        ("ẢNH.JPEG", JPEG, "image/jpeg"),
        ("a.png", png(), "image/png"),
        (
            "a.docx",
            docx(),
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
        (
            "a.xlsx",
            archive(("[Content_Types].xml", b"<a/>"), ("xl/workbook.xml", b"<a/>")),
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ),
        ("a.zip", archive(("đơn.pdf", PDF)), "application/zip"),
    ],
)
def test_a_true_file_is_kept_with_its_facts(name: str, content: bytes, mime: str):
    kept = receive(name, content)
    assert (kept.name, kept.size, kept.type) == (name, len(content), mime)
    assert len(kept.digest) == 64
    assert len(kept.token) >= 32


@pytest.mark.parametrize(
    ("name", "content", "limits", "code"),
    [
        ("a.pdf", b"", ALL, "file_empty"),
        ("a.pdf", b"MZ\x90\0 this program", ALL, "file_unknown"),
        ("a.pdf", b"<html><script>alert(1)</script>%PDF-1.4 %%EOF", ALL, "file_unknown"),
        ("a.pdf", PDF[:-8], ALL, "file_damaged"),
        ("a.jpg", JPEG[:-2], ALL, "file_damaged"),
        ("a.png", png()[:-12], ALL, "file_damaged"),
        ("a.png", png().replace(b"\0\0\0\1", b"\0\0\0\2", 1), ALL, "file_damaged"),
        ("a.docx", docx()[:-20], ALL, "file_damaged"),
        ("a.pdf", JPEG, ALL, "file_lies"),
        ("a.jpg.exe", JPEG, ALL, "file_lies"),
        ("a", JPEG, ALL, "file_lies"),
        ("a.docx", docx(), Limits(), "file_type"),
        ("a.png", png(), Limits(file_types=("pdf",)), "file_type"),
        ("a.pdf", PDF, Limits(max_bytes=10), "file_too_large"),
        ("a.zip", archive(("to.txt", bytes(5_000_000))), ALL, "file_bomb"),
        ("a.zip", archive(*((f"{n}", b"") for n in range(2_001))), ALL, "file_bomb"),
        ("a.zip", encrypted(), ALL, "file_encrypted"),
        ("a.zip", archive(("../../etc/passwd", b"x")), ALL, "file_bad_names"),
        ("a.zip", archive(("/etc/passwd", b"x")), ALL, "file_bad_names"),
        (
            "a.docx",
            archive(("[Content_Types].xml", b""), ("word/vbaProject.bin", b"x")),
            ALL,
            "file_macros",
        ),
        ("../../a.pdf", PDF, ALL, "file_bad_name"),
        ("..\\a.pdf", PDF, ALL, "file_bad_name"),
        ("a\x00.pdf", PDF, ALL, "file_bad_name"),
        ("\ud800.pdf", PDF, ALL, "file_bad_name"),
    ],
)
def test_a_bad_file_is_refused_with_the_reason(
    name: str, content: bytes, limits: Limits, code: str
):
    with pytest.raises(Refused) as caught:
        receive(name, content, limits)
    assert caught.value.code == code
    assert caught.value.data["name"]


def test_all_files_of_a_dossier_together_have_a_limit():
    assert receive("a.pdf", PDF, already=MAX_DOSSIER_BYTES - len(PDF))
    with pytest.raises(Refused) as caught:
        receive("a.pdf", PDF, already=MAX_DOSSIER_BYTES)
    assert caught.value.code == "files_too_large"


def test_nothing_of_a_refused_file_is_kept():
    store = MemoryUploadStore()
    with pytest.raises(Refused):
        Uploads(store, "a").receive("a.pdf", io.BytesIO(JPEG), ALL)
    assert len(store) == 0


def test_a_token_is_good_for_its_owner_only():
    store = MemoryUploadStore()
    mine, other = Uploads(store, "draft:1"), Uploads(store, "draft:2")
    token = mine.receive("a.pdf", io.BytesIO(PDF), ALL).token
    assert [one["token"] for one in mine.kept([token, token, "x" * 32, b"", "../" * 8])] == [token]
    assert other.kept([token]) == []
    other.drop([{"token": token}])
    assert store.open("draft:1", token).read() == PDF
    mine.drop([{"token": token}])
    assert mine.kept([token]) == []


@pytest.mark.parametrize(
    ("name", "cleaned"),
    [
        ("C:\\Users\\An\\đơn.pdf", "đơn.pdf"),
        ("/home/an/đơn.pdf", "đơn.pdf"),
        ('a"<b>|c?.pdf', "a_b_c_.pdf"),
        ("...ẩn.pdf", "ẩn.pdf"),
        ("a\r\nb.pdf", "a_b.pdf"),
        ("x" * 300 + ".pdf", "x" * 146 + ".pdf"),
        ("", "tep"),
        (".pdf", "pdf"),
    ],
)
def test_a_name_loses_what_harms(name: str, cleaned: str):
    assert clean_name(name) == cleaned


@given(st.text(st.characters(codec=None), max_size=300))
def test_any_name_becomes_a_harmless_one(name: str):
    cleaned = clean_name(name)
    assert 0 < len(cleaned) <= 162
    assert not set(cleaned) & set('/\\:*?"<>|\x00\r\n')
    cleaned.encode("utf-8")


NAMED = ALL.file_types or ()


def outcome(content: bytes) -> str:
    """The type found, or why the bytes are refused."""
    try:
        return sniff(io.BytesIO(content), len(content))
    except Refused as refused:
        return refused.code


@given(st.binary(max_size=400), st.sampled_from([b"", b"%PDF-1.", b"PK\x03\x04", b"\xff\xd8\xff"]))
def test_any_bytes_are_named_or_refused(rest: bytes, start: bytes):
    assert outcome(start + rest) in NAMED or outcome(start + rest).startswith("file_")


@given(st.data())
def test_a_damaged_archive_never_breaks_the_server(data):
    whole = bytearray(archive(("[Content_Types].xml", b"<a/>" * 50), ("word/a.xml", b"<b/>" * 50)))
    for _ in range(data.draw(st.integers(1, 4))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    assert outcome(bytes(whole)) in NAMED or outcome(bytes(whole)).startswith("file_")
