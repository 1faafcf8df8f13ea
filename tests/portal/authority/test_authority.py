"""What the authority says of itself: written by editors, read by everybody."""

import pytest

from tests.content.media import pictures
from tests.portal.editors import fill, words
from tests.support.officer import Officer
from tests.support.site import Site

EDITOR = "bientap@example.vn"


@pytest.fixture
def editor(site: Site) -> Officer:
    return Officer(site, EDITOR)


def test_the_sample_shows_units_duty_and_receptions(reading_site: Site) -> None:
    client = reading_site.client()
    units = words(client.get("/co-cau-to-chuc"))
    assert "Ban Tiếp công dân" in units
    assert "Ông Trần Quang Mẫu" in units
    assert "Thứ Hai đến Thứ Sáu: 07:30–11:30, 13:00–17:00" in units
    assert "Hôm nay" in words(client.get("/lich-truc"))
    november = words(client.get("/lich-tiep-cong-dan?thang=2026-11"))
    assert "Thứ Năm, 12/11/2026" in november
    # The 24th is a holiday, so the deputy receives the day after.
    assert "Thứ Tư, 25/11/2026" in november
    assert "từ ngày 24/11/2026" in november


@pytest.mark.parametrize(
    "asked", ["", "2026-13", "x", "9999-99", "0001-01", "2099-01", "２０２６-11"]
)
def test_any_month_gives_a_page(reading_site: Site, asked: str) -> None:
    page = reading_site.client().get("/lich-tiep-cong-dan", {"thang": asked})
    assert "Lịch tiếp công dân tháng" in page.html.h1.get_text()


def test_a_year_whose_holidays_are_not_decided_is_said_to_be_provisional(
    reading_site: Site,
) -> None:
    page = reading_site.client().get("/lich-tiep-cong-dan?thang=2027-03")
    assert "Lịch dự kiến" in words(page)


def test_the_calendar_file_is_for_phones(reading_site: Site) -> None:
    answer = reading_site.client().get("/lich-tiep-cong-dan.ics")
    assert answer.content_type == "text/calendar"
    assert answer.text.startswith("BEGIN:VCALENDAR\r\n")
    assert "DTSTART:20261125T070000Z" in answer.text


def test_the_guide_says_who_takes_what_and_how_long_it_takes(reading_site: Site) -> None:
    page = words(reading_site.client().get("/khieu-nai-to-cao"))
    assert "90 ngày" in page
    assert "Chủ tịch Ủy ban nhân dân xã, phường" in page
    assert "không còn cấp huyện" in page


def test_an_editor_adds_a_unit_and_a_person_with_a_photograph(site: Site, editor: Officer) -> None:
    wrong = fill(editor, "/bien-tap/co-cau-to-chuc/moi", 422, name="Phòng Kinh tế", hours="sáng")
    assert "chưa đọc được" in wrong.text
    fill(editor, "/bien-tap/co-cau-to-chuc/moi", name="Phòng Kinh tế", hours="T2: 08:00-10:00")
    token = editor.go("/bien-tap/thu-vien/tai-len").forms[0]["csrf_token"].value
    files = [("tep", "chan-dung.jpg", pictures.picture(200, 260))]
    editor.client.post("/bien-tap/thu-vien/tai-len", {"csrf_token": token}, upload_files=files)
    fill(editor, "/bien-tap/thu-vien/1", alt="Chân dung bà Hoa")
    editor.go("/bien-tap/can-bo/moi")
    pick = editor.page.html.select_one("main .btn--secondary")["href"]
    address = editor.go(pick).html.select_one(".media-card .btn")["href"]
    form = editor.go(address).forms["f"]
    form["name"], form["post"], form["phone"] = "Bà Hoa Mẫu", "Trưởng phòng", "0200 000 0300"
    form["unit"].force_value(next(o[0] for o in form["unit"].options if o[2] == "Phòng Kinh tế"))
    editor.page = form.submit(status=303).follow()
    shown = site.client().get("/co-cau-to-chuc").html
    person = next(one for one in shown.select(".person") if "Bà Hoa Mẫu" in one.get_text())
    assert person.select_one("img")["alt"] == "Chân dung bà Hoa"
    assert "Bà Hoa Mẫu" in editor.go("/bien-tap/thu-vien/1/xoa").text


def test_a_unit_with_people_is_not_deleted(site: Site, editor: Officer) -> None:
    editor.go("/bien-tap/co-cau-to-chuc")
    editor.page = editor.form("/xoa").submit(status=303).follow()
    assert "Chưa xóa: đơn vị còn người" in editor.text
    link = editor.page.html.find("a", string="Bà Lê Thu Mẫu")["href"]
    editor.form(f"{link}/thu-tu").submit("huong", value="len", status=303)
    names = [
        one.get_text()
        for one in site.client().get("/co-cau-to-chuc").html.select(".person__name strong")
    ]
    assert names[:2] == ["Bà Lê Thu Mẫu", "Ông Trần Quang Mẫu"]


