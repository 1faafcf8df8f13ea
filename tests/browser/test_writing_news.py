"""Editors at work in a real browser: an article from the first word to its withdrawal."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Dialog, Route, expect

from content.news.cleaning import sanitise
from portal.http.headers import POLICY
from tests.browser.chromium import NARROW, WIDE, Visitor, Way
from tests.browser.rich_text import body_of, write_in
from tests.content.news.vectors import vectors

TITLE = "Cầu Nậm Thẳm thông xe"


def signed_in(visitor: Callable[[Way], Visitor], way: Way, email: str) -> Visitor:
    """An editor with the list of articles in front of them."""
    me = visitor(way)
    me.sign_in(email)
    me.go("/bien-tap/tin")
    return me


def write(me: Visitor) -> str:
    """A new article, with the keyboard; returns the address of its preview."""
    page = me.page
    me.press("Viết bài mới", role="link")
    body_of(page)
    me.look("news-01-form")
    page.locator("main [name=section]").select_option("hien-dai-hoa")
    page.locator("main [name=title]").fill(TITLE)
    page.locator("main [name=lead]").fill("Từ sáng nay, người dân hai bờ suối không phải đi vòng.")
    write_in(page)
    page.keyboard.type("Cầu dài 42 mét.")
    page.keyboard.press("Control+b")
    page.keyboard.type(" Tải trọng 18 tấn.")
    me.press("Lưu bản nháp", name="news-02-draft")
    expect(page.locator(".article__body strong")).to_have_text("Tải trọng 18 tấn.")
    return page.url


@pytest.mark.parametrize("way", [Way(WIDE, also=NARROW)], ids=str)
def test_an_article_from_the_first_word_to_its_withdrawal(
    visitor: Callable[[Way], Visitor], way: Way
) -> None:
    writer = signed_in(visitor, way, "bientap@example.vn")
    address = write(writer)
    writer.page.locator("#loi-nhan").fill("Nhờ xem giúp số liệu.")
    writer.press("Gửi duyệt")

    chief = signed_in(visitor, way, "truongbientap@example.vn")
    chief.go("/bien-tap/tin?loc=cho-duyet", name="news-03-waiting")
    chief.press(TITLE, role="link")
    chief.page.locator("#loi-y-kien").fill("Ghi thêm ngày khởi công.")
    chief.press("Trả lại để sửa", name="news-04-returned")

    writer.go(address)
    writer.press("Sửa bài", role="link")
    write_in(writer.page)
    writer.page.keyboard.press("Control+End")
    writer.page.keyboard.press("Enter")
    writer.page.keyboard.type("Khởi công ngày 02/04/2025.")
    writer.press("^Lưu")
    writer.press("Các lần lưu", role="link", name="news-05-history")
    writer.press("Lần 2", role="link", name="news-06-difference")
    expect(writer.page.locator(".difference ins").first).to_contain_text("Khởi công")

    chief.go(address)
    chief.page.locator("#tu-luc").fill("2020-01-01T08:00")
    chief.press("Công bố bài", name="news-07-published")
    chief.press("Xem trên cổng", role="link", name="news-08-public")
    public = chief.page.url
    expect(chief.page.locator("main")).to_contain_text("Khởi công ngày 02/04/2025")
    chief.go(address)
    chief.press("Sửa bài", role="link")
    body_of(chief.page)
    chief.page.locator("main [name=correction]").fill("Bản trước ghi sai tải trọng.")
    chief.press("^Lưu")
    chief.go(f"{public}?sau=1", name="news-09-corrected")  # past what the browser keeps
    expect(chief.page.locator("main")).to_contain_text("Đính chính")
    chief.go(address)
    chief.press("Gỡ bài")
    chief.go(f"{public}?sau=2", status=404)


def test_what_was_typed_survives_a_closed_window(visitor: Callable[[Way], Visitor]) -> None:
    me = signed_in(visitor, Way(WIDE), "bientap@example.vn")
    me.press("Viết bài mới", role="link")
    write_in(me.page)
    me.page.keyboard.type("Mới viết được nửa câu")
    me.go("/bien-tap/tin")
    me.go("/bien-tap/tin/moi", name="news-10-kept")
    me.press("Khôi phục bản đang viết dở", role="link")
    expect(body_of(me.page)).to_contain_text("Mới viết được nửa câu")


HERE = "http://127.0.0.1:9/"


class Stage:
    """A page made of one body; everything it asks for is answered, nothing leaves."""

    def __init__(self, browser: Browser) -> None:
        self.page = browser.new_page()
        self.html, self.headers = "", {"Content-Type": "text/html; charset=utf-8"}
        self.told: list[str] = []
        self.page.on("console", lambda told: self.told.append(told.text))
        self.page.on("dialog", self._dialog)
        self.page.route("**/*", self._answer)

    def _dialog(self, dialog: Dialog) -> None:
        self.told.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _answer(self, route: Route) -> None:
        if route.request.url == HERE:
            route.fulfill(body=self.html, headers=self.headers)
        else:
            route.fulfill(body="", content_type="image/png")

    def stirs(self, body: str) -> bool:
        """Whether it ran, led away, or the policy had to stop something."""
        ran = self.runs(body)
        return ran or any("Content Security Policy" in one for one in self.told)

    def runs(self, body: str) -> bool:
        """Whether anything of this body ran or led away."""
        self.told.clear()
        self.html = f"<!doctype html><meta charset=utf-8><title>x</title><body>{body}"
        self.page.goto(HERE, wait_until="load")
        hit = self.page.evaluate("() => window.hit !== undefined")
        return hit or self.page.url != HERE or any("dialog: " in one for one in self.told)


def test_what_stirs_is_named(browser: Browser) -> None:
    """The test of the test: an attempt that was not cleaned is found among nineteen others."""
    stage = Stage(browser)
    stage.headers["Content-Security-Policy"] = POLICY
    bad = "<img src=x onerror=window.hit=1>"
    pairs = [(str(number), "<p>a</p>") for number in range(25)]
    pairs[7] = (bad, bad)
    assert list(stirring(stage, pairs)) == [bad]
    stage.page.close()


def test_no_attempt_runs_in_a_browser(browser: Browser) -> None:
    """Cleaned, nothing happens at all; uncleaned, the policy alone stops every attempt."""
    stage = Stage(browser)
    bare = sum(stage.runs(vector) for vector in vectors()[:40])
    assert bare > 5, "the attempts do nothing even where nothing stops them"
    stage.headers["Content-Security-Policy"] = POLICY
    assert not [vector for vector in vectors() if stage.runs(vector)]
    assert not list(stirring(stage, [(vector, sanitise(vector)) for vector in vectors()]))
    stage.page.close()


def stirring(stage: Stage, pairs: list[tuple[str, str]]) -> Iterator[str]:
    """The attempts of which something is left once cleaned. Twenty stand on a page, under the
    policy; where such a page stirs at all, each of its attempts is tried alone and named."""
    for start in range(0, len(pairs), 20):
        some = pairs[start : start + 20]
        if not stage.stirs("\n".join(f"<div>{cleaned}</div>" for _vector, cleaned in some)):
            continue
        alone = [vector for vector, cleaned in some if stage.stirs(cleaned)]
        yield from alone or [f"together: {[vector for vector, _cleaned in some]}"]
