"""Every mail that leaves: all of its values are told, documented and needed."""

import dataclasses
from pathlib import Path

import jinja2
import pytest

import templates
from content.outbox import Job
from portal.mail import FolderMailer, MailHandler, SMTPMailer
from tests.bench.server import free_port
from tests.faults.test_mail_down import mail_server
from tests.support.site import sample_settings

MAILS = Path(templates.__file__).parent / "mail"
MAIL_VALUES = {
    "officer_news": {
        "person_name": "Lê Thị Chuyên",
        "dossiers": [
            {
                "number": "H99.11-261123-0001",
                "news": ["Người nộp vừa gửi tin nhắn.", "Đã nhận giấy tờ, nội dung bổ sung."],
                "path": "/can-bo/ho-so/TC-7K3M-92QF",
            },
            {
                "number": "H99.11-261123-0002",
                "news": ["Hồ sơ được giao cho ông/bà hoặc đơn vị của ông/bà."],
                "path": "/can-bo/ho-so/TC-7K3M-92QG",
            },
        ],
    },
    "opinion_due": {
        "person_name": "Lê Thị Chuyên",
        "number": "H99.11-261123-0001",
        "asked_of": "Sở Xây dựng tỉnh Sơn Hà Mẫu",
        "asker_name": "Phường Hà Trung Mẫu",
        "due_at": "Thứ Tư, 25/11/2026",
        "path": "/can-bo/y-kien/7",
    },
    "submitted": {
        "applicant_name": "Nguyễn Thị Mẫu",
        "procedure_name": "Thủ tục đăng ký khai sinh",
        "lookup_code": "TC-7K3M-92QF",
        "submitted_at": "10:05, 23/11/2026",
        "agency_name": "Ủy ban nhân dân xã",
        "follow_url": "http://127.0.0.1:6543/tra-cuu",
    },
    "accepted": {
        "applicant_name": "Nguyễn Thị Mẫu",
        "procedure_name": "Thủ tục đăng ký khai sinh",
        "dossier_code": "H99.01-261123-0001",
        "lookup_code": "TC-7K3M-92QF",
        "accepted_at": "10:20, 23/11/2026",
        "due_at": "Thứ Hai, 23/11/2026",
        "time_limit": "trong ngày",
        "agency_name": "Ủy ban nhân dân xã",
        "officer_name": "Trần Văn Một",
        "follow_url": "http://127.0.0.1:6543/tra-cuu",
    },
    "refused": {
        "applicant_name": "Nguyễn Thị Mẫu",
        "procedure_name": "Thủ tục đăng ký khai sinh",
        "lookup_code": "TC-7K3M-92QF",
        "refused_at": "10:20, 23/11/2026",
        "reason": "Tệp giấy chứng sinh không mở được.",
        "agency_name": "Ủy ban nhân dân xã",
        "officer_name": "Trần Văn Một",
        "follow_url": "http://127.0.0.1:6543/tra-cuu",
    },
    "welcome": {
        "name": "Nguyễn Thị Mẫu",
        "email": "congdan@example.vn",
        "sign_in_url": "http://127.0.0.1:6543/dang-nhap",
    },
    "review_due": {
        "name": "Đặng Văn Tập",
        "procedure_name": "Thủ tục đăng ký khai sinh",
        "review_by": "01/12/2026",
        "path": "/bien-tap/thu-tuc/12",
    },
    "remark_answered": {
        "procedure_name": "Thủ tục đăng ký khai sinh",
        "remark": "Trang chưa ghi mức phí.",
        "answer": "Cơ quan đã bổ sung mức phí.",
    },
    "newsletter_confirm": {"path": "/ban-tin/xac-nhan/x9", "days": "7"},
    "newsletter_known": {"path": "/ban-tin/thoi-nhan/x9"},
    "newsletter": {
        "subject": "Bản tin tháng 11 của Trung tâm",
        "intro": "Kính gửi bạn đọc,",
        "articles": [{"title": "Cầu thông xe", "lead": "Từ sáng nay.", "path": "/tin-tuc/a/b"}],
        "leaving": "/ban-tin/thoi-nhan/x9",
    },
    "enquiry_answered": {
        "question": "Thứ Bảy có nhận hồ sơ không?",
        "answer": "Có, từ 07:30 đến 11:30.",
    },
    "work_due": {
        "person_name": "Cao Văn Mây",
        "code": "KP-05/2026",
        "kind_name": "Điểm chưa phù hợp và khắc phục",
        "title": "Phiếu kiểm soát thiếu chữ ký",
        "agency_name": "Trung tâm Phục vụ hành chính công xã Đồng Mây",
        "due_on": "Thứ Ba, 01/12/2026",
        "path": "/can-bo/so-viec/khac-phuc/5",
    },
    "certificate_ends": {
        "owner": "Hoàng Văn Lãnh",
        "subject": "HOÀNG VĂN LÃNH",
        "issuer": "CA chuyên dùng Chính phủ",
        "agency_name": "Ủy ban nhân dân xã",
        "ends": "20/12/2026",
    },
    "suggestion_answered": {
        "code": "7KQ2M-X9RHF",
        "text": "Xin thêm ghế ở quầy 4.",
        "answer": "Cơ quan đã thêm mười ghế.",
    },
    "decision": {
        "name": "Trần Văn Một",
        "agency_name": "Ủy ban nhân dân xã",
        "number": "12/QĐ-UBND",
        "signed_on": "20/11/2026",
        "in_force_from": "01/12/2026",
        "count": "4",
        "path": "/can-bo/quyet-dinh",
    },
    "withdrawn": {
        "applicant_name": "Đỗ Thị Ẩn",
        "procedure_name": "Đăng ký thường trú",
        "number": "H99.12-261123-0001",
        "agency_name": "Trung tâm Phục vụ hành chính công xã An Bình",
        "told_at": "10:05, 23/11/2026",
        "officer_name": "Trần Văn Một",
        "follow_url": "https://dichvucong.example.vn/tra-cuu?ma=7KQ2M-X9RHF",
        "reason": "Tôi chuyển đi nơi khác.",
        "refund": "hoàn trả 10.000 đồng",
        "papers": "Giấy chứng nhận quyền sử dụng đất",
    },
    "apology": {
        "applicant_name": "Đỗ Thị Ẩn",
        "procedure_name": "Đăng ký thường trú",
        "number": "H99.12-261123-0001",
        "agency_name": "Trung tâm Phục vụ hành chính công xã An Bình",
        "told_at": "10:05, 23/11/2026",
        "officer_name": "Trần Văn Một",
        "follow_url": "https://dichvucong.example.vn/tra-cuu?ma=7KQ2M-X9RHF",
        "slip": "05/PXL",
        "issuer": "Ủy ban nhân dân xã An Bình",
        "late_unit": "Phòng Kinh tế",
        "old_due": "Thứ Ba, 01/12/2026",
        "new_due": "Thứ Sáu, 04/12/2026",
        "reason": "Phải xác minh tại thực địa.",
    },
    "supplement_asked": {
        "applicant_name": "Đỗ Thị Ẩn",
        "procedure_name": "Đăng ký thường trú",
        "number": "H99.12-261123-0001",
        "agency_name": "Trung tâm Phục vụ hành chính công xã An Bình",
        "told_at": "10:05, 23/11/2026",
        "officer_name": "Trần Văn Một",
        "follow_url": "https://dichvucong.example.vn/tra-cuu?ma=7KQ2M-X9RHF",
        "slip": "05/HDHS",
        "items": ["Giấy chứng sinh (bản chụp bị mờ)", "Địa chỉ thường trú"],
        "reason": "Giấy tờ chưa đọc được.",
        "legal_basis": "Điều 21 Luật Cư trú",
        "reply_by": "Thứ Hai, 07/12/2026",
        "officer_phone": "0900 000 001",
    },
    "withdrawal_declined": {
        "applicant_name": "Đỗ Thị Ẩn",
        "procedure_name": "Đăng ký thường trú",
        "number": "H99.12-261123-0001",
        "agency_name": "Trung tâm Phục vụ hành chính công xã An Bình",
        "told_at": "10:05, 23/11/2026",
        "officer_name": "Trần Văn Một",
        "follow_url": "https://dichvucong.example.vn/tra-cuu?ma=7KQ2M-X9RHF",
        "remark": "Kết quả đã được ký trước khi ông/bà đề nghị rút.",
    },
    "message_to_read": {
        "applicant_name": "Đỗ Thị Ẩn",
        "procedure_name": "Đăng ký thường trú",
        "number": "H99.12-261123-0001",
        "agency_name": "Trung tâm Phục vụ hành chính công xã An Bình",
        "told_at": "10:05, 23/11/2026",
        "follow_url": "https://dichvucong.example.vn/tra-cuu?ma=7KQ2M-X9RHF",
    },
    "supplement_received": {
        "applicant_name": "Đỗ Thị Ẩn",
        "procedure_name": "Đăng ký thường trú",
        "number": "H99.12-261123-0001",
        "agency_name": "Trung tâm Phục vụ hành chính công xã An Bình",
        "told_at": "10:05, 23/11/2026",
        "follow_url": "https://dichvucong.example.vn/tra-cuu?ma=7KQ2M-X9RHF",
        "items": ["Giấy chứng sinh"],
        "old_due": "Thứ Ba, 01/12/2026",
        "new_due": "Thứ Năm, 10/12/2026",
    },
    "stopped": {
        "applicant_name": "Đỗ Thị Ẩn",
        "procedure_name": "Đăng ký thường trú",
        "number": "H99.12-261123-0001",
        "agency_name": "Trung tâm Phục vụ hành chính công xã An Bình",
        "told_at": "10:05, 23/11/2026",
        "officer_name": "Trần Văn Một",
        "follow_url": "https://dichvucong.example.vn/tra-cuu?ma=7KQ2M-X9RHF",
        "slip": "05/TB-DHS",
        "issuer": "Ủy ban nhân dân xã An Bình",
        "reason": "Đã quá thời hạn bổ sung.",
        "legal_basis": "Nghị định số 118/2025/NĐ-CP",
        "papers": "Giấy chứng sinh",
        "money": "hoàn trả 10.000 đồng",
    },
    "deadline": {
        "person_name": "Lê Thị Chuyên",
        "number": "H99.12-261123-0001",
        "procedure_name": "Đăng ký thường trú",
        "agency_name": "Công an xã An Bình",
        "due_at": "Thứ Ba, 01/12/2026",
        "promised": "30/11/2026",
        "apology_by": "Thứ Hai, 30/11/2026",
        "path": "/can-bo/ho-so/7KQ2M-X9RHF",
    },
    "writing_due": {
        "name": "Lê Thị Tổng",
        "title": "Giờ làm việc dịp Tết",
        "review_by": "01/12/2026",
        "path": "/bien-tap/den-han",
    },
    "decision_duty": {
        "name": "Lê Thị Tổng",
        "number": "12/QĐ-UBND",
        "work": "nhập cơ sở dữ liệu quốc gia",
        "state": "sắp đến hạn",
        "by": "27/11/2026",
        "path": "/bien-tap/quyet-dinh/da-ky/3",
    },
    "payment_asked": {
        "applicant_name": "Đỗ Thị Ẩn",
        "procedure_name": "Đăng ký thường trú",
        "number": "H99.12-261123-0001",
        "agency_name": "Trung tâm Phục vụ hành chính công xã An Bình",
        "told_at": "10:05, 23/11/2026",
        "follow_url": "https://dichvucong.example.vn/tra-cuu?ma=7KQ2M-X9RHF",
        "officer_name": "Lê Thị Chuyên",
        "amount": "170.000 đồng",
        "in_words": "Một trăm bảy mươi nghìn đồng",
        "account": "3713.0.1 Kho bạc Nhà nước",
        "legal_basis": "Thông tư 85/2019/TT-BTC",
        "reason": "Nộp phí thẩm định.",
        "pay_by": "Thứ Năm, 10/12/2026",
    },
    "payment_received": {
        "applicant_name": "Đỗ Thị Ẩn",
        "procedure_name": "Đăng ký thường trú",
        "number": "H99.12-261123-0001",
        "agency_name": "Trung tâm Phục vụ hành chính công xã An Bình",
        "told_at": "10:05, 23/11/2026",
        "follow_url": "https://dichvucong.example.vn/tra-cuu?ma=7KQ2M-X9RHF",
        "officer_name": "Đỗ Văn Quỹ",
        "amount": "10.000 đồng",
        "receipts": ["Lệ phí: 10.000 đồng, biên lai số 01/BLLP-2026"],
    },
    "payment_refunded": {
        "applicant_name": "Đỗ Thị Ẩn",
        "procedure_name": "Đăng ký thường trú",
        "number": "H99.12-261123-0001",
        "agency_name": "Trung tâm Phục vụ hành chính công xã An Bình",
        "told_at": "10:05, 23/11/2026",
        "follow_url": "https://dichvucong.example.vn/tra-cuu?ma=7KQ2M-X9RHF",
        "amount": "10.000 đồng",
        "reason": "Người nộp thuộc đối tượng được miễn.",
    },
    "result_ready": {
        "applicant_name": "Đỗ Thị Ẩn",
        "procedure_name": "Đăng ký thường trú",
        "number": "H99.12-261123-0001",
        "agency_name": "Trung tâm Phục vụ hành chính công xã An Bình",
        "told_at": "10:05, 23/11/2026",
        "follow_url": "https://dichvucong.example.vn/tra-cuu?ma=7KQ2M-X9RHF",
        "title": "Giấy xác nhận thông tin về cư trú",
        "result_number": "15/XN-CA",
        "reason": "Chỗ ở không hợp pháp.",
        "legal_basis": "Điều 21 Luật Cư trú",
        "promised": "Thứ Ba, 01/12/2026",
        "delivery": "Trực tiếp tại nơi tiếp nhận",
    },
    "result_posted": {
        "applicant_name": "Đỗ Thị Ẩn",
        "procedure_name": "Đăng ký thường trú",
        "number": "H99.12-261123-0001",
        "agency_name": "Trung tâm Phục vụ hành chính công xã An Bình",
        "told_at": "10:05, 23/11/2026",
        "follow_url": "https://dichvucong.example.vn/tra-cuu?ma=7KQ2M-X9RHF",
        "tracking": "EP123456789VN",
        "recipient": "Trần Văn Nhận",
        "address": "Thôn 2, xã An Bình",
        "cod": "40.000 đồng",
    },
    "result_returned": {
        "applicant_name": "Đỗ Thị Ẩn",
        "procedure_name": "Đăng ký thường trú",
        "number": "H99.12-261123-0001",
        "agency_name": "Trung tâm Phục vụ hành chính công xã An Bình",
        "told_at": "10:05, 23/11/2026",
        "follow_url": "https://dichvucong.example.vn/tra-cuu?ma=7KQ2M-X9RHF",
        "recipient": "Trần Văn Nhận",
        "means": "trực tiếp",
    },
}


