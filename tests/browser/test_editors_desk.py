"""The dashboard, search in drafts, the manual and what the second of two editors sees."""

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.chromium import NARROW, WIDE, Visitor, Way
from tests.browser.test_library_and_frame import PASSWORD, base  # noqa: F401 - a fixture


def signed_in(browser: Browser, address: str, way: Way, email: str) -> Visitor:
    """An editor who looks at every page."""
    one = Visitor(browser, address, way)
    one.go("/dang-nhap")
    one.page.locator('[name="email"]').fill(email)
    one.page.locator('[name="password"]').fill(PASSWORD)
    one.press("Đăng nhập")
    return one


@pytest.mark.parametrize("way", [Way(WIDE), Way(NARROW, scripts=False)], ids=str)
def test_from_the_dashboard_to_a_merged_term(
    browser: Browser,
    base: str,  # noqa: F811
    way: Way,
) -> None:
    me = signed_in(browser, base, way, "bientap@example.vn")
    me.go("/bien-tap", name="desk-01-dashboard")
    me.page.locator('[name="q"]').fill("mot cua")
    me.press("Tìm", name="desk-02-found")
    expect(me.page.locator(".results")).to_contain_text("một cửa")
    me.go("/bien-tap/den-han", name="desk-03-due")
    me.go("/bien-tap/huong-dan", name="desk-04-manual")
    me.go("/bien-tap/huong-dan/ban-lam-viec", name="desk-05-chapter")
    me.go("/bien-tap/tu-dong-nghia/moi", name="desk-06-synonym")
    me.page.locator('[name="phrase"]').fill(f"xyzzy {way}")
    me.page.locator('[name="officials"]').fill("khai sinh")
    me.press("Lưu từ đồng nghĩa", name="desk-07-synonyms")
    me.go("/bien-tap/tim-khong-ra", name="desk-08-empty")
    me.go("/bien-tap/ket-qua-ghim/moi")
    me.page.locator('[name="phrases"]').fill("khai sinh")
    me.page.locator('[name="address"]').fill("/trang/huong-dan-nop-ho-so")
    me.press("Ghim kết quả", name="desk-09-pinned")
    me.go("/tim-kiem?q=khai+sinh", name="desk-10-results")
    expect(me.page.locator(".results--pinned")).to_contain_text("Cơ quan chọn")

    me.go("/bien-tap/thuat-ngu")
    term = me.page.locator("main tbody th a").first.get_attribute("href") or ""
    other = signed_in(browser, base, way, "truongbientap@example.vn")
    me.go(term)
    other.go(term)
    name = "tên gọi mới " + str(way)
    other.page.locator('[name="name"]').fill(name)
    other.press("Lưu thuật ngữ")
    me.page.locator('[name="name"]').fill("tên của tôi " + str(way))
    me.page.locator('[name="meaning"]').fill("Nghĩa của tôi.")
    me.press("Lưu thuật ngữ", name="desk-11-clash")
    expect(me.page.locator("main")).to_contain_text("Đặng Văn Tập")
    me.page.get_by_label("Của người kia").check()
    me.press("Lưu thuật ngữ")
    me.go(term)
    expect(me.page.locator('[name="name"]')).to_have_value(name)
    expect(me.page.locator('[name="meaning"]')).to_have_value("Nghĩa của tôi.")
    me.close()
    other.close()
