"""The dashboard, search in drafts, the manual and what the second of two editors sees."""

import re
from dataclasses import replace

import pytest
from playwright.sync_api import Browser, expect
from sqlalchemy import select

from content.news.copies import CopyService
from content.news.texts import ArticleText
from content.people.models import Account
from portal.editorial.articles.schemas import text_of
from tests.browser.chromium import NARROW, WIDE, Visitor, Way, signed_in
from tests.portal.editorial.comments.talks import article_of
from tests.support.site import Site

CHIEF = "truongbientap@example.vn"


def look_at_newsletter_sections_and_a_copy(site: Site, me: Visitor, chief: Visitor) -> None:
    """Screens that no other journey passes."""
    me.go("/bien-tap/ban-tin", name="desk-12-newsletter")
    me.go("/bien-tap/ban-tin/moi", name="desk-13-issue")
    me.page.locator('[name="subject"]').fill("Bản tin tháng 11")
    me.page.locator('[type="checkbox"]').first.check()
    me.press("Lưu và xem trước", name="desk-14-issue-preview")
    with site.database.writing_sessions.begin() as session:
        article = article_of(session)
        text = text_of(article)
        assert isinstance(text, ArticleText)
        text = replace(text, lead=f"{article.lead} Đã đo lại.")
        other = session.scalars(select(Account.id).where(Account.email == CHIEF)).one()
        copies, revision = CopyService(session, site.clock()), article.revision
        copies.keep(article, text, revision=revision, copy=0, actor_id=other)
        number = article.id
    me.go(f"/bien-tap/tin/{number}/xem-truoc", name="desk-15-copy")
    expect(me.page.locator("main")).to_contain_text("Bạn đọc vẫn thấy bản cũ")
    chief.go(f"/bien-tap/tin/{number}", name="desk-16-copy-form")
    expect(chief.page.locator('[name="lead"]')).to_have_value(re.compile("Đã đo lại"))
    chief.go("/bien-tap/chuyen-muc", name="desk-17-sections")
    chief.follow(chief.page.locator("main tbody th a").first, name="desk-18-section")


@pytest.mark.parametrize("way", [Way(WIDE, also=NARROW)], ids=str)
def test_from_the_dashboard_to_a_merged_term(
    browser: Browser,
    base: str,
    site: Site,
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

    other = signed_in(browser, base, way, CHIEF)
    look_at_newsletter_sections_and_a_copy(site, me, other)
    me.go("/bien-tap/thuat-ngu")
    term = me.page.locator("main tbody th a").first.get_attribute("href") or ""
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
