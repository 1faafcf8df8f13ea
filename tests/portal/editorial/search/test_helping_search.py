"""Editors help search: synonyms, pinned results, and what was looked for in vain."""

import dataclasses
from collections.abc import Iterator
from typing import Any

import pytest

from content.files import DiskStore
from portal import make_app
from portal.database import Database, make_engine
from portal.frame import write_visits
from tests.portal.editors import fill, words
from tests.support.officer import Officer
from tests.support.site import WEAK_HASHER, PortalClient, Site

EDITOR = "bientap@example.vn"
BROWSER = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"}


@pytest.fixture
def other_process(site: Site) -> Iterator[Site]:
    """Another application on the same data, as another process has it."""
    database = Database(make_engine(site.settings.database_url), site.clock)
    app = make_app(
        site.settings,
        database=database,
        file_store=DiskStore(site.settings.blob_dir),
        clock=site.clock,
        hasher=WEAK_HASHER,
    )
    yield dataclasses.replace(site, database=database, app=app)
    database.engine.dispose()


def found(client: PortalClient, words: str) -> list[str]:
    page = client.get("/tim-kiem", {"q": words}, headers=BROWSER)
    return [one.get_text() for one in page.html.select(".results__title")]


def test_a_synonym_is_used_at_once_by_every_process(site: Site, other_process: Site) -> None:
    editor, here, there = Officer(site, EDITOR), site.client(), other_process.client()
    before = found(here, "giay de")
    assert found(there, "giay de") == before
    assert "khai sinh" not in " ".join(before)
    fill(editor, "/bien-tap/tu-dong-nghia/moi", phrase="giấy đẻ", officials="đăng ký khai sinh")
    assert any("khai sinh" in one for one in found(here, "giay de"))
    assert found(there, "giay de") == found(here, "giay de")
    assert "khai sinh" in there.get("/tim-kiem/goi-y?q=giay+de").text
    assert "khai sinh" in there.get("/thu-tuc", {"q": "giấy đẻ"}).text
    assert "đã có trong bảng" in words(
        fill(editor, "/bien-tap/tu-dong-nghia/moi", 422, phrase="GIAY DE", officials="x")
    )
    same = fill(editor, "/bien-tap/tu-dong-nghia/moi", 422, phrase="abc", officials="ABC")
    assert "phải khác" in words(same)
    editor.go("/bien-tap/tu-dong-nghia")
    address = editor.page.html.find("a", string="giấy đẻ")["href"]
    editor.page = editor.form(f"{address}/xoa").submit(status=303).follow()
    assert found(here, "giay de") == found(there, "giay de") == before
    assert "giấy đẻ" in words(editor.go("/bien-tap/thung-rac"))


def test_other_names_of_terms_are_synonyms(site: Site) -> None:
    client = site.client()
    assert found(client, "xyzzy") == []
    fill(
        Officer(site, EDITOR),
        "/bien-tap/thuat-ngu/moi",
        name="khai sinh",
        meaning="Ghi nhận việc sinh.",
        others="xyzzy",
    )
    assert any("khai sinh" in one for one in found(client, "xyzzy"))


def test_a_pinned_result_stands_first_while_readers_may_see_it(site: Site) -> None:
    editor, client = Officer(site, EDITOR), site.client()
    page = "/trang/huong-dan-nop-ho-so"
    title = client.get(page).html.h1.get_text()
    fill(
        editor,
        "/bien-tap/ket-qua-ghim/moi",
        phrases="khai sinh\nnộp ở đâu",
        address=f"http://127.0.0.1:6543{page}?x=1",
    )
    first, *rest = found(client, "KHAI sinh")
    assert first == title
    assert title not in rest
    assert "Cơ quan chọn" in words(client.get("/tim-kiem?q=khai+sinh"))
    assert found(client, "nop o dau")[0] == title
    assert client.get("/tim-kiem/goi-y?q=khai+sinh").json["items"][0]["text"] == title
    assert title not in found(client, "khai sinh cho con")[:1]
    only = client.get("/tim-kiem?q=khai+sinh&loai=thu-tuc").html.select(".results--pinned")
    assert only == []
    for address in (
        "/trang/khong-co",
        "/bien-tap",
        "https://example.com/trang/x",
        "//x",
        "[",
        "%ff",
    ):
        refused = fill(
            editor, "/bien-tap/ket-qua-ghim/moi", 422, phrases="khai sinh", address=address
        )
        assert "Không có trang công khai" in words(refused)
        assert refused.forms["f"]["address"].value
    chief = Officer(site, "truongbientap@example.vn")
    chief.go(page_address(site, "huong-dan-nop-ho-so"))
    chief.form("/go").submit(status=303)
    assert title not in found(client, "khai sinh")
    assert "không còn công khai" in words(editor.go("/bien-tap/ket-qua-ghim"))


def page_address(site: Site, slug: str) -> str:
    from content.news.models import Page

    with site.database.sessions() as session:
        (one,) = session.query(Page).filter_by(slug=slug)
        return f"/bien-tap/trang/{one.id}/xem-truoc"


def test_what_was_looked_for_in_vain_leads_to_a_synonym(site: Site) -> None:
    editor, client = Officer(site, EDITOR), site.client()
    registry: Any = site.app.registry
    for text in ("xyzzy plugh", "0123456789 xyzzy", "Nguyễn Văn Xyzzy"):
        client.get("/tim-kiem", {"q": text}, headers=BROWSER)
    client.get("/tim-kiem", {"q": "qwzzy"}, headers={"User-Agent": "Googlebot/2.1"})
    client.get("/tim-kiem", {"q": "vwzzy", "loai": "tin-tuc"}, headers=BROWSER)
    write_visits(registry)
    page = editor.go("/bien-tap/tim-khong-ra")
    assert [one.get_text() for one in page.html.select("tbody th")] == ["xyzzy plugh"]
    form = editor.go(page.html.select_one("tbody a")["href"]).forms["f"]
    assert form["phrase"].value == "xyzzy plugh"
    editor.go("/bien-tap/tim-khong-ra")
    editor.page = editor.form("/xong").submit(status=303).follow()
    assert "Không có từ nào" in words(editor.page)
    client.get("/bien-tap/tim-khong-ra", status=303)
