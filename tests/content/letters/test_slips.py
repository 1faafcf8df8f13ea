"""Slips: what they need before they are made, which form they follow, what they say."""

from datetime import date, datetime, timedelta

import pytest

from content.errors import Invalid
from content.letters.ministry_forms import ministry_form
from content.letters.render import Letters
from content.letters.slips import Charge
from content.letters.values import Check, Office, Person, ReceivedPaper, Signer, number_line
from content.words import LOCAL_ZONE
from tests.content.letters.making import (
    CODE,
    MORNING,
    OFFICE,
    URL,
    acknowledgement,
    apology,
    receipt_slip,
    refusal_slip,
    stop_notice,
    supplement_slip,
)
from tests.content.letters.reading import flat, text_of

IN_2020 = datetime(2020, 3, 9, 9, 0, tzinfo=LOCAL_ZONE)
WITHOUT_DESK = Office(name="Ủy ban nhân dân xã", place="Xã")


def said(letters: Letters, letter, *phrases: str) -> bool:
    text = text_of(letters.make(letter))
    return all(flat(phrase) in text for phrase in phrases)


@pytest.mark.parametrize(
    ("make", "changes", "problems"),
    [
        (receipt_slip, {"dossier_code": ""}, {"dossier_code": "missing"}),
        (
            receipt_slip,
            {"limit": "  ", "receiver": ""},
            {"limit": "missing", "receiver": "missing"},
        ),
        (receipt_slip, {"due_at": None}, {"due_at": "missing"}),
        (receipt_slip, {"due_at": MORNING - timedelta(1)}, {"due_at": "before_receipt"}),
        (receipt_slip, {"sets": 0}, {"sets": "missing"}),
        (receipt_slip, {"made_at": datetime(2026, 2, 5)}, {"made_at": "no_time_zone"}),  # noqa: DTZ001
        (receipt_slip, {"office": WITHOUT_DESK}, {"office_desk": "missing"}),
        (receipt_slip, {"procedure": ""}, {"procedure": "missing"}),
        (refusal_slip, {"reason": ""}, {"reason": "missing"}),
        (refusal_slip, {"reason": "ERR_12"}, {"reason": "not_a_sentence"}),
        (supplement_slip, {"missing": ()}, {"missing": "missing"}),
        (supplement_slip, {"reason": "", "guide": ""}, {"reason": "missing", "guide": "missing"}),
        (apology, {"new_due_at": MORNING}, {"new_due_at": "before_old_date"}),
        (apology, {"reason": ""}, {"reason": "missing"}),
        (stop_notice, {"stage": ""}, {"stage": "missing"}),
        (stop_notice, {"made_at": IN_2020}, {"made_at": "no_ministry_form_then"}),
        (acknowledgement, {"look_up_code": ""}, {"look_up_code": "missing"}),
        (acknowledgement, {"secret": "7KQ4"}, {"look_up_url": "holds_the_secret"}),
    ],
)
def test_a_letter_is_not_made_before_its_data_exists(make, changes, problems) -> None:
    with pytest.raises(Invalid) as caught:
        make(**changes)
    assert caught.value.problems == problems


def test_values_say_what_they_miss() -> None:
    for make, field in (
        (lambda: Person(name=" "), "person_name"),
        (lambda: Signer(title="", name="A"), "signer_title"),
        (lambda: Office(name="A", place=""), "office_place"),
    ):
        with pytest.raises(Invalid) as caught:
            make()
        assert caught.value.problems == {field: "missing"}


def test_the_first_problem_of_a_field_stays() -> None:
    check = Check().refuse(True, "a", "first").refuse(True, "a", "second")
    with pytest.raises(Invalid) as caught:
        check.done()
    assert caught.value.problems == {"a": "first"}


def test_forms_change_on_15_september_2025() -> None:
    before, after = date(2025, 9, 14), date(2025, 9, 15)
    assert ministry_form("receipt_slip", before).legal_basis == "Thông tư số 01/2018/TT-VPCP"
    assert ministry_form("receipt_slip", after).legal_basis == "Thông tư số 03/2025/TT-VPCP"
    assert ministry_form("control_slip", before).number == "05"
    assert ministry_form("control_slip", after).number == "06"
    assert ministry_form("stop_notice", after).number == "05"
    assert ministry_form("apology", before).title == "Phiếu xin lỗi và hẹn lại ngày trả kết quả"
    with pytest.raises(Invalid):
        ministry_form("stop_notice", before)


