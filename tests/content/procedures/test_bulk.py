"""Fees and limits of many: every change is shown before, written into drafts only."""

from typing import Any

import pytest
from sqlalchemy.orm import Session

from content.errors import Conflict
from content.procedures import bulk, editing, publishing
from content.procedures.bulk import Act, Chosen, Task, shortened
from content.procedures.drafting import DraftService, draft_of, subject_of
from content.procedures.merging.queue import working
from content.writing import revisions
from tests.content.procedures.conftest import NOW, record, take_in

HERE = Chosen(words="dang ky thu")


@pytest.mark.parametrize(
    ("value", "unit", "percent", "after"),
    [
        (15, "ngày làm việc", 30, 10.5),
        (3, "ngày làm việc", 30, 2.5),
        (10, "ngày", 20, 8),
        (8, "giờ", 30, 6),
        (1, "tháng", 30, None),
        (0.5, "ngày", 50, None),
        (20, "ngày", 10, 18),
    ],
)
def test_a_shortened_limit_is_rounded_up_by_its_unit(
    value: float, unit: str, percent: int, after: float | None
) -> None:
    found = shortened({"value": value, "unit": unit}, percent)
    assert (found["value"] if found else None) == after


def test_what_is_shown_is_what_is_written_into_drafts(session: Session) -> None:
    versions = take_in(session, record(), record(code="1.000002"))
    task = Task(Act.FEE_PERCENT, 30)
    shown = bulk.preview(session, HERE, task)
    assert [(line.before, line.after) for line in shown.lines] == [
        ("8.000 đồng", "10.400 đồng")
    ] * 2
    assert bulk.apply(session, HERE, task, mark=shown.mark, actor_id=None, now=NOW) == 2
    for version in versions:
        assert working(version.procedure)["fee"][0]["amount"] == 10_400
        assert version.document["fee"][0]["amount"] == 8000


@pytest.mark.parametrize(
    ("own", "lines"),
    [
        (None, [("(không có); theo quy định: 3 ngày làm việc", "2,5 ngày làm việc")]),
        (3, [("3 ngày làm việc; theo quy định: 3 ngày làm việc", "2,5 ngày làm việc")]),
        (2.5, []),
        (1, []),
    ],
)
def test_shortening_never_lengthens_and_says_what_the_law_gives(
    session: Session, own: float | None, lines: list[tuple[str, str]]
) -> None:
    limit = own and {"value": own, "unit": "ngày làm việc", "text": None}
    take_in(session, record(local_limit=limit))
    shown = bulk.preview(session, HERE, Task(Act.LIMIT_PERCENT, 30))
    assert [(line.before, line.after) for line in shown.lines] == lines


def test_a_limit_in_another_unit_is_left_alone(session: Session) -> None:
    take_in(session, record(local_limit={"value": 8, "unit": "giờ", "text": None}))
    assert bulk.preview(session, HERE, Task(Act.LIMIT_PERCENT, 30)).lines == []


def test_a_fee_of_another_kind_or_currency_is_left_alone(session: Session) -> None:
    fees: list[dict[str, Any]] = [
        {"kind": "phí", "amount": 100},
        {"kind": "lệ phí", "amount": 200},
        {"kind": "phí", "amount": 300, "currency": "USD"},
    ]
    (version,) = take_in(session, record(fee=fees))
    task = Task(Act.FEE_SET, 0, "phí")
    mark = bulk.preview(session, HERE, task).mark
    bulk.apply(session, HERE, task, mark=mark, actor_id=None, now=NOW)
    assert [fee["amount"] for fee in working(version.procedure)["fee"]] == [0, 200, 300]


def test_nothing_is_written_if_something_moved_since_the_preview(session: Session) -> None:
    (version,) = take_in(session, record())
    task = Task(Act.LIMIT_PERCENT, 30)
    mark = bulk.preview(session, HERE, task).mark
    editing.set_fee(editing.open_draft(version.procedure, now=NOW), 0, amount=1)
    with pytest.raises(Conflict):
        bulk.apply(session, HERE, task, mark=mark, actor_id=None, now=NOW)
    assert "local_limit" not in working(version.procedure)


def test_what_waits_for_a_decision_is_named_and_left(session: Session) -> None:
    (version,) = take_in(session, record())
    publishing.submit(editing.open_draft(version.procedure, now=NOW))
    shown = bulk.preview(session, HERE, Task(Act.LIMIT_PERCENT, 30))
    assert shown.waiting == [version.procedure]
    assert shown.lines == []


def test_a_bulk_change_is_among_the_saves_and_can_be_taken_back(session: Session) -> None:
    (version,) = take_in(session, record())
    task = Task(Act.FEE_PERCENT, 30)
    bulk.apply(
        session, HERE, task, mark=bulk.preview(session, HERE, task).mark, actor_id=None, now=NOW
    )
    draft = draft_of(version.procedure)
    assert draft is not None
    kept = revisions.history(session, subject_of(draft))
    assert [one.note for one in kept] == [bulk.NOTE, "Mở bản nháp"]
    DraftService(session, NOW, None).restore(draft, kept[-1].number)
    assert draft.document["fee"][0]["amount"] == 8000
