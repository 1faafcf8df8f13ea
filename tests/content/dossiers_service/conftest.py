"""A world on a session that rolls back."""

import pytest
from sqlalchemy.orm import Session

from tests.content.dossiers_service.world import World, build
from tests.support.clock import StoppedClock


@pytest.fixture
def world(any_session: Session, clock: StoppedClock) -> World:
    """One authority, on SQLite and on PostgreSQL."""
    return build(any_session, clock())
