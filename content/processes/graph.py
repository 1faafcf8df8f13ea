"""A process as a graph of steps: plain values, what is wrong with them, ways through them.

Steps stand in the order of the sheet. ``next`` leads only to later ones and ``returns_to``
only to earlier ones, so that no dossier goes round in circles without somebody sending it
back with a reason. Reads and writes no database.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from content.people.roles import ROLE_NAMES, Role
from content.procedures.process_sheet import ProcessTotal

MAX_STEPS = 40
MAX_NAME = 200
MAX_RESULT = 300
#: A step longer than this is a typing error (``calendar.model.LONGEST`` in hours).
MAX_HOURS = Decimal(16_000)


class Performer(StrEnum):
    """Who does a step: the applicant, or a role of the house."""

    CITIZEN = "citizen"
    ONE_STOP = Role.ONE_STOP.value
    SPECIALIST = Role.SPECIALIST.value
    HEAD = Role.HEAD.value
    LEADER = Role.LEADER.value
    CLERK = Role.CLERK.value


PERFORMER_NAMES = {
    one: "Tổ chức, cá nhân" if one is Performer.CITIZEN else ROLE_NAMES[Role(one.value)]
    for one in Performer
}
#: Between reception and result a dossier is with these; the rest is at the desk.
INSIDE = frozenset({Performer.SPECIALIST, Performer.HEAD, Performer.LEADER, Performer.CLERK})


@dataclass(frozen=True)
class Step:
    """One step. ``hours`` are working hours of the limit, ``None`` where the step takes none
    of it (the applicant's own, filing away). ``account_id`` names one person, if any."""

    key: str
    name: str
    performer: Performer
    hours: Decimal | None = None
    result: str = ""
    next: tuple[str, ...] = ()
    returns_to: tuple[str, ...] = ()
    account_id: int | None = None
    account_name: str = ""

    @property
    def is_inside(self) -> bool:
        """Whether it is done between the transfer and the result."""
        return self.performer in INSIDE

    @property
    def who(self) -> str:
        """Who is responsible, in words."""
        role = PERFORMER_NAMES[self.performer]
        return f"{self.account_name} ({role.lower()})" if self.account_name else role

    def as_json(self) -> dict[str, Any]:
        """For the column of a version."""
        return {
            "key": self.key,
            "name": self.name,
            "performer": self.performer.value,
            "hours": None if self.hours is None else str(self.hours),
            "result": self.result,
            "next": list(self.next),
            "returns_to": list(self.returns_to),
            "account": self.account_id,
            "account_name": self.account_name,
        }

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> "Step":
        """A step of a column."""
        hours = kept.get("hours")
        return cls(
            key=kept["key"],
            name=kept["name"],
            performer=Performer(kept["performer"]),
            hours=None if hours is None else Decimal(hours),
            result=kept.get("result", ""),
            next=tuple(kept.get("next", ())),
            returns_to=tuple(kept.get("returns_to", ())),
            account_id=kept.get("account"),
            account_name=kept.get("account_name", ""),
        )


class Fault(StrEnum):
    """What is wrong with a graph or one of its steps."""

    EMPTY = "empty"
    TOO_MANY = "too_many"
    SAME_KEY = "same_key"
    NO_NAME = "no_name"
    BAD_HOURS = "bad_hours"
    UNKNOWN_NEXT = "unknown_next"
    NEXT_NOT_LATER = "next_not_later"
    UNKNOWN_RETURN = "unknown_return"
    RETURN_NOT_EARLIER = "return_not_earlier"
    TWO_STARTS = "two_starts"
    NO_WAY_ON = "no_way_on"
    DESK_BETWEEN = "desk_between"
    HOURS_DIFFER = "hours_differ"


@dataclass(frozen=True)
class Problem:
    """A fault, at a step (its place from 1) or of the whole."""

    fault: Fault
    place: int | None = None


@dataclass(frozen=True)
class Graph:
    """The steps of a process, in their order."""

    steps: tuple[Step, ...]

    @classmethod
    def of(cls, kept: Iterable[Mapping[str, Any]]) -> "Graph":
        """The steps of a column."""
        return cls(tuple(Step.of(one) for one in kept))

    def as_json(self) -> list[dict[str, Any]]:
        """For the column of a version."""
        return [one.as_json() for one in self.steps]

    def step(self, key: str | None) -> Step | None:
        """The step of a key."""
        return next((one for one in self.steps if one.key == key), None)

    def place(self, key: str) -> int:
        """The place of a step, from 1; 0 for an unknown one."""
        return next((at for at, one in enumerate(self.steps, 1) if one.key == key), 0)

    def after(self, step: Step) -> tuple[Step, ...]:
        """The steps a dossier may go to from here."""
        return self._named(step.next)

    def onwards(self, step: Step) -> tuple[Step, ...]:
        """Every step it may still come to from here, in their order."""
        found = {step.key}
        for one in self.steps[self.place(step.key) - 1 :]:
            found.update(one.next if one.key in found else ())
        return tuple(one for one in self.steps if one.key in found and one is not step)

    def before(self, step: Step) -> tuple[Step, ...]:
        """The steps it may be sent back to."""
        return self._named(step.returns_to)

    def entries(self) -> tuple[Step, ...]:
        """The steps to which the desk transfers a received dossier: the first ones inside."""
        found: list[Step] = []
        waiting = list(self.steps[:1])
        while waiting:
            here = waiting.pop(0)
            if here.is_inside:
                found += [here] if here not in found else []
            else:
                waiting += self.after(here)
        return tuple(found)

    def hours(self) -> Decimal:
        """Working hours of the longest way from start to end; of a chain, their sum."""
        longest: dict[str, Decimal] = {}
        for one in reversed(self.steps):
            rest = max((longest.get(key, Decimal()) for key in one.next), default=Decimal())
            longest[one.key] = (one.hours or Decimal()) + rest
        return longest[self.steps[0].key] if self.steps else Decimal()

    def total(self, limit_hours: Decimal) -> ProcessTotal:
        """Its hours beside those of the limit."""
        return ProcessTotal(self.hours(), limit_hours)

    def _named(self, keys: Sequence[str]) -> tuple[Step, ...]:
        return tuple(one for one in self.steps if one.key in keys)


def problems(graph: Graph, limit_hours: Decimal | None) -> tuple[Problem, ...]:
    """All that is wrong; empty for a graph that may be published.

    ``limit_hours`` is ``None`` for a limit that does not count in hours: then the sum is not
    compared.
    """
    if not graph.steps:
        return (Problem(Fault.EMPTY),)
    found = [Problem(Fault.TOO_MANY)] if len(graph.steps) > MAX_STEPS else []
    keys = [one.key for one in graph.steps]
    found += [Problem(Fault.SAME_KEY)] if len(set(keys)) < len(keys) else []
    for place, one in enumerate(graph.steps, 1):
        found += [Problem(fault, place) for fault in _of_step(graph, place, one)]
    if not found:
        found += _of_ways(graph)
    if not found and limit_hours is not None and not graph.total(limit_hours).consistent:
        found.append(Problem(Fault.HOURS_DIFFER))
    return tuple(found)


def _of_step(graph: Graph, place: int, step: Step) -> list[Fault]:
    checks = [
        (not step.name.strip() or len(step.name) > MAX_NAME, Fault.NO_NAME),
        (step.hours is not None and not _is_hours(step.hours), Fault.BAD_HOURS),
        (any(not graph.place(key) for key in step.next), Fault.UNKNOWN_NEXT),
        (any(0 < graph.place(key) <= place for key in step.next), Fault.NEXT_NOT_LATER),
        (any(not graph.place(key) for key in step.returns_to), Fault.UNKNOWN_RETURN),
        (any(graph.place(key) >= place for key in step.returns_to), Fault.RETURN_NOT_EARLIER),
    ]
    return [fault for wrong, fault in checks if wrong]


def _is_hours(hours: Decimal) -> bool:
    return hours.is_finite() and 0 <= hours <= MAX_HOURS


def _of_ways(graph: Graph) -> list[Problem]:
    """One start, the first; every step but the last leads on.

    As all ways lead to later steps, this means that every step is reached from the start and
    reaches the end.
    """
    reached = {key for one in graph.steps for key in one.next}
    strays = [at for at, one in enumerate(graph.steps[1:], 2) if one.key not in reached]
    stuck = [at for at, one in enumerate(graph.steps[:-1], 1) if not one.next]
    found = [Problem(Fault.TWO_STARTS, at) for at in strays]
    found += [Problem(Fault.NO_WAY_ON, at) for at in stuck]
    return found or [Problem(Fault.DESK_BETWEEN, at) for at in _between(graph)]


def _between(graph: Graph) -> list[int]:
    """Steps of the desk or the applicant from which the work would have to go inside again.

    No move leads there and back (T18 is for who works inside): what the applicant has to bring
    or to pay is asked for with a request of its own. Filing away after the result was handed
    out, the last row, comes back to no desk.
    """
    found, been_inside = [], set[str]()
    for at, one in enumerate(graph.steps, 1):
        if one.is_inside:
            been_inside.update(later.key for later in graph.onwards(one))
        elif one.key in been_inside and _goes_in_again(graph, one):
            found.append(at)
    return found


def _goes_in_again(graph: Graph, step: Step) -> bool:
    return any(one.is_inside and _comes_to_desk(graph, one) for one in graph.onwards(step))


def _comes_to_desk(graph: Graph, step: Step) -> bool:
    return any(one.performer is Performer.ONE_STOP for one in graph.onwards(step))
