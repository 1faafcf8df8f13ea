"""The monthly record of opening the box: what came, by which way, and how far it is.

A month without anything is a record too, and says so.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from content.calendar.working import at
from content.errors import Invalid, InvalidTransition
from content.suggestions.models import Channel, OpeningRecord, Suggestion
from content.words import local, short_date
from content.writing import saving

#: Letters of a suggestion that the list shows.
SUMMARY = 160


@dataclass(frozen=True)
class Line:
    """A suggestion in the list of a record; nobody is named."""

    code: str
    channel: str
    received: str
    summary: str
    state: str


@dataclass(frozen=True)
class Count:
    """How many came by each way; ``unwritten`` letters were empty or not to be read."""

    online: int
    phone: int
    letters: int
    unwritten: int

    @property
    def total(self) -> int:
        """All of them."""
        return self.online + self.phone + self.letters


class RecordService:
    """The records of one authority."""

    def __init__(self, session: Session, now: datetime) -> None:
        self.session = session
        self.now = now

    def save(
        self,
        record: OpeningRecord,
        values: Mapping[str, Any],
        *,
        revision: int,
        actor_id: int | None,
    ) -> OpeningRecord:
        """A new record (``revision`` 0) or a changed one. ``Invalid``: ``month_taken``,
        ``too_early`` (opened before the month began), ``in_future``, ``fewer_letters``;
        ``InvalidTransition`` once it is sealed."""
        _check_open(record)
        first = values["month"]
        taken = self.session.scalars(
            select(OpeningRecord.id).where(OpeningRecord.month == first)
        ).first()
        if taken is not None and taken != record.id:
            raise Invalid({"month": "month_taken"}, code="month_taken")
        if values["opened_at"] < at(first, time(0)):
            raise Invalid({"opened_at": "too_early"}, code="too_early")
        if values["opened_at"] > self.now:
            raise Invalid({"opened_at": "in_future"}, code="in_future")
        if record.id and values["letters"] < len(letters_of(self.session, record)):
            raise Invalid({"letters": "fewer_letters"}, code="fewer_letters")
        saving.write(
            self.session,
            record,
            values,
            revision=revision,
            actor_id=actor_id,
            now=self.now,
            action="suggestion_record.saved",
        )
        return record

    def seal(self, record: OpeningRecord, *, actor_id: int | None) -> None:
        """Freeze the list. ``Invalid``: ``month_runs`` (the month is not over),
        ``fewer_letters`` (more were written down than counted)."""
        _check_open(record)
        if local(self.now).date() < _next_month(record.month):
            raise Invalid({"month": "month_runs"}, code="month_runs")
        if record.letters < len(letters_of(self.session, record)):
            raise Invalid({"letters": "fewer_letters"}, code="fewer_letters")
        record.lines = [asdict(one) for one in lines(self.session, record)]
        record.sealed_at, record.sealed_by = self.now, actor_id
        subject = f"suggestion_record:{record.id}"
        action = "suggestion_record.sealed"
        saving.note(self.session, subject, action, actor_id=actor_id, now=self.now)


def _check_open(record: OpeningRecord) -> None:
    if record.sealed_at is not None:
        raise InvalidTransition("sealed")


def _next_month(month: date) -> date:
    return (month + timedelta(days=31)).replace(day=1)


def lines(session: Session, record: OpeningRecord) -> list[Line]:
    """What the record lists: as it was sealed, else as it stands now."""
    if record.sealed_at is not None:
        return [Line(**one) for one in record.lines]
    return [
        Line(
            one.code,
            one.channel.value,
            short_date(local(one.received_at)),
            one.text if len(one.text) <= SUMMARY else one.text[: SUMMARY - 1] + "…",
            one.state.value,
        )
        for one in _of_month(session, record)
    ]


def count(record: OpeningRecord, listed: Sequence[Line]) -> Count:
    """The figures of the record."""
    by = [one.channel for one in listed]
    written = by.count(Channel.BOX)
    letters = max(record.letters, written)
    return Count(by.count(Channel.ONLINE), by.count(Channel.PHONE), letters, letters - written)


def letters_of(session: Session, record: OpeningRecord) -> Sequence[Suggestion]:
    """The letters that were written down at this opening."""
    query = select(Suggestion).where(Suggestion.record_id == record.id)
    return session.scalars(query.order_by(Suggestion.id)).all()


def _of_month(session: Session, record: OpeningRecord) -> Sequence[Suggestion]:
    begins, ends = at(record.month, time(0)), at(_next_month(record.month), time(0))
    came = and_(
        Suggestion.channel != Channel.BOX,
        Suggestion.received_at >= begins,
        Suggestion.received_at < ends,
    )
    query = select(Suggestion).where(or_(came, Suggestion.record_id == (record.id or 0)))
    return session.scalars(query.order_by(Suggestion.received_at, Suggestion.id)).all()


def all_records(session: Session) -> Sequence[OpeningRecord]:
    """All of them, the last month first."""
    return session.scalars(select(OpeningRecord).order_by(OpeningRecord.month.desc())).all()
