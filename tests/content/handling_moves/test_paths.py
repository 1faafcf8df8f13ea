"""Random paths through supplements, apologies and ends: the promises hold after every step.

The due date is worked out once more from nothing but the log, day by day, by a reckoning of
its own; pauses, counters, requests and drafts must agree with the log as well.
"""

import io
from collections import Counter
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from content.calendar.working import WorkingCalendar
from content.dossiers.apologies import Apology, ApologyService
from content.dossiers.models import Dossier, DossierEvent
from content.dossiers.proposals import OPEN, ProposalKind, open_proposal, proposals_of
from content.dossiers.states import CLOCK_RUNS, TERMINAL, Action, Status
from content.dossiers.stopping import Stop, StopService
from content.dossiers.supplement_requests import open_request, requests_of
from content.dossiers.supplements import SupplementService, Wanted, needs_leader
from content.dossiers.supply_form import staging_slot
from content.dossiers.supplying import Supply, SupplyService
from content.dossiers.waiting import pauses_of
from content.dossiers.withdrawals import Settlement, WithdrawalService
from content.errors import DomainError
from content.procedures.handling import AfterSupplement, handling_of
from content.words import local
from tests.content.dossiers_service.world import HOME_PAPER, PDF, calendar
from tests.content.handling_moves.office import REASON, Office, open_office

START = datetime.fromisoformat("2026-11-23T09:00:00+07:00")
ASKS = {Action.REQUEST_SUPPLEMENT_INTAKE.value, Action.REQUEST_SUPPLEMENT_PROCESS.value}
LIMIT, CLOSING = 5, time(17)
#: Steps are tried whether or not they are lawful: what is not is refused and changes nothing.
#: Some come in twos, or few paths would get far.
STEPS = (
    *(("accept",), ("transfer",), ("ask",), ("ask", "approve"), ("approve",), ("supply",)),
    *(("supply",), ("desk_supply",), ("lapse",), ("wish",), ("wish", "confirm"), ("stop",)),
    *(("apologise", "sign"), ("apologise",), ("sign",)),
)
Step = tuple[str, int]


