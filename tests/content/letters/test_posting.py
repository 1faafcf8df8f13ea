"""Posting sheets: everything a record knows, and an honest word for what it does not."""

from datetime import date

import pytest

from content.errors import Invalid
from content.letters.posting import PostingSheet, fee_lines, limit_words
from content.letters.render import Letters
from content.procedures.kinds import LimitUnit
from content.procedures.reception_places import ReceptionPlace
from content.procedures.repairs import Limit, read
from tests.content.letters.making import MORNING, OFFICE
from tests.content.letters.reading import flat, text_of

RECORD = {
    "code": "1.001193",
    "name": "Đăng ký khai sinh",
    "field": "Hộ tịch",
    "level": "xã",
    "authority": "Ủy ban nhân dân cấp xã",
    "time_limit": {"value": 3, "unit": "ngày làm việc", "text": None},
    "local_limit": {"value": 1.5, "unit": "ngày làm việc", "text": None},
    "time_limit_by_channel": [{"channel": "trực tuyến", "value": 2, "unit": "ngày"}],
    "fee": [
        {"kind": "lệ phí", "amount": 8000, "unit": "đồng/lần", "condition": None,
         "exempt": "trẻ em", "channels": ["trực tiếp"]},
        {"kind": "phí", "amount": 0, "unit": None, "condition": None, "exempt": None},
        {"kind": None, "amount": None, "unit": None, "condition": None, "exempt": None},
        {"kind": "phí", "amount": 25, "unit": "USD", "condition": None, "exempt": None},
    ],
    "channels": ["trực tiếp", "trực tuyến"],
    "dossier": [
        {"name": "Tờ khai", "originals": 1, "copies": 0, "form_name": "Mẫu A", "case": None},
        {"name": "Giấy chứng sinh", "originals": None, "copies": 2, "form_name": None,
         "case": "đúng hạn"},
    ],
    "dossier_total": 5,
    "forms": [{"code": "Mẫu A", "file": "a.docx", "for": "Tờ khai"}],
    "legal_bases": [{"number": "60/2014/QH13", "date": "2014-11-20"},
                    {"number": "04/2024/TT-BTP", "date": None}],
    "service_level": "toàn trình",
    "result": "Giấy khai sinh",
    "applicants": ["Công dân Việt Nam"],
    "requirements": "có",
    "decision_no": "163/QĐ-BTP",
    "sets": 1,
    "steps": ["Nộp hồ sơ", "Nhận kết quả"],
}  # fmt: skip


def posting_sheet(record=RECORD, **changes) -> PostingSheet:
    given = {
        "record": record,
        "office": OFFICE,
        "url": "https://dichvucong.example.vn/thu-tuc/1.001193",
        "feedback": "Văn phòng Ủy ban nhân dân tỉnh, điện thoại 0225 111 222",
        "made_at": MORNING,
    }
    return PostingSheet(**given | changes)


def test_the_sheet_says_all_the_record_knows(letters: Letters) -> None:
    sheet = posting_sheet(valid_from=date(2026, 1, 2), standing="Còn hiệu lực", sample=True)
    text = text_of(letters.make(sheet))
    for phrase in (
        "Đăng ký khai sinh",
        "Mã thủ tục 1.001193",
        "Theo quy định: 3 ngày làm việc",
        "Tại cơ quan: 1,5 ngày làm việc",
        "Nộp trực tuyến: 2 ngày",
        "Lệ phí: 8.000 đồng/lần; nộp trực tiếp; miễn, giảm: trẻ em",
        "Phí: không thu",
        "Phí, lệ phí: chưa có thông tin về mức thu",
        "Phí: 25,00 USD",
        "Tờ khai (Mẫu A)",
        "Trường hợp: đúng hạn",
        "Còn 3 giấy tờ khác",
        "60/2014/QH13 ngày 20/11/2014; 04/2024/TT-BTP.",
        "có; xem tại trang của thủ tục",
        "163/QĐ-BTP",
        "Áp dụng từ ngày 02/01/2026",
        "Còn hiệu lực",
        "Nộp hồ sơ",
        "Số lượng hồ sơ 1 bộ",
        "Phản ánh, kiến nghị về thủ tục này Văn phòng Ủy ban nhân dân tỉnh",
        "Bản in ngày 05/02/2026",
        "https://dichvucong.example.vn/thu-tuc/1.001193",
        "TRANG MẪU",
    ):
        assert flat(phrase) in text, phrase


