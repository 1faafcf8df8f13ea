"""Whether a document is in force follows from two dates and the day, in Python and in SQL."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

import content.models  # noqa: F401 - all tables
from content.errors import Conflict, Invalid, InvalidTransition
from content.files import FileService
from content.library import reads
from content.library.kinds import DocumentKind, Effect, effect_on
from content.library.models import LegalDocument
from content.library.service import LibraryService
from content.orm import Base

DAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 2, tzinfo=UTC)
near = st.integers(-3, 3).map(lambda days: DAY + timedelta(days=days))
maybe = st.none() | near


@pytest.fixture
def session() -> Iterator[Session]:
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        yield session
    engine.dispose()


def document(**changes: object) -> LegalDocument:
    fields = {
        "slug": "so-1",
        "number": "1/NĐ",
        "kind": DocumentKind.DECREE,
        "agency": "Chính phủ",
        "issued_on": date(2020, 1, 1),
        "summary": "Về việc thử",
    }
    return LegalDocument(**{**fields, **changes})


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(begins=maybe, ends=maybe, day=near)
def test_lists_and_pages_say_the_same_of_the_effect(
    session: Session, begins: date | None, ends: date | None, day: date
) -> None:
    session.add(document(effective_on=begins, expires_on=ends))
    session.flush()  # the lists ask the database
    shown = [
        one
        for one in Effect
        if reads.search(session, reads.Asked(effect=one, is_public=None), day).total
    ]
    session.rollback()
    assert shown == [effect_on(day, begins, ends)]


@given(begins=near, length=st.integers(1, 5))
def test_a_document_goes_from_later_to_in_force_to_ended_and_never_back(
    begins: date, length: int
) -> None:
    ends = begins + timedelta(days=length)
    days = [begins + timedelta(days=number) for number in range(-2, length + 3)]
    row = [Effect.LATER, Effect.IN_FORCE, Effect.ENDED]
    steps = [row.index(effect_on(day, begins, ends)) for day in days]
    assert steps == sorted(steps)
    assert steps.count(1) == length


def values(**changes: object) -> dict[str, object]:
    given: dict[str, object] = {
        "number": "12/QĐ-UBND",
        "kind": DocumentKind.DECISION,
        "agency": "UBND tỉnh",
        "issued_on": date(2026, 1, 5),
        "effective_on": None,
        "expires_on": None,
        "signer": "",
        "summary": "Về việc thử",
        "sector_id": None,
    }
    return {**given, **changes}


def test_days_out_of_order_and_a_number_twice_are_refused(session: Session) -> None:
    service = LibraryService(session, FileService(session, store=None), NOW)  # type: ignore[arg-type]
    who = {"revision": 0, "actor_id": None}
    for wrong, code in (
        ({"effective_on": date(2026, 1, 4)}, "effect_early"),
        ({"expires_on": date(2026, 1, 5)}, "end_early"),
        ({"effective_on": date(2026, 3, 1), "expires_on": date(2026, 2, 1)}, "end_early"),
    ):
        with pytest.raises(Invalid) as refused:
            service.save(LegalDocument(), values(**wrong), **who)
        assert refused.value.code == code
    first = service.save(LegalDocument(), values(), **who)
    with pytest.raises(Invalid, match="number_taken"):
        service.save(LegalDocument(), values(), **who)
    another = service.save(LegalDocument(), values(issued_on=date(2027, 1, 5)), **who)
    assert (first.slug, another.slug) == ("12-qd-ubnd", "12-qd-ubnd-2")
    with pytest.raises(Conflict):
        service.save(first, values(summary="Khác"), revision=7, actor_id=None)
    service.publish(first, by=1)
    with pytest.raises(InvalidTransition):
        service.publish(first, by=1)
