"""News and pages as readers see them."""

from xml.etree import ElementTree

import pytest
from sqlalchemy import select

from content.news.models import ArticleStatus, Page
from content.news.sections import USUAL
from tests.support.site import Site

ATOM = "{http://www.w3.org/2005/Atom}"


def test_the_list_leads_to_articles_and_sections(reading_site: Site) -> None:
    client = reading_site.client()
    page = client.get("/tin-tuc")
    links = [link["href"] for link in page.html.select("h2 a")]
    assert len(links) == 10
    article = client.get(links[0])
    assert "(GMT+7)" in article.text
    assert article.html.select("#tin-khac")
    for slug, name in USUAL:
        shown = client.get(f"/tin-tuc/{slug}")
        assert shown.html.h1.text == name
        assert len(shown.html.select("h2 a")) == 2


def test_pages_of_the_list_go_on(reading_site: Site) -> None:
    client = reading_site.client()
    first = {link["href"] for link in client.get("/tin-tuc").html.select("h2 a")}
    second = {link["href"] for link in client.get("/tin-tuc?trang=2").html.select("h2 a")}
    assert len(second) == 2
    assert not first & second


@pytest.mark.parametrize("page", ["0", "-1", "x", "99999999999", "1e9", "٣"])
def test_a_senseless_page_number_shows_a_page(reading_site: Site, page: str) -> None:
    reading_site.client().get("/tin-tuc", {"trang": page}, status=200)


def test_an_article_has_one_address(reading_site: Site) -> None:
    client = reading_site.client()
    path = client.get("/tin-tuc").html.select_one("h2 a")["href"]
    slug = path.rsplit("/", 1)[1]
    wrong = next(one for one, _name in USUAL if one not in path)
    moved = client.get(f"/tin-tuc/{wrong}/{slug}", status=301)
    assert moved.headers["Location"].endswith(path)
    # Out of a section that is no more, too.
    gone = client.get(f"/tin-tuc/chuyen-muc-cu/{slug}", status=301)
    assert gone.headers["Location"].endswith(path)
    client.get("/tin-tuc/chuyen-muc-cu", status=404)


def test_the_feed_is_atom(reading_site: Site) -> None:
    response = reading_site.client().get("/tin-tuc/feed.xml")
    assert response.content_type == "application/atom+xml"
    feed = ElementTree.fromstring(response.body)
    entries = feed.findall(f"{ATOM}entry")
    assert len(entries) == 12
    assert all(entry.findtext(f"{ATOM}id", "").startswith("http") for entry in entries)


def test_the_six_pages_can_be_read(reading_site: Site) -> None:
    client = reading_site.client()
    for slug in (
        "gioi-thieu",
        "cai-cach-hanh-chinh",
        "huong-dan-nop-ho-so",
        "gio-lam-viec",
        "tuyen-bo-tiep-can",
        "bao-ve-du-lieu",
    ):
        client.get(f"/trang/{slug}", status=200)


def test_the_footer_leads_to_pages_that_are_there(site: Site) -> None:
    """A site of its own begins without the pages of the sample."""

    def led() -> list[str]:
        page = site.client().get("/")
        links = [one["href"] for one in page.html.select(".footer-links a[href^='/trang/']")]
        for path in links:
            site.client().get(path, status=200)
        return links

    assert len(led()) == 3
    with site.database.writing_sessions.begin() as session:
        guide = session.scalars(select(Page).where(Page.slug == "huong-dan-nop-ho-so")).one()
        guide.status = ArticleStatus.WITHDRAWN
    assert led() == ["/trang/tuyen-bo-tiep-can", "/trang/bao-ve-du-lieu"]


def test_the_trail_begins_with_the_name_of_the_portal(reading_site: Site) -> None:
    """Row 40 of the list of what such portals have."""
    client = reading_site.client()
    article = client.get(client.get("/tin-tuc/the-che").html.select_one("h2 a")["href"])
    trail = [one.get_text() for one in article.html.select(".crumbs a")]
    assert trail == [reading_site.settings.site.name, "Tin tức", "Thể chế"]


def test_articles_and_pages_are_printed_copied_and_led_up(reading_site: Site) -> None:
    """Rows 31 and 35: printing, back to the top; sharing by a copied link."""
    client = reading_site.client()
    path = client.get("/tin-tuc").html.select_one("h2 a")["href"]
    for address in (path, "/trang/gioi-thieu"):
        page = client.get(address).html
        assert page.select_one("main .no-print button[data-print]")
        assert page.select_one("main button[data-copy]")["data-copy"].endswith(address)
        top = page.select_one("a[href='#dau-trang']")
        assert top.get_text() == "Về đầu trang"
        assert page.body["id"] == "dau-trang"
