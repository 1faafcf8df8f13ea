"""Dossiers that come from the national portal: noted, their files fetched, laid on the desk.

One dossier for each number, however often it is told. What cannot be taken is answered with a
reason; what cannot be fetched now is tried again. Answers go through the same queue as all
messages. The desk then receives it as ever: status 1, the eight hours begin with its arrival.
"""

import io
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from content import outbox
from content.dossiers.locking import lock
from content.dossiers.log import NATIONAL_PORTAL
from content.dossiers.models import Attachment, Dossier
from content.dossiers.papers import ANSWERS_SLOT, paper_slot
from content.dossiers.rules import FileLimits, FilingRules
from content.errors import Invalid, Unavailable
from content.exchange import messages
from content.exchange.arrivals import Arrived, number_of, read, reason_of
from content.exchange.arriving import arrived_dossier, place_of, write_arrival
from content.exchange.models import (
    MAX_ERROR,
    ArrivalState,
    Confirms,
    ExchangeArrival,
    ExchangeLink,
    ExchangeMessage,
    MessageKind,
    MessageState,
)
from content.exchange.planning import SEND, lane
from content.exchange.protocol import NationalPortal
from content.exchange.sending import ROUND, Ground, back_off, words_of
from content.files import FileService
from content.files.store import FileStore
from content.text import fold

#: The kind of the outbox's jobs that take an arrival in; the key is its id.
TAKE = "exchange.take"
#: An answer that the sender does not seem to have is given again after this time.
ANSWER_AGAIN = timedelta(minutes=10)
_GONE = "Không lấy được tệp từ Cổng Dịch vụ công quốc gia"
_UNFIT = "Tệp không thuộc loại được nhận (PDF, ảnh, Word, Excel, zip) hoặc quá lớn"
#: Tells the media type of a file by its bytes; ``None`` for what is not taken.
Look = Callable[[bytes], str | None]


@dataclass(frozen=True)
class Intake:
    """What receiving needs beside the database: where files go, how they are looked into."""

    store: FileStore
    rules: Callable[[Session], FilingRules]
    look: Look
    limits: FileLimits


@dataclass(frozen=True)
class _Fetched:
    """A file, or why there is none."""

    name: str
    paper: str
    content: bytes = b""
    media_type: str = ""
    problem: str = ""


