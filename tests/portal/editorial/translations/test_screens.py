"""Translating through the editors' screens, without scripts."""

from typing import Any

from sqlalchemy import select

from content.news.models import Page
from content.procedures.models import Procedure
from tests.support.officer import Officer
from tests.support.site import Site

WRITER, CHIEF = "bientap@example.vn", "truongbientap@example.vn"
LIST = "/bien-tap/ban-dich"


def page_id(site: Site, slug: str = "gio-lam-viec") -> int:
    with site.database.sessions() as session:
        return session.scalars(select(Page.id).where(Page.slug == slug)).one()


def save(one: Officer, **fields: str) -> Any:
    form = one.page.forms["f"]
    for name, value in fields.items():
        form[name] = value
    response = form.submit("gui", expect_errors=True)
    one.page = response.follow() if response.status_int == 303 else response
    return one.page


def press(one: Officer, ending: str) -> Any:
    response = one.form(ending).submit(expect_errors=True)
    one.page = response.follow() if response.status_int == 303 else response
    return one.page


def test_a_page_is_translated_published_outdated_and_brought_level(site: Site) -> None:
    writer, chief, reader = Officer(site, WRITER), Officer(site, CHIEF), site.client()
    address = f"{LIST}/trang/{page_id(site)}"
    writer.go(f"{LIST}?loc=thieu-trang")
    writer.page = writer.page.click(href=address)
    save(writer, title="Opening hours")
    assert "Chưa thể công bố: thiếu Nội dung" in writer.text
    save(writer, body="## Counters\n\nSee the notice at each counter.", lead="When we are open.")
    assert "Đã lưu bản dịch." in writer.text
    assert not [one for one in writer.page.forms.values() if one.action.endswith("/cong-bo")]
    saves = writer.go(f"{address}/lich-su?lan=2").html
    assert [one.get_text() for one in saves.select("h3")] == ["Sa-pô", "Nội dung"]
    assert "See the notice" in saves.select(".difference ins")[1].get_text()
    assert not writer.go(f"{address}/lich-su?lan=9").html.select(".difference")
    chief.go(address)
    press(chief, "/cong-bo")
    assert "Đã công bố bản tiếng Anh." in chief.text
    assert "Bản tiếng Anh đã công bố" in writer.go(address).text
    assert "f" not in writer.page.forms
    assert "See the notice at each counter." in reader.get("/en/trang/gio-lam-viec").text
    with site.database.writing_sessions.begin() as session:
        page = session.get_one(Page, page_id(site))
        page.title = "Giờ làm việc của quầy"
    assert "Opening hours" in chief.go(f"{LIST}?loc=cu").text
    chief.go(address)
    assert "[thêm:" in chief.page.text
    save(chief, title="Opening hours of the counters")
    assert "Bản dịch cũ hơn bản gốc" in chief.text
    chief.page.forms["f"]["is_level"] = True
    save(chief)
    assert "Bản dịch cũ hơn bản gốc" not in chief.text
    say_again(chief, writer, reader, address)
    chief.go(address)
    press(chief, "/go")
    reader.get("/en/trang/gio-lam-viec", status=404)


def say_again(chief: Officer, writer: Officer, reader: Any, address: str) -> None:
    """Earlier saves of a published translation are had back by who may change it."""
    # The second save again: made before the original changed, so readers are told.
    chief.go(f"{address}/lich-su?lan=2")
    press(chief, "/khoi-phuc")
    assert "Đã khôi phục nội dung" in chief.text
    assert "Bản dịch cũ hơn bản gốc" in chief.text
    assert chief.page.forms["f"]["title"].value == "Opening hours"
    assert "older than the Vietnamese original" in reader.get("/en/trang/gio-lam-viec").text
    # The first had no body: readers keep what they have.
    chief.go(f"{address}/lich-su?lan=1")
    press(chief, "/khoi-phuc")
    assert "Chưa khôi phục" in chief.text
    assert "See the notice at each counter." in reader.get("/en/trang/gio-lam-viec").text
    writer.go(f"{address}/lich-su?lan=2")
    assert not [one for one in writer.page.forms.values() if one.action.endswith("/khoi-phuc")]


def test_the_second_of_two_translators_sees_both_texts_merged(site: Site) -> None:
    one, other = Officer(site, WRITER), Officer(site, CHIEF)
    address = f"{LIST}/trang/{page_id(site)}"
    one.go(address)
    save(one, title="Hours", body="First line.\n\nSecond line.")
    one.go(address)
    other.go(address)
    save(other, body="First line of another.\n\nSecond line.")
    refused = save(one, body="First line.\n\nSecond line of mine.")
    assert refused.status_int == 422
    merged = refused.forms["f"]["body"].value
    assert "First line of another." in merged
    assert "Second line of mine." in merged
    save(one)
    assert "Đã lưu bản dịch." in one.text


def test_an_original_that_changes_meanwhile_and_foreign_numbers_are_told(site: Site) -> None:
    one = Officer(site, CHIEF)
    with site.database.sessions() as session:
        wanted = select(Procedure.id).where(Procedure.code == "2.000635")
        number = session.scalars(wanted.order_by(Procedure.id)).first()
    one.go(f"{LIST}/thu-tuc/{number}")
    refused = save(one, limit="on the same day; after 16:00 the next")
    assert refused.status_int == 422
    assert "Có con số mà bản gốc không có" in one.text
    address = f"{LIST}/trang/{page_id(site, 'gioi-thieu')}"
    one.go(address)
    with site.database.writing_sessions.begin() as session:
        session.get_one(Page, page_id(site, "gioi-thieu")).lead = "Cổng mẫu."
    assert save(one, title="About us").status_int == 422
    assert "Bản gốc vừa thay đổi" in one.text
    assert one.page.forms["f"]["title"].value == "About us"
    save(one)
    assert "Đã lưu bản dịch." in one.text


def test_lists_and_addresses_take_any_input(site: Site) -> None:
    one = Officer(site, WRITER)
    for query in ("?loc=thieu-thu-tuc&trang=99999", "?loc=x", "?loc=thieu-tin", "?loc=nhap"):
        one.go(LIST + query)
    one.go(f"{LIST}/tin/999999999999999999999", status=404)
    one.go(f"{LIST}/anh/1", status=404)
    assert "Registration of birth" in one.go(f"{LIST}?loc=cong-bo").text
    address = f"{LIST}/trang/{page_id(site)}"
    one.go(f"{address}?chep=1")
    assert one.page.forms["f"]["body"].value.startswith("##")


def test_the_screens_of_an_original_lead_to_its_translation(site: Site) -> None:
    one, number = Officer(site, WRITER), page_id(site, "gioi-thieu")
    assert one.go(f"/bien-tap/trang/{number}/xem-truoc").click("Bản tiếng Anh", href="/trang/")
    with site.database.sessions() as session:
        found = session.scalars(select(Procedure.id).where(Procedure.code == "1.001193")).one()
    assert one.go(f"/bien-tap/thu-tuc/{found}").click("Bản tiếng Anh", href="/thu-tuc/")
