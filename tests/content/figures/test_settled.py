"""The database counts as the pure rules do, whatever the rows, on both databases."""

from datetime import date, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from content.dossiers.states import Status
from content.figures.scope import EVERYBODY, Units, units_of
from content.figures.settled import Key, settled, settled_by
from content.figures.settling import Period, SettledRow, Settling, settle
from content.procedures.kinds import Channel
from tests.content.dossiers_service.world import World, build
from tests.content.figures.rows import Made, add, made
from tests.support.clock import StoppedClock

OCTOBER = Period(date(2026, 10, 1), date(2026, 10, 31))
DAYS = st.dates(date(2026, 9, 20), date(2026, 11, 10))
#: Around midnight in Việt Nam and in Greenwich, where days are mistaken for each other.
HOURS = st.sampled_from([time(0, 0), time(6, 59), time(7, 0), time(17, 0), time(23, 59, 59)])
ENDS = st.sampled_from([Status.WITHDRAWN, Status.STOPPED, Status.RESOLVED, Status.RETURNED])


@st.composite
def dossiers(draw) -> Made:
    received = draw(DAYS)
    after = st.integers(0, 30).map(lambda days: received + timedelta(days=days))
    finished = draw(st.none() | after)
    return Made(
        SettledRow(draw(st.sampled_from(Channel)), received, draw(st.none() | after), finished),
        hour=draw(HOURS),
        status=draw(ENDS) if finished else None,
    )


@given(st.lists(dossiers(), min_size=1, max_size=30), st.booleans())
@settings(max_examples=40)
def test_it_counts_as_the_pure_rules_do(
    any_session: Session, clock: StoppedClock, given_rows: list[Made], of_units: bool
) -> None:
    savepoint = any_session.begin_nested()
    world = build(any_session, clock())
    add(any_session, world, given_rows)
    units = units_of(any_session, [world.commune.id]) if of_units else EVERYBODY
    expected = settle([one.row for one in given_rows], OCTOBER)
    assert settled(any_session, OCTOBER, units) == expected
    by_procedure = settled_by(any_session, OCTOBER, Key.PROCEDURE, units)
    assert sum(by_procedure.values(), Settling()) == expected
    for channel, line in settled_by(any_session, OCTOBER, Key.CHANNEL, units).items():
        assert line == settle(
            [one.row for one in given_rows if one.row.channel is channel], OCTOBER
        )
    savepoint.rollback()


@pytest.fixture
def world(any_session: Session, clock: StoppedClock) -> World:
    return build(any_session, clock())


def test_only_the_units_asked_for_are_counted(any_session: Session, world: World) -> None:
    day = date(2026, 10, 5)
    add(
        any_session,
        world,
        [
            made(day, day, day),
            made(day, day, None, agency_id=world.centre.id),
            made(day, day, None, agency_id=world.centre.id, unit_id=world.commune.id),
        ],
    )
    lines = settled_by(any_session, OCTOBER, Key.UNIT, Units(frozenset({world.commune.id})))
    assert {unit: line.received for unit, line in lines.items()} == {world.commune.id: 2}
    assert settled(any_session, OCTOBER, Units(frozenset({world.centre.id}))).received == 2
    assert settled(any_session, OCTOBER, Units(frozenset())).received == 0


def test_what_was_not_received_does_not_count(
    any_session: Session, world: World, clock: StoppedClock
) -> None:
    world.submitted(clock())
    november = Period(date(2026, 11, 1), date(2026, 11, 30))
    assert settled(any_session, november) == Settling()