#: What a mail is told beside words.
MAIL_FLAGS: dict[str, dict[str, bool]] = {
    "supplement_asked": {"clock_runs": True},
    "supplement_received": {"at_desk": True},
    "stopped": {"expired": True},
    "deadline": {"overdue": False, "prepared": True},
    "work_due": {"overdue": False},
    "opinion_due": {"overdue": False},
    "result_ready": {"refusal": True, "early": True},
    "result_returned": {"stored": True},
}


@pytest.fixture
def mails(tmp_path: Path) -> MailHandler:
    settings = sample_settings(tmp_path)
    return MailHandler(FolderMailer(tmp_path / "mail"), settings, MAILS)


def test_every_mail_has_its_values_here():
    assert {path.name.split(".")[0] for path in MAILS.iterdir()} == {*MAIL_VALUES, "signature"}


def _told(values):
    """All words among the values of a mail, those in lists too."""
    for value in values.values():
        if isinstance(value, str):
            yield value
        else:
            for one in value:
                yield from [one] if isinstance(one, str) else _told(one)


@pytest.mark.parametrize("name", MAIL_VALUES)
def test_a_mail_says_all_it_was_given_and_who_sends_it(name, mails: MailHandler):
    text = mails.render(name, MAIL_FLAGS.get(name, {}) | MAIL_VALUES[name])
    subject, _, body = text.lstrip().partition("\n")
    assert subject.startswith("Subject: ")
    assert 20 <= len(subject) <= 110
    for value in _told(MAIL_VALUES[name]):
        assert value in text
    assert body.strip().endswith(
        "TRANG MẪU – cơ quan, hồ sơ và thư này không có thật; không chuyển tiền."
    )
    assert mails.settings.site.authority in body
    assert "\n\n\n" not in body.strip()


