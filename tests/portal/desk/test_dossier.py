"""A dossier at the desk: what it shows, accepting, refusing, and two officers at once."""

import threading
from datetime import date

import pytest

from content.dossiers.models import Delivery
from content.dossiers.states import Status
from content.people.models import Membership
from content.people.roles import Role
from tests.support import dossiers
from tests.support.dossiers import Filed, SentFile, accept, file_all, stored
from tests.support.handling import opened
from tests.support.officer import Officer
from tests.support.site import Site

REASON = "Thiếu giấy tờ chứng minh chỗ ở hợp pháp.\nÔng/bà bổ sung rồi nộp lại."
SECOND = "chuyenvien@example.vn"


def second_officer(site: Site) -> Officer:
    """Another person who receives dossiers."""
    with dossiers.writing(site) as session:
        account = dossiers.account(session, SECOND)
        agency = account.memberships[0].agency_id
        account.memberships = [Membership(agency_id=agency, role=Role.ONE_STOP)]
    return Officer(site, SECOND)


def test_the_page_reads_like_the_paper_form(desk_site: Site) -> None:
    filed = Filed(
        "Đỗ Thị Ẩn",
        members=("Trần Văn Con", "Trần Thị Út"),
        delivery=Delivery.POST,
        delivery_address="Số 5, xã Đồng Mây",
        files=(SentFile("sổ đỏ.pdf"), SentFile("trang 2.pdf")),
    )
    officer = Officer(desk_site)
    officer.dossier(*file_all(desk_site, filed))
    headings = [one.get_text(strip=True) for one in officer.page.html.select("main h2, main h3")]
    assert headings == [
        "Việc có thể làm bây giờ",
        "Thời hạn",
        "Giấy tờ đã lập",
        "Người nộp",
        "Giấy tờ kèm theo",
        "Tờ khai thay đổi thông tin cư trú (CT01)",
        "Người kê khai",
        "Chủ hộ",
        "Nội dung",
        "Lịch sử",
        *("Tin nhắn với người nộp", "Ghi chú nội bộ", "Cuộc gọi cho người nộp"),
    ]
    for words in (
        "Họ tên Đỗ Thị Ẩn",
        "Số định danh, giấy tờ 001164012345",
        "Nơi tiếp nhận Trung tâm Phục vụ hành chính công phường Hà Trung Mẫu",
        "Trực tuyến, Thứ Hai, 23/11/2026, 10:00 (GMT+7)",
        "Qua dịch vụ bưu chính công ích: Số 5, xã Đồng Mây",
        "Thông tin chứng minh về chỗ ở hợp pháp sổ đỏ.pdf",
        "trang 2.pdf",
        "Ngày, tháng, năm sinh 05/03/1964",
        "Thành viên 2 Họ, chữ đệm và tên Trần Thị Út",
        "Trả lời người nộp trước: 10:00, 25/11/2026 còn 8 giờ làm việc",
        "10:00 - Thứ Hai, 23/11/2026 Hồ sơ đã được nộp trực tuyến. Nguyễn Thị Mẫu",
    ):
        assert words in officer.text
    # Nothing that was not answered takes up room.
    assert "Ý kiến của chủ hộ" not in officer.text


def test_papers_that_are_shown_at_the_desk_say_so(desk_site: Site) -> None:
    officer = Officer(desk_site)
    officer.dossier(*file_all(desk_site, Filed(files=())))
    assert "Không kèm tệp: Sẽ xuất trình bản giấy tại nơi tiếp nhận" in officer.text


