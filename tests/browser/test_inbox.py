"""The inbox in a real browser: keys, choosing many, the navigation, at a desk and on a phone."""

from playwright.sync_api import Browser, expect

from tests.browser.chromium import NARROW, WIDE, Way, signed_in
from tests.support.dossiers import Filed, file_all
from tests.support.site import Site


def test_keys_and_many_at_once(browser: Browser, base: str, site: Site) -> None:
    file_all(site, Filed("Đỗ An"), Filed("Bùi Bình"), Filed("Vũ Cường"))
    desk = signed_in(browser, base, Way(WIDE), "motcua@example.vn")
    desk.go("/can-bo", name="inbox-01-wide")
    keys, rows = desk.page.keyboard, desk.page.locator("[data-row]")
    keys.press("j")
    keys.press("j")
    expect(rows.nth(1)).to_be_focused()
    keys.press("k")
    expect(rows.nth(0)).to_be_focused()
    keys.press("x")
    expect(desk.page.locator("[data-picked]")).to_have_text("Đã chọn: 1 hồ sơ")
    desk.page.locator("[data-pick-all]").click()
    expect(desk.page.locator("[data-picked]")).to_have_text("Đã chọn: 3 hồ sơ")
    desk.press("Làm tiếp…", name="inbox-02-many")
    desk.press("Thực hiện", name="inbox-03-result")
    expect(desk.page.locator("main")).to_contain_text("Đã làm 3 hồ sơ")
    desk.go("/can-bo?muc=tat-ca")
    keys.press("/")
    expect(desk.page.locator("[data-search]")).to_be_focused()
    rows.nth(1).focus()
    keys.press("Enter")
    expect(desk.page.locator("[data-next]")).to_be_visible()
    keys.press("j")
    expect(desk.page.locator("[data-next]")).to_have_count(0)
    desk.close()

    phone = signed_in(browser, base, Way(NARROW), "truongphong@example.vn")
    phone.go("/can-bo?muc=tat-ca&kenh=truc-tuyen", name="inbox-04-narrow")
    more = phone.page.locator(".desk-more")
    expect(more.locator("a").first).to_be_hidden()
    more.locator("summary").click()
    expect(more.get_by_text("Làm thay")).to_be_visible()
    phone.go("/can-bo/uy-quyen", name="inbox-05-delegations")
    phone.go("/can-bo/nhan", name="inbox-06-labels")
    phone.close()
