"""Papers at the desk: slips as PDF on A4 and A5, and what citizens sent, kept harmless."""

from typing import Any

import pytest

from tests.content.letters.reading import flat, page_size, text_of
from tests.support.citizen import png
from tests.support.dossiers import PDF, Filed, SentFile, accept, file_all
from tests.support.officer import Officer
from tests.support.site import Site

PAGE = b"<!doctype html><script>alert(1)</script>"


@pytest.mark.parametrize(("size", "millimetres"), [("", (210, 297)), ("?kho=a5", (148, 210))])
def test_the_receipt_slip_says_what_was_promised(
    site: Site, size: str, millimetres: tuple[int, int]
) -> None:
    code = file_all(site, Filed("Đỗ Thị Ẩn"))[0]
    accept(site, code)
    answer = Officer(site).go(f"/can-bo/ho-so/{code}/giay-tiep-nhan.pdf{size}")
    assert answer.content_type == "application/pdf"
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert 'filename="giay-tiep-nhan-H99.11-261123-0001.pdf"' in answer.content_disposition
    assert page_size(answer.body) == millimetres
    text = text_of(answer.body)
    for words in (
        "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ",
        "H99.11-261123-0001",
        "Đỗ Thị Ẩn",
        "Đăng ký tạm trú",
        "17 giờ 00 phút, ngày 27/11/2026",
        "Trần Văn Một",
        "TRANG MẪU",
    ):
        assert flat(words) in text


def test_the_refusal_slip_carries_reason_and_legal_basis(site: Site) -> None:
    code = file_all(site, Filed("Đỗ Thị Ẩn"))[0]
    officer = Officer(site)
    officer.go(f"/can-bo/ho-so/{code}/tu-choi")
    officer.write_refusal("Thiếu giấy tờ chứng minh chỗ ở.\nÔng/bà nộp lại.", "Điều 28 Luật Cư trú")
    officer.refuse()
    links = [one["href"] for one in officer.page.html.select("a[href*='phieu-tu-choi.pdf']")]
    assert len(links) == 2
    for link in links:
        text = text_of(officer.client.get(link).body)
        for words in ("Thiếu giấy tờ chứng minh chỗ ở.", "Ông/bà nộp lại.", "Điều 28 Luật Cư trú"):
            assert flat(words) in text


def test_a_slip_made_twice_is_the_same(site: Site) -> None:
    code = file_all(site)[0]
    accept(site, code)
    officer = Officer(site)
    first = officer.client.get(f"/can-bo/ho-so/{code}/giay-tiep-nhan.pdf").body
    site.clock.move(days=400)
    officer = Officer(site)
    assert officer.client.get(f"/can-bo/ho-so/{code}/giay-tiep-nhan.pdf").body == first


def paper(site: Site, file: SentFile, *, download: bool = False) -> Any:
    """What opening the only file of a dossier answers."""
    officer = Officer(site)
    officer.dossier(*file_all(site, Filed(files=(file,))))
    links = [one["href"] for one in officer.page.html.select(".papers a")]
    wanted = next(one for one in links if one.endswith("?tai-ve=1"))
    return officer.client.get(wanted if download else wanted.removesuffix("?tai-ve=1"))


@pytest.mark.parametrize(
    ("file", "kind"),
    [
        (SentFile("sổ đỏ.pdf", PDF, "application/pdf"), "application/pdf"),
        (SentFile("ảnh.png", png(), "image/png"), "image/png"),
    ],
)
def test_pdfs_and_pictures_open_where_nothing_can_run(
    desk_site: Site, file: SentFile, kind: str
) -> None:
    answer = paper(desk_site, file)
    assert answer.content_type == kind
    assert answer.body == file.body
    assert answer.content_disposition.startswith("inline; filename=")
    assert "filename*=UTF-8''" in answer.content_disposition
    policy = answer.headers["Content-Security-Policy"].split("; ")
    assert {"default-src 'none'", "sandbox"} <= set(policy)
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert paper(desk_site, file, download=True).content_disposition.startswith("attachment; ")


@pytest.mark.parametrize(
    "file",
    [
        # The type that was noted at upload is not believed a second time.
        SentFile("a.pdf", PAGE, "application/pdf"),
        SentFile("a.png", PAGE, "image/png"),
        SentFile(
            "a.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "image/svg+xml"
        ),
        SentFile("a.html", PAGE, "text/html"),
        SentFile("a.docx", b"PK\x03\x04rest", "application/vnd.openxmlformats"),
        SentFile('../..\\"; x="<b>.exe', PDF, "application/zip"),
    ],
)
def test_anything_else_is_only_downloaded(desk_site: Site, file: SentFile) -> None:
    answer = paper(desk_site, file)
    assert answer.content_type == "application/octet-stream"
    assert answer.content_disposition.startswith("attachment; ")
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert '"' not in answer.content_disposition.split("filename=")[1].split('"')[1]
    assert ".." not in answer.content_disposition.split("filename*=")[0]


def test_only_what_can_be_shown_is_offered_to_be_opened(desk_site: Site) -> None:
    files = (SentFile("a.pdf"), SentFile("b.docx", b"PK\x03\x04", "application/octet-stream"))
    officer = Officer(desk_site)
    officer.dossier(*file_all(desk_site, Filed(files=files)))
    offered = [one.get_text(" ", strip=True) for one in officer.page.html.select(".papers a")]
    assert offered == ["Mở a.pdf ở thẻ mới", "Tải về a.pdf", "Tải về b.docx"]
    assert officer.page.html.select_one(".papers a")["rel"] == ["noopener"]


def test_bytes_that_are_lost_are_not_found(site: Site) -> None:
    officer = Officer(site)
    officer.dossier(*file_all(site))
    link = officer.page.html.select(".papers a")[0]["href"]
    for path in site.settings.blob_dir.rglob("*"):
        if path.is_file():
            path.unlink()
    officer.client.get(link, status=404)
