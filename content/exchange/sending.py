"""Sending what waits: one message of a dossier after another, each handed over once.

The conversation with the counterpart happens outside every transaction; before it a short one
takes the message for a while, after it a short one writes down what came of it. A worker that
dies leaves the message to be taken again; the key makes the counterpart take it once.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session, aliased

from content import audit, outbox
from content.dossiers.locking import lock
from content.errors import Unavailable
from content.exchange.models import (
    MAX_ERROR,
    Confirms,
    ExchangeLink,
    ExchangeMessage,
    MessageKind,
    MessageState,
)
from content.exchange.planning import SEND, lane
from content.exchange.protocol import NationalPortal, Outgoing, Receipt, Verdict
from content.people.models import Account

#: How long a worker may take for one message.
LEASE = timedelta(minutes=5)
#: The longest wait between two tries; there is no last one.
LONGEST = timedelta(hours=6)
#: What is looked at in one round of trying again.
ROUND = 200
#: After so many failures a round ends.
ENOUGH = 3
Opened = Callable[[], AbstractContextManager[Session]]


@dataclass(frozen=True)
class Ground:
    """Where the work is done: sessions to read and to write, and the clock."""

    reading: Opened
    writing: Opened
    clock: Callable[[], datetime]


@dataclass(frozen=True)
class _Taken:
    id: int
    outgoing: Outgoing


def back_off(attempts: int) -> timedelta:
    """2, 4, 8 … minutes, at most six hours."""
    return min(timedelta(minutes=2 ** min(attempts, 12)), LONGEST)


def words_of(error: Unavailable) -> str:
    """What is shown in the queue."""
    return str(error.data.get("words") or error.code)


class Courier:
    """Carries messages to the national portal."""

    def __init__(self, ground: Ground, portal: NationalPortal) -> None:
        self.ground = ground
        self.portal = portal
        self.failures = 0

    def send_lane(self, key: str) -> int:
        """Send all that waits for one dossier, in its order; returns how many were handed
        over. What cannot be handed over now keeps the reason and waits, with all behind it."""
        system, _, number = key.partition(" ")
        sent = 0
        while (taken := self._take(system, number)) is not None:
            try:
                receipt = self.portal.send(taken.outgoing)
            except Unavailable as error:
                self._failed(taken, words_of(error))
                self.failures += 1
                break
            self._settled(taken, receipt)
            sent += receipt.verdict is Verdict.TAKEN
        return sent

    def retry(self) -> int:
        """Send whatever is due, lane by lane; returns how many were handed over. A counterpart
        that fails again and again is left alone until the next round."""
        with self.ground.reading() as session:
            due = due_lanes(session, self.ground.clock())
        sent = self.failures = 0
        for one in due:
            if self.failures >= ENOUGH:
                break
            sent += self.send_lane(one)
        return sent

    def _take(self, system: str, number: str) -> _Taken | None:
        """The next message of the lane, ours for a while; ``None`` if none may leave now."""
        now = self.ground.clock()
        with self.ground.writing() as session:
            message = next_of_lane(session, system, number)
            if message is None or message.next_at > now or _is_held(session, message):
                return None
            free = or_(ExchangeMessage.busy_until.is_(None), ExchangeMessage.busy_until < now)
            mine = session.connection().execute(
                update(ExchangeMessage)
                .where(ExchangeMessage.id == message.id, free)
                .values(busy_until=now + LEASE, tried_at=now, attempts=message.attempts + 1)
            )
            if mine.rowcount != 1:
                return None
            kind = message.kind.value
            return _Taken(message.id, Outgoing(message.key, kind, message.payload))

    def _failed(self, taken: _Taken, words: str) -> None:
        with self.ground.writing() as session:
            message = session.get_one(ExchangeMessage, taken.id)
            message.busy_until = None
            message.error = words[:MAX_ERROR]
            message.next_at = self.ground.clock() + back_off(message.attempts)

    def _settled(self, taken: _Taken, receipt: Receipt) -> None:
        now = self.ground.clock()
        with self.ground.writing() as session:
            message = session.get_one(ExchangeMessage, taken.id)
            message.busy_until = None
            message.error = receipt.words[:MAX_ERROR]
            if receipt.verdict is Verdict.TAKEN:
                message.state, message.sent_at = MessageState.SENT, now
                message.error = ""
            elif receipt.verdict is Verdict.REFUSED:
                message.state = MessageState.REFUSED
            if message.link is not None:
                _note_who_confirms(message.link, message, receipt)


def next_of_lane(session: Session, system: str, number: str) -> ExchangeMessage | None:
    """The message that is to leave next; ``None`` where one that must come first was refused."""
    query = select(ExchangeMessage).where(
        ExchangeMessage.system == system,
        ExchangeMessage.number == number,
        ExchangeMessage.state != MessageState.SENT,
    )
    for one in session.scalars(query.order_by(ExchangeMessage.id)):
        if one.state is MessageState.WAITING:
            return one
        if one.kind is MessageKind.NEW:
            return None
    return None


def due_lanes(session: Session, now: datetime) -> list[str]:
    """The lanes that may be tried now: neither refused at their beginning nor held back."""
    first = aliased(ExchangeMessage)
    stuck = select(first.id).where(
        first.system == ExchangeMessage.system,
        first.number == ExchangeMessage.number,
        first.state == MessageState.REFUSED,
        first.kind == MessageKind.NEW,
    )
    theirs = select(ExchangeLink.id).where(
        ExchangeLink.id == ExchangeMessage.link_id, ExchangeLink.confirms == Confirms.THERE
    )
    query = (
        select(ExchangeMessage.system, ExchangeMessage.number)
        .where(
            ExchangeMessage.state == MessageState.WAITING,
            ExchangeMessage.next_at <= now,
            or_(ExchangeMessage.busy_until.is_(None), ExchangeMessage.busy_until < now),
            ~stuck.exists(),
            or_(ExchangeMessage.kind == MessageKind.ANSWER, ~theirs.exists()),
        )
        .order_by(ExchangeMessage.id)
        .limit(ROUND)
    )
    return list(dict.fromkeys(lane(one.system, one.number) for one in session.execute(query)))


def send_again(session: Session, message: ExchangeMessage, by: Account, now: datetime) -> None:
    """An administrator lets a message leave now, also a refused one; nothing for a sent one."""
    lock(session, message)
    if message.state is MessageState.SENT:
        return
    message.state, message.next_at = MessageState.WAITING, now
    outbox.enqueue(session, SEND, lane(message.system, message.number), now=now)
    _note(session, by, "exchange.send_again", f"message:{message.id}", now)


def confirm_here(session: Session, link: ExchangeLink, by: Account, now: datetime) -> None:
    """From now on this portal's word on the status counts; what was held back leaves."""
    lock(session, link)
    link.confirms, link.remark = Confirms.HERE, ""
    outbox.enqueue(session, SEND, lane(link.system, link.number), now=now)
    _note(session, by, "exchange.confirm_here", f"dossier:{link.dossier_id}", now)


def _note(session: Session, by: Account, action: str, subject: str, now: datetime) -> None:
    audit.record(session, now=now, actor_id=by.id, action=action, subject=subject)


def _is_held(session: Session, message: ExchangeMessage) -> bool:
    """Whether the other system's word counts; only our answer to its arrival may leave then."""
    if message.link_id is None or message.kind is MessageKind.ANSWER:
        return False
    return session.get_one(ExchangeLink, message.link_id).confirms is Confirms.THERE


def _note_who_confirms(link: ExchangeLink, message: ExchangeMessage, receipt: Receipt) -> None:
    """Once our answer is taken the word is ours; when told otherwise it is theirs."""
    if receipt.verdict is Verdict.ELSEWHERE:
        link.confirms, link.remark = Confirms.THERE, receipt.words[:MAX_ERROR]
    elif message.kind is MessageKind.ANSWER and receipt.verdict is Verdict.TAKEN:
        if link.remark:  # they said that somebody else confirms; only a person ends that
            return
        link.confirms = Confirms.HERE
