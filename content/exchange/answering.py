"""Answers to what arrived: whether it was taken; they leave through the queue of messages."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from content import audit, outbox
from content.dossiers.locking import lock
from content.exchange import messages
from content.exchange.arrivals import supplement_of, withdrawal_of
from content.exchange.models import (
    MAX_ERROR,
    ArrivalState,
    ExchangeArrival,
    ExchangeLink,
    ExchangeMessage,
    MessageKind,
    MessageState,
)
from content.exchange.planning import SEND, lane
from content.exchange.sending import back_off
from content.people.models import Account

#: The kind of the outbox's jobs that take an arrival in; the key is its id.
TAKE = "exchange.take"
#: An answer that the sender does not seem to have is given again after this time.
ANSWER_AGAIN = timedelta(minutes=10)


def waiting(session: Session, arrival_id: int) -> ExchangeArrival | None:
    """The arrival, locked by us; ``None`` if somebody has settled it."""
    arrival = session.get_one(ExchangeArrival, arrival_id)
    lock(session, arrival)
    return arrival if arrival.state is ArrivalState.WAITING else None


def due(arrival: ExchangeArrival | None) -> bool:
    """Whether it is still to be taken in; a wish on the desk is not."""
    if arrival is None or arrival.proposal_id is not None:
        return False
    return arrival.state is ArrivalState.WAITING


def taken(
    session: Session, arrival: ExchangeArrival, link: ExchangeLink, lookup_code: str, now: datetime
) -> None:
    """It is a dossier of ours, or part of one."""
    arrival.state, arrival.settled_at, arrival.error = ArrivalState.TAKEN, now, ""
    arrival.dossier_id = link.dossier_id
    _answer(session, arrival, link.id, now, lookup_code=lookup_code)


def refuse(session: Session, arrival_id: int, words: str, now: datetime) -> None:
    """It is not taken, and why."""
    arrival = waiting(session, arrival_id)
    if arrival is not None:
        arrival.state, arrival.settled_at = ArrivalState.REFUSED, now
        arrival.error = words
        _answer(session, arrival, None, now, reason=words)


def failed(session: Session, arrival_id: int, words: str, now: datetime) -> None:
    """It could not be taken in now; it is tried again."""
    arrival = session.get_one(ExchangeArrival, arrival_id)
    arrival.error, arrival.tried_at = words[:MAX_ERROR], now
    arrival.attempts += 1
    arrival.next_at = now + back_off(arrival.attempts)


def take_again(session: Session, arrival: ExchangeArrival, by: Account, now: datetime) -> None:
    """An administrator has an arrival that waits tried once more, now."""
    lock(session, arrival)
    if due(arrival):
        arrival.next_at = now
        outbox.enqueue(session, TAKE, str(arrival.id), now=now)
        subject = f"arrival:{arrival.id}"
        audit.record(
            session, now=now, actor_id=by.id, action="exchange.take_again", subject=subject
        )


def answer_again(session: Session, arrival: ExchangeArrival, now: datetime) -> None:
    """They tell of it once more though we answered: give the same answer again."""
    query = select(ExchangeMessage).where(ExchangeMessage.key == _key(arrival))
    answer = session.scalars(query).first()
    if answer is None or answer.sent_at is None or now - answer.sent_at < ANSWER_AGAIN:
        return
    answer.state, answer.next_at = MessageState.WAITING, now
    outbox.enqueue(session, SEND, lane(answer.system, answer.number), now=now)


def _key(arrival: ExchangeArrival) -> str:
    return f"{arrival.system}:{arrival.key}:tl"


def _answer(
    session: Session,
    arrival: ExchangeArrival,
    link_id: int | None,
    now: datetime,
    *,
    lookup_code: str = "",
    reason: str = "",
) -> None:
    told = messages.answer(
        arrival.number,
        taken=not reason,
        lookup_code=lookup_code,
        reason=reason,
        supplement=supplement_of(arrival.payload),
        withdrawal=withdrawal_of(arrival.payload),
    )
    session.add(
        ExchangeMessage(
            key=_key(arrival),
            system=arrival.system,
            number=arrival.number,
            link_id=link_id,
            kind=MessageKind.ANSWER,
            payload=told,
            state=MessageState.WAITING,
            created_at=now,
            next_at=now,
        )
    )
    outbox.enqueue(session, SEND, lane(arrival.system, arrival.number), now=now)