class Receiver:
    """Takes in what the national portal has for us."""

    def __init__(self, ground: Ground, portal: NationalPortal, intake: Intake) -> None:
        self.ground = ground
        self.portal = portal
        self.intake = intake

    def collect(self) -> int:
        """Ask what waits and note it; returns how many are new. Raises ``Unavailable``."""
        told = [one for one in self.portal.arrivals() if number_of(one)]
        new = 0
        for one in told:
            with self.ground.writing() as session:
                new += self._note(session, one)
        return new

    def take(self, arrival_id: int) -> None:
        """Make a dossier of an arrival, or refuse it; the second time nothing happens. Where
        a file cannot be fetched now the arrival keeps the reason and is tried again."""
        with self.ground.reading() as session:
            arrival = session.get(ExchangeArrival, arrival_id)
            if arrival is None or arrival.state is not ArrivalState.WAITING:
                return
            payload = arrival.payload
        now = self.ground.clock()
        try:
            arrived = read(payload, now)
            with self.ground.reading() as session:
                place_of(session, arrived)
            files = self._fetched(arrived)
            with self.ground.writing() as session:
                self._take(session, arrival_id, arrived, files)
        except Invalid as error:
            if error.code != "arrival_refused":
                raise
            with self.ground.writing() as session:
                _refuse(session, arrival_id, reason_of(error), self.ground.clock())
        except Unavailable as error:
            with self.ground.writing() as session:
                _failed(session, arrival_id, words_of(error), now)

    def retry(self) -> int:
        """Take in whatever is due; returns how many were tried."""
        with self.ground.reading() as session:
            query = select(ExchangeArrival.id).where(
                ExchangeArrival.state == ArrivalState.WAITING,
                ExchangeArrival.next_at <= self.ground.clock(),
            )
            due = list(session.scalars(query.order_by(ExchangeArrival.id).limit(ROUND)))
        for one in due:
            self.take(one)
        return len(due)

    def _note(self, session: Session, data: Mapping[str, Any]) -> bool:
        now, number = self.ground.clock(), number_of(data)
        query = select(ExchangeArrival).where(
            ExchangeArrival.system == NATIONAL_PORTAL, ExchangeArrival.number == number
        )
        known = session.scalars(query).first()
        if known is not None:
            _answer_again(session, known, now)
            return False
        arrival = ExchangeArrival(
            system=NATIONAL_PORTAL,
            number=number,
            payload=dict(data),
            state=ArrivalState.WAITING,
            arrived_at=now,
            next_at=now,
        )
        session.add(arrival)
        session.flush()  # the job names the arrival's id
        outbox.enqueue(session, TAKE, str(arrival.id), now=now)
        return True

    def _fetched(self, arrived: Arrived) -> list[_Fetched]:
        """The files, outside of any transaction; one that is gone or unfit is told of."""
        found, left = [], self.intake.limits.dossier
        for one in arrived.files:
            try:
                content = self.portal.fetch(one.address, min(self.intake.limits.file, left))
            except Invalid as error:
                words = _UNFIT if "too_large" in error.problems.values() else _GONE
                found.append(_Fetched(one.name, one.paper, problem=words))
                continue
            kind = self.intake.look(content)
            if kind is None:
                found.append(_Fetched(one.name, one.paper, problem=_UNFIT))
                continue
            left -= len(content)
            found.append(_Fetched(one.name, one.paper, content, kind))
        return found

    def _take(
        self, session: Session, arrival_id: int, arrived: Arrived, files: list[_Fetched]
    ) -> None:
        arrival = session.get_one(ExchangeArrival, arrival_id)
        lock(session, arrival)
        if arrival.state is not ArrivalState.WAITING:
            return
        now = self.ground.clock()
        procedure, agency = place_of(session, arrived)
        rules = self.intake.rules(session)
        dossier = arrived_dossier(arrived, procedure, agency, rules, now)
        dossier.absences = [
            {"paper": one.paper, "why": f"{one.problem}: {one.name}."}
            for one in files
            if one.problem
        ]
        session.add(dossier)
        session.flush()  # log, link and files name the dossier's id
        self._keep(session, dossier, [one for one in files if not one.problem], now)
        write_arrival(session, dossier, arrived.number, now)
        link = ExchangeLink(
            dossier_id=dossier.id,
            system=NATIONAL_PORTAL,
            number=arrived.number,
            came_from_there=True,
            confirms=Confirms.THERE,
            announced=True,
            planned=1,
            given=dict(arrived.given),
        )
        session.add(link)
        session.flush()  # the answer names the link's id
        arrival.state, arrival.settled_at = ArrivalState.TAKEN, now
        arrival.dossier_id, arrival.error = dossier.id, ""
        told = messages.answer(arrived.number, taken=True, lookup_code=dossier.lookup_code)
        _answer(session, arrival, told, link.id, now)

    def _keep(
        self, session: Session, dossier: Dossier, files: list[_Fetched], now: datetime
    ) -> None:
        """The files by the papers of the version, where their names agree."""
        service = FileService(session, self.intake.store)
        slots = {fold(one.name): paper_slot(one.position) for one in dossier.version.papers}
        codes = {paper_slot(one.position): one.name for one in dossier.version.papers}
        for position, one in enumerate(files, start=1):
            kept = service.keep(
                io.BytesIO(one.content), name=one.name, media_type=one.media_type, now=now
            )
            slot = one.paper if one.paper in codes else slots.get(fold(one.paper), ANSWERS_SLOT)
            session.add(
                Attachment(
                    token=secrets.token_urlsafe(24),
                    dossier=dossier,
                    slot=slot,
                    paper=codes.get(slot, one.paper),
                    file=kept,
                    name=one.name,
                    position=position,
                    added_at=now,
                )
            )


def take_again(session: Session, arrival: ExchangeArrival, now: datetime) -> None:
    """Try an arrival that waits once more, now."""
    if arrival.state is ArrivalState.WAITING:
        arrival.next_at = now
        outbox.enqueue(session, TAKE, str(arrival.id), now=now)


def _refuse(session: Session, arrival_id: int, words: str, now: datetime) -> None:
    arrival = session.get_one(ExchangeArrival, arrival_id)
    lock(session, arrival)
    if arrival.state is not ArrivalState.WAITING:
        return
    arrival.state, arrival.settled_at = ArrivalState.REFUSED, now
    arrival.error = words
    _answer(session, arrival, messages.answer(arrival.number, taken=False, reason=words), None, now)


def _failed(session: Session, arrival_id: int, words: str, now: datetime) -> None:
    arrival = session.get_one(ExchangeArrival, arrival_id)
    arrival.error, arrival.tried_at = words[:MAX_ERROR], now
    arrival.attempts += 1
    arrival.next_at = now + back_off(arrival.attempts)


def _key(arrival: ExchangeArrival) -> str:
    return f"{arrival.system}:{arrival.number}:tl"


def _answer(
    session: Session,
    arrival: ExchangeArrival,
    told: dict[str, Any],
    link_id: int | None,
    now: datetime,
) -> None:
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


def _answer_again(session: Session, arrival: ExchangeArrival, now: datetime) -> None:
    """They tell of it once more though we answered: give the same answer again."""
    query = select(ExchangeMessage).where(ExchangeMessage.key == _key(arrival))
    answer = session.scalars(query).first()
    if answer is None or answer.sent_at is None or now - answer.sent_at < ANSWER_AGAIN:
        return
    answer.state, answer.next_at = MessageState.WAITING, now
    outbox.enqueue(session, SEND, lane(answer.system, answer.number), now=now)
