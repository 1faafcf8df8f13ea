"""The manual inside the portal: every screen has its chapter, every link leads somewhere."""

from pathlib import Path

import pytest

from portal.editorial.home import manual
from portal.editorial.home.chapters import CHAPTERS, ORDER, chapter_of
from portal.editorial.home.manual import addressed, rendered
from tests.architecture.sources import ROOT
from tests.portal.editors import words
from tests.support.officer import Officer
from tests.support.site import Site

EDITOR = "bientap@example.vn"


def editorial_routes() -> list[str]:
    routes = (ROOT / "tests/architecture/routes.txt").read_text("utf-8").splitlines()
    return [one.split()[0] for one in routes if one.startswith("editorial.")]


@pytest.mark.parametrize("route", editorial_routes())
def test_every_editorial_route_has_a_chapter_that_is_there(route: str) -> None:
    chapter = chapter_of(route)
    assert chapter, f"{route}: add its word to portal/editorial/home/chapters.py"
    assert (manual.FOLDER / f"{chapter}.md").is_file()


def test_the_map_names_nothing_that_is_gone() -> None:
    known = {route.split(".")[1] for route in editorial_routes()}
    assert set(CHAPTERS) <= known
    assert {one.stem for one in manual.FOLDER.glob("*.md")} == set(ORDER)


def test_all_chapters_are_read_and_their_links_lead_on(reading_site: Site) -> None:
    editor = Officer(reading_site, EDITOR)
    contents = editor.go("/bien-tap/huong-dan")
    links = [one.parent["href"] for one in contents.html.select(".manual-contents strong")]
    assert len(links) == len(ORDER)
    for link in links:
        page = editor.go(link)
        for one in page.html.select(".manual__text a, .manual__text img"):
            target = one.get("href") or one.get("src")
            if target and target.startswith("/bien-tap/huong-dan"):
                assert editor.client.get(target).status_int == 200


def test_help_on_a_screen_opens_its_chapter(reading_site: Site) -> None:
    editor = Officer(reading_site, EDITOR)
    for screen, chapter in (
        ("/bien-tap/tin", "tin-bai"),
        ("/bien-tap/tu-dong-nghia/moi", "tim-kiem"),
        ("/bien-tap", "ban-lam-viec"),
    ):
        link = editor.go(screen).html.select_one(".editor-nav").find("a", string="Hướng dẫn")
        assert link["href"] == f"/bien-tap/huong-dan/{chapter}"
    administrator = Officer(reading_site, "quantri@example.vn")
    assert "Trình đơn" in words(administrator.go("/bien-tap/huong-dan/cong"))
    reading_site.client().get("/bien-tap/huong-dan/cong", status=303)
    Officer(reading_site, "congdan@example.vn").go("/bien-tap/huong-dan", status=403)


@pytest.mark.parametrize(
    "address",
    ["khong-co", "..%2Fcan-bo", "hinh/khong-co.png", "hinh/..%2Ftin-bai.png", "hinh/a.svg"],
)
def test_what_is_not_there_is_not_found(reading_site: Site, address: str) -> None:
    Officer(reading_site, EDITOR).go(f"/bien-tap/huong-dan/{address}", status=404)


def test_pictures_are_served_and_text_is_cleaned(
    reading_site: Site, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "tin-bai-1.png").write_bytes(b"\x89PNG\r\n")
    monkeypatch.setattr(manual, "PICTURES", tmp_path)
    editor = Officer(reading_site, EDITOR)
    answer = editor.client.get("/bien-tap/huong-dan/hinh/tin-bai-1.png")
    assert (answer.content_type, answer.body[:4]) == ("image/png", b"\x89PNG")

    text = """# Tên

## Phần một

![Màn hình](hinh/tin-bai-1.png) ![x](https://example.com/x.png) [thư viện](thu-vien.md#a)
[xấu](javascript:alert(1)) <script>alert(1)</script>

| a | b |
|---|---|
| 1 | 2 |
"""
    made = rendered("thu", text)
    assert (made.title, made.parts) == ("Tên", (("phan-mot", "Phần một"),))
    html = addressed(made.html, lambda kind, name: f"/{kind}/{name}")
    assert 'src="/picture/tin-bai-1.png"' in html
    assert 'href="/chapter/thu-vien#a"' in html
    assert "<caption>Phần một</caption>" in html
    assert '<th scope="col">' in html
    for bad in ("<script", 'javascript:"', "example.com/x.png", "<h1"):
        assert bad not in html
