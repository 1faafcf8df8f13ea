"""How well search finds: gold queries against what comes first, and titles against themselves.

Pure measuring: reads a file of expectations, asks the service, counts. A query of
the file is {query, kind, expected: [{code, level, name}], also_acceptable: […]};
an entry without code is recognised by its name.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from content.procedures.kinds import Level
from search.documents import Kind
from search.index import KIND
from search.query import name_key
from search.service import Hit, SearchRequest, SearchService

#: Hits looked at; what is farther down counts as not found.
DEPTH = 20


class BadGoldFile(ValueError):
    """The file is not a list of gold queries; the message says where."""


@dataclass(frozen=True)
class Target:
    """A procedure to be found: by code and level, else by name and level."""

    code: str | None
    name: str
    level: str | None

    def is_hit(self, hit: Hit) -> bool:
        """Whether a result is this procedure."""
        if self.level and self.level not in hit.facets.get("level", ()):
            return False
        if self.code:
            return hit.code == self.code
        return name_key(hit.title) == name_key(self.name)


@dataclass(frozen=True)
class GoldQuery:
    """A query with the procedures people mean by it."""

    query: str
    kind: str
    expected: tuple[Target, ...]
    also_acceptable: tuple[Target, ...]


@dataclass(frozen=True)
class Outcome:
    """What a query found: places (from 1) of the first expected and first acceptable hit."""

    gold: GoldQuery
    expected_at: int | None
    acceptable_at: int | None
    first: str

    @property
    def is_miss(self) -> bool:
        return self.expected_at != 1


@dataclass(frozen=True)
class Scores:
    """Shares between 0 and 1 over ``count`` queries."""

    count: int
    success_at_1: float
    success_at_3: float
    mrr: float


@dataclass(frozen=True)
class Report:
    """All outcomes, and their scores by kind."""

    outcomes: tuple[Outcome, ...]

    @property
    def by_kind(self) -> dict[str, Scores]:
        kinds = dict.fromkeys(outcome.gold.kind for outcome in self.outcomes)
        return {
            kind: _scores([outcome for outcome in self.outcomes if outcome.gold.kind == kind])
            for kind in kinds
        }

    @property
    def misses(self) -> list[Outcome]:
        return [outcome for outcome in self.outcomes if outcome.is_miss]

    def as_json(self) -> dict[str, Any]:
        """For ``--json``."""
        return {
            "kinds": {kind: vars(scores) for kind, scores in self.by_kind.items()},
            "all": vars(_scores(self.outcomes)),
            "misses": [
                {
                    "query": miss.gold.query,
                    "kind": miss.gold.kind,
                    "expected": [vars(target) for target in miss.gold.expected],
                    "expected_at": miss.expected_at,
                    "acceptable_at": miss.acceptable_at,
                    "first": miss.first,
                }
                for miss in self.misses
            ],
        }

    def as_lines(self) -> Iterator[str]:
        """For the terminal: a table, then each miss."""
        yield f"{'':<18}{'n':>5}{'@1':>8}{'@3':>8}{'MRR':>8}"
        for kind, scores in (*self.by_kind.items(), ("tất cả", _scores(self.outcomes))):
            yield (
                f"{kind:<18}{scores.count:>5}{scores.success_at_1:>8.3f}"
                f"{scores.success_at_3:>8.3f}{scores.mrr:>8.3f}"
            )
        for miss in self.misses:
            wanted = miss.gold.expected[0]
            place = f"đứng thứ {miss.expected_at}" if miss.expected_at else "không thấy"
            yield (
                f"trượt [{miss.gold.kind}] “{miss.gold.query}”: cần "
                f"{wanted.code or wanted.name} ({place}), đầu tiên là {miss.first or 'không có gì'}"
            )


def read_gold(path: Path) -> list[GoldQuery]:
    """The queries of a file. Raises ``BadGoldFile`` and ``OSError``."""
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise BadGoldFile(str(error)) from error
    if not isinstance(rows, list):
        raise BadGoldFile("not a list")
    return [_gold(number, row) for number, row in enumerate(rows, start=1)]


def evaluate(gold: Iterable[GoldQuery], service: SearchService, at: datetime) -> Report:
    """Ask each query among the procedures, history included."""
    return Report(tuple(_outcome(one, _first_hits(service, one.query, at)) for one in gold))


def titles_not_first(
    titles: Iterable[str], service: SearchService, at: datetime
) -> list[tuple[str, str]]:
    """The titles that do not find themselves first, each with what came first instead.

    Titles of the same words count as equal.
    """
    wrong = []
    for title in titles:
        hits = _first_hits(service, title, at, count=1)
        first = hits[0].title if hits else ""
        if name_key(first) != name_key(title):
            wrong.append((title, first))
    return wrong


def _first_hits(
    service: SearchService, text: str, at: datetime, count: int = DEPTH
) -> tuple[Hit, ...]:
    filters = {KIND: (Kind.PROCEDURE.value,)}
    return service.search(SearchRequest(text, at, filters, page_size=count)).hits


def _outcome(gold: GoldQuery, hits: Sequence[Hit]) -> Outcome:
    return Outcome(
        gold=gold,
        expected_at=_place(gold.expected, hits),
        acceptable_at=_place((*gold.expected, *gold.also_acceptable), hits),
        first=f"{hits[0].code} {hits[0].title}".strip() if hits else "",
    )


def _place(targets: Sequence[Target], hits: Sequence[Hit]) -> int | None:
    matching = (n for n, hit in enumerate(hits, 1) if any(t.is_hit(hit) for t in targets))
    return next(matching, None)


def _scores(outcomes: Sequence[Outcome]) -> Scores:
    count = len(outcomes)
    share = 1 / count if count else 0.0
    return Scores(
        count=count,
        success_at_1=share * sum(one.expected_at == 1 for one in outcomes),
        success_at_3=share * sum((one.acceptable_at or DEPTH) <= 3 for one in outcomes),
        mrr=share * sum(1 / one.expected_at for one in outcomes if one.expected_at),
    )


def _gold(number: int, row: Any) -> GoldQuery:
    try:
        return GoldQuery(
            query=str(row["query"]),
            kind=str(row["kind"]),
            expected=_targets(row["expected"]),
            also_acceptable=_targets(row.get("also_acceptable") or ()),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise BadGoldFile(f"query {number}: {error!r}") from error


def _targets(rows: Iterable[Mapping[str, Any]]) -> tuple[Target, ...]:
    return tuple(
        Target(row.get("code"), row.get("name") or "", _level_slug(row.get("level")))
        for row in rows
    )


def _level_slug(level: str | None) -> str | None:
    return Level(level).slug if level else None
