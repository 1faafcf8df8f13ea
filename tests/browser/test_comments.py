"""Moderating a comment in a browser: a reader writes, an editor shows it, readers see it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.chromium import NARROW, WIDE, Visitor, Way
from tests.portal.editorial.comments.talks import path_of, talking  # noqa: F401
from tests.support.servers import in_this_process
from tests.support.site import Site

WORDS = "Quầy mới rất tiện.\nCảm ơn các anh chị."


@pytest.fixture
def base(talking: Site) -> Iterator[str]:  # noqa: F811
    """A site that takes comments, behind a server of this process."""
    with in_this_process(talking) as address:
        yield address


@pytest.mark.parametrize("way", [Way(WIDE, also=NARROW)], ids=str)
def test_a_comment_waits_for_an_editor_who_shows_and_hides_it(
    browser: Browser,
    base: str,
    talking: Site,  # noqa: F811
    way: Way,
) -> None:
    public = path_of(talking)
    reader, me = Visitor(browser, base, way), Visitor(browser, base, way)
    reader.go(public, name="comments-01-write")
    for name, value in {"name": "Bà Tám", "email": "tam@example.vn", "text": WORDS}.items():
        reader.page.locator(f'[name="{name}"]').fill(value)
    talking.clock.move(seconds=10)
    reader.press("^Gửi ý kiến", name="comments-02-received")
    expect(reader.page.locator("main")).not_to_contain_text(WORDS)
    me.sign_in("bientap@example.vn")
    me.go("/bien-tap/binh-luan", name="comments-03-queue")
    me.press("Cho hiện", name="comments-04-decided")
    reader.go(public, name="comments-05-shown")
    expect(reader.page.locator("main")).to_contain_text(WORDS)
    told = reader.page.locator("main p", has_text="Quầy mới rất tiện.")
    expect(told).to_have_css("white-space", "pre-line")
    me.go("/bien-tap/binh-luan?xem=shown")
    me.press("Ẩn")
    reader.go(public)
    expect(reader.page.locator("main")).not_to_contain_text(WORDS)
    reader.close()
    me.close()
