"""The sample's own prose: articles, pages, life events and mails keep the house's rules."""

import json
import re
import unicodedata
from collections.abc import Iterator
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import jinja2
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

import templates
from content import seed
from content.news.bodies import to_html, to_text
from content.news.importing import ImportResult, import_news
from content.news.models import Article
from content.news.sections import USUAL
from content.procedures.life_events import EventAudience
from content.procedures.repairs import is_historical
from portal.mail import FolderMailer, MailHandler
from tests.support.clock import StoppedClock
from tests.support.site import sample_settings

SEED = Path(seed.__file__).parent
MAILS = Path(templates.__file__).parent / "mail"
CATALOGUE = SEED / "procedures.jsonl"
PAGE_SECTIONS = {"gioi-thieu", "huong-dan"}
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")

# The 34 of 1/7/2025 and those that went into them.
REAL_PROVINCES = """
Hà Nội|Cao Bằng|Tuyên Quang|Điện Biên|Lai Châu|Sơn La|Lào Cai|Thái Nguyên|Lạng Sơn|Quảng Ninh
Bắc Ninh|Phú Thọ|Hải Phòng|Hưng Yên|Ninh Bình|Thanh Hóa|Thanh Hoá|Nghệ An|Hà Tĩnh|Quảng Trị|Huế
Đà Nẵng|Quảng Ngãi|Gia Lai|Khánh Hòa|Khánh Hoà|Đắk Lắk|Lâm Đồng|Đồng Nai|Hồ Chí Minh|Tây Ninh
Đồng Tháp|Vĩnh Long|An Giang|Cần Thơ|Cà Mau|Hà Giang|Bắc Kạn|Yên Bái|Hòa Bình|Hoà Bình|Bắc Giang
Vĩnh Phúc|Hải Dương|Thái Bình|Hà Nam|Nam Định|Quảng Bình|Quảng Nam|Bình Định|Phú Yên|Ninh Thuận
Bình Thuận|Kon Tum|Đắk Nông|Bình Phước|Bình Dương|Bà Rịa|Vũng Tàu|Long An|Tiền Giang|Bến Tre
Trà Vinh|Kiên Giang|Hậu Giang|Sóc Trăng|Bạc Liêu
"""
PROVINCE = re.compile(rf"(?<!\w)({'|'.join(REAL_PROVINCES.split(chr(10))).strip('|')})(?!\w)")