def test_the_form_in_force_is_named_by_the_day_in_viet_nam(letters: Letters) -> None:
    midnight = datetime(2025, 9, 15, 0, 0, tzinfo=LOCAL_ZONE)
    assert said(letters, receipt_slip(made_at=midnight), "Mẫu số 01 (Thông tư số 03/2025/TT-VPCP)")
    eve = midnight - timedelta(minutes=1)
    assert said(letters, receipt_slip(made_at=eve), "Mẫu số 01 (Thông tư số 01/2018/TT-VPCP)")


def test_the_receipt_slip_says_all_its_form_asks_for(letters: Letters) -> None:
    assert said(
        letters,
        receipt_slip(owner=Person(name="Lê Ổn", address="Phố Ỷ La")),
        f"Mã hồ sơ: {CODE}",
        "tiếp nhận hồ sơ của ông/bà: Nguyễn Đỗ Quỳnh Mỹ (nộp trực tiếp)",
        "Địa chỉ: Thôn Đỗ Xá, xã Ẫn Nguyễn, tỉnh Sông Hòa",
        "Số điện thoại: 0912 345 678",
        "Email: quynhmy@example.vn",
        "Số định danh cá nhân: 001195012345",
        "Chủ hồ sơ: Lê Ổn",
        "Địa chỉ chủ hồ sơ: Phố Ỷ La",
        "Nội dung yêu cầu giải quyết: Đăng ký khai sinh",
        "Giấy chứng nhận kết hôn",
        "2. Số lượng hồ sơ: 01 (bộ)",
        "3. Thời gian giải quyết hồ sơ theo quy định: 02 ngày làm việc",
        "4. Thời gian nhận hồ sơ: 10 giờ 05 phút, ngày 05/02/2026",
        "5. Thời gian trả kết quả giải quyết hồ sơ: 17 giờ 00 phút, ngày 09/02/2026",
        "6. Đăng ký nhận kết quả tại: Trung tâm Phục vụ hành chính công",
        "7. Phí, lệ phí: Lệ phí hộ tịch: 8.000 đồng (đã nộp)",
        "Vào Sổ theo dõi hồ sơ, Quyển số 01, Số thứ tự 07",
        "NGƯỜI NỘP HỒ SƠ",
        "NGƯỜI TIẾP NHẬN HỒ SƠ",
        "Trần Thị Bưởi",
        URL,
        "Ẫn Nguyễn, ngày 05 tháng 02 năm 2026",
        "ỦY BAN NHÂN DÂN XÃ ẪN NGUYỄN",
        "TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG",
        "1900 1234",
    )


def test_a_receipt_without_appointment_says_why(letters: Letters) -> None:
    slip = receipt_slip(due_at=None, no_due_reason="Thủ tục không hẹn ngày trả kết quả")
    assert said(letters, slip, "hồ sơ: Thủ tục không hẹn ngày trả kết quả")


def test_money_is_due_paid_free_or_not_settled(letters: Letters) -> None:
    charge = Charge(name="Phí", amount=1_250_000)
    assert said(letters, receipt_slip(charges=(charge,)), "Phí: 1.250.000 đồng (chưa nộp)")
    assert said(letters, receipt_slip(charges=()), "Phí, lệ phí: không thu")
    assert not said(letters, receipt_slip(charges=None), "7. Phí, lệ phí")


def test_electronic_papers_get_their_column_only_where_there_are_some(letters: Letters) -> None:
    paper = ReceivedPaper(name="Tờ khai", electronic=2)
    assert said(letters, receipt_slip(papers=(paper,)), "Bản điện tử")
    assert not said(letters, receipt_slip(), "Bản điện tử")
    assert said(letters, receipt_slip(papers=()), "Không có giấy tờ kèm theo")


