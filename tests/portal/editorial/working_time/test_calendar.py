"""Days off kept by an administrator: looked at before they are written, without moving a
receipt that was given."""

from datetime import date
from typing import Any

from sqlalchemy import select

from content.calendar.models import CalendarEntry
from content.calendar.pauses import PauseCause
from content.dossiers.models import Dossier
from content.dossiers.proposals import Proposal
from content.dossiers.waiting import begin_waiting
from portal.cli.working import follow_the_hours
from tests.support.clocked import clocked
from tests.support.dossiers import Filed, accept, file_all, stored, writing
from tests.support.handling import in_progress
from tests.support.officer import Officer
from tests.support.site import Site

KEEPER, CALENDAR = "quantri@example.vn", "/quan-tri/lich-lam-viec"
DECISION = "Quyết định 99/QĐ-TTg ngày 20/11/2026"
DAY = {"kind": "nghi", "day": "26/11/2026", "name": "Quốc tang", "legal_basis": DECISION}


def ask(who: Officer, address: str, status: int = 200, **values: Any) -> Any:
    """Fill in the form of a day and look whose date it would move."""
    form = who.go(address).forms["f"]
    for name, value in {**DAY, **values}.items():
        form[name] = value
    who.page = form.submit("gui", status=status)
    return who.page


def write(who: Officer, status: int = 303) -> Any:
    answer = who.page.forms["f"].submit("ghi", status=status)
    who.page = answer.follow() if status == 303 else answer
    return who.page


def holding(site: Site, day: date) -> list[CalendarEntry]:
    with site.database.sessions() as session:
        query = select(CalendarEntry).where(
            CalendarEntry.date == day, CalendarEntry.ended_at.is_(None)
        )
        return list(session.scalars(query))


def test_a_day_off_is_previewed_written_and_moves_no_receipt(site: Site) -> None:
    first = in_progress(site)
    before = stored(site, first)
    keeper = Officer(site, KEEPER)
    keeper.go(CALENDAR)
    assert "Ngày Văn hóa Việt Nam" in keeper.text
    ask(keeper, f"{CALENDAR}/them")
    assert before.code in keeper.text
    assert "Giấy tiếp nhận đã cấp giữ nguyên ngày hẹn" in keeper.text
    assert not holding(site, date(2026, 11, 26))
    site.clock.move(minutes=5)
    write(keeper)
    assert "Đã ghi vào lịch" in keeper.page.text
    assert "Ngô Thị Quản" in keeper.text
    assert [one.legal_basis for one in holding(site, date(2026, 11, 26))] == [DECISION]
    # What was promised stays; what is received from now on is counted with the new day.
    assert stored(site, first).due_date == before.due_date
    second = file_all(site, Filed(name="Lê Thị Sau"))[0]
    accept(site, second)
    later = stored(site, second)
    assert later.due_date is not None
    assert before.due_date is not None
    assert later.due_date > before.due_date
    # Only an apology could give the first applicant the later date.
    keeper.go(f"{CALENDAR}/ho-so")
    assert before.code in keeper.text
    assert later.code not in keeper.text
    keeper.page = keeper.form("/ho-so").submit(status=303).follow()
    assert "Đã chuẩn bị dự thảo xin lỗi" in keeper.page.text
    with site.database.sessions() as session:
        draft = session.scalars(select(Proposal)).one()
        assert draft.data["new_due"] == later.due_date.isoformat()
        assert draft.text == ""
    assert stored(site, first).due_date == before.due_date
    again = keeper.form("/ho-so").submit(status=303).follow()
    assert "Không có dự thảo nào mới" in again.text


