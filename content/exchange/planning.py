"""From lines of a dossier's log to messages of the queue, after the move has been committed.

A job of the outbox names the dossier; what it needs is gathered here and the messages are
written once each, so that running twice writes nothing twice. Sends nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from content import outbox
from content.agencies.models import Agency
from content.dossiers.locking import lock
from content.dossiers.log import NATIONAL_PORTAL
from content.dossiers.models import Dossier, DossierEvent
from content.dossiers.money import charges_of
from content.dossiers.results import result_of
from content.dossiers.supplement_requests import SupplementRequest, requests_of
from content.exchange.messages import (
    Known,
    changes_what_is_told,
    dossier_message,
    in_batches,
    progress_lines,
)
from content.exchange.models import (
    Confirms,
    ExchangeLink,
    ExchangeMessage,
    MessageKind,
    MessageState,
)
from content.people.models import Account
from content.procedures.models import Sector

#: The kind of the outbox's jobs that send what waits for one dossier.
SEND = "exchange.send"
#: Dossiers that are caught up with in one round.
CAUGHT_UP = 500


@dataclass(frozen=True)
class Telling:
    """How this authority tells: where its files are fetched, when a day ends."""

    file: Callable[[str], str]
    whole_day: bool = False


def plan(session: Session, dossier_id: int, telling: Telling, now: datetime) -> int:
    """Write the messages that the dossier's log asks for and are not there; returns how many.

    Nothing for dossiers that no other system knows.
    """
    dossier = session.get(Dossier, dossier_id)
    if dossier is None or dossier.external_system != NATIONAL_PORTAL:
        return 0
    lock(session, dossier)
    link = link_of(session, dossier) or _new_link(session, dossier)
    if link is None:
        return 0
    lines = [one for one in _log(session, dossier) if one.number > link.planned]
    if not lines:
        return 0
    known = gathered(session, dossier, link, telling)
    messages = [*_tellings(dossier, link, lines, known), *_progress(dossier, link, lines, known)]
    for message in messages:
        message.created_at = message.next_at = now
        session.add(message)
    link.planned = lines[-1].number
    outbox.enqueue(session, SEND, lane(link.system, link.number), now=now)
    return len(messages)


def behind(session: Session) -> list[int]:
    """Dossiers whose log went on while nobody told of it: the exchange was switched off."""
    later = select(DossierEvent.id).where(
        DossierEvent.dossier_id == ExchangeLink.dossier_id,
        DossierEvent.number > ExchangeLink.planned,
    )
    query = select(ExchangeLink.dossier_id).where(later.exists())
    return list(session.scalars(query.order_by(ExchangeLink.id).limit(CAUGHT_UP)))


def lane(system: str, number: str) -> str:
    """The key of the jobs that send for one dossier."""
    return f"{system} {number}"


def link_of(session: Session, dossier: Dossier) -> ExchangeLink | None:
    """How another system knows the dossier, if one does."""
    query = select(ExchangeLink).where(ExchangeLink.dossier_id == dossier.id)
    return session.scalars(query).first()


def link_of_number(session: Session, number: str) -> ExchangeLink | None:
    """The dossier that the national portal calls so, if there is one."""
    query = select(ExchangeLink).where(
        ExchangeLink.system == NATIONAL_PORTAL, ExchangeLink.number == number
    )
    return session.scalars(query).first()


def gathered(session: Session, dossier: Dossier, link: ExchangeLink, telling: Telling) -> Known:
    """Everything that belongs into messages beside the dossier's own row."""
    requests = requests_of(session, dossier)
    sector = dossier.procedure.sector_id
    return Known(
        number=link.number,
        file=telling.file,
        sector=(session.get_one(Sector, sector).name if sector else ""),
        given=link.given,
        supplements=requests,
        people=_people(session, requests),
        charges=charges_of(session, dossier),
        result=result_of(session, dossier),
        agencies=_agencies(session, dossier),
        whole_day=telling.whole_day,
        came_from_there=link.came_from_there,
    )


def _new_link(session: Session, dossier: Dossier) -> ExchangeLink | None:
    """A dossier received here for which the other side has no number yet: ours is its number."""
    if dossier.code is None:
        return None
    link = ExchangeLink(
        dossier_id=dossier.id,
        system=NATIONAL_PORTAL,
        number=dossier.code,
        came_from_there=False,
        confirms=Confirms.HERE,
        announced=False,
        planned=0,
        given={},
    )
    session.add(link)
    session.flush()  # messages name the link's id
    return link


def _log(session: Session, dossier: Dossier) -> list[DossierEvent]:
    """The whole log, as it is now; its lines and files are read once."""
    loads = (selectinload(Dossier.events), selectinload(Dossier.attachments))
    query = select(Dossier).where(Dossier.id == dossier.id).options(*loads)
    found = session.scalars(query.execution_options(populate_existing=True)).one()
    return list(found.events)


def _tellings(
    dossier: Dossier, link: ExchangeLink, lines: list[DossierEvent], known: Known
) -> list[ExchangeMessage]:
    """A message for each line that changes what is told; the first one makes it known."""
    found = []
    for line in lines:
        if not changes_what_is_told(line):
            continue
        kind = MessageKind.UPDATE if link.announced else MessageKind.NEW
        link.announced = True
        key = f"{link.system}:{link.number}:{line.number}"
        message = _message(link, kind, key)
        message.status = int(line.to_status)
        message.payload = {"HoSo": dossier_message(dossier, line, known)}
        found.append(message)
    return found


def _progress(
    dossier: Dossier, link: ExchangeLink, lines: list[DossierEvent], known: Known
) -> list[ExchangeMessage]:
    found = []
    for number, batch in enumerate(in_batches(progress_lines(dossier, known, link.planned))):
        key = f"{link.system}:{link.number}:td:{lines[0].number}:{number + 1}"
        message = _message(link, MessageKind.PROGRESS, key)
        message.payload = {"TienDo": batch}
        found.append(message)
    return found


def _message(link: ExchangeLink, kind: MessageKind, key: str) -> ExchangeMessage:
    return ExchangeMessage(
        key=key,
        system=link.system,
        number=link.number,
        link_id=link.id,
        kind=kind,
        state=MessageState.WAITING,
    )


def _people(session: Session, requests: list[SupplementRequest]) -> dict[int, str]:
    wanted = {one.answered_by_id for one in requests if one.answered_by_id}
    if not wanted:
        return {}
    query = select(Account.id, Account.name).where(Account.id.in_(wanted))
    return {one.id: one.name for one in session.execute(query)}


def _agencies(session: Session, dossier: Dossier) -> dict[int, str]:
    wanted = {dossier.agency_id, dossier.unit_id, *(one.agency_id for one in dossier.events)}
    query = select(Agency.id, Agency.name).where(Agency.id.in_(wanted - {None}))
    return {one.id: one.name for one in session.execute(query)}
