"""Vectors of working time."""

from datetime import date, datetime
from decimal import Decimal

from content.calendar.clocks import (
    ChainStep,
    apology_latest_date,
    chain_due,
    on_time_class,
    transfer_by,
)
from content.calendar.due import compute_due
from content.calendar.holidays_seed import default_calendar
from content.calendar.model import Limit
from content.calendar.pauses import Pause, SupplementMode, after_supplement
from content.procedures.deadlines import Publisher, database_entry_by, decision_latest
from content.procedures.process_sheet import process_total
from content.voice.deadlines import petition_deadlines
from tests.vectors.reading import Vector

CALENDAR = default_calendar()


def _date(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _limit(vector: Vector) -> Limit:
    part = vector.part("limit")
    return Limit.of(part.take("value"), part.take("unit"))


def is_working_day(vector: Vector) -> None:
    assert CALENDAR.is_working(_date(vector.take("date"))) is vector.take("working")


def due_dates(vector: Vector) -> None:
    vector.take("reason")
    received = datetime.fromisoformat(vector.take("received_at"))
    due = compute_due(CALENDAR, received, _limit(vector))
    vector.part("expect").expect(
        effective_received_at=due.effective_received_at.isoformat(),
        due_date=due.due_date.isoformat(),
        due_at=due.due_at.isoformat(),
        due_at_keep_hour=due.due_at_keep_hour.isoformat(),
    )


def supplement(vector: Vector) -> None:
    vector.take("reason")
    received = datetime.fromisoformat(vector.take("received_at"))
    base = compute_due(CALENDAR, received, _limit(vector))
    waiting = Pause(
        datetime.fromisoformat(vector.take("supplement_requested_at")),
        datetime.fromisoformat(vector.take("supplement_received_at")),
    )
    mode = SupplementMode(vector.take("mode"))
    vector.part("expect").expect(
        original_due_date=base.due_date.isoformat(),
        new_due_date=after_supplement(CALENDAR, base, waiting, mode).due_date.isoformat(),
    )


def transfer(vector: Vector) -> None:
    by = transfer_by(CALENDAR, datetime.fromisoformat(vector.take("received_at")))
    vector.part("expect").expect(by_date=by.by_date.isoformat(), moment=by.moment.value)


def apology(vector: Vector) -> None:
    due = date.fromisoformat(vector.take("due_date"))
    assert apology_latest_date(CALENDAR, due).isoformat() == vector.take("latest")


def chain(vector: Vector) -> None:
    vector.take("reason")
    steps = [ChainStep(**step) for step in vector.take("steps")]
    due = chain_due(CALENDAR, datetime.fromisoformat(vector.take("received_at")), steps)
    vector.part("expect").expect(
        steps=[
            {
                "agency": step.agency,
                "working_days": step.working_days,
                "due_date": step.due_date.isoformat(),
            }
            for step in due.steps
        ],
        total_working_days=due.total_working_days,
        due_date=due.due_date.isoformat(),
    )


def on_time(vector: Vector) -> None:
    due, finished = _date(vector.take("due_date")), _date(vector.take("finished_date"))
    as_of = _date(vector.take("as_of"))
    assert on_time_class(due, finished, as_of).value == vector.take("expect")


def petition(vector: Vector) -> None:
    dates = petition_deadlines(CALENDAR, datetime.fromisoformat(vector.take("received_at")))
    vector.part("expect").expect(
        reject_by=dates.reject_by.isoformat(),
        ask_more_by=dates.ask_more_by.isoformat(),
        transfer_by=dates.transfer_by.isoformat(),
        answer_by=dates.answer_by.isoformat(),
    )


def publication(vector: Vector) -> None:
    publisher = Publisher(vector.take("level"))
    assert "signed" in vector or "effective" in vector
    if "signed" in vector:
        by = database_entry_by(CALENDAR, date.fromisoformat(vector.take("signed")), publisher)
        assert by.isoformat() == vector.take("expect_database_by")
    if "effective" in vector:
        latest = decision_latest(date.fromisoformat(vector.take("effective")), publisher)
        assert latest.isoformat() == vector.take("expect_decision_latest")


def process_sheet(vector: Vector) -> None:
    hours = [Decimal(str(hours)) for hours in vector.take("step_hours")]
    total = process_total(Decimal(str(vector.take("limit_working_days"))), hours)
    assert total.step_hours == vector.take("total_hours")
    assert total.consistent is vector.take("consistent")
