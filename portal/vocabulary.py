"""Synonyms and pinned results for search, from what this process keeps of them.

One small query tells whether an editor changed anything, whatever process he reached.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pyramid.config import Configurator
from pyramid.request import Request
from sqlalchemy.orm import Session

from content import changes
from content.finding import service
from content.finding import vocabulary as finding
from search.documents import Kind
from search.query import Synonyms, phrase_key


@dataclass(frozen=True)
class Pinned:
    """What stands first for some words."""

    kind: Kind
    object_id: int


@dataclass(frozen=True)
class Vocabulary:
    """The words that help search, by their keys. ``generation`` names their state."""

    generation: tuple[int, int]
    synonyms: Synonyms
    pinned: Mapping[str, Sequence[Pinned]]

    def pinned_for(self, text: str) -> Sequence[Pinned]:
        """What editors want first when somebody asks for exactly these words."""
        return self.pinned.get(phrase_key(text), ())


class Kept:
    """What this process knows."""

    def __init__(self) -> None:
        self.state = Vocabulary((-1, -1), {}, {})


def read(session: Session) -> Vocabulary:
    """The words of the moment."""
    synonyms: dict[str, list[str]] = {}
    for phrase, official in service.phrases(session):
        synonyms.setdefault(phrase_key(phrase), []).append(official)
    pinned: dict[str, list[Pinned]] = {}
    for one in service.pinned(session):
        for phrase in one.phrases:
            pinned.setdefault(phrase_key(phrase), []).append(Pinned(Kind(one.kind), one.object_id))
    return Vocabulary(finding.generation(session), synonyms, pinned)


def current(request: Request) -> Vocabulary:
    """``request.vocabulary``."""
    kept: Kept = request.registry["vocabulary"]
    known = kept.state
    if known.generation == finding.generation(request.db):
        return known
    found = read(request.db)
    if not changes.has_advanced(request.db):
        kept.state = found
    return found


def provide(registry: Any) -> None:
    """The words that this process knows."""
    registry["vocabulary"] = Kept()


def includeme(config: Configurator) -> None:
    """The request's property."""
    config.add_request_method(current, "vocabulary", reify=True)
