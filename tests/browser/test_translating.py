"""Translating a page in a browser, at both widths."""

import pytest
from playwright.sync_api import Browser, expect
from sqlalchemy import select

from content.news.models import Page
from tests.browser.chromium import NARROW, WIDE, Visitor, Way
from tests.support.site import Site

LIST, PAGE = "/bien-tap/ban-dich", "/trang/gio-lam-viec"


@pytest.mark.parametrize("way", [Way(WIDE, also=NARROW)], ids=str)
def test_a_page_is_translated_and_followed_when_its_original_changes(
    browser: Browser,
    base: str,
    site: Site,
    way: Way,
) -> None:
    with site.database.sessions() as session:
        number = session.scalars(select(Page.id).where(Page.slug == "gio-lam-viec")).one()
    me, reader = Visitor(browser, base, way), Visitor(browser, base, way)
    me.sign_in("truongbientap@example.vn")
    me.go(LIST, name="translating-01-list")
    me.go(f"{LIST}/trang/{number}", name="translating-02-empty")
    me.page.locator('[name="title"]').fill("Opening hours")
    me.page.locator('[name="lead"]').fill("When the counters are open.")
    if way.scripts:
        me.page.frame_locator("iframe").locator("body").fill("Monday to Friday.")
    else:
        me.page.locator('[name="body"]').fill("Monday to Friday.")
    me.press("^Lưu bản dịch", name="translating-03-saved")
    me.press("Công bố bản tiếng Anh", name="translating-04-published")
    reader.go(f"/en{PAGE}", name="translating-05-read")
    expect(reader.page.locator("main")).to_contain_text("Monday to Friday.")
    with site.database.writing_sessions.begin() as session:
        session.get_one(Page, number).lead += " Quầy nghỉ ngày lễ."
    me.go(f"{LIST}/trang/{number}", name="translating-06-behind")
    expect(me.page.locator("ins").first).to_contain_text("ngày lễ")
    # Not what the browser kept of a minute ago.
    reader.go(f"/en{PAGE}?xem=lai", name="translating-07-older")
    expect(reader.page.locator("main")).to_contain_text("older than the Vietnamese original")
    me.go(f"{LIST}?loc=thieu-don-vi", name="translating-10-missing")
    me.leave(me.page.locator("main tbody th a").first)
    me.page.locator('[name="name"]').fill("One-stop service desk")
    me.press("^Lưu bản dịch", name="translating-11-unit")
    me.press("Công bố bản tiếng Anh")
    for page in ("co-cau-to-chuc", "khieu-nai-to-cao", "van-ban", "thuat-ngu"):
        reader.go(f"/en/{page}", name=f"translating-12-{page}")
    if way.scripts:
        reader.go("/en", name="translating-08-home")
        reader.go("/en/thu-tuc/2.000635", name="translating-09-procedure")
    me.close()
    reader.close()
