"""Legal documents: written, read by the worker, published, found, taken back."""

from typing import Any

import pytest

from tests.content.library.files import pdf, word
from tests.portal.editors import fill, words
from tests.support.officer import Officer
from tests.support.site import Site

BASE = "/bien-tap/van-ban"
EDITOR, CHIEF = "bientap@example.vn", "truongbientap@example.vn"
FACTS = {
    "number": "12/2026/QĐ-UBND",
    "kind": "quyet-dinh",
    "agency": "Ủy ban nhân dân tỉnh",
    "summary": "Quy định mức thu lệ phí hộ tịch",
    "issued_on": "05/01/2026",
    "effective_on": "20/01/2026",
}


def send(one: Officer, address: str, name: str, data: bytes, status: int = 303) -> Any:
    token = one.go(address).forms[0]["csrf_token"].value
    files = [("tep", name, data)]
    one.page = one.client.post(address, {"csrf_token": token}, upload_files=files, status=status)
    return one.page


def press(one: Officer, address: str, ending: str) -> None:
    one.go(address)
    one.page = one.form(ending).submit(status=303).follow()


def test_a_document_is_written_read_published_found_and_withdrawn(site: Site) -> None:
    editor, chief = Officer(site, EDITOR), Officer(site, CHIEF)
    fill(editor, f"{BASE}/moi", **FACTS)
    address = editor.page.request.path
    send(editor, f"{address}/tep", "quy định.docx", word("Miễn lệ phí cho trẻ mồ côi ở đảo xa."))
    send(editor, f"{address}/tep", "anh quet.pdf", pdf(""))
    assert "Đang chờ đọc chữ" in words(editor.go(address))
    assert site.run("worker", "--once") == 0
    shown = words(editor.go(address))
    assert "Đã đọc được chữ" in shown
    assert "Không đọc được chữ trong tệp: tệp chỉ có ảnh chụp" in shown
    public = "/van-ban/12-2026-qd-ubnd"
    site.client().get(public, status=404)
    editor.client.get(f"{address}/cong-bo", status=405)
    assert "Trưởng ban biên tập xem" in shown
    press(chief, address, "/cong-bo")
    assert site.run("worker", "--once") == 0
    page = site.client().get(public)
    assert "Còn hiệu lực" in words(page)
    link = page.html.select_one("a[download]")["href"]
    file = site.client().get(link)
    assert file.headers["Content-Disposition"].startswith("attachment")
    found = site.client().get("/tim-kiem", {"q": "trẻ mồ côi đảo xa", "loai": "van-ban"})
    assert "12/2026/QĐ-UBND" in words(found)
    # The list itself looks into files, and narrows what it finds there.
    for narrowed, listed in (({}, True), ({"nam": "2026"}, True), ({"nam": "1990"}, False)):
        page = site.client().get("/van-ban", {"q": "trẻ mồ côi đảo xa", **narrowed})
        assert ("12/2026/QĐ-UBND" in words(page)) == listed
    assert "mồ côi" in found.html.select_one(".results__snippet").get_text()
    assert "trưởng ban biên tập sửa" in words(editor.go(address))
    editor.client.get(f"{address}/tep", status=403)
    press(chief, address, "/go")
    site.client().get(public, status=404)
    site.client().get(link, status=404)
    press(editor, address, f"{address}/xoa")
    editor.client.get(address, status=404)


def test_what_is_wrong_with_a_form_is_said(site: Site) -> None:
    editor = Officer(site, EDITOR)
    wrong = {**FACTS, "effective_on": "01/01/2026"}
    assert "trước ngày ban hành" in fill(editor, f"{BASE}/moi", 422, **wrong).text
    known = {**FACTS, "number": "123/2015/NĐ-CP", "agency": "Chính phủ"}
    known |= {"issued_on": "15/11/2015", "effective_on": ""}
    assert "đã có" in fill(editor, f"{BASE}/moi", 422, **known).text


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.pdf", b"%PDF-1.7\nx", "bị hỏng"),
        ("a.docx", b"PK\x03\x04xx", "bị hỏng"),
        ("a.pdf", b"<script>alert(1)</script>", "Chỉ nhận tệp PDF hoặc DOCX"),
        ("", b"", "chưa chọn tệp"),
    ],
)
def test_a_file_that_is_not_taken_says_why(site: Site, name: str, data: bytes, said: str) -> None:
    editor = Officer(site, EDITOR)
    fill(editor, f"{BASE}/moi", **FACTS)
    assert said in send(editor, f"{editor.page.request.path}/tep", name, data, 422).text


def test_readers_narrow_the_list_and_see_what_rests_on_a_document(reading_site: Site) -> None:
    client = reading_site.client()
    everything = client.get("/van-ban")
    assert "8 văn bản" in words(everything)
    form = next(one for one in everything.forms.values() if "loai" in one.fields)
    form["loai"], form["nam"], form["co-quan"] = "nghi-dinh", "2015", "Chính phủ"
    narrowed = words(form.submit())
    assert "123/2015/NĐ-CP" in narrowed
    assert "1 văn bản" in narrowed
    assert "Không có văn bản nào khớp" in words(client.get("/van-ban", {"hieu-luc": "het"}))
    page = words(client.get("/van-ban/123-2015-nd-cp"))
    assert "Có hiệu lực từ 01/01/2016" in page
    assert "47 thủ tục" in page or "thủ tục" in page.partition("căn cứ văn bản này")[2]


def test_nonsense_in_an_address_is_no_error(reading_site: Site) -> None:
    client = reading_site.client()
    for query in ("loai=x&nam=abcd&hieu-luc=1&trang=-3", "q=%25_%5C&co-quan=%25", "nam=9999"):
        client.get(f"/van-ban?{query}")
    client.get("/van-ban/khong-co", status=404)
    client.get("/van-ban/123-2015-nd-cp/tep/99999999999999999999", status=404)
    client.get("/van-ban?q=%00", status=400)
    client.get("/bien-tap/van-ban", status=303)
