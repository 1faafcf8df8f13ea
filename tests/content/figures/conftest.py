"""A few dossiers of October, on both databases."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from content.dossiers.states import Status
from content.procedures.kinds import Channel
from tests.content.dossiers_service import world as worlds
from tests.content.dossiers_service.world import World
from tests.content.figures.asking import DAY
from tests.content.figures.rows import add, made
from tests.support.clock import StoppedClock


@pytest.fixture
def world(any_session: Session, clock: StoppedClock) -> World:
    world = worlds.build(any_session, clock())
    online = Channel.ONLINE
    add(
        any_session,
        world,
        [
            made(date(2026, 9, 1), date(2026, 9, 8), date(2026, 10, 2)),
            made(DAY, date(2026, 10, 12), date(2026, 10, 8), online),
            made(DAY, date(2026, 10, 12), date(2026, 10, 12), online),
            made(DAY, date(2026, 10, 12), None, holder_id=world.officer.id),
            made(date(2026, 10, 6), date(2026, 11, 5), None, supplement_count=2),
            made(date(2026, 10, 6), None, date(2026, 10, 20), status=Status.WITHDRAWN),
        ],
    )
    return world
