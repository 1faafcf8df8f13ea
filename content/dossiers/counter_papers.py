"""The papers of a reception at the counter: what was really received, and what is missing.

Pure: answers in, numbers out. A paper counts with its own numbers, its digitised file, or the
officer's word that everything obligatory is there in the numbers the list names.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from content.dossiers.counter_form import (
    ALL,
    COMPLETE,
    COUNTS,
    OTHERS,
    CounterFacts,
    place_of,
    stands_in_form,
)
from content.dossiers.papers import Absence, PaperToGive
from content.procedures.forms import Problem
from content.procedures.forms.conditions import number


@dataclass(frozen=True)
class PaperCount:
    """A paper as it was received: originals, certified copies, plain copies, files."""

    name: str
    originals: int = 0
    certified: int = 0
    copies: int = 0
    electronic: int = 0

    @property
    def is_there(self) -> bool:
        """Whether anything was received."""
        return bool(self.originals or self.certified or self.copies or self.electronic)

    def as_json(self) -> dict[str, Any]:
        """For the log of the dossier."""
        return asdict(self)


def received_papers(
    facts: CounterFacts, answers: Mapping[str, Any], files: Sequence[str]
) -> tuple[PaperCount, ...]:
    """All papers that were received, those of the list first; ``files`` are slots, one for
    each file."""
    listed = (_count(one, answers, files) for one in _asked(facts))
    rows = (row for row in answers.get(OTHERS) or () if isinstance(row, Mapping))
    others = (
        PaperCount(str(row.get("tn_khac_ten") or ""), *_typed(row, "tn_khac")) for row in rows
    )
    return tuple(one for one in (*listed, *others) if one.is_there and one.name)


def missing_here(
    facts: CounterFacts, answers: Mapping[str, Any], files: Collection[str]
) -> list[Problem]:
    """Obligatory papers that neither came nor are excused, and numbers nobody can know."""
    return [
        Problem((f"{place_of(one.slot)}_chinh",), "paper_missing", {"paper": one.name})
        for one in _asked(facts)
        if one.is_obligatory
        and absence_of(one, answers) is None
        and not _count(one, answers, tuple(files)).is_there
    ]


def absences_here(
    facts: CounterFacts, answers: Mapping[str, Any], files: Collection[str]
) -> list[dict[str, str]]:
    """Why obligatory papers were not kept, by name."""
    return [
        {"paper": one.name, "why": why}
        for one in _asked(facts)
        if (why := absence_of(one, answers)) and not _count(one, answers, tuple(files)).is_there
    ]


def absence_of(paper: PaperToGive, answers: Mapping[str, Any]) -> str | None:
    """The reason given for a paper that is not kept."""
    why = answers.get(f"{place_of(paper.slot)}_vang")
    return why if paper.is_obligatory and why in set(Absence) else None


def _asked(facts: CounterFacts) -> Iterator[PaperToGive]:
    return (one for one in facts.papers if not stands_in_form(one, facts))


def _count(paper: PaperToGive, answers: Mapping[str, Any], files: Iterable[str]) -> PaperCount:
    originals, certified, copies = _typed(answers, place_of(paper.slot))
    electronic = sum(1 for slot in files if slot == paper.slot)
    said = originals or certified or copies or electronic
    complete = ALL in (answers.get(COMPLETE) or ()) and paper.is_obligatory
    if complete and not said and absence_of(paper, answers) is None:
        originals, certified = paper.originals or 0, paper.copies or 0
    return PaperCount(paper.name, originals, certified, copies, electronic)


def _typed(answers: Mapping[str, Any], place: str) -> tuple[int, int, int]:
    found = [number(answers.get(f"{place}_{name}")) for name in COUNTS]
    chinh, sao, chup = (int(one) if one is not None else 0 for one in found)
    return chinh, sao, chup
