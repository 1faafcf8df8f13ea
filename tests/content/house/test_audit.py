"""The audit log: append-only, sealed in a chain, tampering shows."""

import pytest
from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from content import audit
from content.audit import AuditEntry, AuditSeal
from tests.support.clock import StoppedClock


@pytest.fixture
def sealed(any_session: Session, clock: StoppedClock) -> Session:
    for batch in range(3):
        for n in range(4):
            audit.record(
                any_session, now=clock(), actor_id=n, action="test", subject=f"x:{batch}", n=n
            )
        any_session.flush()
        clock.move(minutes=2)
        assert audit.seal(any_session, clock()) == 4
        any_session.flush()
    return any_session


def test_an_untouched_log_is_whole(sealed: Session) -> None:
    assert not audit.broken_seals(sealed)
    assert audit.unsealed(sealed) == 0


@pytest.mark.parametrize(
    "tamper",
    [
        update(AuditEntry).where(AuditEntry.subject == "x:1").values(action="other"),
        delete(AuditEntry).where(AuditEntry.subject == "x:1", AuditEntry.actor_id == 2),
        update(AuditEntry).where(AuditEntry.subject == "x:1").values(data={}),
    ],
)
def test_an_altered_or_removed_line_shows(sealed: Session, tamper: object) -> None:
    sealed.execute(tamper)  # type: ignore[call-overload]
    sealed.expire_all()
    assert len(audit.broken_seals(sealed)) == 1


def test_a_rewritten_seal_breaks_the_chain_after_it(sealed: Session) -> None:
    first = sealed.query(AuditSeal).order_by(AuditSeal.id).first()
    assert first is not None
    first.digest = "f" * 64
    sealed.flush()
    assert [one.seal_id for one in audit.broken_seals(sealed)] == [first.id, first.id + 1]


def test_a_line_waits_before_it_is_sealed(session: Session, clock: StoppedClock) -> None:
    audit.record(session, now=clock(), actor_id=None, action="test", subject="x")
    session.flush()
    assert audit.seal(session, clock()) == 0
    clock.move(seconds=61)
    assert audit.seal(session, clock()) == 1
