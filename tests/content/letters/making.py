"""Letters to test with: an invented commune and people, any part of which can be changed."""

from datetime import date, datetime, timedelta
from typing import Any

from content.letters.acknowledgement import Acknowledgement, SentPaper
from content.letters.handing import (
    ControlSlip,
    Handed,
    HandedDossier,
    HandOver,
    HandOverSlip,
    Punctuality,
    ReturnSlip,
)
from content.letters.receipts import ChargeReceipt, ContactNote, FeeReceipt, ReceiptLine
from content.letters.slips import (
    Apology,
    Charge,
    MissingPaper,
    ReceiptSlip,
    RefusalNotice,
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


def refusal_notice(**changes: Any) -> RefusalNotice:
    given = _DOSSIER | {
        "received_at": MORNING,
        "reason": "Thửa đất chưa có giấy tờ về quyền sử dụng.",
        "legal_basis": "Điều 137 Luật Đất đai",
        "signer": SIGNER,
        "number": 3,
    }
    return RefusalNotice(**given | changes)


def control_slip(**changes: Any) -> ControlSlip:
    rows = (
        HandOver(
            from_name=OFFICE.desk,
            to_name="Phòng Kinh tế",
            given_at=MORNING,
            given_by="Trần Thị Bưởi",
            taken_at=MORNING + timedelta(hours=1),
            taken_by="Lê Thị Ổi",
        ),
        HandOver(
            from_name="Phòng Kinh tế",
            to_name="Văn phòng Hội đồng nhân dân và Ủy ban nhân dân",
            given_at=MORNING + timedelta(days=1),
            given_by="Lê Thị Ổi",
            outcome=Punctuality.EARLY,
            remark="Kèm biên bản kiểm tra thực địa",
        ),
    )
    given = _DOSSIER | {
        "agencies": ("Phòng Kinh tế", "Công an xã"),
        "hand_overs": rows,
        "due": "17 giờ 00 phút, ngày 09/02/2026",
    }
    return ControlSlip(**given | changes)


def handover_slip(*, procedure: str = "Đăng ký khai sinh", **changes: Any) -> HandOverSlip:
    given = {
        "office": OFFICE,
        "made_at": MORNING,
        "what": Handed.DOSSIERS,
        "from_name": OFFICE.desk,
        "to_name": "Phòng Kinh tế",
        "given_at": MORNING,
        "given_by": "Trần Thị Bưởi",
        "taken_by": "Lê Thị Ổi",
        "number": 4,
        "lines": tuple(
            HandedDossier(
                code=f"H99.06.12-260205-00{12 + n}",
                procedure=procedure,
                applicant=PERSON.name,
                papers=n,
                due="09/02/2026",
                remark="Có bản chính" if n == 1 else "",
            )
            for n in (1, 2, 3)
        ),
    }
    return HandOverSlip(**given | changes)


def return_slip(**changes: Any) -> ReturnSlip:
    given = _DOSSIER | {
        "returned_at": MORNING + timedelta(days=3),
        "recipient": "Nguyễn Đỗ Quỳnh Mỹ",
        "giver": "Trần Thị Bưởi",
        "means": "trực tiếp",
        "proof": "Thẻ căn cước",
        "due": "09/02/2026",
        "papers": (ReceivedPaper(name="Giấy khai sinh", originals=1, electronic=1),),
        "originals_back": (ReceivedPaper(name="Giấy chứng nhận kết hôn", originals=1),),
        "number": 9,
    }
    return ReturnSlip(**given | changes)


_MONEY = {
    "paid_at": MORNING,
    "payer": PERSON.name,
    "collector": "Trần Thị Bưởi",
    "means": "tiền mặt",
    "number": 41,
}


def fee_receipt(**changes: Any) -> FeeReceipt:
    lines = (
        ReceiptLine(name="Phí chứng thực", amount=1_000_000),
        ReceiptLine(name="Phí khai thác dữ liệu", amount=5_000),
    )
    return FeeReceipt(**_DOSSIER | _MONEY | {"lines": lines} | changes)


def charge_receipt(**changes: Any) -> ChargeReceipt:
    lines = (ReceiptLine(name="Lệ phí hộ tịch", amount=8_000),)
    return ChargeReceipt(**_DOSSIER | _MONEY | {"lines": lines} | changes)


def contact_note(**changes: Any) -> ContactNote:
    given = _DOSSIER | {
        "called_at": MORNING,
        "caller": "Trần Thị Bưởi",
        "called": PERSON.name,
        "phone": PERSON.phone,
        "purpose": "Báo hồ sơ chậm một ngày",
        "outcome": "Đã nghe máy, đồng ý nhận kết quả ngày 10/02/2026.",
    }
    return ContactNote(**given | changes)


ALL = (
    receipt_slip,
    refusal_slip,
    refusal_notice,
    supplement_slip,
    apology,
    stop_notice,
    control_slip,
    handover_slip,
    return_slip,
    fee_receipt,
    charge_receipt,
    contact_note,
    acknowledgement,
)
