"""The dashboard: what waits, each number with its list; finding what is being written."""

import pytest

from tests.portal.editorial.home.numbers import numbers
from tests.portal.editors import fill, words
from tests.support.officer import Officer
from tests.support.site import Site

EDITOR, CHIEF = "bientap@example.vn", "truongbientap@example.vn"
BODY = "Nội dung bài."


@pytest.fixture
def editor(site: Site) -> Officer:
    return Officer(site, EDITOR)


def article(one: Officer, title: str, body: str = BODY) -> str:
    fill(one, "/bien-tap/tin/moi", title=title, lead="Sa-pô.", body=body, section="the-che")
    return str(one.page.request.path)


def test_every_number_is_the_length_of_its_list(site: Site, editor: Officer) -> None:
    before = numbers(editor)
    assert before["Bài nháp của tôi"][0] == "0"
    preview = article(editor, "Nháp của tôi")
    article(Officer(site, CHIEF), "Nháp của người khác")
    count, address = numbers(editor)["Bài nháp của tôi"]
    assert count == "1"
    listed = words(editor.go(address))
    assert "Nháp của tôi" in listed
    assert "người khác" not in listed
    editor.go(preview)
    editor.page = editor.form("/gui-duyet").submit(status=303).follow()
    chief = Officer(site, CHIEF)
    count, address = numbers(chief)["Bài chờ duyệt"]
    assert count == "1"
    assert "Nháp của tôi" in words(chief.go(address))
    for count, address in numbers(chief).values():
        page = chief.go(address)
        assert page.status_int == 200
        assert count.replace(".", "").isdigit() or count == "chưa đếm"


def test_old_links_to_the_list_lead_on(editor: Officer) -> None:
    moved = editor.client.get("/bien-tap?loc=cho-duyet&trang=2", status=303)
    assert moved.headers["Location"].endswith("/bien-tap/tin?loc=cho-duyet&trang=2")
    assert editor.go("/bien-tap").html.h1.get_text() == "Việc của ban biên tập"


def test_nobody_else_sees_it(site: Site) -> None:
    site.client().get("/bien-tap", status=303)
    for other in ("motcua@example.vn", "congdan@example.vn"):
        Officer(site, other).go("/bien-tap", status=403)


def test_drafts_are_found_by_folded_words(site: Site, editor: Officer) -> None:
    preview = article(editor, "Tiêm phòng dại", body="Mang theo sổ <b>xyzzy</b> và chó mèo.")
    fill(
        editor,
        "/bien-tap/hoi-dap/moi",
        title="Hỏi về plugh",
        body="Trả lời plugh",
        topic="Khác",
        position="1",
    )
    page = editor.go("/bien-tap/tim?q=MANG+theo+CHO+meo")
    (link,) = page.html.select(".results__title a")
    assert (link["href"], link.get_text()) == (preview, "Tiêm phòng dại")
    assert page.html.select(".results__snippet mark")
    assert "Bài viết" in words(page)
    assert "Hỏi về plugh" in words(editor.go("/bien-tap/tim?q=plugh&loai=hoi-dap"))
    assert "Không có nội dung" in words(editor.go("/bien-tap/tim?q=plugh&loai=trang"))
    opened = editor.go("/bien-tap/thu-tuc?q=trich+luc+ho+tich").html.select("tbody th a")[0]
    editor.go(opened["href"])
    editor.page = editor.form("/soan").submit(status=303).follow()
    assert "Thủ tục đang soạn" in words(editor.go("/bien-tap/tim?q=trich+luc+ho+tich&loai=thu-tuc"))
    editor.go(preview)
    for query in ("?q=%00", "?q=%25", "?q=" + "a" * 900, "?q=x&loai=la&trang=abc", ""):
        assert editor.go(f"/bien-tap/tim{query}", expect_errors=True).status_int in (200, 400)