def test_a_place_outside_the_desk_hangs_there_with_its_reason(letters: Letters) -> None:
    place = ReceptionPlace(
        place="Đội kiểm tra lưu động",
        address="Số 9 đường Bờ Sông",
        hours="Thứ Ba: 08:00-11:00",
        phone="0225 111 333",
        elsewhere=True,
        reason="Phương tiện phải được kiểm tra tại chỗ.",
        legal_basis="Quyết định số 12/QĐ-UBND",
    )
    text = text_of(letters.make(posting_sheet(place=place)))
    for phrase in (
        "Nơi tiếp nhận hồ sơ Đội kiểm tra lưu động Số 9 đường Bờ Sông Thứ Ba: 08:00-11:00",
        "Điện thoại: 0225 111 333",
        "Phương tiện phải được kiểm tra tại chỗ. Căn cứ: Quyết định số 12/QĐ-UBND",
    ):
        assert flat(phrase) in text, phrase
    assert "bộphậnmộtcửa" in text
    assert "Nơitiếpnhậnhồsơ" not in text_of(letters.make(posting_sheet()))


def test_fees_hang_with_their_days_and_without_those_that_are_over() -> None:
    fees = [
        {"kind": "lệ phí", "amount": 12_000, "valid_to": "2026-03-02"},
        {"kind": "lệ phí", "amount": 15_000, "valid_from": "2026-03-03"},
        {"kind": "lệ phí", "amount": 9_000, "valid_to": "2020-12-31"},
        {"kind": "phí", "amount": 0, "condition": "không thu"},
    ]
    record = {**RECORD, "fee": fees}
    assert list(fee_lines(record, read(record), date(2026, 3, 2))) == [
        "Lệ phí: 12.000 đồng; thu đến hết 02/03/2026",
        "Lệ phí: 15.000 đồng; thu từ 03/03/2026",
        "Phí: không thu",
    ]
    facts = dict(posting_sheet(record).sheet()["facts"])
    assert "9.000" not in facts["Phí, lệ phí"]


def test_what_only_heads_a_list_is_no_case() -> None:
    named = ("Giấy tờ phải nộp", "đúng hạn", "Trường hợp ủy quyền", None)
    papers = [{"name": "Tờ khai", "originals": 1, "copies": 0, "case": one} for one in named]
    found = posting_sheet({**RECORD, "dossier": papers}).sheet()["papers"]
    assert [(one["heading"], one["for_all"]) for one in found] == [
        ("Giấy tờ phải nộp", True),
        ("Trường hợp: đúng hạn", False),
        ("Trường hợp ủy quyền", False),
        ("", True),
    ]


def test_what_is_unknown_is_said_and_never_free(letters: Letters) -> None:
    text = text_of(letters.make(posting_sheet({"name": "Thủ tục Ẫ", "code": None})))
    assert "chưacómãquốcgia" in text
    assert text.count("chưacóthôngtin") >= 14
    assert "khôngthu" not in text


@pytest.mark.parametrize(
    ("limit", "words"),
    [
        (Limit(3, LimitUnit.WORKING_DAY), "3 ngày làm việc"),
        (Limit(0.5, LimitUnit.WORKING_DAY), "0,5 ngày làm việc"),
        (Limit(8, LimitUnit.WORKING_HOUR), "8 giờ làm việc"),
        (Limit(2, None), "2 (chưa rõ đơn vị)"),
        (Limit(None, None, "Ngay khi tàu cập cảng"), "Ngay khi tàu cập cảng"),
        (Limit(None, None), "chưa có thông tin"),
        (Limit(1, LimitUnit.SAME_DAY, "sau 15 giờ thì sang ngày sau"),
         "trong ngày (sau 15 giờ thì sang ngày sau)"),
    ],
)  # fmt: skip
def test_limits_in_words(limit: Limit, words: str) -> None:
    assert limit_words(limit) == words


def test_a_board_needs_the_address_for_feedback() -> None:
    with pytest.raises(Invalid) as caught:
        posting_sheet(feedback=" ")
    assert caught.value.problems == {"feedback": "missing"}