def test_a_day_off_that_is_moved_on_undoes_its_own_change(site: Site) -> None:
    number, held = dated(site, in_progress(site))
    keeper = Officer(site, KEEPER)
    ask(keeper, f"{CALENDAR}/them", day=f"{held:%d/%m/%Y}")
    assert "(muộn hơn)" in keeper.text
    assert "1 hồ sơ trong số này hẹn trả đúng vào ngày sẽ nghỉ" in keeper.text
    site.clock.move(minutes=5)
    write(keeper)
    [entry] = holding(site, held)
    ask(keeper, f"{CALENDAR}/{entry.id}", day="25/12/2026")
    row = next(one for one in keeper.page.lxml.iter("tr") if number in one.text_content())
    assert "(đúng ngày đang giữ)" in row.text_content()
    assert "hẹn trả đúng vào ngày sẽ nghỉ" not in keeper.text


def test_many_dates_stand_behind_the_first_ones(site: Site) -> None:
    codes = file_all(site, *(Filed(name=f"Người Nộp {chr(65 + one)}") for one in range(12)))
    for code in codes:
        accept(site, code)
    last = stored(site, codes[-1]).code
    keeper = Officer(site, KEEPER)
    ask(keeper, f"{CALENDAR}/them")
    assert "12 hồ sơ đang mở sẽ có ngày khác nếu tính lại" in keeper.text
    [more] = keeper.page.lxml.xpath("//main//details")
    assert "Xem tiếp 2 hồ sơ" in " ".join(more.text_content().split())
    assert last in more.text_content()


def dated(site: Site, code: str) -> tuple[str, date]:
    """The number of a dossier and the day it was promised for."""
    dossier = stored(site, code)
    assert dossier.code is not None
    assert dossier.due_date is not None
    return dossier.code, dossier.due_date


def test_waiting_for_the_applicant_is_no_change_of_the_calendar(site: Site) -> None:
    code = in_progress(site)
    keeper = Officer(site, KEEPER)
    ask(keeper, f"{CALENDAR}/them", day="25/12/2026")
    site.clock.move(minutes=5)
    write(keeper)
    with writing(site) as session:
        dossier = session.scalars(select(Dossier).where(Dossier.lookup_code == code)).one()
        begin_waiting(session, dossier, PauseCause.SUPPLEMENT, site.clock())
        number = dossier.code
    site.clock.move(days=3)
    keeper = Officer(site, KEEPER)
    keeper.go(f"{CALENDAR}/ho-so")
    assert number not in keeper.text


def test_what_cannot_be_meant_is_said_at_its_field(site: Site) -> None:
    keeper, new = Officer(site, KEEPER), f"{CALENDAR}/them"
    for values, words in (
        ({"day": "28/11/2026"}, "vốn là ngày nghỉ"),
        ({"day": "20/11/2026"}, "đã qua"),
        ({"day": "26/11/2031"}, "hai năm tới"),
        ({"day": "26/11/2028"}, "chưa có lịch"),
        ({"day": "31/02/2027"}, "chưa phải là một ngày có thật"),
        ({"day": "24/11/2026"}, "đã có trong lịch"),
        ({"kind": "hoan_doi"}, "còn trống"),
        ({"kind": "hoan_doi", "worked": "27/11/2026"}, "thứ Bảy hoặc Chủ nhật"),
        ({"kind": "hoan_doi", "worked": "04/12/2027"}, "thứ Bảy hoặc Chủ nhật"),
        ({"kind": "hoan_doi", "worked": "27/03/2027"}, "cách nhau quá 62 ngày"),
    ):
        page = ask(keeper, new, 422, **values)
        assert words in keeper.text, (values, keeper.text)
        assert page.forms["f"]["name"].value == "Quốc tang"
    assert len(holding(site, date(2026, 11, 26))) == 0
    for address in (f"{CALENDAR}/9999999", f"{CALENDAR}?nam=99999"):
        keeper.client.get(address, status="*")
    assert keeper.go(f"{CALENDAR}?nam=9999", status=404)
    officer = Officer(site)
    officer.go(CALENDAR, status=403)


