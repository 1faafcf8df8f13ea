"""Calls to applicants: who called, when, which number, and what came of it.

A note is written once and never changed. Whom to call today is worked out from the dossiers
themselves: nothing is remembered that could be forgotten.
"""

from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Date, Index, String, Text, event, select
from sqlalchemy.orm import Mapped, Mapper, Session, mapped_column, relationship

from content.dossiers.handling import HandlingService, capacities
from content.dossiers.models import MAX_CONTACT, Dossier
from content.dossiers.reasons import demand_short
from content.errors import Invalid, InvalidTransition, NotAllowed
from content.orm import Base, Id, by_value, reference
from content.people.models import Account
from content.procedures.forms.identity import is_phone
from content.text import clean
from content.words import local

MAX_TEXT = 1000
#: A call may be written down afterwards, not a week later.
MAX_AGE = timedelta(days=7)
MAX_AHEAD = timedelta(days=31)


class CallOutcome(StrEnum):
    """What came of a call."""

    REACHED = "reached"
    NO_ANSWER = "no_answer"
    WRONG_NUMBER = "wrong_number"
    CALL_AGAIN = "call_again"


OUTCOME_NAMES = {
    CallOutcome.REACHED: "Đã nói chuyện với người nộp",
    CallOutcome.NO_ANSWER: "Không nghe máy",
    CallOutcome.WRONG_NUMBER: "Sai số điện thoại",
    CallOutcome.CALL_AGAIN: "Hẹn gọi lại",
}


class ContactNote(Base):
    """One call. ``call_again_on`` is the day that was agreed on."""

    __tablename__ = "contact_note"
    __table_args__ = (Index("ix__contact_note__calls", "dossier_id", "called_at"),)

    id: Mapped[Id]
    dossier_id: Mapped[int] = reference("dossier.id", index=False)
    called_at: Mapped[datetime]
    by_id: Mapped[int] = reference("account.id")
    by_name: Mapped[str] = mapped_column(String(120))
    phone: Mapped[str] = mapped_column(String(MAX_CONTACT))
    outcome: Mapped[CallOutcome] = mapped_column(by_value(CallOutcome))
    text: Mapped[str] = mapped_column(Text, default="")
    call_again_on: Mapped[date | None] = mapped_column(Date)
    noted_at: Mapped[datetime]

    dossier: Mapped[Dossier] = relationship()


@event.listens_for(ContactNote, "before_update")
@event.listens_for(ContactNote, "before_delete")
def _written_once(_mapper: Mapper[Any], _connection: Any, note: ContactNote) -> None:
    raise InvalidTransition("log_is_append_only", dossier=note.dossier_id)


def calls_of(session: Session, dossier: Dossier) -> list[ContactNote]:
    """The calls about a dossier, the last first."""
    query = select(ContactNote).where(ContactNote.dossier_id == dossier.id)
    return list(
        session.scalars(query.order_by(ContactNote.called_at.desc(), ContactNote.id.desc()))
    )


class ContactService(HandlingService):
    """Writing calls down, as of one instant."""

    def note(
        self,
        dossier: Dossier,
        officer: Account,
        phone: str,
        outcome: CallOutcome,
        text: str = "",
        *,
        called_at: datetime | None = None,
        call_again_on: date | None = None,
    ) -> ContactNote:
        """Write a call down. Raises ``Invalid`` (``phone``, ``text``, ``called_at``,
        ``call_again_on``) and ``NotAllowed("not_your_desk")``."""
        if not capacities(self.session, officer, dossier, self.now):
            raise NotAllowed("not_your_desk")
        number = clean(phone)
        if not is_phone(number):
            raise Invalid({"phone": "not_a_phone"})
        note = ContactNote(
            dossier_id=dossier.id,
            called_at=self._moment(called_at),
            by_id=officer.id,
            by_name=officer.name,
            phone=number,
            outcome=outcome,
            text=demand_short(text, "text", MAX_TEXT),
            call_again_on=self._again(outcome, call_again_on),
            noted_at=self.now,
        )
        self.session.add(note)
        return note

    def _moment(self, called_at: datetime | None) -> datetime:
        moment = called_at or self.now
        if moment > self.now:
            raise Invalid({"called_at": "in_the_future"})
        if self.now - moment > MAX_AGE:
            raise Invalid({"called_at": "too_long_ago"})
        return moment

    def _again(self, outcome: CallOutcome, day: date | None) -> date | None:
        if outcome is not CallOutcome.CALL_AGAIN:
            return None
        today = local(self.now).date()
        if day is None:
            raise Invalid({"call_again_on": "required"})
        if not today <= day <= today + MAX_AHEAD:
            raise Invalid({"call_again_on": "out_of_range"})
        return day
