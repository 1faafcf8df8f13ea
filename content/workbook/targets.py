"""Targets beside results, and what the book itself can count: training held, conduct complaints
found to be true (index 7 of TT 01/2018/TT-VPCP)."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import ColumnElement, and_, select, true
from sqlalchemy.orm import Session, joinedload

from content.agencies.models import Agency
from content.dossiers.desks import subtree_ids
from content.procedures.forms.conditions import day, number
from content.procedures.forms.display import show_number
from content.workbook.grids import Grid
from content.workbook.measures import BY_KEY, Measure, Results
from content.workbook.models import WorkEntry, WorkStatus
from content.workbook.wording import target_words

TARGET, TRAINING, CONDUCT = "target", "training", "conduct"
NO_RESULT, BY_HAND = "chưa có số liệu", "(ghi tay)"


@dataclass(frozen=True)
class Training:
    """Courses that were held; ``people_hours`` is people times hours, course by course."""

    courses: int
    people: int
    people_hours: int


def trained(session: Session, year: int, units: frozenset[int]) -> Training:
    """Training that is done, by the year of its first day."""
    found = [one for one in _done(session, TRAINING, units) if _year(one, "starts_on") == year]
    numbers = [(_number(one, "people"), _number(one, "hours")) for one in found]
    return Training(
        len(found),
        sum(people for people, _ in numbers),
        sum(people * hours for people, hours in numbers),
    )


def justified(
    session: Session, units: frozenset[int] | None, first: date, last: date
) -> list[WorkEntry]:
    """Complaints about conduct judged to be true from ``first`` to ``last``; those found false
    do not count. ``units`` ``None`` is everybody."""
    return list(session.scalars(select(WorkEntry).where(are_justified(units, first, last))))


def are_justified(units: frozenset[int] | None, first: date, last: date) -> ColumnElement[bool]:
    """Which entries ``justified`` finds; days of entries are kept as ``YYYY-MM-DD``."""
    judged_on = WorkEntry.values["judged_on"].as_string()
    return and_(
        WorkEntry.kind == CONDUCT,
        WorkEntry.status == WorkStatus.DONE,
        _of(units),
        WorkEntry.values["judgement"].as_string() == "justified",
        judged_on.between(first.isoformat(), last.isoformat()),
    )


def keeps_conduct(session: Session, units: frozenset[int] | None, year: int) -> bool:
    """Whether the book of complaints has a line of a year: a book without one is a book that
    nobody keeps, not a year without complaints."""
    query = select(WorkEntry.id).where(WorkEntry.kind == CONDUCT, WorkEntry.year == year)
    return session.scalar(query.where(_of(units)).limit(1)) is not None


def _of(units: frozenset[int] | None) -> ColumnElement[bool]:
    return true() if units is None else WorkEntry.agency_id.in_(units)


def _done(session: Session, kind: str, units: frozenset[int] | None) -> list[WorkEntry]:
    query = select(WorkEntry).where(
        WorkEntry.kind == kind, _of(units), WorkEntry.status == WorkStatus.DONE
    )
    return list(session.scalars(query))


def _year(entry: WorkEntry, name: str) -> int | None:
    found = day(entry.values.get(name))
    return found.year if found else None


def _number(entry: WorkEntry, name: str) -> int:
    return int(number(entry.values.get(name)) or 0)


def _trained(session: Session, year: int, units: frozenset[int]) -> Decimal | None:
    found = trained(session, year, units)
    return Decimal(found.people) if found.courses else None


def _conduct(session: Session, year: int, units: frozenset[int]) -> Decimal | None:
    if not keeps_conduct(session, units, year):
        return None
    return Decimal(len(justified(session, units, date(year, 1, 1), date(year, 12, 31))))


#: What the book counts by itself.
OWN: Results = {"trained": _trained, "conduct": _conduct}


@dataclass(frozen=True)
class TargetLine:
    """One target beside its result; ``is_met`` is ``None`` where there is no result. What was
    counted outside and written into the entry stands in where the system knows nothing."""

    entry: WorkEntry
    measure: Measure
    target: Decimal
    result: Decimal | None
    by_hand: bool = False

    @property
    def is_met(self) -> bool | None:
        return None if self.result is None else self.measure.is_met(self.target, self.result)

    @property
    def target_words(self) -> str:
        return target_words(self.entry.values)

    @property
    def result_words(self) -> str:
        """The result with one decimal at most, or that there is none."""
        if self.result is None:
            return NO_RESULT
        told = self.measure.in_words(show_number(round(self.result, 1)))
        return f"{told} {BY_HAND}" if self.by_hand else told

    @property
    def counted(self) -> str:
        """How the result was made."""
        if not self.by_hand:
            return self.measure.counted
        source = str(self.entry.values.get("source") or "")
        return f"{self.measure.counted} Ghi tay: {source or 'chưa ghi nguồn'}."

    @property
    def verdict(self) -> str:
        return {True: "Đạt", False: "Chưa đạt", None: NO_RESULT}[self.is_met]


def beside_results(
    session: Session, units: frozenset[int], year: int, results: Results
) -> list[TargetLine]:
    """The targets of a year, by unit; each result is of the unit with all below it."""
    query = (
        select(WorkEntry)
        .join(Agency)
        .where(
            WorkEntry.kind == TARGET,
            WorkEntry.year == year,
            WorkEntry.agency_id.in_(units),
            WorkEntry.status != WorkStatus.DROPPED,
        )
        .options(joinedload(WorkEntry.agency))
        .order_by(Agency.position, Agency.name, WorkEntry.number)
    )
    below: dict[int, frozenset[int]] = {}
    known, lines = {**OWN, **results}, []
    for entry in session.scalars(query):
        measure, target = BY_KEY.get(entry.values["measure"]), number(entry.values["value"])
        if measure is None or target is None:
            continue
        if entry.agency_id not in below:
            below[entry.agency_id] = frozenset(subtree_ids(session, [entry.agency_id]))
        count = known.get(measure.key)
        result = count(session, year, below[entry.agency_id]) if count else None
        by_hand = number(entry.values.get("counted")) if result is None else None
        if by_hand is not None:
            result = by_hand
        lines.append(TargetLine(entry, measure, target, result, by_hand is not None))
    return lines


def targets_grid(lines: list[TargetLine], year: int) -> Grid:
    """The same as a table of words."""
    return Grid(
        "Mục tiêu và kết quả",
        f"Năm {year}",
        ("Đơn vị", "Chỉ tiêu", "Mục tiêu", "Kết quả", "Đánh giá", "Cách tính"),
        (2.4, 2.2, 1.2, 1.2, 1.0, 3.0),
        tuple(
            (
                one.entry.agency.name,
                one.measure.label,
                one.target_words,
                one.result_words,
                one.verdict,
                one.counted,
            )
            for one in lines
        ),
    )
