"""The glossary: written by editors, read by everybody, linked from texts."""

from tests.portal.editors import fill, words
from tests.support.officer import Officer
from tests.support.site import Site

BASE = "/bien-tap/thuat-ngu"
EDITOR = "bientap@example.vn"


def test_a_term_is_written_linked_changed_and_thrown_away(site: Site) -> None:
    editor = Officer(site, EDITOR)
    fill(
        editor,
        f"{BASE}/moi",
        name="ô tìm kiếm",
        meaning="Ô để gõ việc cần làm.",
        others="ô tìm\nchỗ tìm",
        bases="Nghị định số 123/2015/NĐ-CP, Điều 2",
    )
    page = site.client().get("/thuat-ngu")
    term = page.html.select_one("#o-tim-kiem").parent
    assert "Còn gọi là: ô tìm; chỗ tìm" in term.get_text()
    assert term.select_one("a")["href"] == "/van-ban/123-2015-nd-cp"
    answer = "/hoi-dap/toi-khong-biet-ten-thu-tuc-thi-tim-the-nao"
    linked = site.client().get(answer).html.select("a.term")
    assert [(one["href"], one.get_text()) for one in linked] == [
        ("/thuat-ngu#o-tim-kiem", "ô tìm kiếm")
    ]
    address = editor.go(BASE).html.find("a", string="ô tìm kiếm")["href"]
    assert "Đã có thuật ngữ" in fill(editor, address, 422, name="mot cua").text
    assert "Nhiều nhất 5 dòng" in fill(editor, address, 422, bases="a\nb\nc\nd\ne\nf").text
    fill(editor, address, is_linked=False)
    assert not site.client().get(answer).html.select("a.term")
    editor.go(BASE)
    editor.page = editor.form(f"{address}/xoa").submit(status=303).follow()
    assert not site.client().get("/thuat-ngu").html.select("#o-tim-kiem")
    assert "ô tìm kiếm" in words(editor.go("/bien-tap/thung-rac"))


def test_readers_look_a_word_up_by_any_of_its_names(reading_site: Site) -> None:
    client = reading_site.client()
    everything = client.get("/thuat-ngu")
    letters = [one.get_text() for one in everything.html.select("main section h2")]
    assert letters.index("D") + 1 == letters.index("G")
    found = words(client.get("/thuat-ngu", {"q": "PHIEU hen"}))
    assert "giấy tiếp nhận hồ sơ và hẹn trả kết quả" in found
    assert "1 thuật ngữ" in found
    assert "Không có thuật ngữ nào khớp" in words(client.get("/thuat-ngu?q=%25zz"))
    client.get("/thuat-ngu?q=%00", status=400)
    client.get(BASE, status=303)


def test_articles_link_what_they_mention(reading_site: Site) -> None:
    page = reading_site.client().get("/trang/huong-dan-nop-ho-so")
    found = [one["href"] for one in page.html.select("a.term")]
    assert found
    assert len(found) == len(set(found))