def test_the_due_date_is_told_before_accepting_and_is_the_one_given(site: Site) -> None:
    code = file_all(site)[0]
    officer = Officer(site)
    officer.dossier(code)
    assert "Nếu tiếp nhận bây giờ: hẹn trả Thứ Sáu, 27/11/2026." in officer.text
    ledger = officer.page.html.select(".ledger li")
    assert [one["class"] == ["is-counted"] if one.get("class") else False for one in ledger] == [
        False,
        False,
        True,
        True,
        True,
    ]
    assert "Thứ Ba, 24/11/2026: Không tính: ngày nghỉ (Ngày Văn hóa Việt Nam)." in officer.text
    officer.accept()
    assert officer.page.request.path == f"/can-bo/ho-so/{code}"
    assert "Đã tiếp nhận hồ sơ" in officer.text
    assert officer.page.html.h1.get_text(" ", strip=True) == "Hồ sơ H99.11-261123-0001"
    assert "Ngày hẹn trả kết quả: Thứ Sáu, 27/11/2026 còn 3 ngày làm việc" in officer.text
    assert "Trần Văn Một (Cán bộ một cửa)" in officer.text
    assert "Tiếp nhận hồ sơ" not in [
        one.get_text(strip=True) for one in officer.page.html("button")
    ]


def test_after_closing_the_promise_moves_and_the_page_with_it(site: Site) -> None:
    code = file_all(site)[0]
    site.clock.move(hours=8)
    officer = Officer(site)
    officer.dossier(code)
    assert "hẹn trả Thứ Hai, 30/11/2026." in officer.text


@pytest.mark.parametrize(("value", "unit"), [(8, "giờ"), (1.5, "ngày làm việc")])
def test_a_limit_that_ends_at_an_hour_is_told_with_it(site: Site, value: float, unit: str) -> None:
    with dossiers.writing(site) as session:
        limit = {"value": value, "unit": unit, "text": None}
        dossiers.limit_of(session, dossiers.RESIDENCE, limit)
    # 24/11 is a holiday; 10:00 is one and a half hours before the break, four and a half after.
    due = {8: "10:00 - Thứ Tư, 25/11/2026", 1.5: "15:30 - Thứ Tư, 25/11/2026"}[value]
    officer, code = Officer(site), file_all(site)[0]
    officer.dossier(code)
    assert f"Nếu tiếp nhận bây giờ: hẹn trả {due}." in officer.text
    officer.accept()
    assert f"Ngày hẹn trả kết quả: {due}" in officer.text
    # Put off, it is due on a day again.
    with opened(site, code) as (_session, dossier):
        dossier.extended_to = dossier.due_date = date(2026, 12, 4)
    officer.dossier(code)
    assert "Ngày hẹn trả kết quả: Thứ Sáu, 04/12/2026" in officer.text


def test_a_procedure_without_a_usable_limit_promises_no_date(site: Site) -> None:
    with dossiers.writing(site) as session:
        dossiers.limit_of(session, dossiers.RESIDENCE, None)
    officer = Officer(site)
    officer.dossier(*file_all(site))
    assert "Chưa có thông tin về thời hạn giải quyết nên chưa hẹn ngày trả kết quả." in officer.text
    officer.accept()
    assert "không hẹn ngày trả" in officer.text
    assert "Chưa có thông tin về thời hạn giải quyết" in officer.text


def test_a_second_click_reaches_the_same_page_and_gives_no_second_number(site: Site) -> None:
    first, second = file_all(site, Filed(), Filed())
    officer = Officer(site)
    officer.dossier(first)
    form = officer.form("/tiep-nhan")
    for _ in range(2):
        response = form.submit(status=303)
        assert response.location.endswith(f"/can-bo/ho-so/{first}")
    assert len(stored(site, first).events) == 2
    officer.dossier(second)
    assert "H99.11-261123-0002" in officer.accept().text


