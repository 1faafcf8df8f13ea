"""The bin in a browser, at both widths."""

import pytest
from playwright.sync_api import Browser, expect

from content.writing import trash
from tests.browser.chromium import NARROW, WIDE, Visitor, Way
from tests.portal.editorial.comments.talks import article_of
from tests.support.site import Site


@pytest.mark.parametrize("way", [Way(WIDE, also=NARROW)], ids=str)
def test_a_deleted_article_is_found_and_had_back(
    browser: Browser,
    base: str,
    site: Site,
    way: Way,
) -> None:
    with site.database.writing_sessions.begin() as session:
        article = article_of(session)
        title = article.title
        trash.put(session, article, None, site.clock())
    me = Visitor(browser, base, way)
    me.sign_in("bientap@example.vn")
    me.go("/bien-tap/thung-rac", name="bin-01-full")
    expect(me.page.locator("main")).to_contain_text(title)
    me.press("Lấy lại", name="bin-02-empty")
    expect(me.page.locator("main")).to_contain_text("Thùng rác đang trống")
    me.close()
