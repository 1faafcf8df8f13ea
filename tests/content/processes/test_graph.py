"""A graph of steps: what is refused, how long it takes, and the standard rows of any limit."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content.processes.graph import Fault, Graph, Performer, Problem, Step, problems
from content.processes.limits import hours_of
from content.processes.reads import differences
from content.processes.template import standard


def chain(*hours: int, performer: Performer = Performer.SPECIALIST) -> Graph:
    keys = [f"b{at}" for at in range(1, len(hours) + 2)]
    steps = [
        Step(
            key, f"Bước {key}", performer, Decimal(one), next=(after,) if after in keys[:-1] else ()
        )
        for key, after, one in zip(keys, keys[1:], hours, strict=False)
    ]
    return Graph(tuple(steps))


def changed(graph: Graph, place: int, **fields: object) -> Graph:
    steps = list(graph.steps)
    steps[place - 1] = replace(steps[place - 1], **fields)
    return Graph(tuple(steps))


def test_steps_that_fill_the_limit_are_fine_and_others_are_told() -> None:
    assert problems(chain(2, 8, 4, 2), Decimal(16)) == ()
    assert problems(chain(2, 8, 4, 4), Decimal(16)) == (Problem(Fault.HOURS_DIFFER),)
    assert problems(chain(2, 8, 4, 4), None) == ()


@pytest.mark.parametrize(
    ("wrong", "problem"),
    [
        ({"place": 2, "next": ("b9",)}, Problem(Fault.UNKNOWN_NEXT, 2)),
        ({"place": 2, "next": ("b1",)}, Problem(Fault.NEXT_NOT_LATER, 2)),
        ({"place": 2, "next": ()}, Problem(Fault.TWO_STARTS, 3)),
        ({"place": 1, "next": ("b3",)}, Problem(Fault.TWO_STARTS, 2)),
        ({"place": 2, "returns_to": ("b3",)}, Problem(Fault.RETURN_NOT_EARLIER, 2)),
        ({"place": 2, "returns_to": ("b2",)}, Problem(Fault.RETURN_NOT_EARLIER, 2)),
        ({"place": 2, "returns_to": ("x",)}, Problem(Fault.UNKNOWN_RETURN, 2)),
        ({"place": 3, "hours": Decimal(-1)}, Problem(Fault.BAD_HOURS, 3)),
        ({"place": 3, "hours": Decimal("NaN")}, Problem(Fault.BAD_HOURS, 3)),
        ({"place": 3, "name": " "}, Problem(Fault.NO_NAME, 3)),
        ({"place": 3, "key": "b2"}, Problem(Fault.SAME_KEY)),
    ],
)
def test_a_graph_that_is_none_is_refused_at_the_step(wrong: dict, problem: Problem) -> None:
    place = wrong.pop("place")
    assert problem in problems(changed(chain(2, 8, 6), place, **wrong), Decimal(16))


def test_the_desk_does_not_stand_between_steps_inside() -> None:
    """No move would bring a dossier from there to the steps after it."""
    rows = standard(None)
    assert problems(changed(rows, 5, performer=Performer.ONE_STOP), None) == (
        Problem(Fault.DESK_BETWEEN, 5),
    )
    assert problems(changed(rows, 6, performer=Performer.CITIZEN), None) == (
        Problem(Fault.DESK_BETWEEN, 6),
    )
    # Straight from the appraisal to the desk, and filed away afterwards: nothing is in the way.
    assert problems(changed(rows, 4, next=("b5", "b8")), None) == ()


def test_without_a_step_there_is_no_process() -> None:
    assert problems(Graph(()), None) == (Problem(Fault.EMPTY),)


def test_branches_take_the_longest_way() -> None:
    graph = changed(chain(2, 8, 4, 2), 1, next=("b2", "b3"))
    assert graph.hours() == 16
    assert [one.key for one in graph.after(graph.steps[0])] == ["b2", "b3"]


@settings(max_examples=40)
@given(st.decimals(min_value="0.25", max_value=2000, places=2))
def test_the_standard_rows_fill_any_limit(hours: Decimal) -> None:
    graph = standard(hours)
    assert problems(graph, hours) == ()
    assert len(graph.steps) == 9
    assert [one.key for one in graph.entries()] == ["b3"]
    assert Graph.of(graph.as_json()) == graph


def test_a_limit_is_counted_in_hours_where_it_can_be() -> None:
    assert hours_of(2, "working_day") == 16
    assert hours_of("0.5", "working_day") == 4
    assert hours_of(3, "working_hour") == 3
    assert hours_of(None, "same_day") == 8
    assert hours_of(15, "day") == 120
    assert [hours_of(value, unit) for value, unit in ((1, "month"), (0, "day"), ("x", "day"))] == [
        None,
        None,
        None,
    ]
    assert all(one.hours is None for one in standard(None).steps)


def test_two_versions_are_compared_step_by_step() -> None:
    old = standard(Decimal(40))
    new = Graph((*changed(old, 4, name="Thẩm định").steps, Step("b10", "Thêm", Performer.CLERK)))
    found = differences(old, new)
    assert [(one.old and one.old.key, one.new and one.new.key, one.fields) for one in found] == [
        ("b4", "b4", ("name",)),
        (None, "b10", ()),
    ]
    assert differences(new, old)[0].new is None
