"""The search page and suggestions."""

from urllib.parse import urlencode

import pytest

from tests.portal.catalogue.nasty import NASTY
from tests.support.site import Site


@pytest.mark.parametrize("words", ["dang ky khai sinh", "đăng ký khai sinh", "1.001193"])
def test_the_procedure_asked_for_comes_first(reading_site: Site, words: str):
    page = reading_site.client().get("/tim-kiem", {"q": words}).html
    first = page.select_one(".results h2 a")
    assert (first["href"], first.text) == ("/thu-tuc/1.001193", "Thủ tục đăng ký khai sinh")


def test_what_matches_is_marked(reading_site: Site):
    page = reading_site.client().get("/tim-kiem", {"q": "khai sinh"}).html
    assert page.select(".results h2 mark")


@pytest.mark.parametrize("words", ["khai sinh", "ho khau", "lam giay to xe may", "1.001193"])
def test_a_tab_shows_what_it_counts(reading_site: Site, words: str):
    client = reading_site.client()
    page = client.get("/tim-kiem", {"q": words})
    tabs = page.html.select(".tabs a")
    assert [tab.text.split(" (")[0] for tab in tabs][:2] == ["Tất cả", "Thủ tục"]
    for tab in tabs:
        count = int(tab.select_one(".num").text.strip("()"))
        shown = client.get(tab["href"]).html.select_one("p[role=status]").text
        assert int(shown.split(" ")[0]) == count > 0


def test_the_kind_stays_when_other_words_are_asked(reading_site: Site):
    page = reading_site.client().get("/tim-kiem", {"q": "khai sinh", "loai": "su-kien"}).html
    kept = {field["name"]: field["value"] for field in page.select("main form input")}
    assert kept == {"q": "khai sinh", "loai": "su-kien"}


def test_without_words_there_is_only_the_box(reading_site: Site):
    page = reading_site.client().get("/tim-kiem").html
    assert page.h1.text == "Tìm kiếm"
    assert not page.select(".results")


def test_nothing_found_gives_advice_and_a_phone_number(reading_site: Site):
    page = reading_site.client().get("/tim-kiem", {"q": "zzzzqqqq"})
    assert "Không tìm thấy" in page.text
    assert "tel:19000000" in page.text


@pytest.mark.parametrize("text", NASTY)
@pytest.mark.parametrize("name", ["q", "loai", "trang"])
def test_any_text_gives_a_page(reading_site: Site, name: str, text: str):
    query = urlencode({"q": "khai sinh", name: text})
    given = reading_site.client().get(f"/tim-kiem?{query}", expect_errors=True)
    assert given.status_int in (200, 400)
    assert "<script>alert" not in given.text


def test_suggestions_are_the_best_results(reading_site: Site):
    given = reading_site.client().get("/tim-kiem/goi-y", {"q": "dang ky khai s"}).json
    assert given["items"][0]["url"].startswith("/")
    assert set(given["items"][0]) == {"text", "type", "url"}
    assert len(given["items"]) <= 8
    assert reading_site.client().get("/tim-kiem/goi-y").json == {"items": []}