class Path:
    """One dossier on its way."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.now = START
        self.dossier: Dossier = office.submitted(self.now)

    def take(self, step: str, hours: int) -> bool:
        """Let time pass, then try; whether it was lawful."""
        self.now += timedelta(hours=hours)
        session = self.office.session
        session.flush()
        try:
            with session.begin_nested():
                getattr(self, step)()
        except DomainError:
            session.refresh(self.dossier)
            return False
        session.flush()
        session.expire_all()
        return True

    def service(self, kind: Any, *more: Any) -> Any:
        return self.office.service(kind, self.now, *more)

    def accept(self) -> None:
        self.office.world.dossiers(self.now).accept(self.dossier, self.office.desk)

    def transfer(self) -> None:
        self.office.transfer(self.dossier, self.now)

    def ask(self) -> None:
        service, wanted = self.service(SupplementService), Wanted({HOME_PAPER: ""}, REASON)
        if not needs_leader(self.dossier):
            service.ask(self.dossier, self.office.desk, wanted)
            return
        at_desk = self.dossier.status is Status.SUBMITTED
        by = self.office.desk if at_desk else self.office.specialist
        service.propose(self.dossier, by, wanted)

    def approve(self) -> None:
        proposal = open_proposal(self.office.session, self.dossier, ProposalKind.SUPPLEMENT)
        if proposal is not None:
            self.service(SupplementService).approve(proposal, self.office.leader)

    def supply(self) -> None:
        service = self.service(SupplyService, self.office.world.files)
        request = open_request(self.office.session, self.dossier)
        if request is not None:
            slot = staging_slot(request, HOME_PAPER)
            service.stage(
                self.dossier,
                io.BytesIO(PDF),
                name="moi.pdf",
                media_type="application/pdf",
                slot=slot,
            )
        service.supply_online(self.dossier, Supply({}), None)

    def desk_supply(self) -> None:
        service = self.service(SupplyService, self.office.world.files)
        given = Supply({}, frozenset({HOME_PAPER}))
        service.supply_at_desk(self.dossier, self.office.desk, given)

    def lapse(self) -> None:
        self.service(StopService).expire_by_clock(self.dossier)

    def wish(self) -> None:
        self.service(WithdrawalService).wish(self.dossier, "Tôi không cần nữa.")

    def confirm(self) -> None:
        proposal = open_proposal(self.office.session, self.dossier, ProposalKind.WITHDRAWAL)
        if proposal is not None:
            self.service(WithdrawalService).confirm(proposal, self.office.desk, Settlement())

    def stop(self) -> None:
        self.service(StopService).stop(self.dossier, self.office.leader, Stop(REASON))

    def apologise(self) -> None:
        day = (self.dossier.due_date or local(self.now).date()) + timedelta(days=3)
        while not calendar().is_working(day):
            day += timedelta(days=1)
        said = Apology("Chờ ý kiến phối hợp.", day)
        self.service(ApologyService).propose(self.dossier, self.office.specialist, said)

    def sign(self) -> None:
        proposal = open_proposal(self.office.session, self.dossier, ProposalKind.APOLOGY)
        if proposal is not None:
            self.service(ApologyService).sign(proposal, self.office.leader)


class Reckoning:
    """The due date from the log alone, counting day by day.

    Waiting before the limit has begun takes nothing from it: of a dossier received on a Saturday
    the clock starts on Monday, and Monday, the day of its receipt, counts for nothing anyway
    (Civil Code 91/2015 art. 147.2; domain §§6.2, 6.5).
    """

    def __init__(self, days: WorkingCalendar, mode: AfterSupplement) -> None:
        self.days, self.mode = days, mode
        self.due: date | None = None
        self.promised: date | None = None
        self.asked: datetime | None = None
        self.begun = date.min

    def read(self, line: DossierEvent) -> None:
        if line.action == Action.ACCEPT.value:
            self.due = self.promised = self._limit_from(line.at)
        elif line.action in ASKS:
            self.asked = line.at
        elif line.action == Action.APOLOGISE_AND_EXTEND.value:
            self.due = date.fromisoformat(line.data["new_due"])
        elif self.asked is not None:
            self._waited(line)

    def _waited(self, line: DossierEvent) -> None:
        asked, self.asked = self.asked, None
        if self.due is None or asked is None:
            return
        supplied = line.action == Action.SUPPLY_SUPPLEMENT.value
        if supplied and self.mode is AfterSupplement.RESTART:
            self.due = self._limit_from(line.at)
            return
        day, due = local(asked).date(), self.due
        while day < local(line.at).date():
            day += timedelta(days=1)
            if self.days.is_working(day) and day > self.begun:
                due = self._next(due)
        self.due = due

    def _limit_from(self, moment: datetime) -> date:
        there = local(moment)
        day = there.date()
        if not self.days.is_working(day) or there.time() > CLOSING:
            day = self._next(day)
        self.begun = day
        for _ in range(LIMIT):
            day = self._next(day)
        return day

    def _next(self, day: date) -> date:
        day += timedelta(days=1)
        while not self.days.is_working(day):
            day += timedelta(days=1)
        return day


def hold(path: Path, mode: AfterSupplement) -> None:
    """Every promise about one dossier."""
    dossier, session = path.dossier, path.office.session
    events = sorted(dossier.events, key=lambda line: line.number)
    assert [line.number for line in events] == list(range(1, len(events) + 1))
    reckoning = Reckoning(calendar(), mode)
    for before, line in zip([None, *events], events, strict=False):
        assert line.from_status == (before.to_status if before else None)
        reckoning.read(line)
    assert events[-1].to_status == dossier.status
    assert dossier.due_date == reckoning.due, [(line.action, line.at) for line in events]
    assert dossier.promised_date == reckoning.promised
    counts = Counter(line.action for line in events)
    assert dossier.supplement_count == sum(counts[one] for one in ASKS) <= 2
    assert dossier.extension_count == counts[Action.APOLOGISE_AND_EXTEND.value] <= 1
    waits = dossier.status is Status.SUPPLEMENT_ASKED
    assert (open_request(session, dossier) is not None) is waits
    pauses = pauses_of(session, dossier)
    assert sum(one.ends_at is None for one in pauses) == int(waits)
    assert len(pauses) == len(requests_of(session, dossier)) == dossier.supplement_count
    spans = [(one.starts_at, one.ends_at or path.now) for one in pauses]
    assert all(start <= end for start, end in spans), "no clock runs backwards"
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
    if dossier.due_date is not None:
        assert dossier.due_ledger["due_date"] == dossier.due_date.isoformat()
        assert calendar().is_working(dossier.due_date)
    if dossier.status in TERMINAL:
        assert dossier.finished_at is not None
        assert not [one for one in proposals_of(session, dossier) if one.state in OPEN]
    if dossier.status in CLOCK_RUNS:
        assert dossier.code is not None


@pytest.fixture
def office(session: Session) -> Office:
    """On SQLite: many paths are walked."""
    found = open_office(session, START)
    found.rule(max_supplements=2, supplement_wait_days=3, legal_basis="Luật riêng")
    return found


def walk(office: Office, steps: list[Step], mode: AfterSupplement) -> Path:
    handling_of(office.session, office.world.procedure.id).after_supplement = mode
    path = Path(office)
    for step, hours in steps:
        path.take(step, hours)
        hold(path, mode)
    return path


HOURS = st.sampled_from([0, 1, 5, 9, 24, 30, 70])
RUNS = st.tuples(st.sampled_from(STEPS), HOURS).map(
    lambda run: [(step, run[1] if first == 0 else 1) for first, step in enumerate(run[0])]
)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    runs=st.lists(RUNS, max_size=9),
    mode=st.sampled_from(AfterSupplement),
    received=st.booleans(),
)
def test_promises_hold_on_every_path(
    office: Office, runs: list[list[Step]], mode: AfterSupplement, received: bool
) -> None:
    first: list[Step] = [("accept", 1), ("transfer", 1)] if received else []
    walk(office, [*first, *(step for run in runs for step in run)], mode)


WAY = (
    *("ask", "supply", "accept", "transfer", "ask", "approve", "desk_supply"),
    *("apologise", "sign", "wish", "confirm"),
)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    hours=st.lists(st.integers(0, 60), min_size=len(WAY), max_size=len(WAY)),
    mode=st.sampled_from(AfterSupplement),
)
# Received on a Saturday evening, asked at once, supplied before the desk opens on Monday.
@example(hours=[34, 43, 55, 0, 0, 0, 27, 0, 0, 0, 0], mode=AfterSupplement.PAUSE)
def test_promises_hold_on_the_longest_way(
    office: Office, hours: list[int], mode: AfterSupplement
) -> None:
    walk(office, list(zip(WAY, hours, strict=True)), mode)


@pytest.mark.parametrize("mode", AfterSupplement)
def test_the_longest_way_can_be_gone(office: Office, mode: AfterSupplement) -> None:
    path = walk(office, list(zip(WAY, (1, 24, 2, 1, 48, 1, 48, 1, 1, 24, 1), strict=True)), mode)
    assert path.dossier.status is Status.WITHDRAWN
    assert (path.dossier.supplement_count, path.dossier.extension_count) == (2, 1)
