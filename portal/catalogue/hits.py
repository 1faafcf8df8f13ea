"""Search hits as lines of a page: marked words from the index, facts from the database."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from pyramid.request import Request

from portal.procedures.rows import Row, rows
from portal.results import Target, targets_of
from portal.vocabulary import Pinned
from search.documents import Kind
from search.highlight import Segment
from search.service import Hit


@dataclass(frozen=True)
class Line:
    """One result; ``row`` is there for procedures, ``note`` says what another one is."""

    kind: Kind
    url: str
    title: Sequence[Segment]
    snippet: Sequence[Segment]
    published: date | None
    row: Row | None
    note: str


def lines(request: Request, hits: Iterable[Hit]) -> list[Line]:
    """The hits that can still be shown, in their order."""
    found = list(targets_of(request, hits))
    cards = [target.card for _hit, target in found if target.card]
    by_id = {row.id: row for row in rows(request, cards)}
    return [
        _line(hit, target, by_id[target.card.id] if target.card else None) for hit, target in found
    ]


def pinned_lines(request: Request, pinned: Iterable[Pinned]) -> list[Line]:
    """What editors pinned and readers may still see, in its order, named as it is today."""
    found = list(targets_of(request, pinned))
    by_id = {row.id: row for row in rows(request, [t.card for _one, t in found if t.card])}
    return [
        Line(
            one.kind,
            target.url,
            ((target.title, False),),
            (),
            None,
            by_id[target.card.id] if target.card else None,
            target.note,
        )
        for one, target in found
    ]


def _line(hit: Hit, target: Target, row: Row | None) -> Line:
    # A procedure whose name answers needs no extract; its limit and fee say more.
    is_named = row is not None and any(is_match for _words, is_match in hit.title_parts)
    snippet = () if is_named else hit.snippet
    return Line(hit.kind, target.url, hit.title_parts, snippet, hit.published, row, target.note)
