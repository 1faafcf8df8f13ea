"""Pages in English: beside their originals, with today's figures, honest about their age."""

from sqlalchemy import select

from content.news.models import Article
from content.procedures.models import Procedure
from content.writing import translations
from content.writing.translations import TranslationService
from portal.i18n import english_words
from tests.portal.english.words import said_by_english_pages
from tests.support.site import Site

BIRTH = "/thu-tuc/1.001193"
ARTICLE = "/tin-tuc/tai-chinh-cong/giu-bien-lai-khong-chuyen-tien-cho-ca-nhan"
ABOUT = "/trang/gioi-thieu"


def alternates(page: object) -> dict[str, str]:
    found = page.html.select('link[rel="alternate"][hreflang]')  # type: ignore[attr-defined]
    return {one["hreflang"]: one["href"] for one in found}


def test_both_sides_lead_to_each_other(reading_site: Site) -> None:
    client = reading_site.client()
    for path in ("", BIRTH, ARTICLE, ABOUT):
        vietnamese, english = client.get(path or "/"), client.get(f"/en{path}")
        assert vietnamese.html.html["lang"] == "vi"
        assert english.html.html["lang"] == "en"
        assert alternates(vietnamese) == alternates(english)
        assert alternates(english)["en"].endswith(f"/en{path}")
        for page in (vietnamese, english):
            links = [one["href"] for one in page.html.select("nav.languages a")]
            assert links == [path or "/", f"/en{path}"]


def test_what_is_not_translated_is_missing_and_leads_to_the_original(reading_site: Site) -> None:
    client = reading_site.client()
    for path in ("/trang/gio-lam-viec", "/thu-tuc/1.000656"):
        assert not client.get(path).html.select("nav.languages")
        page = client.get(f"/en{path}", status=404)
        assert page.html.select_one(f'main a[href="{path}"]')
    client.get("/en/trang/khong-co", status=404)


def test_figures_come_from_the_record_and_vietnamese_parts_say_so(reading_site: Site) -> None:
    client = reading_site.client()
    page = client.get("/en/thu-tuc/2.000635")
    text = page.html.select_one("main").get_text(" ", strip=True)
    assert "8,000 VND" in text
    assert "on the same day; if received after 15:00" in text
    assert "for each registered civil-status event" in text
    assert page.html.select('[lang="vi"]')
    legal = [one.get_text() for one in page.html.select('#law ~ ul [lang="vi"]')]
    assert "123/2015/NĐ-CP" in legal


def test_a_translation_older_than_its_original_says_so(site: Site) -> None:
    client = site.client()
    words = "This translation is older than the Vietnamese original"
    assert words not in client.get(f"/en{ARTICLE}").text
    with site.database.writing_sessions.begin() as session:
        article = session.scalars(select(Article).where(Article.slug == ARTICLE[-42:])).one()
        article.lead += " Đã bổ sung."
    page = client.get(f"/en{ARTICLE}")
    assert words in page.text
    assert "the Vietnamese text prevails" in page.text


def test_a_withdrawn_translation_is_gone_from_everywhere_at_once(site: Site) -> None:
    client = site.client()
    assert f"/en{BIRTH}</loc>" in client.get("/sitemap.xml").text
    with site.database.writing_sessions.begin() as session:
        one = session.scalars(select(Procedure).where(Procedure.code == "1.001193")).one()
        found = translations.find(session, f"procedure:{one.id}")
        assert found is not None
        TranslationService(session, site.clock()).withdraw(found, actor_id=1)
    assert not client.get(BIRTH).html.select("nav.languages")
    client.get(f"/en{BIRTH}", status=404)
    assert f"/en{BIRTH}</loc>" not in client.get("/sitemap.xml").text
    assert "Registration of birth" not in client.get("/en").text


def test_every_word_around_an_english_page_is_english(reading_site: Site) -> None:
    """What a page in English takes from shared templates is in the catalogue."""
    missing = said_by_english_pages() - english_words().keys()
    assert not missing
