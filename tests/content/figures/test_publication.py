"""1.1 and 1.2 of the hundred points: the days of NĐ 63/2010 arts 15 and 24, to the day."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from content.figures import readers
from content.figures.periods import parse
from content.figures.question import Question
from tests.content.dossiers_service.world import calendar
from tests.content.procedures.conftest import adopted, record

OCTOBER = parse("2026-10")
#: A Monday; five working days later is the Monday after.
SIGNED = date(2026, 10, 5)


@pytest.mark.parametrize(
    ("effective", "entered", "expected"),
    [
        (date(2026, 10, 10), date(2026, 10, 12), (1, 1)),
        (date(2026, 10, 9), date(2026, 10, 13), (0, 0)),
        (date(2026, 11, 1), None, (1, 0)),
    ],
)
def test_a_decision_is_signed_and_entered_in_time_to_the_day(
    session: Session, effective: date, entered: date | None, expected: tuple[int, int]
) -> None:
    adopted(session, record(), signed_on=SIGNED, effective_on=effective, entered_on=entered)
    session.flush()
    found = readers.publication(Question(session, OCTOBER, date(2026, 11, 20), calendar()))
    assert found["published"] == 1
    assert (found["published_on_time"], found["updated_on_time"]) == expected
