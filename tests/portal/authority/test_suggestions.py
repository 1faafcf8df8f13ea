"""The suggestion box from both sides of the counter."""

from typing import Any

from content.suggestions.service import PAGE_SIZE, SuggestionService
from tests.portal.editors import fill, words
from tests.support.officer import Officer
from tests.support.site import Site

CLERK = "vanthu@example.vn"


def send(site: Site, status: int = 303, *, wait: int = 10, **values: Any) -> Any:
    """Write a suggestion after reading the page for a while."""
    form = site.client().get("/gop-y").forms["f"]
    site.clock.move(seconds=wait)
    for name, value in values.items():
        form[name] = value
    answer = form.submit(status=status)
    return answer.follow() if status == 303 else answer


def test_a_suggestion_without_a_name_is_followed_by_its_code(site: Site) -> None:
    page = send(site, text="Xin thêm ghế ở quầy 4.", is_anonymous=True)
    code = page.html.select_one(".notice strong").get_text()
    assert "Đã nhận, đang xem" in words(page)
    clerk = Officer(site, CLERK)
    clerk.go("/can-bo")
    clerk.go(clerk.page.html.find("a", string="Góp ý")["href"])
    assert "Xin thêm ghế" in clerk.text
    address = next(one["href"] for one in clerk.page.html.select("li.panel a"))
    assert "không ghi tên" in words(clerk.go(address))
    form = clerk.page.forms["f"]
    assert "Ông/bà ghi câu trả lời" in form.submit(status=422).text
    form["answer"] = "Đã thêm mười ghế."
    form.submit(status=303)
    shown = site.client().get("/gop-y/tra-loi", {"ma": code.lower()})
    assert "Đã thêm mười ghế." in words(shown)
    assert "no-store" in shown.headers["Cache-Control"]


def test_who_leaves_the_other_fields_empty_stays_unknown(site: Site) -> None:
    page = send(site, text="Ghế ở quầy 3 hỏng.")
    assert "Đã nhận, đang xem" in words(page)
    refused = send(site, 422, text="Xin gọi lại.", phone="0912345678", consent=True)
    assert "Ông/bà chưa ghi mục này" in refused.text


def test_every_suggestion_can_be_reached(site: Site) -> None:
    with site.database.writing_sessions.begin() as session:
        keeper = SuggestionService(session, site.clock())
        for number in range(PAGE_SIZE + 1):
            keeper.send(f"Góp ý số {number}.", is_anonymous=True, consent=False)
    clerk = Officer(site, CLERK)
    first = clerk.go("/bien-tap/gop-y")
    assert len(first.html.select("li.panel")) == PAGE_SIZE
    second = first.click("2", href="trang=2")
    assert f"Góp ý số {PAGE_SIZE}." in words(second)
    clerk.go("/bien-tap/gop-y?trang=99")
    assert len(clerk.page.html.select("li.panel")) == 1


def test_a_name_needs_consent_and_goes_when_the_suggestion_is_closed(site: Site) -> None:
    assert "đồng ý" in send(site, 422, text="Chờ lâu.", name="Bà Mẫu").text
    send(site, text="Chờ lâu.", name="Bà Thử Mẫu", email="mau@example.vn", consent=True)
    clerk = Officer(site, CLERK)
    address = clerk.go("/bien-tap/gop-y").html.select_one("li.panel a")["href"]
    assert "Bà Thử Mẫu" in words(clerk.go(address))
    form = clerk.page.forms["f"]
    form["answer"] = "Đã gọi điện."
    form.submit("dong", status=303)
    closed = words(clerk.go(address))
    assert "Bà Thử Mẫu" not in closed
    assert "đã được xóa" in closed


def test_refusing_says_why_by_mail(site: Site) -> None:
    send(site, text="Tôi khiếu nại.", name="Ông Thử", email="thu@example.vn", consent=True)
    clerk = Officer(site, CLERK)
    clerk.go(clerk.go("/bien-tap/gop-y").html.select_one("li.panel a")["href"])
    form = clerk.page.forms["f"]
    form["answer"] = "Đây là khiếu nại; xin gửi đơn có chữ ký."
    form.submit("tu_choi", status=303)
    assert site.run("worker", "--once") == 0
    mails = [one.read_text("utf-8") for one in (site.folder / "mail").glob("*.eml")]
    assert any("xin gửi đơn có chữ ký" in one for one in mails)


def test_machines_are_kept_out(site: Site) -> None:
    assert "chờ vài giây" in send(site, 422, wait=1, text="x", is_anonymous=True).text
    send(site, text="Mua hàng", is_anonymous=True, website="http://x")
    clerk = Officer(site, CLERK)
    assert "Không có góp ý nào" in words(clerk.go("/bien-tap/gop-y"))
    for number in range(5):
        send(site, text=f"Góp ý {number}", is_anonymous=True)
    send(site, 429, text="Góp ý nữa", is_anonymous=True)


def test_a_wrong_code_opens_nothing(reading_site: Site) -> None:
    for code in ("ABCDE-FGHJK", "x", "\u0000", "1" * 5000):
        page = reading_site.client().get("/gop-y/tra-loi", {"ma": code}, status="*")
        assert page.status_int in {200, 400}


def test_the_months_record_is_written_sealed_and_printed(site: Site) -> None:
    send(site, text="Xin thêm ghế.", is_anonymous=True)
    clerk = Officer(site, CLERK)
    fill(clerk, "/bien-tap/gop-y/cuoc-goi", text="Quầy 7 trả lời chậm.")
    usual = {"place": "Sảnh chính", "opener": "Bà Hoa, văn thư", "letters": "1"}
    new = "/bien-tap/gop-y/bien-ban/moi"
    for month, said in (("13/2026", "ví dụ đúng: 11/2026"), ("12/2026", "trước tháng")):
        assert said in fill(clerk, new, 422, month=month, **usual).text
    fill(clerk, new, month="11/2026", **usual)
    record = clerk.page.html.select_one("tbody a")["href"]
    fill(clerk, f"{record}/thu", text="Thư giấy: khen quầy 2.")
    clerk.go(record)
    clerk.page = clerk.form("/chot").submit(status=303).follow()
    assert "Chưa chốt: tháng này chưa hết" in clerk.text
    site.clock.move(days=10)
    clerk = Officer(site, CLERK)
    clerk.go(record)
    clerk.page = clerk.form("/chot").submit(status=303).follow()
    assert "Đã chốt" in clerk.text
    for said in ("Thư giấy: khen quầy 2.", "Quầy 7 trả lời chậm.", "Xin thêm ghế.", "Tổng cộng 3"):
        assert said in clerk.text
    clerk.client.get(f"{record}/sua", status=404)
    empty = {**usual, "letters": "0", "opened_at": "01/12/2026 08:00"}
    fill(clerk, new, month="10/2026", **empty)
    clerk.go(clerk.page.html.select("tbody a")[-1]["href"])
    assert "không có thư, không có góp ý nào" in clerk.text


def test_officers_at_the_counter_do_not_open_the_box(site: Site) -> None:
    desk = Officer(site)
    assert "Góp ý" not in words(desk.go("/can-bo"), "header")
    for path in ("gop-y", "gop-y/bien-ban", "gop-y/cuoc-goi"):
        desk.client.get(f"/bien-tap/{path}", status=403)
