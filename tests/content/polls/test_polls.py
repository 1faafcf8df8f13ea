"""Polls: what may be asked, how votes are counted."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from content.errors import Conflict, Invalid, InvalidTransition
from content.polls.models import Poll, PollOption
from content.polls.service import PollService, begun, shares
from tests.support.clock import StoppedClock


@pytest.fixture
def polls(any_session: Session, clock: StoppedClock) -> PollService:
    return PollService(any_session, clock())


def ask(polls: PollService, poll: Poll | None = None, **given: Any) -> Poll:
    values = {
        "question": "Giờ nào tiện cho ông/bà?",
        "options": "Sáng\nChiều\nSau 17 giờ",
        "note": "",
        "starts_at": polls.now,
        "ends_at": polls.now + timedelta(days=7),
        **given,
    }
    one = poll or Poll()
    found = polls.save(one, values, revision=one.revision or 0, actor_id=None)
    polls.session.flush()  # answers have ids
    return found


def refusal(call: Any, *args: Any, **named: Any) -> str:
    with pytest.raises(Invalid) as refused:
        call(*args, **named)
    return refused.value.code


def test_a_poll_needs_answers_that_differ_and_an_end(polls: PollService) -> None:
    for options, code in (
        ("Sáng", "options_few"),
        ("\n".join(str(number) for number in range(13)), "options_many"),
        ("Sáng\nSáng", "options_same"),
        ("Sáng\n" + "x" * 201, "options_long"),
    ):
        assert refusal(ask, polls, options=options) == code
    assert refusal(ask, polls, ends_at=polls.now) == "times"


def test_votes_are_counted_and_shown_in_percent(polls: PollService) -> None:
    poll = ask(polls)
    first, second, _third = (one.id for one in poll.options)
    for option in (first, first, second):
        polls.vote(poll, option)
    polls.session.expire_all()
    assert [(one.votes, one.percent) for one in shares(poll)] == [(2, 67), (1, 33), (0, 0)]


def test_what_was_voted_on_is_not_rewritten(polls: PollService) -> None:
    poll = ask(polls)
    ask(polls, poll, options="Sáng\nTối")
    assert [one.words for one in poll.options] == ["Sáng", "Tối"]
    polls.vote(poll, poll.options[0].id)
    polls.session.expire_all()
    assert refusal(ask, polls, poll, options="Sáng\nChiều") == "has_votes"
    assert refusal(ask, polls, poll, options="Sáng\nTối", question="Khác?") == "has_votes"
    later = polls.now + timedelta(days=30)
    ask(polls, poll, options="Sáng\nTối", ends_at=later)
    assert poll.votes == 1
    with pytest.raises(Conflict):
        polls.save(poll, {**vars(poll), "options": "Sáng\nTối"}, revision=0, actor_id=None)


def test_only_an_open_poll_takes_votes_for_its_own_answers(polls: PollService) -> None:
    poll, other = ask(polls), ask(polls, question="Câu khác?")
    assert refusal(polls.vote, poll, other.options[0].id) == "option"
    late = PollService(polls.session, polls.now + timedelta(days=7))
    with pytest.raises(InvalidTransition):
        late.vote(poll, poll.options[0].id)
    assert begun(polls.session, polls.now) == ([poll, other], [])
    polls.delete(other, actor_id=None)
    assert begun(polls.session, late.now) == ([], [poll])


@given(st.lists(st.integers(0, 10**6), min_size=2, max_size=12))
def test_shares_of_any_result_are_near_a_hundred(votes: list[int]) -> None:
    poll = Poll(options=[PollOption(words=str(n), votes=one) for n, one in enumerate(votes)])
    found = [one.percent for one in shares(poll)]
    assert all(0 <= one <= 100 for one in found)
    if any(votes):
        assert abs(sum(found) - 100) <= len(votes) / 2
    else:
        assert sum(found) == 0