@cache
def articles() -> list[dict[str, Any]]:
    lines = (SEED / "news" / "articles.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


@cache
def pages() -> list[dict[str, Any]]:
    return json.loads((SEED / "pages.json").read_text("utf-8"))


@cache
def life_events() -> list[dict[str, Any]]:
    return json.loads((SEED / "life_events.json").read_text("utf-8"))


@cache
def agencies() -> list[dict[str, Any]]:
    return json.loads((SEED / "agencies.json").read_text("utf-8"))


@cache
def catalogue() -> dict[tuple[str, str], dict[str, Any]]:
    records = [json.loads(line) for line in CATALOGUE.read_text("utf-8").splitlines()]
    return {(one["code"], one["level"]): one for one in records if one["code"]}


@cache
def enquiries() -> dict[str, Any]:
    return json.loads((SEED / "enquiries.json").read_text("utf-8"))


def strings(value: Any, place: str) -> Iterator[tuple[str, str]]:
    """Every text inside, with where it stands."""
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from strings(inner, f"{place}.{key}")
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from strings(inner, f"{place}[{number}]")


def prose() -> list[tuple[str, str]]:
    """All texts of the sample and of the mails."""
    found = [pair for one in articles() for pair in strings(one, one["slug"])]
    found += [pair for one in pages() for pair in strings(one, one["slug"])]
    found += strings(enquiries(), "enquiries")
    found += [pair for one in life_events() for pair in strings(one, one["slug"])]
    return found + [(path.name, path.read_text("utf-8")) for path in MAILS.glob("*.jinja2")]


def words(text: str) -> int:
    return len(to_text(text).split())


@pytest.mark.parametrize(("load", "count"), [(articles, 12), (pages, 5), (life_events, 12)])
def test_slugs_are_unique_kebab_case_and_as_many_as_promised(load, count):
    slugs = [one["slug"] for one in load()]
    assert len(slugs) == len(set(slugs)) == count
    assert [slug for slug in slugs if not SLUG.fullmatch(slug)] == []


def test_all_prose_is_nfc_calm_and_without_stray_spaces():
    rules = {
        "not NFC": lambda text: unicodedata.normalize("NFC", text) != text,
        "exclamation mark": lambda text: "!" in text,
        "double space": lambda text: re.search(r"\S {2,}\S", _code_removed(text)),
        "space before a mark": lambda text: re.search(r"\w [,.;?](\s|$)", _code_removed(text)),
        "straight quotation mark": lambda text: '"' in _code_removed(text),
        "left-over placeholder": lambda text: re.search(r"TODO|XXX|\{[A-Z]", text),
        "no-break or odd space": lambda text: re.search("[\u00a0\u200b\ufeff\t\r]", text),
    }
    broken = [(where, rule) for where, text in prose() for rule, bad in rules.items() if bad(text)]
    assert broken == []


def _code_removed(text: str) -> str:
    return re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", "x", text, flags=re.DOTALL)


def test_the_sample_never_speaks_as_a_real_province():
    assert [
        (where, PROVINCE.findall(text)) for where, text in prose() if PROVINCE.search(text)
    ] == []


def test_the_search_for_province_names_finds_them():
    assert PROVINCE.findall("tỉnh Hà Giang và thành phố Huế, không phải Thuế") == [
        "Hà Giang",
        "Huế",
    ]


def test_articles_are_imported_as_they_are_and_a_second_time_change_nothing(
    session: Session, clock: StoppedClock
):
    lines = (SEED / "news" / "articles.jsonl").read_text("utf-8").splitlines()
    assert import_news(session, lines, clock()) == ImportResult(12, 0, 0)
    session.flush()
    assert import_news(session, lines, clock()) == ImportResult(0, 0, 12)
    stored = {one.slug: one for one in session.scalars(select(Article))}
    for article in articles():
        assert stored[article["slug"]].body == article["body_text"]
        assert stored[article["slug"]].title == article["title"]


def test_two_articles_stand_in_each_section():
    sections = [article["section"] for article in articles()]
    assert {slug: sections.count(slug) for slug, _name in USUAL} == {
        slug: 2 for slug, _name in USUAL
    }


@pytest.mark.parametrize("article", articles(), ids=lambda one: one["slug"])
def test_an_article_is_whole_and_of_readable_length(article):
    assert 350 <= words(article["body_text"]) <= 700
    assert 20 <= len(article["title"]) <= 90
    assert 80 <= len(article["lead"]) <= 260
    assert article["body_text"].count("\n## ") >= 2
    assert article["author"].startswith(("Bài: ", "Bài, ảnh: ", "Thực hiện: "))
    assert "ví dụ" in article["source"]
    assert 1 <= len(article["tags"]) <= 5
    assert article["kicker"]


@pytest.mark.parametrize("article", articles(), ids=lambda one: one["slug"])
def test_an_article_is_dated_on_a_working_day_of_its_period(article):
    published = datetime.fromisoformat(article["published_at"])
    assert published.utcoffset() is not None
    assert date(2026, 6, 1) <= published.date() <= date(2026, 11, 23)
    assert published.weekday() < 5
    assert article["published_at"].endswith("+07:00")


def test_related_articles_exist_and_are_others():
    slugs = {article["slug"] for article in articles()}
    for article in articles():
        assert set(article["related"]) <= slugs - {article["slug"]}, article["slug"]
        assert len(article["related"]) == len(set(article["related"])) == 2


@pytest.mark.parametrize("page", pages(), ids=lambda one: one["slug"])
def test_a_page_is_whole(page):
    assert set(page) == {"slug", "title", "lead", "body_text", "section"}
    assert page["section"] in PAGE_SECTIONS
    assert 250 <= words(page["body_text"]) <= 1200
    assert 60 <= len(page["lead"]) <= 260


@pytest.mark.parametrize("one", [*articles(), *pages()], ids=lambda one: one["slug"])
def test_a_body_uses_only_the_structure_that_is_shown(one):
    html = to_html(one["body_text"])
    assert html.startswith(("<p>", "<h2>"))
    assert re.search(r"<p>(#|- |\* )|\*\*|\]\(", html) is None
    assert "<br>" not in html
    for target in re.findall(r'href="([^"]+)"', html):
        assert target in known_addresses(), target


@cache
def known_addresses() -> set[str]:
    """Where the sample's prose may lead."""
    procedures = {f"/thu-tuc/{code}" for code, _ in catalogue()}
    places = {f"/co-quan/{agency['slug']}" for agency in agencies()}
    fixed = {"https://dichvucong.gov.vn", "/tra-cuu", "/noi-tiep-nhan", "/su-kien"}
    return procedures | places | fixed


def test_every_commune_that_is_named_is_one_of_the_sample():
    capitals = "".join(chr(code) for code in range(0x41, 0x1EF5) if chr(code).isupper())
    commune = re.compile(rf"(?<!\w)(?:xã|phường)(?: [{capitals}]\w*)+")
    named = {name for where, text in prose() for name in commune.findall(text)}
    assert len(named) >= 3
    known = " ".join(agency["name"] for agency in agencies())
    assert [name for name in named if name not in known] == []


def test_the_entries_ask_and_answer():
    entries = enquiries()["entries"]
    assert len({one["title"] for one in entries}) == len(entries) == 14
    assert [one for one in entries if not one["title"].endswith("?")] == []
    known = {code for code, _ in catalogue()}
    assert {code for one in entries for code in one.get("procedures", ())} <= known


def test_about_and_privacy_say_that_this_is_a_sample():
    for slug in ("gioi-thieu", "bao-ve-du-lieu", "huong-dan-nop-ho-so"):
        page = next(one for one in pages() if one["slug"] == slug)
        assert "trang mẫu" in page["body_text"].lower(), slug


def test_life_events_are_eight_for_citizens_and_four_for_business():
    audiences = [one["audience"] for one in life_events()]
    assert audiences.count(EventAudience.CITIZEN) == 8
    assert audiences.count(EventAudience.BUSINESS) == 4


@pytest.mark.parametrize("event", life_events(), ids=lambda one: one["slug"])
def test_a_life_event_leads_step_by_step_to_current_procedures(event):
    assert set(event) == {"slug", "title", "audience", "intro", "steps"}
    assert 80 <= len(event["intro"]) <= 300
    assert 3 <= len(event["steps"]) <= 7
    for step in event["steps"]:
        assert set(step) == {"title", "text", "procedures"}
        assert 3 <= len(step["title"]) <= 90
        assert 40 <= len(step["text"]) <= 400
    named = [(one["code"], one["level"]) for step in event["steps"] for one in step["procedures"]]
    assert len(named) >= 3
    assert len(named) == len(set(named))
    for key in named:
        assert key in catalogue(), key
        assert key[1] != "huyện"
        assert not is_historical(catalogue()[key]["as_of"]), key


def test_procedures_named_in_articles_and_pages_are_current():
    bodies = [one["body_text"] for one in [*articles(), *pages()]]
    named = {code for body in bodies for code in re.findall(r"\b\d\.\d{6}\b", body)}
    assert named
    for code in named:
        records = [one for (known, _), one in catalogue().items() if known == code]
        assert any(not is_historical(one["as_of"]) for one in records), code


MAIL_VALUES = {
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
}


#: What a mail is told beside words.
MAIL_FLAGS: dict[str, dict[str, bool]] = {
    "supplement_asked": {"clock_runs": True},
    "supplement_received": {"at_desk": True},
    "stopped": {"expired": True},
    "deadline": {"overdue": False, "prepared": True},
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
