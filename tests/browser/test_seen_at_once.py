"""Who changed a page and opens it again sees the change, whatever the browser has kept."""

from playwright.sync_api import Browser
from sqlalchemy import select

from content.news.models import Page
from tests.support.site import Site

PATH = "/trang/tuyen-bo-tiep-can"


def test_a_changed_page_is_shown_though_it_was_open_a_moment_ago(
    browser: Browser, base: str, site: Site
) -> None:
    context = browser.new_context(base_url=base)
    page = context.new_page()
    page.goto(PATH)
    before = page.locator("h1").inner_text()
    page.goto("/thu-tuc")
    with site.database.writing_sessions.begin() as session:
        slug = PATH.rpartition("/")[2]
        changed = session.scalars(select(Page).where(Page.slug == slug)).one()
        changed.title = "Trang vừa đổi tên"
    page.evaluate("path => { location.href = path }", PATH)
    page.wait_for_url(f"**{PATH}")
    assert page.locator("h1").inner_text() == "Trang vừa đổi tên" != before
    context.close()
