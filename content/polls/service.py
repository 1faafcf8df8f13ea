"""Asking and counting. Words of a poll that has votes stay as they were voted on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import CursorResult, select, update
from sqlalchemy.orm import Session

from content.errors import Invalid, InvalidTransition
from content.polls.models import LEAST_OPTIONS, MAX_WORDS, MOST_OPTIONS, Poll, PollOption
from content.text import clean
from content.writing import saving, trash

#: Ended polls that the list still shows.
ENDED_SHOWN = 10


class PollService:
    """The polls of one site."""

    def __init__(self, session: Session, now: datetime) -> None:
        self.session = session
        self.now = now

    def save(
        self, poll: Poll, values: Mapping[str, Any], *, revision: int, actor_id: int | None
    ) -> Poll:
        """A new poll (``revision`` 0) or a changed one; ``options`` one a line. ``Invalid``:
        ``times``, ``options_few``, ``options_many``, ``options_same``, ``options_long``,
        ``has_votes`` (words changed after the first vote); ``Conflict`` as everywhere."""
        given = dict(values)
        words = _words(given.pop("options"))
        if given["ends_at"] <= given["starts_at"]:
            raise Invalid({"ends_at": "times"}, code="times")
        same = [one.words for one in poll.options] == words and poll.question == given["question"]
        if not same and poll.votes:
            raise Invalid({"options": "has_votes"}, code="has_votes")
        saving.write(
            self.session,
            poll,
            given,
            revision=revision,
            actor_id=actor_id,
            now=self.now,
            action="poll.saved",
        )
        if not same:
            poll.options[:] = [
                PollOption(position=position, words=one, votes=0)
                for position, one in enumerate(words)
            ]
        return poll

    def delete(self, poll: Poll, *, actor_id: int | None) -> None:
        """Into the bin, votes and all."""
        trash.put(self.session, poll, actor_id, self.now)

    def vote(self, poll: Poll, option_id: int) -> None:
        """Count one vote. ``InvalidTransition`` while the poll is not open, ``Invalid``
        ``option`` for an answer of another poll."""
        if not is_open(poll, self.now):
            raise InvalidTransition("poll_closed", poll=poll.id)
        # In the database, so that two who vote at once are both counted.
        grown = (
            update(PollOption)
            .where(PollOption.id == option_id, PollOption.poll_id == poll.id)
            .values(votes=PollOption.votes + 1)
        )
        if not cast(CursorResult[Any], self.session.execute(grown)).rowcount:
            raise Invalid({"option": "option"}, code="option")


def _words(text: str) -> list[str]:
    words = [line for line in clean(text, multiline=True).split("\n") if line.strip()]
    problem = None
    if len(words) < LEAST_OPTIONS:
        problem = "options_few"
    elif len(words) > MOST_OPTIONS:
        problem = "options_many"
    elif len(set(words)) < len(words):
        problem = "options_same"
    elif any(len(one) > MAX_WORDS for one in words):
        problem = "options_long"
    if problem:
        raise Invalid({"options": problem}, code=problem)
    return words


def is_open(poll: Poll, now: datetime) -> bool:
    """Whether votes are taken."""
    return poll.starts_at <= now < poll.ends_at


@dataclass(frozen=True)
class Share:
    """An answer with its votes; ``percent`` is rounded half up, 0 without votes."""

    words: str
    votes: int
    percent: int


def shares(poll: Poll) -> list[Share]:
    """The result, in the order of the answers."""
    total = poll.votes
    return [
        Share(one.words, one.votes, (200 * one.votes + total) // (2 * total) if total else 0)
        for one in poll.options
    ]


def begun(session: Session, now: datetime) -> tuple[Sequence[Poll], Sequence[Poll]]:
    """Polls that take votes, and the last that ended."""
    query = select(Poll).where(trash.in_use(Poll), Poll.starts_at <= now)
    running = session.scalars(query.where(Poll.ends_at > now).order_by(Poll.ends_at, Poll.id))
    ended = query.where(Poll.ends_at <= now).order_by(Poll.ends_at.desc(), Poll.id)
    return running.all(), session.scalars(ended.limit(ENDED_SHOWN)).all()


def all_polls(session: Session) -> Sequence[Poll]:
    """Everything that is not in the bin, the last first."""
    query = select(Poll).where(trash.in_use(Poll)).order_by(Poll.starts_at.desc(), Poll.id)
    return session.scalars(query).all()
