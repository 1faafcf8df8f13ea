"""An office on a session that rolls back."""

import pytest
from sqlalchemy.orm import Session

from tests.content.handling_moves.office import Office, open_office
from tests.support.clock import StoppedClock


@pytest.fixture
def office(any_session: Session, clock: StoppedClock) -> Office:
    """One authority with all its officers, on SQLite and on PostgreSQL."""
    return open_office(any_session, clock())