def test_two_clicks_at_the_same_time_accept_once(site: Site) -> None:
    code = file_all(site)[0]
    officer = Officer(site)
    officer.dossier(code)
    form = officer.form("/tiep-nhan")
    fields = dict(form.submit_fields())
    answers: list[int] = []

    def click() -> None:
        answers.append(officer.client.post(form.action, fields, expect_errors=True).status_int)

    threads = [threading.Thread(target=click) for _ in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert answers == [303] * 4
    dossier = stored(site, code)
    assert dossier.code == "H99.11-261123-0001"
    assert len(dossier.events) == 2


def test_who_comes_second_is_told_who_did_what_and_nothing_is_written(site: Site) -> None:
    code = file_all(site)[0]
    first, second = Officer(site), second_officer(site)
    for one in (first, second):
        one.dossier(code)
    first.accept()
    site.clock.move(minutes=5)
    second.accept(status=409)
    assert "Người khác đã xử lý hồ sơ này trước" in second.text
    assert "10:00 - Thứ Hai, 23/11/2026, Trần Văn Một (Cán bộ một cửa)" in second.text
    assert "Mã hồ sơ: H99.11-261123-0001" in second.text
    assert second.page.headers["Cache-Control"] == "private, no-store"
    assert len(stored(site, code).events) == 2


def test_a_refusal_that_comes_second_keeps_what_was_written(site: Site) -> None:
    code = file_all(site)[0]
    first, second = Officer(site), second_officer(site)
    second.go(f"/can-bo/ho-so/{code}/tu-choi")
    second.write_refusal(REASON, "Điều 20")
    first.dossier(code)
    first.accept()
    second.refuse(status=409)
    assert "Trần Văn Một (Cán bộ một cửa): Hồ sơ đã được tiếp nhận." in second.text
    assert "Thiếu giấy tờ chứng minh chỗ ở hợp pháp." in second.text
    assert "Điều 20" in second.text
    assert stored(site, code).status is Status.RECEIVED
    # The way into a refusal is closed, too.
    closed = second.client.get(f"/can-bo/ho-so/{code}/tu-choi", status=303)
    assert closed.location.endswith(f"/can-bo/ho-so/{code}")


@pytest.mark.parametrize("revision", ["", "0", "99", "x", "-1", "1" * 400, "²"])
def test_a_form_that_names_no_revision_it_saw_writes_nothing(
    desk_site: Site, revision: str
) -> None:
    code = file_all(desk_site)[0]
    officer = Officer(desk_site)
    officer.dossier(code)
    form = officer.form("/tiep-nhan")
    form["revision"] = revision
    form.submit(status=409)
    assert stored(desk_site, code).status is Status.SUBMITTED


def test_a_refusal_is_previewed_then_written_and_told(site: Site) -> None:
    code = file_all(site, Filed("Đỗ Thị Ẩn"))[0]
    officer = Officer(site)
    officer.dossier(code)
    officer.page = officer.page.click("Từ chối tiếp nhận…")
    assert "Người nộp sẽ đọc" not in officer.text
    officer.write_refusal(REASON, "khoản 1 Điều 28 Luật Cư trú")
    read = officer.page.html.select_one(".panel").get_text(" ", strip=True)
    assert "Kính gửi ông/bà Đỗ Thị Ẩn," in read
    assert "Thiếu giấy tờ chứng minh chỗ ở hợp pháp." in read
    assert "Căn cứ: khoản 1 Điều 28 Luật Cư trú" in read
    assert stored(site, code).status is Status.SUBMITTED
    # What was previewed can still be mended.
    officer.write_refusal(REASON.replace("Thiếu", "Còn thiếu"), "khoản 1 Điều 28 Luật Cư trú")
    officer.refuse()
    assert "Đã ghi từ chối tiếp nhận" in officer.text
    assert "Hồ sơ đã kết thúc, không còn việc phải làm." in officer.text
    dossier = stored(site, code)
    assert dossier.status is Status.REFUSED
    assert dossier.events[-1].text == REASON.replace("Thiếu", "Còn thiếu")
    assert dossier.events[-1].data == {"legal_basis": "khoản 1 Điều 28 Luật Cư trú"}


def test_a_second_click_on_a_refusal_reaches_the_same_page(site: Site) -> None:
    code = file_all(site)[0]
    officer = Officer(site)
    officer.go(f"/can-bo/ho-so/{code}/tu-choi")
    officer.write_refusal(REASON)
    form = officer.page.forms["f"]
    for _ in range(2):
        assert form.submit("tu_choi", status=303).location.endswith(code)
    assert len(stored(site, code).events) == 2


@pytest.mark.parametrize(
    ("reason", "told"),
    [
        ("", "Ông/bà chưa ghi"),
        ("\u200b  \n", "Ông/bà chưa ghi"),
        ("ERR_12", "Ông/bà ghi lý do thành câu"),
        ("a b" * 3_000, "Mục này dài quá"),
        ("Thiếu\x00giấy tờ", "có ký tự không đọc được"),
    ],
)
def test_a_reason_nobody_can_act_on_is_named_and_kept(
    desk_site: Site, reason: str, told: str
) -> None:
    code = file_all(desk_site)[0]
    officer = Officer(desk_site)
    officer.go(f"/can-bo/ho-so/{code}/tu-choi")
    fields = dict(officer.page.forms["f"].submit_fields())
    for button in ("gui", "tu_choi"):
        given = fields | {"reason": reason, "legal_basis": "Điều 20", button: "1"}
        officer.page = officer.client.post(f"/can-bo/ho-so/{code}/tu-choi", given, status=422)
        assert told in officer.text
        assert officer.page.forms["f"]["legal_basis"].value == "Điều 20"
    assert stored(desk_site, code).status is Status.SUBMITTED


def test_lone_surrogates_are_no_fault_of_the_server(desk_site: Site) -> None:
    code = file_all(desk_site)[0]
    officer = Officer(desk_site)
    officer.go(f"/can-bo/ho-so/{code}/tu-choi")
    fields = dict(officer.page.forms["f"].submit_fields())
    body = "&".join(f"{name}={value}" for name, value in fields.items() if name != "reason")
    answer = officer.client.post(
        f"/can-bo/ho-so/{code}/tu-choi",
        f"{body}&reason=thi%C6%B0%20%ed%a0%80%20gi%E1%BA%A5y",
        expect_errors=True,
    )
    assert answer.status_int < 500
    assert stored(desk_site, code).status is Status.SUBMITTED


def test_markup_in_a_reason_is_only_text(site: Site) -> None:
    reason = "<script>alert(1)</script> {{ 7 * 7 }} &amp; <b>thiếu</b>"
    code = file_all(site, Filed("<i>Ẩn</i>", request="<img src=x onerror=alert(1)>"))[0]
    officer = Officer(site)
    officer.go(f"/can-bo/ho-so/{code}/tu-choi")
    officer.write_refusal(reason)
    assert "<script>alert" not in officer.page.text
    officer.refuse()
    assert "<script>alert" not in officer.page.text
    assert "<img src=x" not in officer.page.text
    assert reason in officer.text
    assert officer.go(f"/can-bo/ho-so/{code}/phieu-tu-choi.pdf").body.startswith(b"%PDF")
    assert stored(site, code).events[-1].text == reason


def test_an_accepted_dossier_cannot_be_refused_from_an_old_page(site: Site) -> None:
    code = file_all(site)[0]
    officer = Officer(site)
    officer.go(f"/can-bo/ho-so/{code}/tu-choi")
    accept(site, code)
    form = officer.page.forms["f"]
    form["reason"] = REASON
    officer.page = form.submit("gui", status=409)
    assert "Hồ sơ đã được tiếp nhận." in officer.text
    assert "Ông/bà bổ sung rồi nộp lại." in officer.text


@pytest.mark.parametrize("number", ["AAAAA-AAAAA", "1", "%00", "a" * 5000, "..%2f.."])
def test_an_address_that_is_no_dossier_is_not_found(desk_site: Site, number: str) -> None:
    officer = Officer(desk_site)
    answer = officer.client.get(f"/can-bo/ho-so/{number}", expect_errors=True)
    assert answer.status_int in (400, 404)


def test_get_changes_nothing_and_a_post_without_its_token_is_refused(desk_site: Site) -> None:
    code = file_all(desk_site)[0]
    officer = Officer(desk_site)
    officer.client.get(f"/can-bo/ho-so/{code}/tiep-nhan", status=405)
    officer.client.post(f"/can-bo/ho-so/{code}/tiep-nhan", {"revision": "1"}, status=403)
    assert stored(desk_site, code).status is Status.SUBMITTED


def test_an_act_opened_too_early_or_too_late_leads_back_and_says_so(desk_site: Site) -> None:
    (code,) = file_all(desk_site, Filed())
    officer = Officer(desk_site)
    officer.page = officer.go(f"/can-bo/ho-so/{code}/tra-ket-qua", status=303).follow()
    said = officer.page.html.select_one(".notice--warn").get_text()
    assert "Việc vừa mở không làm được lúc này" in said
