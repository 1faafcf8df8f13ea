"""The pages of supplements, apologies, withdrawals and stops, without scripts."""

from typing import Any

import pytest
from sqlalchemy import event

from content.dossiers.states import Status
from tests.support.dossiers import CENTRE, COMMUNE, Filed, file_all, stored
from tests.support.handling import in_progress, rule
from tests.support.officer import Officer
from tests.support.site import Site

DESK, SPECIALIST, LEADER = (f"{one}@example.vn" for one in ("motcua", "chuyenvien", "lanhdao"))
REASON = "Bản chụp sổ đỏ bị mờ, không đọc được số thửa."
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


def choose(who: Officer, *, reason: str = REASON) -> Any:
    """Tick the first paper, give the reason and ask for the preview."""
    form = who.page.forms["f"]
    boxes = form.fields["giay_to"]
    boxes[0].checked = True
    form["reason"] = reason
    who.page = form.submit("gui", status="*")
    return who.page


def send(who: Officer, button: str = "lam", **options: Any) -> Any:
    """Press the button that does it."""
    response = who.page.forms["f"].submit(button, **options)
    who.page = response.follow() if response.status_int == 303 else response
    return who.page


def ask_at_intake(site: Site) -> str:
    code = file_all(site)[0]
    officer = Officer(site)
    officer.go(f"/can-bo/ho-so/{code}/bo-sung")
    choose(officer)
    send(officer)
    assert "Đã gửi yêu cầu bổ sung" in officer.page.text
    return code


def test_the_desk_asks_reads_it_over_and_sends(site: Site) -> None:
    code = file_all(site)[0]
    officer = Officer(site)
    officer.dossier(code)
    officer.page = officer.page.click("Yêu cầu bổ sung")
    assert "Số lần còn được yêu cầu bổ sung hồ sơ này: 1." in officer.text
    page = choose(officer, reason="ERR_12")
    assert page.status_int == 422
    choose(officer)
    assert "Người nộp sẽ đọc" in officer.text
    remark = next(name for name in officer.page.forms["f"].fields if (name or "").startswith("ghi"))
    officer.page.forms["f"][remark] = "bản chụp mờ"
    send(officer)
    assert "Yêu cầu bổ sung giấy tờ" in officer.text
    assert "Đồng hồ đang dừng, chờ người nộp từ" in officer.text
    assert "bản chụp mờ" in officer.text
    dossier = stored(site, code)
    assert dossier.status is Status.SUPPLEMENT_ASKED
    assert dossier.events[-1].data["items"][0]["remark"] == "bản chụp mờ"
    # What was chosen with nothing at all is refused, and nothing typed is lost.
    officer.go(f"/can-bo/ho-so/{file_all(site)[0]}/bo-sung")
    form = officer.page.forms["f"]
    form["reason"] = REASON
    officer.page = form.submit("gui", status=422)
    assert "chưa chọn giấy tờ hoặc mục nào" in officer.text
    assert officer.page.forms["f"]["reason"].value == REASON


def test_a_screen_that_is_behind_moves_nothing(site: Site) -> None:
    code = file_all(site)[0]
    slow, quick = Officer(site), Officer(site)
    slow.go(f"/can-bo/ho-so/{code}/bo-sung")
    choose(slow)
    quick.dossier(code)
    quick.accept()
    send(slow, status=409)
    assert "Người khác đã xử lý hồ sơ này trước" in slow.text
    assert REASON in slow.text
    assert stored(site, code).status is Status.RECEIVED


