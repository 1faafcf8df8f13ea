"""A session that ends while somebody types, on a phone: the page, the sign-in on it, the way on."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.chromium import NARROW, Visitor, Way
from tests.support.officer import PASSWORD

BODY = "Dòng một\nDòng hai có <thẻ> và “ngoặc kép”, " + "rất-dài-không-ngắt" * 20


def sign_in(page: Page) -> None:
    """Fill in the form that is on the page."""
    page.locator("main [name=email]").fill("bientap@example.vn")
    page.locator("main [name=password]").fill(PASSWORD)


def test_a_session_that_ended_loses_no_text(visitor: Callable[[Way], Visitor]) -> None:
    me = visitor(Way(NARROW, scripts=False))
    page = me.page
    me.go("/dang-nhap?tiep=/bien-tap/tin/moi")
    sign_in(page)
    me.press("Đăng nhập")
    page.locator("main [name=title]").fill("Tin viết dở")
    page.locator("main [name=body]").fill(BODY)
    page.context.clear_cookies(name="phien")
    me.press("Lưu bản nháp", name="ended-01")
    expect(page.locator("h1")).to_have_text("Phiên làm việc đã hết")
    sign_in(page)
    me.press("Đăng nhập và xem lại", name="ended-02")
    expect(page.locator("main")).to_contain_text("Tin viết dở")
    me.press("Gửi lại", name="ended-03")
    assert page.locator("main [name=body]").input_value() == BODY