def test_two_phases_have_two_dates(letters: Letters) -> None:
    second = "Giai đoạn 2: 05 ngày làm việc sau khi nộp thuế"
    assert said(letters, receipt_slip(second_due=second), "ngày 09/02/2026", second)


def test_the_refusal_says_why_and_on_what_basis(letters: Letters) -> None:
    assert said(
        letters,
        refusal_slip(),
        "Số: 05/TCHS",
        "không tiếp nhận, giải quyết hồ sơ này với lý do cụ thể như sau",
        "Hồ sơ không thuộc thẩm quyền giải quyết của xã.",
        "Căn cứ: Điều 13 Luật Hộ tịch",
    )
    assert not said(letters, refusal_slip(dossier_code=""), "Mã hồ sơ")


def test_the_supplement_slip_lists_what_is_missing(letters: Letters) -> None:
    assert said(
        letters,
        supplement_slip(legal_basis="Điều 9"),
        "Số: 12/HDHS",
        "Giấy chứng sinh",
        "Bản chụp mờ",
        "Lý do: Giấy tờ chưa đủ căn cứ.",
        "Căn cứ: Điều 9",
        "Thời hạn bổ sung: hết ngày 01/03/2026",
        "Trần Thị Bưởi, số điện thoại 0225 123 456, để được hướng dẫn",
        "NGƯỜI HƯỚNG DẪN",
    )


def test_the_apology_gives_both_dates_and_since_2025_asks_for_an_extension(letters) -> None:
    dates = ("10 giờ 05 phút, ngày 09/02/2026", "10 giờ 05 phút, ngày 13/02/2026")
    assert said(letters, apology(), *dates, "đề nghị gia hạn thời gian giải quyết,", "Số: ……/PXL")
    old = apology(made_at=IN_2020)
    assert said(letters, old, *dates, "PHIẾU XIN LỖI VÀ HẸN LẠI NGÀY TRẢ KẾT QUẢ")
    assert not said(letters, old, "đề nghị gia hạn")
    assert said(letters, apology(late_unit="Phòng Kinh tế"), "Phòng Kinh tế chưa trả kết quả")


def test_letters_of_the_agency_are_headed_and_signed_by_it(letters: Letters) -> None:
    for letter in (apology(), stop_notice()):
        assert said(
            letters, letter, "ỦY BAN NHÂN DÂN TỈNH SÔNG HÒA", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"
        )
        assert said(letters, letter, "Nơi nhận:", "- Lưu: VT.", "Lê Văn Ổn", OFFICE.desk)


def test_the_stop_notice_tells_of_papers_and_money(letters: Letters) -> None:
    notice = stop_notice(legal_basis="Nghị định số 61/2018/NĐ-CP")
    assert said(letters, notice, "Ngày 06/02/2026, ông/bà đề nghị dừng", "ở bước: thẩm định")
    assert said(letters, notice, "Hoàn trả giấy tờ: toàn bộ bản chính", "61/2018/NĐ-CP")
    assert said(letters, notice, "Hoàn trả phí, lệ phí: 8.000 đồng")


def test_the_acknowledgement_is_not_the_receipt_slip_and_says_when_the_clock_starts(
    letters: Letters,
) -> None:
    assert said(
        letters,
        acknowledgement(),
        "Đây không phải Giấy tiếp nhận hồ sơ và hẹn trả kết quả",
        "7KQ4-M2XD",
        "Mã bí mật: 482913",
        "Thời hạn giải quyết tính từ khi hồ sơ được tiếp nhận, không tính từ khi gửi",
        "kiểm tra hồ sơ trong 08 giờ làm việc",
        "Thời gian gửi: 10 giờ 05 phút, ngày 05/02/2026",
    )
    assert not said(letters, acknowledgement(secret=""), "Mã bí mật")
    assert not said(letters, acknowledgement(papers=()), "Giấy tờ đã gửi")


def test_numbers_below_ten_carry_a_zero_and_a_missing_one_leaves_a_gap() -> None:
    assert number_line(7, "GM-UBND") == "Số: 07/GM-UBND"
    assert number_line(None, "PXL") == "Số: ……/PXL"
