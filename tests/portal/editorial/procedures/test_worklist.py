"""The list, what is missing by sector, checks, remarks, finders in the browser."""

from sqlalchemy import select

from content.procedures.finders import Finder
from tests.portal.editorial.procedures.conftest import BIRTH, Editor, id_of
from tests.support.mails import mails
from tests.support.site import Site


def test_the_list_narrows_and_odd_filters_narrow_nothing(site: Site, editor: Editor) -> None:
    def total(query: str) -> int:
        page = editor.go(f"/bien-tap/thu-tuc?{query}")
        return int(page.html.select_one("main [role=status] strong").text.replace(".", ""))

    everything = total("")
    assert 0 < total("q=khai+sinh") < everything
    assert 0 < total("thieu=fee") < everything
    assert 0 < total("cap=tinh&tinh-trang=in_force") < everything
    assert total("cap=sao&thieu=x&viec=&linh-vuc=khong-co&tinh-trang=1&trang=abc") == everything
    assert total("viec=draft") == 0
    editor.open_draft(id_of(site))
    assert total("viec=draft") == 1
    page = editor.go("/bien-tap/thu-tuc/con-thieu")
    link = page.html.select_one("main td a")["href"]
    assert total(link.partition("?")[2]) > 0


def test_a_check_is_written_down_and_comes_due(site: Site, editor: Editor) -> None:
    birth = id_of(site)
    editor.go(f"/bien-tap/thu-tuc/{birth}/da-kiem-tra")
    editor.form()["review_by"] = "23/11/2026"
    assert "phải sau hôm nay" in editor.save(status=422).text
    editor.form()["review_by"] = "01/12/2026"
    page = editor.save()
    assert "Đã ghi lần kiểm tra" in page.text
    assert "chưa có ai ghi" not in page.text
    site.clock.move(days=10)
    again = Editor(site)
    assert BIRTH in again.go("/bien-tap/thu-tuc?viec=review").text


def test_a_reader_s_remark_reaches_an_editor_and_is_answered(site: Site, editor: Editor) -> None:
    reader = site.client()
    form = reader.get(f"/thu-tuc/{BIRTH}/bao-sai").forms["f"]
    form["kind"], form["text"], form["contact"] = "wrong", "Phí đã đổi", "ba@example.vn"
    form.submit(status=303)
    assert BIRTH in editor.go("/bien-tap/thu-tuc?viec=remarks").text
    editor.go(f"/bien-tap/thu-tuc/{id_of(site)}")
    editor.page = editor.page.click("Trả lời hoặc đóng")
    editor.form()["answer"] = "Cảm ơn ông/bà, chúng tôi đã sửa."
    address = editor.page.request.path
    page = editor.save()
    assert "Đã đóng góp ý" in page.text
    told = [one for one in mails(site) if one["template"] == "remark_answered"]
    assert [one["to"] for one in told] == ["ba@example.vn"]
    assert "f" not in editor.go(address).forms
    editor.go(f"/bien-tap/thu-tuc/{id_of(site, '1.001612')}/gop-y/1", status=404)


def test_a_finder_leads_from_a_life_event_to_the_case(site: Site) -> None:
    reader = site.client()
    page = reader.get("/su-kien/sinh-con").click("Khai sinh: tôi cần làm thủ tục nào")
    for words in ("Chưa, đây là lần đầu", "Chưa biết cha mẹ là ai"):
        page = page.click(words)
    assert "trẻ em bị bỏ rơi" in page.text
    sheet = page.click("Thủ tục đăng ký khai sinh")
    assert "truong-hop=" in sheet.request.url
    assert sheet.html.select_one(".cases a[aria-current=true]").text.lower() == "trẻ em bị bỏ rơi"
    changed = page.click("Đổi", index=1)
    assert "Cha, mẹ của người ấy là ai?" in changed.text
    for odd in ("9.9.9", "1.1.1.1.1", "x", "1..1", "-1", "%00", "٣", "1." * 500):
        reader.get(f"/tim-theo-cau-hoi/khai-sinh?tra-loi={odd}", status="*")
    reader.get("/tim-theo-cau-hoi/khong-co", status=404)


def test_an_editor_makes_a_finder_and_the_head_shows_it(
    site: Site, editor: Editor, chief: Editor
) -> None:
    editor.go("/bien-tap/bo-cau-hoi/moi")
    editor.form()["title"] = "Kết hôn: tôi cần làm gì?"
    editor.form()["life_event"] = "ket-hon"
    page = editor.save()
    home = page.request.path
    assert "Chưa có câu hỏi nào" in page.text
    editor.go(f"{home}/cau-hoi/moi")
    editor.push("_them", "options")
    editor.form()["text"] = "Một trong hai người là người nước ngoài?"
    editor.form()["options.0.words"] = "Không"
    editor.form()["options.0.results"] = "một thủ tục"
    assert "chưa đúng" in editor.save(status=422).text
    editor.form()["options.0.results"] = "1.000894 xã"
    editor.push("_them", "options")
    editor.form()["options.1.words"] = "Có"
    assert "là ngõ cụt" in editor.save().text
    editor.go(f"{home}/cau-hoi/1")
    editor.form()["options.1.advice"] = "Ông/bà hỏi tại trung tâm cấp tỉnh."
    assert "Không có ngõ cụt" in editor.save().text
    site.client().get("/tim-theo-cau-hoi/ket-hon-toi-can-lam-gi", status=404)
    chief.go(home)
    chief.press("Cho người dân thấy")
    reader = site.client()
    page = reader.get("/su-kien/ket-hon").click("Kết hôn: tôi cần làm gì").click("Không")
    assert "Thủ tục đăng ký kết hôn" in page.text
    with site.database.sessions() as session:
        finder = session.scalars(select(Finder).where(Finder.slug.like("ket-hon%"))).one()
        assert finder.is_public
    chief.go(home)
    chief.press("Bỏ câu “Một trong hai người là người nước ngoài?”")
    reader.get("/tim-theo-cau-hoi/ket-hon-toi-can-lam-gi", status=404)
