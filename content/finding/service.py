"""Keeping synonyms and pinned results, and reading them. What is saved is public at once."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from content.errors import Invalid
from content.finding.models import MOST_PINNED, PinnedResult, SearchSynonym
from content.finding.vocabulary import stale
from content.terms.service import all_terms
from content.text import fold, sort_key
from content.writing import saving, trash
from content.writing.trash import in_use


class FindingService:
    """What editors do about search."""

    def __init__(self, session: Session, now: datetime) -> None:
        self.session = session
        self.now = now

    def save_synonym(
        self, one: SearchSynonym, values: Mapping[str, Any], *, revision: int, actor_id: int | None
    ) -> SearchSynonym:
        """A new synonym (``revision`` 0) or a changed one. ``Invalid`` with the codes
        ``phrase_taken``, ``phrase_itself``; ``Conflict`` if somebody saved meanwhile."""
        key = fold(values["phrase"])
        with self.session.no_autoflush:
            if any(other.key == key for other in synonyms(self.session) if other is not one):
                raise Invalid({"phrase": "phrase_taken"}, code="phrase_taken")
        if key in {fold(official) for official in values["officials"]}:
            raise Invalid({"officials": "phrase_itself"}, code="phrase_itself")
        self._write(one, {**values, "key": key}, revision, actor_id, "search_synonym.saved")
        return one

    def save_pinned(
        self, one: PinnedResult, values: Mapping[str, Any], *, revision: int, actor_id: int | None
    ) -> PinnedResult:
        """A new pinned result or a changed one. ``Invalid`` ``pinned_full`` if one of its
        phrases has three already; ``Conflict`` if somebody saved meanwhile."""
        with self.session.no_autoflush:
            others = [other for other in pinned(self.session) if other is not one]
        for phrase in values["phrases"]:
            same = [o for o in others if fold(phrase) in {fold(known) for known in o.phrases}]
            if len(same) >= MOST_PINNED:
                raise Invalid({"phrases": "pinned_full"}, code="pinned_full")
        self._write(one, values, revision, actor_id, "pinned_result.saved")
        return one

    def _write(
        self,
        one: SearchSynonym | PinnedResult,
        values: Mapping[str, Any],
        revision: int,
        actor_id: int | None,
        action: str,
    ) -> None:
        saving.write(
            self.session,
            one,
            {**values, "updated_at": self.now},
            revision=revision,
            actor_id=actor_id,
            now=self.now,
            action=action,
        )
        stale(self.session)

    def delete(self, one: SearchSynonym | PinnedResult, *, by: int | None) -> None:
        """Into the bin."""
        trash.put(self.session, one, by, self.now)
        stale(self.session)


def synonyms(session: Session) -> Sequence[SearchSynonym]:
    """All synonyms in Vietnamese order."""
    found = session.scalars(select(SearchSynonym).where(in_use(SearchSynonym))).all()
    return sorted(found, key=lambda one: sort_key(one.phrase))


def pinned(session: Session) -> Sequence[PinnedResult]:
    """All pinned results in the order in which they stand."""
    query = select(PinnedResult).where(in_use(PinnedResult))
    return session.scalars(query.order_by(PinnedResult.position, PinnedResult.id)).all()


def phrases(session: Session) -> Iterator[tuple[str, str]]:
    """Everyday phrase, official one: those of editors, then the other names of terms."""
    for one in synonyms(session):
        yield from ((one.phrase, official) for official in one.officials)
    for term in all_terms(session):
        yield from ((other, term.name) for other in term.others)
