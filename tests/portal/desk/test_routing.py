"""A dossier goes through the house on the desk's pages, without scripts."""

import re
from typing import Any

from content.dossiers.states import Status
from tests.support.dossiers import Filed, accept, file_all, stored
from tests.support.officer import Officer
from tests.support.site import Site

SPECIALIST, HEAD, LEADER, CLERK, CASHIER = (
    f"{one}@example.vn" for one in ("chuyenvien", "truongphong", "lanhdao", "vanthu", "thuquy")
)
NOTE = "Đề nghị thẩm định trong ngày."
REASON = "Dự thảo chưa nêu căn cứ pháp lý, đề nghị bổ sung."


def give(who: Officer, link: str, note: str | None = NOTE, **options: Any) -> Any:
    """Open the act by its words, fill in the note, send."""
    who.page = who.page.click(link)
    form = who.page.forms["f"]
    if note is not None:
        form["note" if "note" in form.fields else "reason"] = note
    response = form.submit("gui", **options)
    who.page = response.follow() if response.status_int == 303 else response
    return who.page


def press(who: Officer, ending: str, **options: Any) -> Any:
    response = who.form(ending).submit(**options)
    who.page = response.follow() if response.status_int == 303 else response
    return who.page


def test_from_the_desk_through_the_house(site: Site) -> None:  # noqa: PLR0915 - one whole job
    code = file_all(site, Filed())[0]
    accept(site, code)
    desk, head, specialist = Officer(site), Officer(site, HEAD), Officer(site, SPECIALIST)
    desk.dossier(code)
    assert "chuyển xử lý ngay, chậm nhất 17:00, 23/11/2026" in desk.text
    give(desk, "Chuyển xử lý", None)
    assert "Đã chuyển xử lý" in desk.page.text
    assert "Phân công thụ lý" in desk.text
    assert stored(site, code).status is Status.IN_PROGRESS
    assert "Ký nhận hồ sơ" not in desk.text

    head.dossier(code)
    assert "Đang ở bước 3/9: Phân công thụ lý" in head.text
    twin = Officer(site, HEAD)
    twin.dossier(code)
    press(head, "/ky-nhan")
    assert "Của: Phạm Văn Phòng" in head.text
    press(twin, "/ky-nhan")
    assert "Đã ký nhận hồ sơ" in twin.page.text

    # A note is asked for, and what was chosen stays.
    give(head, "Chuyển bước tiếp theo", "", status="*")
    assert head.page.status_int == 422
    head.page.forms["f"]["note"] = NOTE
    head.page = head.page.forms["f"].submit("gui").follow()
    assert "Đã chuyển sang bước tiếp theo." in head.page.text
    assert "Của: Lê Thị Chuyên" in head.text
    press(head, "/rut-lai")
    assert "Đã rút lại lần chuyển vừa rồi" in head.page.text
    assert "đã rút lại" in head.text
    give(head, "Chuyển bước tiếp theo")

    # Somebody without the part has no button; somebody overtaken is told who and what.
    cashier = Officer(site, CASHIER)
    cashier.dossier(code)
    assert "Chuyển bước tiếp theo" not in cashier.text
    leader = Officer(site, LEADER)
    elsewhere = leader.client.get(f"/can-bo/ho-so/{code}/chuyen-buoc", status=303)
    assert elsewhere.location.endswith(code)
    head.go(f"/can-bo/ho-so/{code}/giao-viec")
    assert "Thời hạn của bước không đổi." in head.text
    slow = Officer(site, SPECIALIST)
    slow.dossier(code)
    slow.page = slow.page.click("Chuyển bước tiếp theo")
    specialist.dossier(code)
    press(specialist, "/ky-nhan")
    give(specialist, "Chuyển bước tiếp theo")
    head.dossier(code)
    give(head, "Trả lại bước trước", REASON)
    slow.page.forms["f"]["note"] = NOTE
    late = slow.page.forms["f"].submit("gui", status=409)
    assert "Phạm Văn Phòng (lãnh đạo phòng) – Trung tâm" in late.text  # as it was chosen
    assert "Phạm Văn Phòng (Lãnh đạo phòng)" in late.text
    assert NOTE in late.text

    specialist.dossier(code)
    assert REASON in specialist.text
    assert "In phiếu kiểm soát" in specialist.text
    pdf = specialist.go(f"/can-bo/ho-so/{code}/phieu-kiem-soat.pdf")
    assert pdf.body.startswith(b"%PDF")

    # The applicant reads units and steps, never people or what they wrote to each other.
    citizen = Officer(site, "congdan@example.vn")
    citizen.go(f"/tai-khoan/ho-so/{code}")
    assert "Bước: Thẩm định hồ sơ." in citizen.text
    for hidden in ("Phạm Văn Phòng", "Lê Thị Chuyên", NOTE, REASON):
        assert hidden not in citizen.page.text


