"""Sections on their screen and before readers; featured articles on the home page."""

from content.news.sections import USUAL
from tests.portal.editorial.articles.written import WORDS, press, written
from tests.support.officer import Officer
from tests.support.site import Site

BASE = "/bien-tap/chuyen-muc"
CHIEF = "truongbientap@example.vn"


def names(one: Officer) -> list[str]:
    return [link.get_text() for link in one.go(BASE).html.select("tbody th a")]


def make(one: Officer, name: str, parent: str = "") -> None:
    form = one.go(f"{BASE}/moi").forms["f"]
    form["name"] = name
    if parent:
        form["parent"] = next(key for key, _on, words in form["parent"].options if words == parent)
    one.page = form.submit(status=303).follow()


def test_a_section_below_another_is_made_used_renamed_moved_and_deleted(site: Site) -> None:
    chief, reader = Officer(site, CHIEF), site.client()
    assert names(chief) == [name for _slug, name in USUAL]
    top = USUAL[-1][1]
    for name in ("Chuyển đổi số", "Dữ liệu mở"):
        make(chief, name, top)
    assert names(chief)[-2:] == ["Chuyển đổi số", "Dữ liệu mở"]
    written(chief, section="du-lieu-mo")
    press(chief, "/cong-bo")
    page = reader.get("/tin-tuc/hien-dai-hoa")
    assert WORDS["title"] in page.text
    levels = [
        [link.get_text() for link in nav.select("a")] for nav in page.html.select("main nav .chips")
    ]
    assert levels[1] == ["Chuyển đổi số", "Dữ liệu mở"]
    article = reader.get("/tin-tuc/du-lieu-mo/cau-nam-tham-thong-xe")
    assert [one.get_text() for one in article.html.select(".crumbs a")][-2:] == [top, "Dữ liệu mở"]

    def delete(name: str) -> None:
        chief.go(BASE)
        row = next(one for one in chief.page.html.select("tbody tr") if one.th.a.get_text() == name)
        action = next(
            form["action"] for form in row.select("form") if form["action"].endswith("/xoa")
        )
        form = next(one for one in chief.page.forms.values() if one.action == action)
        chief.page = form.submit(status=303).follow()

    delete("Dữ liệu mở")
    assert "chuyên mục còn bài" in chief.text
    delete("Chuyển đổi số")
    assert "Chuyển đổi số" not in names(chief)
    form = chief.go(chief.page.html.find("a", string="Dữ liệu mở")["href"]).forms["f"]
    form["name"] = "Dữ liệu cho mọi người"
    form.submit(status=303)
    assert reader.get("/tin-tuc/du-lieu-mo").html.h1.get_text() == "Dữ liệu cho mọi người"


def test_what_cannot_be_is_said(site: Site) -> None:
    chief = Officer(site, CHIEF)
    form = chief.go(f"{BASE}/moi").forms["f"]
    form["name"] = "Thể chế"
    assert "Đã có chuyên mục dùng địa chỉ này" in form.submit(status=422).text
    Officer(site, "bientap@example.vn").go(BASE, status=403)


def test_featured_articles_lead_the_home_page_once(site: Site) -> None:
    chief, reader = Officer(site, CHIEF), site.client()
    assert "Tin nổi bật" not in reader.get("/").text
    written(chief, is_featured="true")
    press(chief, "/cong-bo")
    site.clock.move(minutes=2)
    home = reader.get("/")
    titles = [one.get_text() for one in home.html.select("h2, h3.teaser__title")]
    assert titles.count(WORDS["title"]) == 1
    assert titles[titles.index("Tin nổi bật") + 1] == WORDS["title"]
    assert "Nổi bật ·" in reader.get("/tin-tuc").text
