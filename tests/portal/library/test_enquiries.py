"""Questions from both sides: asked, answered, published, found, taken back."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from content.enquiries.models import Enquiry
from portal.cli.program import Program
from portal.cli.working import timers
from tests.portal.editors import fill, words
from tests.support.officer import Officer
from tests.support.site import Site, write_ini

BASE = "/bien-tap/hoi-dap"
EDITOR, CHIEF = "bientap@example.vn", "truongbientap@example.vn"
ASKED = {
    "text": "Con tôi tên Bé Thử. Làm khai sinh cho cháu vào thứ Bảy được không?",
    "name": "Trần Văn Thử",
    "email": "thu@example.vn",
    "consent": True,
    "may_publish": True,
}


def ask(site: Site, status: int = 303, *, wait: int = 10, **values: Any) -> Any:
    """Send a question after reading the page for a while."""
    form = site.client().get("/hoi-dap/gui-cau-hoi").forms["f"]
    site.clock.move(seconds=wait)
    for name, value in values.items():
        form[name] = value
    answer = form.submit(status=status)
    return answer.follow() if status == 303 else answer


def press(one: Officer, address: str, ending: str) -> None:
    one.go(address)
    one.page = one.form(ending).submit(status=303).follow()


def test_a_citizens_question_is_answered_published_found_and_withdrawn(site: Site) -> None:
    assert "Đã nhận câu hỏi" in words(ask(site, **ASKED))
    editor, chief = Officer(site, EDITOR), Officer(site, CHIEF)
    address = editor.go(BASE).html.find("a", string=lambda text: text and "Bé Thử" in text)["href"]
    shown = words(editor.go(address))
    for said in ("Trần Văn Thử", "thu@example.vn", "cho công bố, tên viết tắt"):
        assert said in shown
    fill(
        editor,
        address,
        title="Làm khai sinh vào thứ Bảy được không?",
        details="",
        body="Được, buổi sáng.\n\n- Mang giấy chứng sinh bản chính.",
        topic="Giờ làm việc",
        procedures="1.001193",
    )
    press(editor, address, "/tra-loi")
    assert "Đã ghi câu trả lời" in editor.page.text
    editor.client.post(f"{address}/cong-bo", {"csrf_token": "x"}, status="4*")
    press(chief, address, "/cong-bo")
    assert site.run("worker", "--once") == 0
    mails = [one.read_text("utf-8") for one in (site.folder / "mail").glob("*.eml")]
    assert any("Được, buổi sáng." in one and "thu@example.vn" in one for one in mails)
    public = "/hoi-dap/lam-khai-sinh-vao-thu-bay-duoc-khong"
    page = site.client().get(public)
    assert "Người hỏi: T.V.T." in words(page)
    for hidden in ("Trần Văn", "Bé Thử", "example.vn"):
        assert hidden not in page.text.partition("<main")[2].partition("</main>")[0]
    assert page.html.select_one("main li a[href='/thu-tuc/1.001193']")
    procedure = site.client().get("/thu-tuc/1.001193")
    assert public in [one["href"] for one in procedure.html.select("#hoi-dap ~ ul a")]
    found = site.client().get("/tim-kiem", {"q": "khai sinh thứ bảy", "loai": "hoi-dap"})
    assert public in [one["href"] for one in found.html.select(".results a")]
    assert public in site.client().get("/sitemap.xml").text
    assert "trưởng ban biên tập sửa hoặc gỡ" in words(editor.go(address))
    editor.client.get(f"{address}/khong-co", status=404)
    press(chief, address, "/go")
    site.client().get(public, status=404)


def test_a_refusal_says_why_by_mail(site: Site) -> None:
    ask(site, **ASKED)
    editor = Officer(site, EDITOR)
    address = editor.go(BASE).html.find("a", string=lambda text: text and "Bé Thử" in text)["href"]
    assert "chưa ghi" in fill(editor, f"{address}/tu-choi", 422, reason=" ").text
    fill(editor, f"{address}/tu-choi", reason="Xin gửi đơn có chữ ký.")
    assert "Xin gửi đơn có chữ ký." in words(editor.go(address))
    assert site.run("worker", "--once") == 0
    mails = [one.read_text("utf-8") for one in (site.folder / "mail").glob("*.eml")]
    assert any("Xin gửi đơn có chữ ký." in one for one in mails)


def test_the_worker_erases_who_asked_long_ago(site: Site) -> None:
    ask(site, **ASKED)
    with site.database.writing_sessions.begin() as session:
        [asked] = session.scalars(select(Enquiry).where(Enquiry.email != ""))
        asked.received_at -= timedelta(days=36_500)
    with Program(str(write_ini(site.folder))) as program:
        [timer] = [one for one in timers(program) if one.name == "forget_who_asked"]
        timer.run()
    with site.database.sessions() as session:
        assert not session.scalars(select(Enquiry).where(Enquiry.email != "")).all()


def test_machines_are_kept_out_and_typed_words_stay(site: Site) -> None:
    refused = ask(site, 422, **{**ASKED, "consent": False})
    assert refused.forms["f"]["text"].value == ASKED["text"]
    assert refused.forms["f"]["name"].value == ASKED["name"]
    assert "chờ vài giây" in ask(site, 422, wait=1, **ASKED).text
    ask(site, **ASKED, website="http://x")
    assert "Bé Thử" not in Officer(site, EDITOR).go(BASE).text
    for _number in range(5):
        ask(site, **ASKED)
    ask(site, 429, **ASKED)


def test_an_entry_is_written_kept_said_again_and_thrown_away(site: Site) -> None:
    editor = Officer(site, EDITOR)
    fill(editor, f"{BASE}/moi", title="Nộp thay được không?", body="Được.")
    address = editor.page.request.path
    wrong = fill(editor, address, 422, procedures="9.999999")
    assert "không phải của thủ tục nào" in wrong.text
    kept = editor.go(address).forms["f"]
    url = f"/bien-tap/tu-luu/enquiry:{address.rpartition('/')[2]}"
    headers = {"X-CSRF-Token": kept["csrf_token"].value}
    site.clock.move(seconds=5)
    editor.client.post_json(url, {"fields": {"body": "Đang viết dở."}}, headers=headers)
    assert "Có một bản đang viết dở" in words(editor.go(address))
    assert editor.go(f"{address}?khoi-phuc=1").forms["f"]["body"].value == "Đang viết dở."
    chief = Officer(site, CHIEF)
    assert "Người khác đang sửa" in words(chief.go(address))
    fill(editor, address, body="Được, có giấy ủy quyền.")
    kept["details"], kept["topic"] = "Cửa sổ cũ.", "Nộp hồ sơ"
    clash = kept.submit(status=422)
    assert "Hai bản khác nhau ở đâu" in words(clash)
    merged = clash.forms["f"]
    assert (merged["body"].value, merged["topic"].value) == (
        "Được, có giấy ủy quyền.",
        "Nộp hồ sơ",
    )
    merged.submit(status=303)
    history = words(editor.go(f"{address}/lich-su?lan=2"))
    assert "có giấy ủy quyền" in history
    editor.go(f"{address}/lich-su?lan=1")
    editor.page = editor.form("/khoi-phuc").submit(status=303).follow()
    assert editor.page.forms["f"]["body"].value == "Được."
    press(editor, address, "/xoa")
    editor.client.get(address, status=404)
    assert "Nộp thay được không?" in words(editor.go("/bien-tap/thung-rac"))


def test_readers_narrow_the_list(reading_site: Site) -> None:
    client = reading_site.client()
    everything = words(client.get("/hoi-dap"))
    assert "15 câu hỏi" in everything
    assert "1 câu hỏi đang chờ trả lời" in everything
    form = next(one for one in client.get("/hoi-dap").forms.values() if "chu-de" in one.fields)
    form["chu-de"], form["linh-vuc"] = "Giấy tờ", "ho-tich"
    narrowed = words(form.submit())
    assert "1 câu hỏi" in narrowed
    assert "khai sinh cho con ở đâu" in narrowed
    assert "N.T.T.D." in words(
        client.get("/hoi-dap/dang-ky-tam-tru-cho-nguoi-thue-nha-thi-chu-nha-co-phai-di-cung-khong")
    )


@pytest.mark.parametrize(
    "query", ["q=%25_%5C", "chu-de=x&linh-vuc=y&trang=-9", "trang=99999999999"]
)
def test_nonsense_in_an_address_is_no_error(reading_site: Site, query: str) -> None:
    assert reading_site.client().get(f"/hoi-dap?{query}").status_int == 200


def test_strangers_do_not_get_in(reading_site: Site) -> None:
    client = reading_site.client()
    client.get("/hoi-dap/khong-co", status=404)
    client.get("/hoi-dap?q=%00", status=400)
    client.get(BASE, status=303)
    Officer(reading_site).client.get(BASE, status=403)