@pytest.mark.parametrize("name", MAIL_VALUES)
def test_a_mail_with_a_missing_value_is_not_sent(name, mails: MailHandler):
    for missing in MAIL_VALUES[name]:
        values = {key: value for key, value in MAIL_VALUES[name].items() if key != missing}
        with pytest.raises(jinja2.UndefinedError):
            mails.render(name, MAIL_FLAGS.get(name, {}) | values)


@pytest.mark.parametrize("name", MAIL_VALUES)
def test_a_mail_documents_each_of_its_values(name):
    comment = (MAILS / f"{name}.txt.jinja2").read_text("utf-8").partition("#}")[0]
    assert [value for value in MAIL_VALUES[name] if f"\n{value} " not in comment] == []


def test_an_accepted_mail_without_a_due_date_says_so(mails: MailHandler):
    text = mails.render("accepted", MAIL_VALUES["accepted"] | {"due_at": None, "time_limit": None})
    assert "không có ngày hẹn" in text
    assert "None" not in text
    assert "Thời hạn giải quyết" not in text


def test_a_long_address_to_leave_by_arrives_as_it_stands(mails: MailHandler, tmp_path: Path):
    """Mail programs do not decode this header: encoded or folded, the one click is lost."""
    base = "https://dich-vu-cong.xa-dong-may.son-ha-mau.gov.vn"
    site = dataclasses.replace(mails.settings.site, base_url=base)
    settings = dataclasses.replace(mails.settings, site=site)
    path = f"/ban-tin/thoi-nhan/{'k' * 60}"
    payload = {
        "to": "ba.tam@example.vn",
        "template": "newsletter_confirm",
        "values": MAIL_VALUES["newsletter_confirm"],
        "leaving": path,
    }
    message = MailHandler(mails.mailer, settings, MAILS).message(
        Job(id=1, kind="mail", key="", payload=payload, attempts=0)
    )
    with mail_server(free_port()) as box:
        port = box.server_address[1]
        SMTPMailer(dataclasses.replace(settings.mail, host="127.0.0.1", port=port)).send(message)
    mails.mailer.send(message)
    for data in (box.received[0], *(one.read_bytes() for one in tmp_path.glob("mail/*.eml"))):
        lines = data.split(b"\r\n")
        assert f"List-Unsubscribe: <{base}{path}>".encode() in lines
        assert b"List-Unsubscribe-Post: List-Unsubscribe=One-Click" in lines
        [mail_id] = [one for one in lines if one.startswith(b"Message-ID:")]
        assert mail_id.endswith(b"@example.vn>")