def test_a_swap_a_year_and_the_second_of_two_people(site: Site) -> None:
    one, other = Officer(site, KEEPER), Officer(site, KEEPER)
    ask(one, f"{CALENDAR}/them", kind="hoan_doi", day="04/01/2027", worked="09/01/2027")
    ask(other, f"{CALENDAR}/them", day="07/01/2027")
    site.clock.move(minutes=1)
    write(one)
    write(other, 422)
    assert "Người khác vừa đổi lịch" in other.text
    write(other)
    assert len(holding(site, date(2027, 1, 7))) == 1
    [worked] = holding(site, date(2027, 1, 9))
    assert worked.name == "Làm bù cho ngày 04/01/2027"
    # Opened from either side, both sides go; the log keeps what held.
    one.go(f"{CALENDAR}/{worked.id}")
    assert one.page.forms["f"]["worked"].value == "09/01/2027"
    one.go(f"{CALENDAR}/{worked.id}/bo")
    assert "Thứ Hai, 04/01/2027" in one.text
    one.page = one.form("/bo").submit(status=303).follow()
    assert not holding(site, date(2027, 1, 9))
    assert not holding(site, date(2027, 1, 4))
    assert "bỏ 09/01/2027" in one.text
    # The estimate of 2027 becomes a decision; 2028 is filled at once, as an estimate.
    one.go(f"{CALENDAR}/nam/2027/quyet-dinh")
    one.page.forms["f"]["legal_basis"] = DECISION
    one.page = one.page.forms["f"].submit(status=303).follow()
    assert "ước tính" not in one.text.lower()
    one.go(f"{CALENDAR}/nam/2028")
    one.page = one.form("/2028").submit(status=303).follow()
    assert "Lịch năm này còn ngày ước tính" in one.text
    assert "Tết" in one.text


def test_hours_of_an_agency_and_of_a_season(site: Site) -> None:
    keeper, address = Officer(site, KEEPER), "/quan-tri/gio-lam-viec"
    keeper.go(address)
    keeper.page = keeper.page.click("xã Đồng Mây", index=0)
    form = keeper.page.forms["f"]
    form["hours"], form["seasons"] = "T2-T6: 07:00-11:00, 13:00-17:00", "1/5: 07:00"
    keeper.page = form.submit(status=422)
    assert "Không đọc được dòng “1/5: 07:00”" in keeper.text
    form = keeper.page.forms["f"]
    form["seasons"] = "15/11-15/2: 08:00-12:00, 13:30-17:30"
    keeper.page = form.submit(status=303).follow()
    assert "15/11-15/2: 08:00-12:00, 13:30-17:30" in keeper.text
    code = file_all(site, Filed(agency="xa-dong-may"))[0]
    accept(site, code)
    due = stored(site, code).due_at
    assert due is not None
    assert (due.hour, due.minute) == (10, 30)  # 17:30 in Việt Nam
    # Other hours from now on: what they were stays readable, the date that was given holds.
    keeper.page = keeper.page.click("xã Đồng Mây", index=0)
    keeper.page.forms["f"]["seasons"] = ""
    keeper.page = keeper.page.forms["f"].submit(status=303).follow()
    assert "Giờ trước đây" in keeper.text
    assert "15/11-15/2: 08:00-12:00, 13:30-17:30" in keeper.text
    assert stored(site, code).due_at == due
    (later,) = file_all(site, Filed(agency="xa-dong-may"))
    accept(site, later)
    after = stored(site, later).due_at
    assert after is not None
    assert (after.hour, after.minute) == (10, 0)


