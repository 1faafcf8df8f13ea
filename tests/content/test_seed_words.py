"""The sample's own prose: articles, pages, life events and mails keep the house's rules."""

import json
import re
import unicodedata
from collections.abc import Iterator
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

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
from tests.support.clock import StoppedClock

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


@pytest.mark.parametrize(("load", "count"), [(articles, 12), (pages, 6), (life_events, 12)])
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
    fixed |= {"/thong-ke", "/tin-tuc", "/gop-y", "/khieu-nai-to-cao"}
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
