"""What comes from the national portal: noted, its files fetched, laid on the desk.

One dossier for each number, however often it is told. What cannot be taken is answered with a
reason; what cannot be fetched now is tried again. Answers go through the same queue as all
messages. The desk then receives it as ever: status 1, the eight hours begin with its arrival.
"""

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from content import outbox
from content.dossiers.log import NATIONAL_PORTAL
from content.dossiers.models import Attachment, Dossier
from content.dossiers.papers import ANSWERS_SLOT, paper_slot
from content.errors import Invalid, Unavailable
from content.exchange.answering import TAKE, answer_again, due, failed, refuse, taken, waiting
from content.exchange.arrivals import (
    Arrived,
    ArrivedSupplement,
    ArrivedWithdrawal,
    key_of,
    number_of,
    read,
    read_supplement,
    read_withdrawal,
    reason_of,
    supplement_of,
    withdrawal_of,
)
from content.exchange.arriving import arrived_dossier, place_of, write_arrival
from content.exchange.fetching import Fetched, Intake, fetch
from content.exchange.models import ArrivalState, Confirms, ExchangeArrival, ExchangeLink
from content.exchange.protocol import NationalPortal
from content.exchange.sending import ROUND, Ground, words_of
from content.exchange.supplying import link_that_waits, supply
from content.exchange.withdrawing import answer_wish, decided, lay_on_the_desk
from content.files import FileService
from content.text import fold


class Receiver:
    """Takes in what the national portal has for us."""

    def __init__(self, ground: Ground, portal: NationalPortal, intake: Intake) -> None:
        self.ground = ground
        self.portal = portal
        self.intake = intake

    def collect(self) -> int:
        """Ask what waits and note it; returns how many are new. Raises ``Unavailable``."""
        told = [one for one in self.portal.arrivals() if key_of(one)]
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
            if arrival is None or not due(arrival):
                return
            payload = arrival.payload
        now = self.ground.clock()
        try:
            if withdrawal_of(payload):
                self._take_withdrawal(arrival_id, read_withdrawal(payload))
            elif supplement_of(payload):
                self._take_supplement(arrival_id, read_supplement(payload))
            else:
                self._take_dossier(arrival_id, read(payload, now))
        except Invalid as error:
            if error.code != "arrival_refused":
                raise
            with self.ground.writing() as session:
                refuse(session, arrival_id, reason_of(error), self.ground.clock())
        except Unavailable as error:
            with self.ground.writing() as session:
                failed(session, arrival_id, words_of(error), now)

    def retry(self) -> int:
        """Take in whatever is due; returns how many were tried. What the desk has decided
        meanwhile is answered."""
        with self.ground.reading() as session:
            query = select(ExchangeArrival.id).where(
                ExchangeArrival.state == ArrivalState.WAITING,
                ExchangeArrival.proposal_id.is_(None),
                ExchangeArrival.next_at <= self.ground.clock(),
            )
            found = list(session.scalars(query.order_by(ExchangeArrival.id).limit(ROUND)))
            wishes = decided(session)
        for one in found:
            self.take(one)
        for one in wishes:
            with self.ground.writing() as session:
                answer_wish(session, one, self.ground.clock())
        return len(found)

    def _note(self, session: Session, data: Mapping[str, Any]) -> bool:
        now, key = self.ground.clock(), key_of(data)
        query = select(ExchangeArrival).where(
            ExchangeArrival.system == NATIONAL_PORTAL, ExchangeArrival.key == key
        )
        known = session.scalars(query).first()
        if known is not None:
            answer_again(session, known, now)
            return False
        arrival = ExchangeArrival(
            system=NATIONAL_PORTAL,
            key=key,
            number=number_of(data),
            payload=dict(data),
            state=ArrivalState.WAITING,
            arrived_at=now,
            next_at=now,
        )
        session.add(arrival)
        session.flush()  # the job names the arrival's id
        outbox.enqueue(session, TAKE, str(arrival.id), now=now)
        return True

    def _take_dossier(self, arrival_id: int, arrived: Arrived) -> None:
        with self.ground.reading() as session:
            place_of(session, arrived)  # before files are fetched for nothing
        files = fetch(self.portal, arrived.files, self.intake)
        with self.ground.writing() as session:
            arrival = waiting(session, arrival_id)
            if arrival is not None:
                now = self.ground.clock()
                link = self._dossier(session, arrived, files, now)
                taken(session, arrival, link, link.dossier.lookup_code, now)

    def _take_supplement(self, arrival_id: int, arrived: ArrivedSupplement) -> None:
        with self.ground.reading() as session:
            link_that_waits(session, arrived.number)
        files = fetch(self.portal, arrived.files, self.intake)
        with self.ground.writing() as session:
            arrival = waiting(session, arrival_id)
            if arrival is not None:
                now = self.ground.clock()
                link = supply(session, arrived, files, self.intake, now)
                taken(session, arrival, link, link.dossier.lookup_code, now)

    def _take_withdrawal(self, arrival_id: int, arrived: ArrivedWithdrawal) -> None:
        with self.ground.writing() as session:
            arrival = waiting(session, arrival_id)
            if arrival is not None:
                rules = self.intake.rules(session)
                lay_on_the_desk(session, arrival, arrived, rules, self.ground.clock())

    def _dossier(
        self, session: Session, arrived: Arrived, files: list[Fetched], now: datetime
    ) -> ExchangeLink:
        procedure, agency = place_of(session, arrived)
        dossier = arrived_dossier(arrived, procedure, agency, self.intake.rules(session), now)
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
            dossier=dossier,
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
        return link

    def _keep(
        self, session: Session, dossier: Dossier, files: list[Fetched], now: datetime
    ) -> None:
        """The files by the papers of the version, where their names agree."""
        service = FileService(session, self.intake.store)
        names = {paper_slot(one.position): one.name for one in dossier.version.papers}
        slots = {fold(name): slot for slot, name in names.items()}
        for position, one in enumerate(files, start=1):
            kept = service.keep(one.source(), name=one.name, media_type=one.media_type, now=now)
            slot = one.paper if one.paper in names else slots.get(fold(one.paper), ANSWERS_SLOT)
            session.add(
                Attachment(
                    token=secrets.token_urlsafe(24),
                    dossier=dossier,
                    slot=slot,
                    paper=names.get(slot, one.paper),
                    file=kept,
                    name=one.name,
                    position=position,
                    added_at=now,
                )
            )
