"""The suggestion box: what is kept of whom, how far a suggestion goes, the monthly record."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from content.audit import AuditEntry
from content.errors import Conflict, Invalid, InvalidTransition
from content.outbox import OutboxJob
from content.suggestions import records, service
from content.suggestions.models import Channel, OpeningRecord, Suggestion, SuggestionState
from content.suggestions.records import RecordService
from content.suggestions.service import SuggestionService
from tests.support.clock import StoppedClock

OPENED = datetime(2026, 11, 20, 2, tzinfo=UTC)


@pytest.fixture
def box(any_session: Session, clock: StoppedClock) -> SuggestionService:
    return SuggestionService(any_session, clock())


def send(box: SuggestionService, text: str = "Xin thêm ghế chờ.", **given: Any) -> Suggestion:
    usual = {"name": "Bà Mẫu", "email": "mau@example.vn", "phone": "0912345678"}
    return box.send(text, **{"is_anonymous": False, "consent": True, **usual, **given})


def problems(call: Any, *args: Any, **named: Any) -> dict[str, str]:
    with pytest.raises(Invalid) as refused:
        call(*args, **named)
    return refused.value.problems


def record(box: SuggestionService, month: date = date(2026, 11, 1), **given: Any) -> OpeningRecord:
    values = {
        "month": month,
        "opened_at": OPENED,
        "place": "Sảnh chính",
        "opener": "Bà Hoa, văn thư",
        "witnesses": "",
        "letters": 2,
        "conclusion": "",
    }
    keeper = RecordService(box.session, box.now)
    return keeper.save(OpeningRecord(), {**values, **given}, revision=0, actor_id=None)


def test_whoever_stays_unknown_leaves_no_name(box: SuggestionService) -> None:
    found = send(box, is_anonymous=True, consent=False)
    assert (found.name, found.email, found.phone, found.consented_at) == ("", "", "", None)
    assert service.find(box.session, found.code.lower()) is found


def test_a_name_is_kept_only_with_consent(box: SuggestionService) -> None:
    assert problems(send, box, consent=False) == {"consent": "consent"}
    assert problems(send, box, name=" ") == {"name": "required"}
    assert send(box).consented_at == box.now


def test_what_cannot_be_taken_is_said(box: SuggestionService) -> None:
    assert problems(send, box, " \n ") == {"text": "required"}
    assert problems(send, box, "x" * 4001) == {"text": "too_long"}
    assert problems(send, box, "http://a http://b www.c") == {"text": "too_many_links"}


def test_an_answer_is_mailed_and_may_be_bettered(box: SuggestionService) -> None:
    found = send(box)
    box.answer(found, "Đã thêm.", revision=found.revision, actor_id=None)
    box.session.flush()  # the counter of the row grows
    box.answer(found, "Đã thêm mười ghế.", revision=found.revision, actor_id=None)
    box.session.flush()  # the same
    jobs = box.session.scalars(select(OutboxJob).where(OutboxJob.kind == "mail")).all()
    assert {one.payload["to"] for one in jobs} == {"mau@example.vn"}
    assert found.state is SuggestionState.ANSWERED
    with pytest.raises(Conflict):
        box.refuse(found, "x", revision=1, actor_id=None)


def test_closing_erases_who_wrote_it(box: SuggestionService) -> None:
    found = send(box)
    assert problems(box.close, found, "", revision=1, actor_id=None) == {"note": "required"}
    box.close(found, "Đã gọi điện trả lời.", revision=1, actor_id=None)
    box.session.flush()  # the counter of the row grows
    assert (found.name, found.email, found.phone) == ("", "", "")
    with pytest.raises(InvalidTransition):
        box.answer(found, "x", revision=found.revision, actor_id=None)


def test_the_audit_names_no_writer(box: SuggestionService) -> None:
    found = send(box)
    box.close(found, "Xong.", revision=1, actor_id=None)
    box.session.flush()  # audit lines are read
    lines = box.session.scalars(select(AuditEntry)).all()
    assert [one.action for one in lines] == ["suggestion.closed"]
    assert lines[0].data == {}


def test_a_record_lists_what_came_in_its_month_and_the_letters_of_its_box(
    box: SuggestionService,
) -> None:
    online = send(box)
    call = box.write_down("Quầy 4 chờ lâu.", Channel.PHONE, actor_id=None)
    of_october = record(box, date(2026, 10, 1))
    of_november = record(box)
    letter = box.write_down("Xin ghế.", Channel.BOX, record=of_october, actor_id=None)
    assert [one.code for one in records.lines(box.session, of_october)] == [letter.code]
    listed = records.lines(box.session, of_november)
    assert {one.code for one in listed} == {online.code, call.code}
    count = records.count(of_november, listed)
    assert (count.online, count.phone, count.letters, count.unwritten, count.total) == (
        1,
        1,
        2,
        2,
        4,
    )


def test_a_sealed_record_stays_as_it_was(box: SuggestionService, clock: StoppedClock) -> None:
    found, one = send(box), record(box)
    keeper = RecordService(box.session, box.now)
    assert problems(keeper.seal, one, actor_id=None) == {"month": "month_runs"}
    clock.move(days=10)
    keeper = RecordService(box.session, clock())
    keeper.seal(one, actor_id=None)
    box.close(found, "Xong.", revision=found.revision, actor_id=None)
    [line] = records.lines(box.session, one)
    assert (line.code, line.state) == (found.code, "new")
    with pytest.raises(InvalidTransition):
        box.write_down("Muộn.", Channel.BOX, record=one, actor_id=None)
    with pytest.raises(InvalidTransition):
        keeper.save(one, {}, revision=one.revision, actor_id=None)


def test_a_record_that_cannot_be_is_refused(box: SuggestionService) -> None:
    one = record(box, letters=0)
    assert problems(record, box) == {"month": "month_taken"}
    december = date(2026, 12, 1)
    assert problems(record, box, december) == {"opened_at": "too_early"}
    late = datetime(2026, 12, 5, tzinfo=UTC)
    assert problems(record, box, december, opened_at=late) == {"opened_at": "in_future"}
    box.write_down("Xin ghế.", Channel.BOX, record=one, actor_id=None)
    keeper = RecordService(box.session, box.now)
    values = {"month": one.month, "opened_at": OPENED, "letters": 0}
    named = {"revision": one.revision, "actor_id": None}
    assert problems(keeper.save, one, values, **named) == {"letters": "fewer_letters"}


def test_a_month_without_anything_counts_zero(box: SuggestionService) -> None:
    empty = record(box, date(2026, 9, 1), letters=0)
    listed = records.lines(box.session, empty)
    assert records.count(empty, listed).total == 0
