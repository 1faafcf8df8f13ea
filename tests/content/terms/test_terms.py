"""The glossary: Vietnamese order, names of one term only, links from the first mention."""

import json
import re
from pathlib import Path

import nh3
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from content import changes, seed
from content.errors import Conflict, Invalid
from content.news.cleaning import sanitise
from content.terms import service
from content.terms.linking import COUNTER, Linker
from content.terms.models import Term
from content.terms.service import TermService
from content.text import nfc
from content.writing import trash
from tests.support.clock import StoppedClock

LINKER = Linker({"một cửa": "mot-cua", "Bộ phận Một cửa": "mot-cua", "lệ phí": "le-phi"})
LINK = '<a class="term" href="/t#mot-cua">'


@pytest.fixture
def terms(any_session: Session, clock: StoppedClock) -> TermService:
    return TermService(any_session, clock())


def add(terms: TermService, name: str, *others: str, **given: object) -> Term:
    values = {"name": name, "others": list(others), "meaning": "Nghĩa.", "bases": []}
    return terms.save(Term(), {**values, "is_linked": True, **given}, revision=0, actor_id=None)


def test_terms_stand_under_the_letters_of_the_vietnamese_alphabet(terms: TermService) -> None:
    for name in ("đơn", "ủy quyền", "âm lịch", "án phí", "dấu", "ưu đãi", "ăn ở", "12 số", "ảnh"):
        add(terms, name)
    found = list(service.by_letter(service.all_terms(terms.session)))
    assert [letter for letter, _group in found] == ["0–9", "A", "Ă", "Â", "D", "Đ", "U", "Ư"]
    assert [one.name for one in found[1][1]] == ["án phí", "ảnh"]


def test_a_name_belongs_to_one_term(terms: TermService) -> None:
    kept = add(terms, "một cửa", "Bộ phận Một cửa")
    for name, others, code in (
        ("Bo phan mot cua", (), "name_taken"),
        ("quầy", ("MỘT CỬA",), "other_taken"),
    ):
        with pytest.raises(Invalid, match=code):
            add(terms, name, *others)
    with pytest.raises(Conflict):
        terms.save(kept, {"name": "x", "others": []}, revision=7, actor_id=None)
    assert add(terms, "một-cửa").slug == "mot-cua-2"


def test_what_is_kept_of_the_terms_goes_stale_with_every_change(terms: TermService) -> None:
    session = terms.session
    seen = [changes.generation(session, COUNTER)]
    one = add(terms, "lệ phí")
    seen.append(changes.generation(session, COUNTER))
    assert "le-phi" in service.linker(session).linked("Nộp lệ phí.", "/t")
    terms.delete(one, by=None)
    seen.append(changes.generation(session, COUNTER))
    assert service.linker(session).linked("Nộp lệ phí.", "/t") == "Nộp lệ phí."
    trash.restore(session, one, None, terms.now)
    seen.append(changes.generation(session, COUNTER))
    assert seen == sorted(set(seen))
    assert [one.name for one in service.with_words(service.all_terms(session), "LE phi")] == [
        "lệ phí"
    ]


@pytest.mark.parametrize(
    ("html", "linked"),
    [
        ("<p>Đến một cửa, một cửa.</p>", f"<p>Đến {LINK}một cửa</a>, một cửa.</p>"),
        ("<p>Bộ phận Một cửa</p>", f"<p>{LINK}Bộ phận Một cửa</a></p>"),
        ('<p><a href="/x">một cửa</a></p>', '<p><a href="/x">một cửa</a></p>'),
        ("<h2>Một <em>một cửa</em></h2>", "<h2>Một <em>một cửa</em></h2>"),
        ("<p>một cửakhẩu, xmột cửa</p>", "<p>một cửakhẩu, xmột cửa</p>"),
        ('<img src="/tep/a" alt="a > một cửa">', '<img src="/tep/a" alt="a > một cửa">'),
        ("<p>chưa có gì</p>", "<p>chưa có gì</p>"),
    ],
)
def test_the_first_mention_as_a_whole_word_is_linked(html: str, linked: str) -> None:
    assert LINKER.linked(html, "/t") == linked


IMAGE = "<img src='/tep/0123456789ab/a.png' alt='một cửa > \"lệ phí'>"
PIECES = st.sampled_from(
    [
        *("một cửa", "Một cửa ", "lệ phí", "x", "&amp;", " < ", "a > b", IMAGE),
        *("</p>", "<a href='/x'>", "</a>", "<h2>", "</h2>"),
    ]
)


@given(st.lists(PIECES, max_size=12).map("".join))
def test_linking_adds_links_and_nothing_else(html: str) -> None:
    clean = sanitise(html)
    linked = LINKER.linked(clean, "/t")
    assert re.sub(r'<a class="term" href="/t#[a-z-]+">([^<]*)</a>', r"\1", linked) == clean
    assert nh3.clean(linked, tags=set()) == nh3.clean(clean, tags=set())
    assert linked.count("#mot-cua") <= 1


def test_nothing_is_linked_where_there_are_no_terms() -> None:
    assert Linker({}).linked("<p>một cửa</p>", "/t") == "<p>một cửa</p>"


def test_the_sample_explains_and_each_name_stands_once() -> None:
    path = Path(seed.__file__).parent / "terms.json"
    given = json.loads(path.read_text("utf-8"))
    names = [name.lower() for one in given for name in (one["name"], *one.get("others", ()))]
    assert len(given) >= 15
    assert len(names) == len(set(names))
    for one in given:
        assert nfc(repr(one)) == repr(one)
        assert 60 <= len(one["meaning"]) <= 400
        assert one["meaning"].endswith(".")