def test_what_others_have_is_not_proposed_nor_completed(site: Site) -> None:
    code = file_all(site, Filed())[0]
    accept(site, code)
    desk, specialist, clerk = Officer(site), Officer(site, SPECIALIST), Officer(site, CLERK)
    desk.dossier(code)
    give(desk, "Chuyển xử lý", None)
    here = f"/can-bo/ho-so/{code}"
    offered = ("Trình kết quả", "Đề xuất yêu cầu bổ sung", "Yêu cầu nộp tiền…", "Ghi kết quả")
    for who, path in ((specialist, "trinh-ket-qua"), (clerk, "hoan-thanh")):
        who.dossier(code)
        assert not any(words in who.text for words in offered)
        assert who.client.get(f"{here}/{path}", status=303).location.endswith(here)

    # From a page that is open still, or by address: why not, and who does it.
    token = specialist.page.html.select_one("[name=csrf_token]")["value"]
    seen = str(stored(site, code).revision)
    given = {"csrf_token": token, "reason": REASON, "revision": seen}
    told = specialist.client.post(f"{here}/trinh-ket-qua", given, status=422)
    assert "Hồ sơ đang ở người khác" in told.text
    assert REASON in told.text
    assert stored(site, code).status is Status.IN_PROGRESS

    # The head who has it lays it before the leader, whose agreement brings it to the clerk.
    head, leader = Officer(site, HEAD), Officer(site, LEADER)
    head.dossier(code)
    give(head, "Trình kết quả")
    assert "Trình kết quả…" not in head.text
    assert "Trình không giải quyết…" in head.text
    leader.dossier(code)
    # What waits for the leader stands before all else that they could do.
    panels = leader.page.html.select(".case__do section h2")
    assert [one.get_text(strip=True) for one in panels][:2] == [
        "Dự thảo",
        "Việc có thể làm bây giờ",
    ]
    leader.page = leader.page.click("Kết quả giải quyết")
    leader.page = leader.page.forms["f"].submit(index=0).follow()
    clerk.go("/can-bo?muc=chua-ai-nhan")
    assert str(stored(site, code).code) in clerk.text
    clerk.dossier(code)
    assert "Ghi kết quả…" in clerk.text


def test_acts_by_address_are_refused_to_others(site: Site) -> None:
    code = file_all(site, Filed())[0]
    accept(site, code)
    leader, desk = Officer(site, LEADER), Officer(site)
    here = f"/can-bo/ho-so/{code}"
    for path in ("chuyen-xu-ly", "chuyen-buoc", "tra-lai", "giao-viec"):
        assert leader.client.get(f"{here}/{path}", status=303).location.endswith(here)
    assert leader.client.get(f"{here}/phieu-kiem-soat.pdf", status=404)
    desk.go(f"{here}/chuyen-xu-ly")
    form = desk.page.forms["f"]
    form["to"].force_value("99999-7")
    assert "Ông/bà" in form.submit("gui", status=422).text
    found = re.search(r'value="(\d+)"[^>]*>Trung tâm', desk.page.text)
    assert found, "units can be chosen"
    assert stored(site, code).status is Status.RECEIVED
