"""Random lawful walks: one holder at a time, hand-overs without a gap, no negative time."""

from datetime import datetime, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from content.dossiers.hand_overs import HandOverKind, hand_overs_of, standing
from content.dossiers.models import Dossier
from content.dossiers.processes import graph_of
from content.dossiers.routing import Receiver, RoutingService
from content.dossiers.states import Status
from content.errors import DomainError
from content.people.models import Account
from content.people.roles import Role
from tests.content.dossiers_service.world import an_account
from tests.content.handling_moves.office import REASON, Office, open_office

START = datetime.fromisoformat("2026-11-23T09:00:00+07:00")
ACTS = ("forward", "forward", "forward", "send_back", "assign", "receive", "take_back")
WALK = st.lists(
    st.tuples(st.sampled_from(ACTS), st.integers(0, 4), st.integers(0, 600), st.integers(0, 9)),
    max_size=12,
)


def people_of(office: Office) -> list[Account]:
    clerk = an_account("vt@example.vn", "Văn Thư", START, (office.world.centre.id, Role.CLERK))
    office.session.add(clerk)
    office.session.flush()
    return [office.specialist, office.head, office.leader, clerk, office.desk]


def act(
    office: Office, dossier: Dossier, what: str, who: Account, now: datetime, pick: int
) -> None:
    service = office.service(RoutingService, now)
    to = Receiver(office.world.centre.id, None if pick % 2 else office.specialist.id)
    if what in {"receive", "take_back"}:
        getattr(service, what)(dossier, who)
    elif what == "send_back":
        here = graph_of(office.session, dossier).step(dossier.step_key)
        ways = here.returns_to if here else ()
        service.send_back(dossier, who, ways[pick % len(ways)] if ways else "b1", REASON)
    else:
        getattr(service, what)(dossier, who, to, "Chuyển giải quyết.")


def holds(office: Office, dossier: Dossier) -> None:
    """What must be true after every act."""
    every = hand_overs_of(office.session, dossier)
    rows = standing(every)
    assert [one.number for one in every] == list(range(1, len(every) + 1))
    last = rows[-1]
    assert dossier.holder_id == (last.taken_by_id or last.to_person_id)
    assert (dossier.step_key, dossier.unit_id) == (last.step_key, last.to_agency_id)
    for before, after in pairwise(rows):
        assert (after.from_step, after.from_agency_id) == (before.step_key, before.to_agency_id)
        assert before.given_at <= (before.taken_at or before.given_at) <= after.given_at
        assert before.taken_by_id is not None
        if after.kind is not HandOverKind.ASSIGN and before.due_at is not None:
            assert (after.outcome == "late") == (after.given_at > after.from_due_at)
    assert all(one.from_minutes >= 0 for one in every)
    assert dossier.status is Status.IN_PROGRESS
    log = {one.number: one for one in dossier.events}
    assert all(log[one.event_number].data["hand_over"] == one.number for one in every)


def test_whatever_is_tried_the_hand_overs_hold(session: Session) -> None:
    office = open_office(session, START)
    people = people_of(office)
    dossier = office.received(START)
    begun = START + timedelta(minutes=30)
    service = office.service(RoutingService, begun)
    service.transfer(dossier, office.desk, Receiver(office.world.centre.id))
    session.flush()

    @settings(max_examples=20, deadline=None)
    @given(walk=WALK)
    def tried(walk: list) -> None:
        now = begun
        with session.begin_nested() as start:
            for what, who, minutes, pick in walk:
                now += timedelta(minutes=minutes)
                try:
                    with session.begin_nested():
                        act(office, dossier, what, people[who], now, pick)
                except DomainError:
                    session.refresh(dossier)
                session.flush()
                session.expire_all()
                holds(office, dossier)
            start.rollback()
        session.expire_all()

    tried()
