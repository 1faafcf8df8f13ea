"""Kinds of rows that are translated piece by piece, and how pages in English say them.

A class joins with :func:`translatable` beside its model, as for the bin. Articles, pages and
procedures have sources of their own; the translations of all are kept by ``translations.py``.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session

from content.errors import NotFound
from content.writing import translations
from content.writing.models import Translation, TranslationStatus
from content.writing.translations import ENGLISH, Piece, Source

C = TypeVar("C", bound=type[Any])


@dataclass(frozen=True)
class Said:
    """Words with their language."""

    text: str
    language: Literal["en", "vi"] = "en"


@dataclass(frozen=True)
class Kind:
    """``key`` names its subjects (``term:3``), ``label`` is for people; ``seen`` are the
    conditions of what readers see."""

    key: str
    cls: type[Any]
    label: str
    title: Callable[[Any], str]
    pieces: Callable[[Any], Iterable[Piece]]
    seen: Callable[[], Sequence[ColumnElement[bool]]]


#: Every kind that joined, by key.
KINDS: dict[str, Kind] = {}


def translatable(
    key: str,
    label: str,
    title: Callable[[Any], str],
    pieces: Callable[[Any], Iterable[Piece]],
    seen: Callable[[], Sequence[ColumnElement[bool]]],
) -> Callable[[C], C]:
    """Class decorator: rows of this class have the pieces that ``pieces`` gives."""

    def remember(cls: C) -> C:
        KINDS[key] = Kind(key, cls, label, title, pieces, seen)
        return cls

    return remember


def kind_of(row: object) -> Kind:
    """The kind of a row; ``KeyError`` for a class that did not join."""
    return next(kind for kind in KINDS.values() if kind.cls is type(row))


def source_of(row: Any) -> Source:
    """Its texts as they stand, without those that are empty."""
    kind = kind_of(row)
    pieces = tuple(one for one in kind.pieces(row) if one.text.strip())
    return Source(f"{kind.key}:{row.id}", kind.title(row) or kind.label, None, pieces)


def readable(kind: Kind) -> Select[Any]:
    """The rows that readers see."""
    return select(kind.cls).where(*kind.seen()).order_by(kind.cls.id)


def find(session: Session, key: str, number: int) -> Any:
    """One that readers see. Raises ``NotFound``."""
    kind = KINDS[key]
    found = session.scalars(readable(kind).where(kind.cls.id == number)).first()
    if found is None:
        raise NotFound(key)
    return found


@dataclass(frozen=True)
class Told:
    """A row as pages in English say it; what has no translation is said in Vietnamese."""

    words: Mapping[str, Said]
    is_behind: bool = False

    def __getitem__(self, key: str) -> Said:
        """A piece; nothing for one that is empty."""
        return self.words.get(key, NOTHING)

    @property
    def is_whole(self) -> bool:
        """Whether all of it is in English."""
        return all(one.language == ENGLISH for one in self.words.values())


NOTHING = Said("")
UNTOLD = Told({})


def told(session: Session, rows: Sequence[Any]) -> dict[int, Told]:
    """Id → how pages in English say it, for rows of one kind, with one query."""
    sources = {row.id: source_of(row) for row in rows}
    subjects = [one.subject for one in sources.values()]
    query = select(Translation).where(
        Translation.subject.in_(subjects),
        Translation.language == ENGLISH,
        Translation.status == TranslationStatus.PUBLISHED,
    )
    found = {one.subject: one for one in session.scalars(query)} if subjects else {}
    return {id_: tell(source, found.get(source.subject)) for id_, source in sources.items()}


def tell(source: Source, translation: Translation | None) -> Told:
    """One source. What is exact is never said in words made from others than today's."""
    if translation is None:
        return Told({one.key: Said(one.text, "vi") for one in source.pieces})
    texts, known = translations.shown(translation, source), translations.memory(translation)

    def say(piece: Piece) -> Said:
        text = known.get(piece.text) if piece.is_exact else texts.get(piece.key)
        return Said(text) if text else Said(piece.text, "vi")

    words = {one.key: say(one) for one in source.pieces}
    return Told(words, translations.is_behind(translation, source))
