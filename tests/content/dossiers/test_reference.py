"""Dossier codes: read in every shape, made in the chosen one."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content.dossiers.reference import (
    CodeProblem,
    Scheme,
    format_code,
    next_code,
    parse_code,
    readings,
)
from content.errors import Invalid

DAY = date(2026, 10, 20)
PROPERTY = settings(max_examples=150)

pairs = st.integers(0, 99).map("{:02d}".format)
heads = st.builds("{}{}".format, st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXY"), pairs)
qd20_units = st.builds(
    lambda head, groups: ".".join([head, *groups]), heads, st.lists(pairs, max_size=4)
)
tt01_units = st.builds("{:03d}.{}.{}.{}".format, st.integers(0, 999), pairs, pairs, heads)
days = st.dates(date(2018, 6, 21), date(2068, 12, 31))


@pytest.mark.parametrize(
    ("typed", "scheme", "unit", "sequence"),
    [
        ("000.00.06.H56-231027-0361", Scheme.TT01_2018, "000.00.06.H56", 361),
        ("H15.50.05.13-261008-0975", Scheme.QD20_2020, "H15.50.05.13", 975),
        ("H15.50-261008-1800123", Scheme.QD20_2020, "H15.50", 1800123),
        ("H15.50-261008-180012", Scheme.QD20_2020, "H15.50", 180012),
        ("G09.20-20260609-0092637", Scheme.NATIONAL_2026, "G09.20", 92637),
        ("g09.20–20260609–0092637", Scheme.NATIONAL_2026, "G09.20", 92637),
        ("  h26.13 - 261020 - 0123 ", Scheme.QD20_2020, "H26.13", 123),
        ("H2613-261020-0123", Scheme.QD20_2020, "H26.13", 123),
        ("H26132610200123", Scheme.QD20_2020, "H26.13", 123),
        ("0000006H562310270361", Scheme.TT01_2018, "000.00.06.H56", 361),
    ],
)
def test_every_shape_in_use_is_read(typed, scheme, unit, sequence):
    code = parse_code(typed).code
    assert (code.scheme, code.unit, code.sequence) == (scheme, unit, sequence)


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("", CodeProblem.SHAPE),
        ("H26.13", CodeProblem.SHAPE),
        ("H26.13-261020-12", CodeProblem.SHAPE),
        ("H26.13-261020-01234", CodeProblem.SHAPE),
        ("H26.13-20261020-0123", CodeProblem.SHAPE),
        ("H26..13-261020-0123", CodeProblem.SHAPE),
        ("H26.1-261020-0123", CodeProblem.SHAPE),
        ("Z26.13-261020-0123", CodeProblem.SHAPE),
        ("H26.13_261020_0123", CodeProblem.SHAPE),
        ("H26.13-261020-012٣", CodeProblem.SHAPE),
        ("H26" + ".13" * 11 + "-261020-0123", CodeProblem.SHAPE),
        ("H26.13-261020-0123\x00" * 9, CodeProblem.SHAPE),
        ("H26.13-261320-0123", CodeProblem.DATE),
        ("H26.13-260229-0123", CodeProblem.DATE),
        ("G01.02-00000101-0000001", CodeProblem.DATE),
        ("H26.13-261020-0000", CodeProblem.SEQUENCE_ZERO),
    ],
)
def test_what_is_no_code_says_why(typed, problem):
    parsed = parse_code(typed)
    assert not parsed.valid
    assert parsed.problem is problem


def test_a_code_with_two_readings_is_not_guessed():
    typed = "G0920202606090092637"
    assert parse_code(typed).problem is CodeProblem.AMBIGUOUS
    assert {code.scheme for code in readings(typed)} == {Scheme.QD20_2020, Scheme.NATIONAL_2026}


@pytest.mark.parametrize(
    ("unit", "scheme", "expected"),
    [
        ("H26.13", Scheme.QD20_2020, "H26.13-261020-0123"),
        ("000.00.03.H26", Scheme.QD20_2020, "000.00.03.H26-261020-0123"),
        ("000.00.03.H26", Scheme.TT01_2018, "000.00.03.H26-261020-0123"),
        ("G01.02", Scheme.NATIONAL_2026, "G01.02-20261020-0000123"),
    ],
)
def test_the_next_code_follows_the_chosen_scheme(unit, scheme, expected):
    assert next_code(unit, DAY, 122, scheme) == expected


def test_each_day_starts_at_one():
    assert next_code("H26.13", DAY, 0) == "H26.13-261020-0001"


@pytest.mark.parametrize(
    ("unit", "sequence", "scheme", "field"),
    [
        ("26.13", 1, Scheme.QD20_2020, "unit"),
        ("000.00.03.H26", 1, Scheme.NATIONAL_2026, "unit"),
        ("H26" + ".13" * 11, 1, Scheme.QD20_2020, "unit"),
        ("H26.13", 0, Scheme.QD20_2020, "sequence"),
        ("H26.13", 10_000, Scheme.QD20_2020, "sequence"),
    ],
)
def test_a_code_that_could_not_be_read_back_is_not_made(unit, sequence, scheme, field):
    with pytest.raises(Invalid) as refused:
        format_code(unit, DAY, sequence, scheme)
    assert list(refused.value.problems) == [field]


@PROPERTY
@given(st.one_of(qd20_units, tt01_units), days, st.integers(1, 9999))
def test_a_local_code_reads_back_as_it_was_made(unit, day, sequence):
    code = parse_code(format_code(unit, day, sequence)).code
    assert (code.unit, code.date, code.sequence) == (unit, day, sequence)


@PROPERTY
@given(qd20_units, days, st.integers(1, 9_999_999))
def test_a_national_code_reads_back_as_it_was_made(unit, day, sequence):
    code = parse_code(format_code(unit, day, sequence, Scheme.NATIONAL_2026)).code
    assert (code.unit, code.date, code.sequence) == (unit, day, sequence)


@PROPERTY
@given(st.one_of(qd20_units, tt01_units), days, st.integers(1, 9999))
def test_without_dots_and_hyphens_the_code_is_among_the_readings(unit, day, sequence):
    code = format_code(unit, day, sequence)
    bare = code.replace(".", "").replace("-", "").lower()
    assert code in {reading.text for reading in readings(bare)}


@PROPERTY
@given(st.text(max_size=100))
def test_any_text_is_answered(text):
    parsed = parse_code(text)
    assert parsed.valid is (parsed.problem is None)
