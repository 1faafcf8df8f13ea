"""An opinion asked and answered, a procedure received elsewhere, officers without an official
mailbox: every new page is looked at, wide and on a phone."""

import threading
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect
from waitress.server import create_server

from content.procedures.models import Procedure
from content.procedures.reception_places import save_place
from tests.browser.chromium import NARROW, WIDE, Visitor, Way
from tests.support.dossiers import RESIDENCE, file_all, writing
from tests.support.handling import in_progress
from tests.support.officer import PASSWORD
from tests.support.site import Site

PLACE = {
    "place": "Đội kiểm tra lưu động",
    "address": "Số 9 đường Bờ Sông, phường Hà Trung Mẫu",
    "hours": "Thứ Ba, Thứ Năm: 08:00-11:00",
    "phone": "02030000000",
    "reason": "Người nộp phải mang phương tiện đến kiểm tra tại chỗ.",
    "legal_basis": "Quyết định số 12/QĐ-UBND ngày 05/01/2026",
}


@pytest.fixture
def base(site: Site) -> Iterator[str]:
    """The site with its stopped clock, behind a server of this process."""
    server = create_server(site.app, host="127.0.0.1", port=0, threads=4)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}"
    server.close()
    thread.join(5)


def sign_in(browser: Browser, base: str, name: str) -> Visitor:
    me = Visitor(browser, base, Way(WIDE, also=NARROW))
    me.page.goto("/dang-nhap")
    me.page.get_by_label("Thư điện tử").fill(f"{name}@example.vn")
    me.page.get_by_label("Mật khẩu").fill(PASSWORD)
    with me.page.expect_navigation(wait_until="load"):
        me.page.locator("main").get_by_role("button", name="Đăng nhập").click()
    return me


def test_an_opinion_and_a_place(browser: Browser, base: str, site: Site) -> None:
    code, waiting = in_progress(site), file_all(site)[0]
    with writing(site) as session:
        procedure = session.query(Procedure).where(Procedure.code == RESIDENCE).one()
        save_place(session, procedure, PLACE, revision=0, actor_id=None, now=site.clock())
    me = sign_in(browser, base, "chuyenvien")
    me.go(f"/can-bo/ho-so/{code}/xin-y-kien", name="opinions-01-ask")
    me.page.locator('main [name="to"]').select_option(label="Sở Xây dựng tỉnh Sơn Hà Mẫu")
    me.page.locator('main [name="question"]').fill("Ngôi nhà có nằm trong quy hoạch không?")
    me.page.locator('main [name="due_date"]').fill("25/11/2026")
    me.page.locator('main [name="papers"]').first.check()
    me.press("Gửi yêu cầu góp ý", name="opinions-02-asked")
    me.close()
    asked = sign_in(browser, base, "soxaydung")
    asked.go("/can-bo/y-kien", name="opinions-03-list")
    asked.follow(asked.page.locator("main tbody a").first, name="opinions-04-question")
    asked.page.locator('main [name="answer"]').fill("Nhà không thuộc diện quy hoạch.")
    asked.press("Gửi ý kiến", name="opinions-05-sent")
    asked.close()
    desk = sign_in(browser, base, "motcua")
    desk.go(f"/can-bo/ho-so/{waiting}", name="opinions-06-accept")
    desk.go(f"/can-bo/ho-so/{code}", name="opinions-07-answered")
    expect(desk.page.locator("main")).to_contain_text("Nhà không thuộc diện quy hoạch.")
    desk.go(f"/thu-tuc/{RESIDENCE}", name="opinions-08-procedure")
    desk.go("/noi-tiep-nhan/ngoai-mot-cua", name="opinions-09-elsewhere")
    desk.go("/tai-khoan", name="opinions-10-account")
    desk.close()
    keeper = sign_in(browser, base, "quantri")
    keeper.go(f"/quan-tri/noi-tiep-nhan?q={RESIDENCE}", name="opinions-11-places")
    keeper.follow(keeper.page.locator("main tbody a").first, name="opinions-12-place")
    keeper.go("/quan-tri/hop-thu-cong-vu", name="opinions-13-mailboxes")
    keeper.close()
