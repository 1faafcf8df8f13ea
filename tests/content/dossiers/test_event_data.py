"""What events carry: written and read again the same, and read whatever is there."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.dossiers.event_data import (
    Apologised,
    ChargeLine,
    CountedPaper,
    Item,
    MoneyTaken,
    Received,
    RefusedAfterAppraisal,
    ResultReturned,
    SignedBy,
    Stopped,
    SupplementAsked,
    as_data,
)

SAID = [
    SupplementAsked(
        items=(Item(paper="Bản sao giấy khai sinh", remark="Bản nộp bị mờ"),),
        reason="Giấy tờ chưa rõ",
        reply_by=date(2026, 3, 2),
        number=5,
        symbol="HDHS",
    ),
    Apologised(
        old_due=date(2026, 3, 2),
        new_due=date(2026, 3, 9),
        reason="Cần xác minh thêm",
        signed_by=SignedBy(name="Trần Văn Nam", title="CHỦ TỊCH"),
    ),
    Stopped(reason="Hết thời hạn bổ sung", stage="Thẩm định", requested_on=date(2026, 3, 2)),
    RefusedAfterAppraisal(reason="Không đủ điều kiện", legal_basis="Luật Hộ tịch 2014"),
    MoneyTaken(charges=(ChargeLine(name="Lệ phí", amount=8000, paid=True),), means="tiền mặt"),
    ResultReturned(
        recipient="Lê Thị Hoa",
        papers=(CountedPaper(name="Trích lục", originals=1),),
        originals_back=(CountedPaper(name="Sổ hộ khẩu", originals=1),),
    ),
    Received(register={"year": 2026, "number": 3}, charges=()),
]


@pytest.mark.parametrize("said", SAID, ids=lambda said: type(said).__name__)
def test_what_is_written_is_read_again(said):
    assert type(said).of(json.loads(json.dumps(as_data(said)))) == said


def test_bare_names_are_papers_and_a_bare_name_signs():
    data = {"items": ["Ảnh thẻ", {"paper": "  "}, 7], "reply_by": "2026-03-02T17:00:00+07:00"}
    asked = SupplementAsked.of(data)
    assert asked.items == (Item(paper="Ảnh thẻ"),)
    assert asked.reply_by == date(2026, 3, 2)
    assert Apologised.of({"signed_by": "Trần Văn Nam"}).signed_by == SignedBy(name="Trần Văn Nam")


_ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=6,
)
_KEYS = st.sampled_from(
    ["items", "number", "reply_by", "old_due", "charges", "papers", "signed_by", "register", "x"]
)


@given(st.dictionaries(_KEYS, _ANYTHING))
def test_whatever_a_log_holds_can_be_read(data):
    for said in SAID:
        type(said).of(data)


def test_the_number_of_the_slip_is_no_other_number_of_the_act() -> None:
    # A request is the dossier's first; its slip is the agency's second of the year.
    told = SupplementAsked.of({"number": 1, "slip": {"number": 2, "symbol": "HDHS"}})
    assert (told.number, told.symbol) == (2, "HDHS")
