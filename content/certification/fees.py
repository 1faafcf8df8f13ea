"""What an act costs, computed from the procedure's own fee lines.

The catalogue words a tariff by pages: a rate for the first pages, one from a page on, a most
for each copy. A line that cannot be read makes the fee unknown, never zero; the officer then
says what was taken. Amounts are whole đồng.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from content.text import fold

_FROM_PAGE = re.compile(r"tu trang thu (\d{1,4})")
_PAGES = re.compile(r"trang thu (\d{1,4})\s*[-–]\s*(\d{1,4})")
_MOST = "toi da"


@dataclass(frozen=True)
class Step:
    """A rate for each page from ``first`` to ``last``, both included; ``None`` is without end."""

    rate: int
    first: int = 1
    last: int | None = None

    def costs(self, pages: int) -> int:
        """What this step takes of a copy with so many pages."""
        end = pages if self.last is None else min(pages, self.last)
        return self.rate * max(0, end - self.first + 1)


@dataclass(frozen=True)
class Tariff:
    """Steps by page, a most for each copy, and a rate for each copy or case."""

    steps: tuple[Step, ...] = ()
    most: int | None = None
    each: int | None = None

    def fee(self, pages: int, copies: int) -> int:
        """For so many copies of a document with so many pages."""
        one = sum(step.costs(pages) for step in self.steps) + (self.each or 0)
        return copies * (one if self.most is None else min(one, self.most))


def tariff_of(lines: Iterable[Any]) -> Tariff | None:
    """The tariff of fee lines (``dossiers.fees.fees_on``), or ``None`` where it cannot be read.

    Lines in another currency are those of missions abroad and leave the desk alone.
    """
    steps: list[Step] = []
    most: int | None = None
    each: list[int] = []
    for line in lines:
        if line["amount"] is None or line["currency"] != "VND":
            continue
        unit, condition = fold(line["unit"] or ""), fold(line["condition"] or "")
        if _MOST in condition:
            most = line["amount"]
        elif "/trang" in unit:
            steps.append(_step(line["amount"], condition))
        else:
            each.append(line["amount"])
    if len(each) > 1 or not (steps or each) or _overlap(steps):
        return None
    return Tariff(tuple(steps), most, each[0] if each else None)


def _step(rate: int, condition: str) -> Step:
    found = _FROM_PAGE.search(condition)
    if found:
        return Step(rate, int(found[1]))
    found = _PAGES.search(condition)
    return Step(rate, int(found[1]), int(found[2])) if found else Step(rate)


def _overlap(steps: list[Step]) -> bool:
    """Whether a page would be paid twice: then the lines mean something else."""
    reached = 0
    for step in sorted(steps, key=lambda one: one.first):
        if step.first <= reached:
            return True
        reached = step.last if step.last is not None else 1_000_000
    return False
