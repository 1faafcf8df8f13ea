"""The nine indices and the hundred points at their borders."""

import pytest

from content.figures import indices, serving


@pytest.mark.parametrize(
    ("total", "name"), [(15, "xuất sắc"), (14.9, "tốt"), (12, "tốt"), (9, "khá"), (5.9, "yếu")]
)
def test_classes_of_agencies(total: float, name: str) -> None:
    assert indices.agency_class(total) == name


def test_what_there_is_no_data_for_is_left_out() -> None:
    assert indices.average([]) is None
    assert indices.total_of([1.5, None, 2.0]) == 3.5
    assert indices.answers(0, 0) is None


@pytest.mark.parametrize(("scores", "mean"), [([2, 2, 1], 1.7), ([2, 1, 1, 1], 1.3), ([1], 1.0)])
def test_an_average_has_one_decimal(scores: list[int], mean: float) -> None:
    assert indices.average(scores) == mean


@pytest.mark.parametrize(
    ("found", "points"),
    [
        (indices.time_used(3, 5), 2),
        (indices.time_used(5, 5), 1),
        (indices.time_used(6, 5), 0),
        (indices.contacts(0), 2),
        (indices.contacts(1), 1),
        (indices.contacts(2), 0),
        (indices.contacts(3, citizen_fault=True), 1),
        (indices.agencies_met(0), 2),
        (indices.agencies_met(1), 1),
        (indices.agencies_met(2, only_desk=False), 0),
        (indices.handled_at_desk("tỉnh", 0.2, 1.0), 2),
        (indices.handled_at_desk("xã", 0.9, 1.0), 1),
        (indices.handled_at_desk("xã", 0.9, 0.9), 0),
        (indices.published(posted=True, electronic=True), 2),
        (indices.published(posted=True, electronic=False), 1),
        (indices.attitude(early=True, on_time=True, complaints_held=0), 2),
        (indices.attitude(early=False, on_time=True, complaints_held=0), 1),
        (indices.attitude(early=True, on_time=True, complaints_held=1), 0),
        (indices.answers(10, 10), 2),
        (indices.answers(9, 10), 1),
        (indices.answers(8, 10), 0),
        (indices.online(0.2, 0.3, late=0), 2),
        (indices.online(0.2, 0.3, late=1), 1),
        (indices.online(0.1, 0.5, late=0), 0),
    ],
)
def test_points(found: int, points: int) -> None:
    assert found == points


def test_the_parts_make_a_hundred() -> None:
    assert sum(part.maximum for part in serving.PARTS) == 100
    whole = {part.under: 10 for part in serving.PARTS}
    whole |= {name: 10 for part in serving.PARTS for name in part.over}
    assert serving.total_points(whole) == 100


def test_nobody_rated_gives_nothing_but_no_petition_gives_all() -> None:
    points = {one.part.key: one.points for one in serving.scored({})}
    assert points["5.4"] == 0
    assert points["5.2"] == points["5.3"] == 6


def test_the_dearest_loss_comes_first() -> None:
    counts = {"received": 10, "on_time": 5, "digitised": 10}
    losses = serving.lost(counts, lambda part: part.key in {"2.1", "4.2", "4.6"})
    assert [one.part.key for one in losses] == ["2.1", "4.6"]
