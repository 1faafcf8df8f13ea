"""Codes of procedures, and the days around their publication."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content.calendar.holidays_seed import default_calendar
from content.procedures.codes import ProcedureCode, parse_procedure_code
from content.procedures.deadlines import Publisher, database_entry_by, decision_latest
from content.procedures.process_sheet import process_total


@pytest.mark.parametrize(
    ("typed", "base", "agency"),
    [
        ("1.001193", "1.001193", None),
        ("1.013855.H41", "1.013855", "H41"),
        ("1.013855.H41.02", "1.013855", "H41.02"),
        (" 2.000908.000.00.00.h26 ", "2.000908", "000.00.00.H26"),
        ("6.000123", "6.000123", None),
    ],
)
def test_a_code_falls_into_base_and_agency(typed, base, agency):
    code = parse_procedure_code(typed)
    assert code == ProcedureCode(base, agency)
    assert code.text == typed.strip().upper()


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "2.00090",
        "2.0009080",
        "4.000908",
        "2000908",
        "2.000908.",
        "2.000908.H4",
        "2.000908.00.H41",
        "٢.000908",
        "dvcqg:315145",
        "1" * 1000,
    ],
)
def test_what_is_no_code_is_refused(typed):
    assert parse_procedure_code(typed) is None


@settings(max_examples=100)
@given(st.text(max_size=80))
def test_any_text_is_answered(text):
    code = parse_procedure_code(text)
    assert code is None or code.text == text.strip().upper()


def test_a_decision_reaches_the_national_database_in_time():
    calendar = default_calendar()
    signed = date(2026, 11, 20)
    assert database_entry_by(calendar, signed, Publisher.PROVINCE) == date(2026, 11, 30)
    assert database_entry_by(calendar, signed, Publisher.MINISTRY) == date(2026, 12, 7)


def test_a_decision_precedes_its_effect():
    assert decision_latest(date(2026, 12, 1), Publisher.PROVINCE) == date(2026, 11, 26)
    assert decision_latest(date(2026, 12, 1), Publisher.MINISTRY) == date(2026, 11, 11)


def test_the_steps_of_a_process_fill_its_limit():
    total = process_total(Decimal("0.5"), [Decimal(1), Decimal("2.5"), Decimal("0.5")])
    assert (total.step_hours, total.consistent) == (Decimal(4), True)
    assert not process_total(Decimal(1), [Decimal(4)]).consistent
