"""Letters to test with: an invented commune and people, any part of which can be changed."""

from datetime import date, datetime, timedelta
from typing import Any

from content.letters.acknowledgement import Acknowledgement, SentPaper
from content.letters.slips import (
    Apology,
    Charge,
    MissingPaper,
    ReceiptSlip,
    RefusalSlip,
    StopNotice,
    SupplementSlip,
)
from content.letters.values import Office, Person, ReceivedPaper, Signer
from content.words import LOCAL_ZONE

MORNING = datetime(2026, 2, 5, 10, 5, tzinfo=LOCAL_ZONE)
CODE = "H99.06.12-260205-0012"
URL = f"https://dichvucong.example.vn/tra-cuu?ma={CODE}"
OFFICE = Office(
    parent="Ủy ban nhân dân tỉnh Sông Hòa",
    name="Ủy ban nhân dân xã Ẫn Nguyễn",
    desk="Trung tâm Phục vụ hành chính công",
    place="Ẫn Nguyễn",
    hotline="1900 1234",
)
PERSON = Person(
    name="Nguyễn Đỗ Quỳnh Mỹ",
    address="Thôn Đỗ Xá, xã Ẫn Nguyễn, tỉnh Sông Hòa",
    phone="0912 345 678",
    email="quynhmy@example.vn",
    identity="Số định danh cá nhân: 001195012345",
)
SIGNER = Signer(capacity="KT. Chủ tịch", title="Phó Chủ tịch", name="Lê Văn Ổn")
_DOSSIER = {
    "office": OFFICE,
    "made_at": MORNING,
    "submitter": PERSON,
    "procedure": "Đăng ký khai sinh",
    "dossier_code": CODE,
}


def receipt_slip(**changes: Any) -> ReceiptSlip:
    given = _DOSSIER | {
        "received_at": MORNING,
        "due_at": datetime(2026, 2, 9, 17, 0, tzinfo=LOCAL_ZONE),
        "limit": "02 ngày làm việc",
        "papers": (
            ReceivedPaper(name="Tờ khai đăng ký khai sinh", originals=1),
            ReceivedPaper(name="Giấy chứng nhận kết hôn", certified=1, copies=2),
        ),
        "sets": 1,
        "returned_at": "Trung tâm Phục vụ hành chính công",
        "receiver": "Trần Thị Bưởi",
        "look_up_url": URL,
        "channel": "trực tiếp",
        "charges": (Charge(name="Lệ phí hộ tịch", amount=8000, paid=True),),
        "book": 1,
        "entry": 7,
    }
    return ReceiptSlip(**given | changes)


def refusal_slip(**changes: Any) -> RefusalSlip:
    given = _DOSSIER | {
        "reason": "Hồ sơ không thuộc thẩm quyền giải quyết của xã.",
        "legal_basis": "Điều 13 Luật Hộ tịch",
        "receiver": "Trần Thị Bưởi",
        "number": 5,
    }
    return RefusalSlip(**given | changes)


def supplement_slip(**changes: Any) -> SupplementSlip:
    given = _DOSSIER | {
        "missing": (MissingPaper(name="Giấy chứng sinh", remark="Bản chụp mờ"),),
        "reason": "Giấy tờ chưa đủ căn cứ.",
        "guide": "Trần Thị Bưởi",
        "guide_phone": "0225 123 456",
        "reply_by": date(2026, 3, 1),
        "number": 12,
    }
    return SupplementSlip(**given | changes)


def apology(**changes: Any) -> Apology:
    given = _DOSSIER | {
        "received_at": MORNING,
        "due_at": MORNING + timedelta(days=4),
        "new_due_at": MORNING + timedelta(days=8),
        "reason": "Cơ quan phối hợp chưa gửi kết quả xác minh.",
        "signer": SIGNER,
    }
    return Apology(**given | changes)


def stop_notice(**changes: Any) -> StopNotice:
    given = _DOSSIER | {
        "received_at": MORNING,
        "requested_on": date(2026, 2, 6),
        "stage": "thẩm định",
        "reason": "Theo đề nghị của ông/bà.",
        "papers_back": "toàn bộ bản chính",
        "money_back": "8.000 đồng",
        "signer": SIGNER,
    }
    return StopNotice(**given | changes)


def acknowledgement(**changes: Any) -> Acknowledgement:
    given = {
        "office": OFFICE,
        "made_at": MORNING,
        "submitted_at": MORNING,
        "submitter": PERSON,
        "procedure": "Đăng ký khai sinh",
        "look_up_code": "7KQ4-M2XD",
        "look_up_url": "https://dichvucong.example.vn/tra-cuu?ma=7KQ4-M2XD",
        "papers": (SentPaper(name="Giấy chứng sinh", files=2),),
        "secret": "482913",
        "answer_within": "08 giờ làm việc",
    }
    return Acknowledgement(**given | changes)


ALL = (receipt_slip, refusal_slip, supplement_slip, apology, stop_notice, acknowledgement)
