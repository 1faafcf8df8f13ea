"""Vectors of statistics: the statutory report, both evaluations, the seeds' own figures."""

from datetime import date

import pytest

from content.dossiers.states import Status
from content.figures import indices, serving
from content.figures.settling import Period, SettledRow, settle
from content.procedures.kinds import Channel
from content.words import percent
from tests.vectors.reading import Vector

CHANNELS = {1: Channel.COUNTER, 2: Channel.ONLINE, 3: Channel.POST}
NOT_RECEIVED = {Status.DRAFT, Status.SUBMITTED, Status.REFUSED}
#: What a vector of QĐ 766 expects → the group or the parts it is the sum of.
PARTS_766 = {
    "2.1_progress": {"2.1"},
    "3_online": {"3.1", "3.2", "3.3"},
    "3.5_3.6_payment": {"3.5a", "3.5b", "3.6"},
    "5.4_satisfaction": {"5.4"},
    "5.2_petition_on_time": {"5.2"},
}


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def report_06(vector: Vector) -> None:
    vector.get("id")
    vector.get("rules")
    first, last = vector.take("period")
    rows = [
        SettledRow(
            channel=CHANNELS[row["channel"]],
            received=date.fromisoformat(row["received"]),
            due=_day(row["due"]),
            finished=_day(row["finished"]),
        )
        for row in vector.take("rows")
        if Status(row["status"]) not in NOT_RECEIVED
    ]
    found = settle(rows, Period(date.fromisoformat(first), date.fromisoformat(last)))
    expect = vector.take("expect")
    columns = {str(number): count for number, count in found.columns().items()}
    assert {name: columns[name] for name in expect["columns"]} == expect["columns"]
    assert found.on_time_share is not None
    assert round(found.on_time_share * 100, 2) == expect["on_time_rate_of_resolved"]


def index_average(vector: Vector) -> None:
    assert indices.average(vector.take("scores")) == vector.take("expect")


def unit_class(vector: Vector) -> None:
    assert indices.agency_class(vector.take("total")) == vector.take("expect")


def officer_class(vector: Vector) -> None:
    assert indices.officer_class(vector.take("total")) == vector.take("expect")


def index1(vector: Vector) -> None:
    actual, limit = vector.take("actual_days"), vector.take("limit_days")
    assert indices.time_used(actual, limit) == vector.take("expect")


def index3(vector: Vector) -> None:
    fault = vector.get("citizen_fault", False)
    assert indices.contacts(vector.take("contacts"), citizen_fault=fault) == vector.take("expect")


def qd766(vector: Vector) -> None:
    vector.get("note")
    points = {one.part.key: one.points for one in serving.scored(vector.take("input"))}
    for name, expected in vector.take("expect").items():
        found = sum(points[key] for key in PARTS_766[name])
        assert found == pytest.approx(expected, abs=0.005), name


#: Counts that make up a whole in the articles.
WHOLES = (
    ("one_stop", "citizen_reception", "departments"),
    ("at_centre", "excluded"),
    ("level2", "level3", "level4"),
)


def seed_arithmetic(vector: Vector) -> None:
    """The figures of the articles follow from their own counts."""
    vector.get("seed")
    sums = [sum(vector.get(name, 0) for name in parts) for parts in WHOLES]
    total = vector.get("total") or max(sums)
    assert {whole for whole in sums if whole} == {total}
    for count, rate, digits in (("level2", "level2_rate", 2), ("shortened", "shortened_rate", 1)):
        share = 100 * vector.get(count, 0) / total
        assert vector.get(rate, percent(share, digits)) == percent(share, digits)