def test_the_specialist_proposes_and_the_leader_decides(site: Site) -> None:
    code = in_progress(site)
    specialist, leader = Officer(site, SPECIALIST), Officer(site, LEADER)
    specialist.dossier(code)
    specialist.page = specialist.page.click("Đề xuất yêu cầu bổ sung")
    assert "Phiếu phải được duyệt chậm nhất Thứ Sáu, 27/11/2026." in specialist.text
    choose(specialist)
    send(specialist)
    assert "Đã trình lãnh đạo duyệt." in specialist.page.text
    assert stored(site, code).status is Status.IN_PROGRESS

    leader.go("/can-bo/dieu-hanh")
    assert "Yêu cầu bổ sung hồ sơ" in leader.text
    second = Officer(site, LEADER)
    leader.page = leader.page.click(href="/du-thao/")
    second.go(leader.page.request.path)
    send(leader, "khong_duyet", status=422)
    leader.page.forms["f"]["remark"] = "Ghi rõ thiếu trang nào."
    send(leader, "khong_duyet")
    assert "Đã trả lại dự thảo kèm ý kiến." in leader.page.text
    specialist.dossier(code)
    assert "Ghi rõ thiếu trang nào." in specialist.text

    other = Officer(site, SPECIALIST)
    other.go(f"/can-bo/ho-so/{code}/bo-sung")
    choose(other)
    send(other)
    leader.dossier(code)
    leader.page = leader.page.click("Xem và duyệt")
    send(leader, "gui")
    assert stored(site, code).status is Status.SUPPLEMENT_ASKED
    # The other window still shows the first draft.
    answer = second.page.forms["f"].submit("gui", status="*")
    assert answer.status_int == 303, "the same person had decided it"
    assert len(stored(site, code).events) == 4


@pytest.mark.parametrize(
    ("who", "path"),
    [
        (SPECIALIST, "dung"),
        (DESK, "xin-loi"),
        (LEADER, "bo-sung"),
        (SPECIALIST, "rut"),
        (LEADER, "nhan-bo-sung"),
    ],
)
def test_acts_of_others_are_not_offered(site: Site, who: str, path: str) -> None:
    code = in_progress(site)
    officer = Officer(site, who)
    officer.dossier(code)
    assert not officer.page.html.select(f"a[href*='/{path}']")
    response = officer.client.get(f"/can-bo/ho-so/{code}/{path}")
    assert response.status_int == 303
    token = officer.client.get("/dang-nhap").forms["f"]["csrf_token"].value
    given = {
        "csrf_token": token,
        "revision": "1",
        "reason": REASON,
        "new_due": "04/12/2026",
        "way": "counter",
        "lam": "1",
        "giay_to": "paper:1",
    }
    answered = officer.client.post(f"/can-bo/ho-so/{code}/{path}", given, expect_errors=True)
    assert answered.status_int in (403, 409, 422)
    assert stored(site, code).status is Status.IN_PROGRESS


def test_an_apology_is_drafted_signed_and_shown(site: Site) -> None:
    code = in_progress(site)
    specialist, leader = Officer(site, SPECIALIST), Officer(site, LEADER)
    specialist.go(f"/can-bo/ho-so/{code}/xin-loi")
    due = stored(site, code).due_date
    assert "Văn bản phải được ký chậm nhất" in specialist.text
    form = specialist.page.forms["f"]
    form["reason"], form["new_due"] = REASON, "05/12/2026"
    specialist.page = form.submit("gui", status=422)
    assert "Ngày hẹn mới là ngày nghỉ" in specialist.text
    specialist.page.forms["f"]["new_due"] = "04/12/2026"
    send(specialist, "luu")
    specialist.go(f"/can-bo/ho-so/{code}/xin-loi")
    assert specialist.page.forms["f"]["reason"].value == REASON
    send(specialist, "gui")
    leader.go("/can-bo/dieu-hanh")
    assert "Văn bản xin lỗi" in leader.text
    leader.page = leader.page.click(href="/du-thao/")
    send(leader, "gui")
    assert "Đã duyệt" in leader.page.text
    dossier = stored(site, code)
    assert dossier.due_date.isoformat() == "2026-12-04" != due.isoformat()
    assert "Đã xin lỗi và hẹn lại; không hẹn lại được nữa." in leader.text


def test_the_leader_stops_it(site: Site) -> None:
    code = in_progress(site)
    leader = Officer(site, LEADER)
    leader.dossier(code)
    leader.page = leader.page.click("Dừng giải quyết")
    form = leader.page.forms["f"]
    form["reason"], form["money"] = REASON, "Không thu"
    send(leader, "gui")
    assert stored(site, code).status is Status.STOPPED
    assert "Phí, lệ phí: Không thu." in leader.text