def test_duty_stands_on_its_page_and_on_the_first(site: Site, editor: Officer) -> None:
    fill(
        editor,
        "/bien-tap/lich-truc/moi",
        starts_on="23/11/2026",
        task="Trực bão",
        name="Ông Trực Mẫu",
        phone="0200 000 0999",
    )
    page = site.client().get("/lich-truc")
    assert "Ông Trực Mẫu" in words(page, "#hom-nay ~ dl")
    chief = Officer(site, "truongbientap@example.vn")
    fill(chief, "/bien-tap/trang-dau/moi", kind="duty")
    block = words(site.client().get("/"), "main .panel")
    assert "Trực bão: Ông Trực Mẫu" in block
    assert "Buổi tiếp công dân tới: Thứ Tư, 25/11/2026" in block
    editor.go("/bien-tap/lich-truc")
    assert (
        "31 ngày"
        in fill(
            editor,
            "/bien-tap/lich-truc/moi",
            422,
            starts_on="01/01/2027",
            ends_on="01/03/2027",
            task="x",
            name="y",
            phone="113",
        ).text
    )


def test_a_reception_is_put_off_and_comes_back(site: Site, editor: Officer) -> None:
    fill(
        editor,
        "/bien-tap/lich-tiep-cong-dan/moi",
        post="Chủ tịch xã",
        place="Hội trường",
        starts="07:30",
        ends="11:00",
        pattern="weekly",
        weekday="5",
        valid_from="01/11/2026",
    )
    rule = editor.page.html.select("tbody th a")[-1]["href"]
    day = f"{rule}/2026-11-27"
    assert "ghi lý do" in fill(editor, day, 422, is_cancelled=True).text
    fill(editor, day, is_cancelled=True, reason="Họp Hội đồng nhân dân")
    public = site.client().get("/lich-tiep-cong-dan?thang=2026-11")
    row = next(one for one in public.html.select("tbody tr") if "27/11/2026" in one.get_text())
    assert "Hoãn" in row.get_text()
    assert "Họp Hội đồng nhân dân" in row.get_text()
    editor.go(day)
    editor.form("/bo").submit(status=303)
    assert "Họp Hội đồng" not in site.client().get("/lich-tiep-cong-dan?thang=2026-11").text
    editor.client.get(f"{rule}/2026-11-26", status=404)
    editor.client.get(f"{rule}/khong-phai-ngay", status=404)


def test_a_reception_held_once_is_forgotten_when_it_is_over(site: Site, editor: Officer) -> None:
    usual = {"place": "Hội trường", "starts": "07:30", "ends": "11:00", "pattern": "once"}
    new = "/bien-tap/lich-tiep-cong-dan/moi"
    fill(editor, new, post="Thanh tra xã", valid_from="20/11/2026", **usual)
    fill(editor, new, post="Công an xã", valid_from="27/11/2026", **usual)
    shown = words(site.client().get("/lich-tiep-cong-dan?thang=2026-11"))
    in_table, general = shown.split("Lịch chung")
    assert "Thanh tra xã" in in_table
    assert "Thanh tra xã" not in general
    assert "Công an xã" in general


def test_what_is_wrong_with_a_rule_is_said(editor: Officer) -> None:
    usual = {"post": "Chủ tịch", "place": "Phòng 1", "starts": "08:00", "ends": "11:00"}
    for values, said in (
        ({"pattern": "weekly"}, "Cách lặp đã chọn cần mục này"),
        ({"pattern": "month_days", "month_days": "5, 40"}, "từ 1 đến 31"),
        ({"pattern": "once", "ends": "07:00"}, "phải sau giờ bắt đầu"),
        ({"pattern": "once", "starts": "25:00"}, "Giờ này chưa đúng"),
        ({"pattern": "once", "valid_to": "01/01/2020"}, "sau ngày bắt đầu"),
    ):
        page = fill(editor, "/bien-tap/lich-tiep-cong-dan/moi", 422, **{**usual, **values})
        assert said in page.text


def test_the_guide_takes_the_authoritys_own_words_and_gives_the_usual_back(
    site: Site, editor: Officer
) -> None:
    page = "/bien-tap/khieu-nai-to-cao/noi-dung/complaint"
    fill(editor, page, body="Gửi đến phòng 102. <script>alert(1)</script>")
    shown = site.client().get("/khieu-nai-to-cao")
    assert "Gửi đến phòng 102." in words(shown)
    assert "<script>alert" not in shown.text
    fill(editor, page, body="")
    assert "90 ngày" in words(site.client().get("/khieu-nai-to-cao"))
    new = "/bien-tap/khieu-nai-to-cao/noi-nhan/moi"
    assert "ít nhất một loại" in fill(editor, new, 422, receiver="Ban", matter="x").text
    fill(editor, new, receiver="Thanh tra tỉnh Mẫu", matter="Mọi việc", complaints=True)
    shown = site.client().get("/khieu-nai-to-cao")
    assert "Thanh tra tỉnh Mẫu" in words(shown, "tbody")
    assert "Chủ tịch Ủy ban nhân dân xã" not in words(shown, "tbody")
    editor.client.get("/bien-tap/khieu-nai-to-cao/noi-dung/khac", status=404)


def test_others_may_not_edit(site: Site) -> None:
    desk = Officer(site)
    for path in ("co-cau-to-chuc", "lich-truc", "lich-tiep-cong-dan", "khieu-nai-to-cao"):
        desk.client.get(f"/bien-tap/{path}", status=403)