def test_hours_are_announced_for_a_day_to_come(site: Site) -> None:
    keeper, address = Officer(site, KEEPER), "/quan-tri/gio-lam-viec"
    new = f"{address}/xa-dong-may/tu-ngay"
    assert keeper.go(new).forms["f"]["hours"].value == ""
    for typed, words in (
        ({"begins": "23/11/2026"}, "phải sau hôm nay"),
        ({"begins": "31/02/2027"}, "chưa phải là một ngày có thật"),
        ({"begins": "01/12/2036"}, "xa quá một năm"),
        ({"begins": ""}, "Áp dụng từ ngày"),
        ({"begins": "30/11/2026", "hours": "T2: sáng"}, "Không đọc được dòng “T2: sáng”"),
    ):
        form = keeper.page.forms["f"]
        for name, value in {"hours": "T2-T6: 08:00-12:00", **typed}.items():
            form[name] = value
        keeper.page = form.submit(status=422)
        assert words in keeper.text, typed
    form = keeper.page.forms["f"]
    form["hours"], form["begins"] = "T2-T6: 08:00-12:00", "30/11/2026"
    keeper.page = form.submit(status=303).follow()
    assert "Từ Thứ Hai, 30/11/2026 : Thứ Hai đến Thứ Sáu: 08:00–12:00" in keeper.text
    # Changed to another day, and withdrawn; the second of two people is told.
    keeper.page = keeper.page.click(href="tu-ngay[?]tu=2026-11-30")
    form = keeper.page.forms["f"]
    assert form["begins"].value == "30/11/2026"
    form["begins"] = "01/12/2026"
    late = keeper.page.forms["f"]
    keeper.page = form.submit(status=303).follow()
    assert "30/11/2026" not in keeper.text
    assert "Người khác vừa sửa mục này" in late.submit(status=422).text
    withdraw = keeper.form("/xa-dong-may/bo")
    keeper.page = withdraw.submit(status=303).follow()
    assert "Đã bỏ giờ làm việc hẹn trước" in keeper.page.text
    assert "01/12/2026" not in keeper.text
    for nonsense in ("01/12/2026", "2026-12-01", "x"):
        withdraw["tu"].force_value(nonsense)
        keeper.page = withdraw.submit(status=303).follow()
        assert "Không còn giờ hẹn trước cho ngày ấy" in keeper.page.text
    Officer(site).go(new, status=403)


def test_on_the_day_readers_see_the_announced_hours(site: Site) -> None:
    keeper = Officer(site, KEEPER)
    form = keeper.go("/quan-tri/gio-lam-viec/xa-dong-may/tu-ngay").forms["f"]
    form["hours"], form["begins"] = "T2-T6: 08:00-12:00", "25/11/2026"
    form["seasons"] = "15/4-15/10: 07:00-11:00"
    form.submit(status=303)
    public = "/co-quan/xa-dong-may"
    coming = "Từ Thứ Tư, 25/11/2026: Thứ Hai đến Thứ Sáu: 08:00–12:00"
    assert coming in site.client().get(public)
    (code,) = file_all(site, Filed(agency="xa-dong-may"))
    accept(site, code)
    due = stored(site, code).due_at
    assert due is not None
    assert (due.hour, due.minute) == (5, 0)  # 12:00 in Việt Nam, on a day of the new hours
    with clocked(site) as program:
        follow_the_hours(program)
        assert coming in site.client().get(public)
        site.clock.move(days=2)
        follow_the_hours(program)
    shown = site.client().get(public)
    assert coming not in shown
    assert "Thứ Hai đến Thứ Sáu: 08:00–12:00" in shown
    assert "Từ 15/4 đến 15/10: 07:00–11:00" in shown
    keeper = Officer(site, KEEPER)
    keeper.go("/quan-tri/gio-lam-viec")
    assert "Đến Thứ Tư, 25/11/2026, 00:00 (GMT+7)" in keeper.text
    assert stored(site, code).due_at == due


def test_the_clock_of_a_dossier_as_of_any_day(site: Site) -> None:
    code = in_progress(site)
    officer = Officer(site)
    officer.dossier(code)
    officer.page = officer.page.click("Tính đến ngày khác")
    assert "còn" in officer.text
    address = officer.page.request.path
    for typed, words in (
        ("31/02/2026", "chưa phải là một ngày có thật"),
        ("01/01/9999", "Năm này không thể đúng"),
        ("01/01/2026", "chưa được tiếp nhận"),
        ("x" * 5000, "chưa phải là một ngày có thật"),
    ):
        officer.go(f"{address}?ngay={typed}", status=422)
        assert words in officer.text
    officer.go(f"{address}?ngay=20/12/2026")
    assert "đã quá hạn" in officer.text
    assert "Ngày Văn hóa Việt Nam" in officer.text
