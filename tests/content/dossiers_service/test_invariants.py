"""Whatever people do in whatever order, a dossier never contradicts itself."""

from collections import Counter as Tally
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from content.audit import AuditEntry
from content.dossiers.models import Dossier, DossierEvent, Draft
from content.dossiers.numbering import RegisterLine
from content.dossiers.states import TERMINAL, Status
from content.errors import DomainError
from tests.content.dossiers_service.world import World, build
from tests.support.clock import StoppedClock

MAX_DRAFTS = 3
REASONS = ["", "Lý do", "Thiếu giấy tờ chỗ ở.", "x", "\u200b"]

which = st.integers(0, MAX_DRAFTS - 1)
who = st.sampled_from(["citizen", "officer", "nobody"])
steps = st.one_of(
    st.tuples(st.just("draft"), st.booleans()),
    st.tuples(st.just("submit"), which, who, st.booleans()),
    st.tuples(st.just("accept"), which, who, st.integers(0, 3)),
    st.tuples(st.just("refuse"), which, who, st.sampled_from(REASONS)),
    st.tuples(st.just("wait"), st.integers(0, 60)),
)


class Day:
    """Plays steps; every refusal must be one of the domain's, with nothing written."""

    def __init__(self, world: World, clock: StoppedClock) -> None:
        self.world = world
        self.clock = clock
        self.drafts: list[Draft] = []
        self.terminal: dict[int, Status] = {}
        self.refused: Tally[str] = Tally()

    def play(self, step: tuple) -> None:
        name, *details = step
        session = self.world.session
        before = self.snapshot()
        savepoint = session.begin_nested()
        try:
            getattr(self, name)(*details)
            session.flush()
        except DomainError as refusal:
            savepoint.rollback()
            self.refused[refusal.code] += 1
            assert self.snapshot() == before
        else:
            savepoint.commit()

    def snapshot(self) -> tuple[int, ...]:
        tables = (Dossier, DossierEvent, RegisterLine, AuditEntry)
        return tuple(len(self.world.session.scalars(select(one.id)).all()) for one in tables)

    def draft(self, complete: bool) -> None:
        if len(self.drafts) < MAX_DRAFTS:
            world, now = self.world, self.clock()
            begin: Callable[[], Draft] = (
                (lambda: world.draft(now))
                if complete
                else (lambda: world.drafts(now).begin(world.procedure, world.holder))
            )
            self.drafts.append(begin())

    def account(self, name: str):
        return {"citizen": self.world.citizen, "officer": self.world.officer}.get(name)

    def submit(self, number: int, name: str, declared: bool) -> None:
        if number < len(self.drafts):
            service = self.world.dossiers(self.clock())
            service.submit(self.drafts[number], self.account(name), declared=declared)

    def dossier(self, number: int) -> Dossier | None:
        return self.drafts[number].dossier if number < len(self.drafts) else None

    def accept(self, number: int, name: str, age: int) -> None:
        dossier, account = self.dossier(number), self.account(name)
        if dossier and account:
            revision = dossier.revision - age
            self.world.dossiers(self.clock()).accept(dossier, account, revision=revision)

    def refuse(self, number: int, name: str, reason: str) -> None:
        dossier, account = self.dossier(number), self.account(name)
        if dossier and account:
            self.world.dossiers(self.clock()).refuse(dossier, account, reason)

    def wait(self, hours: int) -> None:
        self.clock.move(hours=hours)

    def check(self) -> None:
        session = self.world.session
        session.expire_all()
        dossiers = session.scalars(select(Dossier)).all()
        for dossier in dossiers:
            self.check_one(dossier)
        codes = [one.code for one in dossiers if one.code]
        assert len(codes) == len(set(codes))
        numbers = sorted(session.scalars(select(RegisterLine.number)))
        assert numbers == list(range(1, len(codes) + 1))
        for day, of_day in Tally(code.rsplit("-", 1)[0] for code in codes).items():
            expected = {f"{day}-{number:04d}" for number in range(1, of_day + 1)}
            assert expected <= set(codes)

    def check_one(self, dossier: Dossier) -> None:
        received = dossier.received_at is not None
        assert received == (dossier.code is not None)
        assert received == (dossier.status is Status.RECEIVED)
        assert (dossier.due_date is not None) == received
        assert (dossier.finished_at is not None) == (dossier.status is Status.REFUSED)
        if received:
            assert dossier.received_at >= dossier.submitted_at
            assert dossier.due_at > dossier.received_at
        assert self.terminal.get(dossier.id, dossier.status) is dossier.status
        if dossier.status in TERMINAL:
            self.terminal[dossier.id] = dossier.status
        events = dossier.events
        assert [one.number for one in events] == list(range(1, len(events) + 1))
        chain = [None, *(one.to_status for one in events)]
        assert [one.from_status for one in events] == chain[:-1]
        assert chain[-1] is dossier.status
        assert [one.at for one in events] == sorted(one.at for one in events)
        subject = f"dossier:{dossier.id}"
        audited = select(AuditEntry.action).where(AuditEntry.subject == subject)
        actions = self.world.session.scalars(audited.order_by(AuditEntry.id)).all()
        assert actions == [f"dossier.{one.action}" for one in events]


@pytest.fixture
def founded(session: Session, clock: StoppedClock) -> World:
    return build(session, clock())


@settings(max_examples=60)
@given(script=st.lists(steps, min_size=3, max_size=16))
def test_any_sequence_of_acts_keeps_every_dossier_consistent(
    founded: World, script: list[tuple]
) -> None:
    opening = founded.session.begin_nested()
    day = Day(founded, StoppedClock())
    for step in (("draft", True), *script):
        day.play(step)
        day.check()
    opening.rollback()
    founded.session.expire_all()


def test_the_sequences_reach_acceptance_and_refusal(founded: World) -> None:
    day = Day(founded, StoppedClock())
    for step in (
        ("draft", True),
        ("draft", True),
        ("submit", 0, "nobody", True),
        ("submit", 0, "citizen", False),
        ("submit", 0, "citizen", True),
        ("submit", 0, "citizen", True),
        ("submit", 1, "citizen", True),
        ("accept", 0, "citizen", 0),
        ("accept", 0, "officer", 1),
        ("accept", 0, "officer", 0),
        ("accept", 0, "officer", 0),
        ("refuse", 1, "officer", ""),
        ("refuse", 1, "officer", REASONS[2]),
        ("refuse", 0, "officer", REASONS[2]),
    ):
        day.play(step)
        day.check()
    statuses = [one.status for one in founded.session.scalars(select(Dossier))]
    assert sorted(statuses) == [Status.RECEIVED, Status.REFUSED]
    assert set(day.refused) == {
        "sign_in_first",
        "incomplete",
        "not_your_desk",
        "dossier_changed",
        "already_received",
        "invalid",
    }
