"""An article with a picture from the library and a text from Word, published by the clock.

In a real browser, the editor's toolbar by keyboard; the clock of the site is moved, no worker
runs.
"""

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from content.media.models import Medium
from tests.browser.chromium import NARROW, WIDE, Visitor, Way
from tests.browser.rich_text import body_of, write_in
from tests.content.media import pictures
from tests.portal.editorial.media.sending import send
from tests.support.officer import Officer
from tests.support.site import Site

WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><body><!--StartFragment-->
<h1 style='mso-outline-level:1'><b>Tải trọng</b></h1>
<p class=MsoNormal><span style='font-size:14.0pt;color:red'>Cầu chịu <b>18 tấn</b>.
<o:p></o:p></span></p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span>·&nbsp;</span>
<![endif]>Xe tải đi chậm</p>
<table class=MsoTableGrid border=1><tr><td width=10><p>Làn</p></td><td><p>2</p></td></tr></table>
<p class=MsoNormal><img width=100 src="file:///C:/Users/a/image001.png">Hết.</p>
<!--EndFragment--></body></html>"""
PASTE = """(body, html) => {
  const given = new DataTransfer();
  given.setData("text/html", html);
  given.setData("text/plain", "x");
  const how = {clipboardData: given, bubbles: true, cancelable: true};
  body.dispatchEvent(new ClipboardEvent("paste", how));
}"""


def upload(site: Site) -> None:
    """A picture with its words."""
    one = Officer(site, "bientap@example.vn")
    send(one, ("cau-nam-tham.jpg", pictures.picture(1600, 900)))
    with site.database.writing_sessions.begin() as session:
        medium = session.scalars(select(Medium)).one()
        medium.alt, medium.caption = "Cầu treo bắc qua suối", "Cầu sáng 23/11"
        medium.search_key = "cau treo bac qua suoi"


def toolbar(page: Page, words: str) -> None:
    """Press a button of the toolbar, with the keyboard alone."""
    page.keyboard.press("Alt+F10")
    expect(page.locator(".tox-toolbar__group :focus")).to_have_count(1)
    for _ in range(40):
        if page.evaluate("() => document.activeElement.getAttribute('aria-label')") == words:
            page.keyboard.press("Enter")
            return
        at_end = page.evaluate(
            "() => document.activeElement.closest('.tox-toolbar__group')"
            ".querySelector('button:last-of-type') === document.activeElement"
        )
        page.keyboard.press("Tab" if at_end else "ArrowRight")
    raise AssertionError(f"{words}: not reached")


def insert_picture(me: Visitor) -> None:
    """Found by words in the library, described, inserted; the dialog is looked at too."""
    page = me.page
    toolbar(page, "Chèn ảnh")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_label("Mô tả cho người không nhìn thấy ảnh")).to_have_value(
        "Cầu treo bắc qua suối"
    )
    me.look("pictures-02-dialog")
    search = dialog.get_by_label("Tìm theo tên, mô tả")
    search.fill("không có ảnh này")
    dialog.get_by_role("button", name="Tìm", exact=True).click()
    expect(dialog).to_contain_text("Không có ảnh nào khớp")
    search.fill("cau treo")
    dialog.get_by_role("button", name="Tìm", exact=True).click()
    expect(dialog).not_to_contain_text("Không có ảnh nào khớp")
    dialog.get_by_role("button", name="Chèn", exact=True).click()
    expect(dialog).to_have_count(0)


def write(writer: Visitor) -> str:
    """The draft; returns the address of its preview."""
    writer.sign_in("bientap@example.vn")
    writer.go("/bien-tap/tin")
    writer.go("/bien-tap/tin/moi")
    page, body = writer.page, body_of(writer.page)
    page.locator("main [name=section]").select_option("hien-dai-hoa")
    page.locator("main [name=title]").fill("Cầu Nậm Thẳm thông xe")
    page.locator("main [name=lead]").fill("Từ sáng mai, hai bờ không phải đi vòng.")
    write_in(page)
    page.keyboard.type("Cầu dài 42 mét.")
    page.keyboard.press("Enter")
    page.frame_locator("iframe").locator("body").evaluate(PASTE, WORD)
    # A picture of the machine's own cannot come along: said, not lost in silence.
    told = page.get_by_role("dialog")
    expect(told).to_contain_text("Ảnh dán vào không được giữ")
    page.keyboard.press("Enter")
    expect(told).to_have_count(0)
    expect(body.locator("td").first).to_have_text("Làn")
    expect(body.locator("img")).to_have_count(0)
    page.keyboard.press("Control+End")
    insert_picture(writer)
    writer.press("Chọn ảnh đại diện")
    writer.look("pictures-03-chooser")
    writer.press("Chọn cau-nam-tham", role="link")
    body_of(page)
    expect(page.locator("main [name=title]")).to_have_value("Cầu Nậm Thẳm thông xe")
    writer.press("Lưu bản nháp", name="pictures-04-preview")
    look_at(page)
    return page.url


def look_at(page: Page) -> None:
    """What of Word and of the library is in the preview."""
    shown = page.locator("article")
    expect(shown.locator("figure img")).to_have_count(2)
    expect(shown.locator("h2", has_text="Tải trọng")).to_be_visible()
    expect(shown.locator("li")).to_have_text("Xe tải đi chậm")
    expect(shown.locator("strong").last).to_have_text("18 tấn")
    assert not shown.evaluate("one => one.querySelectorAll('[style], [class^=Mso], span').length")


@pytest.mark.parametrize("way", [Way(NARROW)], ids=str)
def test_an_article_with_a_picture_appears_and_goes_by_the_clock(
    site: Site, base: str, browser: Browser, way: Way
) -> None:
    writer, chief, reader = (Visitor(browser, base, way) for _ in range(3))
    upload(site)
    address = write(writer)
    chief.sign_in("truongbientap@example.vn")
    chief.go("/bien-tap/tin")
    chief.go(address)
    chief.page.locator("#tu-luc").fill("2026-11-24T08:00")
    chief.page.locator("#den-luc").fill("2026-11-25T08:00")
    chief.press("Công bố bài", name="pictures-05-scheduled")
    expect(chief.page.locator("main")).to_contain_text("Hẹn giờ công bố")

    public = "/tin-tuc/hien-dai-hoa/cau-nam-tham-thong-xe"
    reader.go(public, status=404)
    site.clock.move(days=1)
    reader.go(f"{public}?sau=1", name="pictures-06-public")
    lead, inside = reader.page.locator("article figure img").all()
    for image in (lead, inside):
        image.scroll_into_view_if_needed()
        expect(image).to_have_attribute("alt", "Cầu treo bắc qua suối")
        expect(image).to_have_attribute("width", "1600")
        expect(image).to_have_js_property("complete", True)
        assert image.evaluate("one => one.naturalWidth") > 0
    reader.go("/tin-tuc?sau=1", name="pictures-07-list")
    expect(reader.page.locator(".teaser__picture img")).to_have_count(1)
    site.clock.move(days=1)
    reader.go(f"{public}?sau=2", status=404)
    for one in (writer, chief, reader):
        one.close()


@pytest.mark.parametrize("way", [Way(NARROW), Way(WIDE)], ids=str)
def test_larger_letters_stay_and_break_nothing(base: str, browser: Browser, way: Way) -> None:
    """Row 36: letters are chosen and kept, and nothing hangs over the edge at 200 %."""
    reader = Visitor(browser, base, way)
    reader.go("/tin-tuc/the-che")
    usual = reader.page.evaluate("() => parseFloat(getComputedStyle(document.body).fontSize)")
    reader.page.get_by_role("button", name="Rất lớn").click()
    reader.go("/tin-tuc/the-che?sau=1", name="letters-01-list")
    kept = reader.page.evaluate("() => parseFloat(getComputedStyle(document.body).fontSize)")
    assert kept > usual * 1.2
    reader.leave(reader.page.locator("main h2 a").first)
    reader.page.evaluate("() => { document.documentElement.style.fontSize = '200%' }")
    reader.look("letters-02-article")
    reader.page.get_by_role("link", name="Về đầu trang").focus()
    reader.page.keyboard.press("Enter")
    reader.page.wait_for_function("() => window.scrollY === 0")
    reader.close()
