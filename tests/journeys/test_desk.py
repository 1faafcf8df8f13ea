"""A morning at the desk: from the inbox to the slip in the citizen's hand, and to what they see."""

from sqlalchemy import select

from content.dossiers.numbering import RegisterLine
from content.dossiers.states import Status
from tests.content.letters.reading import flat, text_of
from tests.support.dossiers import CENTRE, COMMUNE, Filed, file_all, stored
from tests.support.mails import mails
from tests.support.officer import Officer
from tests.support.site import Site


def test_an_officer_works_through_the_inbox(site: Site) -> None:
    first, second, third = file_all(
        site, Filed("Đỗ Thị Ẩn"), Filed("Bùi Bình", COMMUNE), Filed("Vũ Cường", CENTRE)
    )
    site.clock.move(hours=1)
    officer = Officer(site)
    assert officer.rows() == ["Đỗ Thị Ẩn", "Bùi Bình", "Vũ Cường"]

    # The first is in order: read, accepted, its slip printed.
    officer.page = officer.page.click(first)
    assert "Nếu tiếp nhận bây giờ: hẹn trả Thứ Sáu, 27/11/2026." in officer.text
    officer.accept()
    assert "Đã tiếp nhận hồ sơ" in officer.text
    slip = officer.page.html.select_one("a[href*='giay-tiep-nhan.pdf']")["href"]
    text = text_of(officer.client.get(slip).body)
    assert flat("H99.11-261123-0001") in text
    assert flat("17 giờ 00 phút, ngày 27/11/2026") in text
    officer.page = officer.page.click("Danh sách hồ sơ")
    assert officer.rows() == ["Bùi Bình", "Vũ Cường"]

    # The second lacks something: refused, with words a person can act on.
    officer.page = officer.page.click(second)
    officer.page = officer.page.click("Từ chối tiếp nhận…")
    officer.write_refusal(
        "Thiếu giấy tờ chỗ ở.\nÔng/bà bổ sung rồi nộp lại.", "Điều 28 Luật Cư trú"
    )
    officer.refuse()
    officer.page = officer.page.click("Danh sách hồ sơ")
    assert officer.rows() == ["Vũ Cường"]

    # The third waits until tomorrow and is late by then.
    site.clock.move(days=3)
    officer = Officer(site)
    assert "quá hạn" in officer.text
    assert stored(site, third).status is Status.SUBMITTED

    # Everything is in the books, and the applicants have been told.
    with site.database.sessions() as session:
        line = session.scalars(select(RegisterLine)).one()
        assert (line.year, line.number) == (2026, 1)
    told = {mail["template"]: mail["values"] for mail in mails(site)}
    assert told["accepted"]["due_at"] == "Thứ Sáu, 27/11/2026"
    assert told["refused"]["reason"].startswith("Thiếu giấy tờ chỗ ở.")


def test_the_citizen_sees_at_once_what_the_desk_has_done(site: Site) -> None:
    accepted, refused = file_all(site, Filed("Đỗ Thị Ẩn"), Filed("Bùi Bình"))
    officer = Officer(site)
    officer.dossier(accepted)
    officer.accept()
    officer.go(f"/can-bo/ho-so/{refused}/tu-choi")
    officer.write_refusal("Thiếu giấy tờ chỗ ở hợp pháp.")
    officer.refuse()
    citizen = Officer(site, "congdan@example.vn")
    page = citizen.go(f"/tai-khoan/ho-so/{accepted}")
    assert "H99.11-261123-0001" in page.text
    assert "27/11/2026" in page.text
    page = citizen.go(f"/tai-khoan/ho-so/{refused}")
    assert "Thiếu giấy tờ chỗ ở hợp pháp." in page.text
    citizen.go(f"/can-bo/ho-so/{accepted}", status=403)
