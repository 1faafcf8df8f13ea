"""One search over one state of an index: match, filter, order, cut, count.

The same for every engine that can say which documents hold a term; what differs
is only where postings and stored documents come from.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from search.bits import numbers_of
from search.corpus import Corpus
from search.index import Facets, Search, Sort
from search.matching import Matcher, Matches
from search.ranking import Ranker
from search.zones import Postings

_STEP = 10.0


@dataclass(frozen=True, slots=True)
class Answer:
    """Document numbers with scores for the page asked for, and what is known of all."""

    page: tuple[tuple[int, float], ...]
    total: int
    facets: Facets


def answer(corpus: Corpus, source: Postings, search: Search) -> Answer:
    """Carry out a search; scores are comparable within one answer only."""
    visible = corpus.visible(search.at)
    allowed = visible & corpus.select(search.filters)
    if search.query.is_empty:
        matches = Matches(full=visible)
    else:
        # Not narrowed by filters: what a filter lets through must be what was counted for it.
        matches = Matcher(source, visible, visible & corpus.current).match(search.query)
    matched = matches.all
    if search.sort is Sort.RELEVANCE:
        groups = matches.in_order(corpus.current)
    else:
        groups = [matched & corpus.current, matched & ~corpus.current]
    groups = [group & allowed for group in groups]
    page = _page(groups, search, _order(corpus, source, search))
    return Answer(
        page=tuple(page),
        total=(matched & allowed).bit_count(),
        facets=corpus.count_facets(matched, search.filters),
    )


_Order = Callable[[int, int], list[tuple[int, float]]]


def _order(corpus: Corpus, source: Postings, search: Search) -> _Order:
    """What gives the best ``count`` documents of a set."""
    if search.sort is Sort.TITLE:
        return lambda among, count: _sorted(among, corpus.by_title)[:count]
    if search.sort is Sort.NEWEST or search.query.is_empty:
        return lambda among, count: _sorted(among, corpus.by_age)[:count]
    return Ranker(source, corpus.cards, search.query.readings).best


def _sorted(among: int, places: Sequence[int]) -> list[tuple[int, float]]:
    return [(number, 0.0) for number in sorted(numbers_of(among), key=places.__getitem__)]


def _page(groups: list[int], search: Search, order: _Order) -> list[tuple[int, float]]:
    """The part of the results between offset and limit, group after group."""
    skip = search.offset
    page: list[tuple[int, float]] = []
    for rank, group in enumerate(groups):
        count = group.bit_count()
        if skip >= count:
            skip -= count
            continue
        wanted = skip + search.limit - len(page)
        base = _STEP * (len(groups) - rank)
        page += [(number, base + score) for number, score in order(group, wanted)[skip:wanted]]
        skip = 0
        if len(page) >= search.limit:
            break
    return page