def test_the_desk_takes_a_supplement_in(site: Site) -> None:
    code = ask_at_intake(site)
    officer = Officer(site)
    officer.dossier(code)
    officer.page = officer.page.click("Nhận bổ sung tại quầy")
    officer.page.forms["bo-sung"].submit("_viec", value="gui", status=422)
    form = officer.page.forms["bo-sung"]
    box = next(name for name in form.fields if (name or "").startswith("bo_sung_giay"))
    form[box] = True
    response = form.submit("_viec", value="gui")
    officer.page = response.follow()
    assert "Đã ghi nhận bổ sung" in officer.page.text
    assert stored(site, code).status is Status.SUBMITTED
    assert "Đã bổ sung tại quầy" in officer.text


def test_who_waited_in_vain_is_stopped_by_hand(site: Site) -> None:
    code = file_all(site)[0]
    rule(site, code, supplement_wait_days=1)
    officer = Officer(site)
    officer.go(f"/can-bo/ho-so/{code}/bo-sung")
    choose(officer)
    assert "Bổ sung chậm nhất: Thứ Tư, 25/11/2026" in officer.text
    send(officer)
    assert not officer.page.html.select("a[href*='qua-han']")
    site.clock.move(days=3)
    officer = Officer(site)
    officer.dossier(code)
    officer.page = officer.page.click("Dừng vì quá hạn bổ sung")
    send(officer, "gui")
    assert stored(site, code).status is Status.STOPPED


def test_a_withdrawal_is_written_down(site: Site) -> None:
    code = in_progress(site)
    officer = Officer(site)
    officer.dossier(code)
    officer.page = officer.page.click("Ghi việc rút hồ sơ")
    form = officer.page.forms["f"]
    form["way"], form["reason"] = "letter", "Người nộp chuyển nơi ở."
    send(officer, "gui")
    assert stored(site, code).status is Status.WITHDRAWN


def test_a_call_is_written_down(site: Site) -> None:
    in_progress(site)
    site.clock.move(days=8)
    officer = Officer(site)
    officer.go("/can-bo/goi-dien")
    assert "Quá hạn, chưa có kết quả hẹn trả " in officer.text
    officer.page = officer.page.click("Ghi cuộc gọi")
    form = officer.page.forms["f"]
    assert form["phone"].value == "0912345678"
    form["outcome"], form["text"] = "call_again", "Hẹn gọi lại."
    officer.page = form.submit("gui", status=422)
    form = officer.page.forms["f"]
    form["outcome"] = "reached"
    send(officer, "gui")
    assert "Đã nói chuyện với người nộp" in officer.text
    officer.go("/can-bo/goi-dien")
    assert "Hôm nay không có ai phải gọi." in officer.text


def test_a_leader_sees_all_units_with_a_fixed_number_of_queries(site: Site) -> None:
    counts = []
    for _ in range(2):
        in_progress(site)
        site.clock.move(days=8)
        leader = Officer(site, LEADER)
        counts.append(queries(site, leader))
    assert "Các đơn vị" in leader.text
    assert "quá hạn" in leader.text
    assert counts[0] == counts[1]


def test_a_figure_of_a_unit_leads_to_just_its_dossiers(site: Site) -> None:
    for slug in (COMMUNE, COMMUNE, CENTRE):
        in_progress(site, Filed(agency=slug))
    file_all(site, Filed(agency=COMMUNE))
    seen = set()
    for days in (0, 3, 1, 3):
        site.clock.move(days=days)
        leader = Officer(site, LEADER)
        leader.go("/can-bo/dieu-hanh")
        for link in leader.page.html.select("#don-vi ~ table a"):
            number = int(link.get_text().split()[0])
            told = leader.client.get(link["href"]).html
            assert len(told.select("main tbody tr")) == number, link
            assert "Đang ở: " in told.select_one(".chip").get_text()
            seen.add(link.get_text().split(maxsplit=1)[1].split(",")[0])
    assert seen == {"Chờ tiếp nhận", "Sắp đến hạn", "Hẹn trả hôm nay", "Quá hạn"}


def queries(site: Site, who: Officer) -> int:
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        if statement.lstrip().upper().startswith("SELECT"):
            seen.append(statement)

    event.listen(site.database.engine, "before_cursor_execute", note)
    try:
        who.go("/can-bo/dieu-hanh")
    finally:
        event.remove(site.database.engine, "before_cursor_execute", note)
    return len(seen)
