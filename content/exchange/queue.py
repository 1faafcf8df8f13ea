"""The queues as an administrator reads them: what waits, why, and until when. Reads only."""

from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, selectinload

from content import outbox
from content.audit import record
from content.dossiers.models import Dossier
from content.exchange.documents import DraftHandOff, DraftState
from content.exchange.models import (
    ArrivalState,
    Confirms,
    ExchangeArrival,
    ExchangeInquiry,
    ExchangeLink,
    ExchangeMessage,
    MessageState,
)
from content.exchange.planning import SEND, lane, link_of
from content.people.models import Account

T = TypeVar("T")

#: Lines of each table.
SHOWN = 100
#: Messages that are sent again at once, at most.
AT_ONCE = 500


@dataclass(frozen=True)
class Shown(Generic[T]):
    """The first lines of a queue, and how many there are in all."""

    rows: tuple[T, ...]
    total: int


@dataclass(frozen=True)
class Queues:
    """Everything that waits or was refused, and what was last sent and taken in."""

    messages: Shown[ExchangeMessage]
    sent: tuple[ExchangeMessage, ...]
    held: tuple[ExchangeLink, ...]
    arrivals: Shown[ExchangeArrival]
    drafts: Shown[DraftHandOff]
    inquiries: dict[str, ExchangeInquiry]


def queues(session: Session) -> Queues:
    """All of them."""
    return Queues(
        messages=_messages(session),
        sent=_sent(session),
        held=_held(session),
        arrivals=_arrivals(session),
        drafts=_drafts(session),
        inquiries={one.system: one for one in session.scalars(select(ExchangeInquiry))},
    )


@dataclass(frozen=True)
class Standing:
    """How far another system has been told of a dossier."""

    link: ExchangeLink
    told: int | None
    told_at: datetime | None
    waiting: int
    error: str


def standing_of(session: Session, dossier: Dossier) -> Standing | None:
    """The same for one dossier; ``None`` where no other system knows it."""
    link = link_of(session, dossier)
    if link is None:
        return None
    mine = ExchangeMessage.link_id == link.id
    last = select(ExchangeMessage).where(
        mine, ExchangeMessage.state == MessageState.SENT, ExchangeMessage.status.is_not(None)
    )
    told = session.scalars(last.order_by(ExchangeMessage.id.desc()).limit(1)).first()
    wait = select(ExchangeMessage).where(mine, ExchangeMessage.state != MessageState.SENT)
    waiting = list(session.scalars(wait.order_by(ExchangeMessage.id)))
    return Standing(
        link=link,
        told=told.status if told else None,
        told_at=told.sent_at if told else None,
        waiting=len(waiting),
        error=next((one.error for one in waiting if one.error), ""),
    )


def send_all_again(session: Session, by: Account, now: datetime) -> int:
    """Everything that waits is due now; returns how many. What was refused stays."""
    query = select(ExchangeMessage).where(ExchangeMessage.state == MessageState.WAITING)
    found = list(session.scalars(query.order_by(ExchangeMessage.id).limit(AT_ONCE)))
    for one in found:
        one.next_at = now
    for key in dict.fromkeys(lane(one.system, one.number) for one in found):
        outbox.enqueue(session, SEND, key, now=now)
    subject = f"messages:{len(found)}"
    record(session, now=now, actor_id=by.id, action="exchange.send_again", subject=subject)
    return len(found)


def _messages(session: Session) -> Shown[ExchangeMessage]:
    which = ExchangeMessage.state != MessageState.SENT
    query = select(ExchangeMessage).where(which)
    rows = session.scalars(query.order_by(ExchangeMessage.id).limit(SHOWN))
    total = session.scalar(select(func.count(ExchangeMessage.id)).where(which))
    return Shown(tuple(rows), total or 0)


def _sent(session: Session) -> tuple[ExchangeMessage, ...]:
    query = select(ExchangeMessage).where(ExchangeMessage.state == MessageState.SENT)
    return tuple(session.scalars(query.order_by(ExchangeMessage.id.desc()).limit(20)))


def _held(session: Session) -> tuple[ExchangeLink, ...]:
    """Where another system's word counts though ours was meant: it said so."""
    query = select(ExchangeLink).where(
        ExchangeLink.confirms == Confirms.THERE, ExchangeLink.remark != ""
    )
    return tuple(session.scalars(query.order_by(ExchangeLink.id).limit(SHOWN)))


def _arrivals(session: Session) -> Shown[ExchangeArrival]:
    """What waits first, then what was refused, the newest on top."""
    which = or_(
        ExchangeArrival.state == ArrivalState.WAITING,
        ExchangeArrival.state == ArrivalState.REFUSED,
    )
    query = select(ExchangeArrival).where(which)
    order = (ExchangeArrival.state.desc(), ExchangeArrival.id.desc())
    rows = session.scalars(query.order_by(*order).limit(SHOWN))
    total = session.scalar(select(func.count(ExchangeArrival.id)).where(which))
    return Shown(tuple(rows), total or 0)


def _drafts(session: Session) -> Shown[DraftHandOff]:
    which = DraftHandOff.state.in_((DraftState.WAITING, DraftState.THERE))
    loads = (selectinload(DraftHandOff.dossier), selectinload(DraftHandOff.asked_by))
    query = select(DraftHandOff).where(which).options(*loads)
    rows = session.scalars(query.order_by(DraftHandOff.id).limit(SHOWN))
    total = session.scalar(select(func.count(DraftHandOff.id)).where(which))
    return Shown(tuple(rows), total or 0)
