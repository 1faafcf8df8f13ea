"""What editors find by words: everything being written and everything published, folded.

A class joins with :func:`found_by_editors`; its words are kept beside it whenever a row is
written, in the same transaction. Made from the rows and may be made again:
:func:`complete` adds what is missing. Readers are served by ``search/``, never from here.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import unescape
from typing import Any, TypeVar

from sqlalchemy import (
    ColumnElement,
    String,
    Text,
    cast,
    delete,
    event,
    func,
    insert,
    literal,
    select,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from content.orm import Base
from content.text import fold
from content.writing.models import MAX_SUBJECT

PAGE_SIZE = 20
MAX_WORDS = 8
MAX_TITLE = 300
#: Longer texts are found by their first half million letters.
MAX_TEXT = 500_000
BATCH = 200
C = TypeVar("C", bound=type[Any])
_TAG = re.compile(r"<[^<>]*>")


class EditorialText(Base):
    """The folded words of one subject (``article:12``)."""

    __tablename__ = "editorial_text"

    subject: Mapped[str] = mapped_column(String(MAX_SUBJECT), primary_key=True)
    kind: Mapped[str] = mapped_column(String(40), index=True)
    title: Mapped[str] = mapped_column(String(MAX_TITLE))
    words: Mapped[str] = mapped_column(Text, deferred=True)
    changed_at: Mapped[datetime] = mapped_column(index=True)


@dataclass(frozen=True)
class Kind:
    """A kind of thing: what it is called, what it says, when it changed, in which states it
    is found at all (none: in any); what lies in the bin never is."""

    key: str
    cls: type[Any]
    title: Callable[[Any], str]
    text: Callable[[Any], str]
    changed: Callable[[Any], datetime]
    states: tuple[str, ...]

    def is_found(self, obj: Any) -> bool:
        """Whether it may be found as it is now."""
        is_thrown = getattr(obj, "deleted_at", None) is not None
        return not is_thrown and (not self.states or obj.state in self.states)

    def condition(self) -> list[ColumnElement[bool]]:
        """The same for a query."""
        found: list[ColumnElement[bool]] = []
        if hasattr(self.cls, "deleted_at"):
            found.append(self.cls.deleted_at.is_(None))
        if self.states:
            found.append(self.cls.state.in_(self.states))
        return found


@dataclass(frozen=True)
class FoundPage:
    """One page of what was found."""

    items: Sequence[EditorialText]
    total: int
    page: int
    pages: int


KINDS: dict[str, Kind] = {}


def found_by_editors(
    key: str,
    title: Callable[[Any], str],
    text: Callable[[Any], str],
    changed: Callable[[Any], datetime],
    states: tuple[str, ...] = (),
) -> Callable[[C], C]:
    """Class decorator: editors find objects of this class by their words; with ``states``
    only those in one of them."""

    def remember(cls: C) -> C:
        kind = KINDS[key] = Kind(key, cls, title, text, changed, states)

        @event.listens_for(cls, "after_insert")
        @event.listens_for(cls, "after_update")
        def keep(_mapper: Any, connection: Any, obj: Any) -> None:
            _drop(connection, f"{key}:{obj.id}")
            if kind.is_found(obj):
                connection.execute(insert(EditorialText).values(**_row(kind, obj)))

        @event.listens_for(cls, "after_delete")
        def drop(_mapper: Any, connection: Any, obj: Any) -> None:
            _drop(connection, f"{key}:{obj.id}")

        return cls

    return remember


def _drop(connection: Any, subject: str) -> None:
    connection.execute(delete(EditorialText).where(EditorialText.subject == subject))


def _row(kind: Kind, obj: Any) -> dict[str, Any]:
    title = kind.title(obj)
    words = fold(plain(f"{title}\n{kind.text(obj)}"))[:MAX_TEXT]
    return {
        "subject": f"{kind.key}:{obj.id}",
        "kind": kind.key,
        "title": title[:MAX_TITLE],
        "words": words,
        "changed_at": kind.changed(obj),
    }


def plain(text: str) -> str:
    """Words without tags."""
    return unescape(_TAG.sub(" ", text))


def strings_of(document: Any) -> Iterator[str]:
    """Every text within plain data."""
    if isinstance(document, str):
        yield document
    elif isinstance(document, dict):
        for one in document.values():
            yield from strings_of(one)
    elif isinstance(document, list):
        for one in document:
            yield from strings_of(one)


def search(session: Session, words: str, *, kind: str = "", page: int = 1) -> FoundPage:
    """What has all the words, with marks or without, the last changed first. Without words
    nothing is found."""
    wanted = fold(words).split()[:MAX_WORDS]
    if not wanted:
        return FoundPage((), 0, 1, 1)
    query = select(EditorialText).where(
        *(EditorialText.words.contains(word, autoescape=True) for word in wanted)
    )
    if kind:
        query = query.where(EditorialText.kind == kind)
    ids = query.with_only_columns(EditorialText.subject).subquery()
    total = session.scalar(select(func.count()).select_from(ids)) or 0
    pages = max(1, -(-total // PAGE_SIZE))
    page = min(max(page, 1), pages)
    order = (EditorialText.changed_at.desc(), EditorialText.subject)
    shown = query.order_by(*order).offset((page - 1) * PAGE_SIZE).limit(PAGE_SIZE)
    return FoundPage(session.scalars(shown).all(), total, page, pages)


def objects(session: Session, found: Sequence[EditorialText]) -> dict[str, Any]:
    """Subject → what it is, in one query a kind."""
    made: dict[str, Any] = {}
    for key, kind in KINDS.items():
        ids = [int(one.subject.partition(":")[2]) for one in found if one.kind == key]
        if ids:
            rows = session.scalars(select(kind.cls).where(kind.cls.id.in_(ids)))
            made |= {f"{key}:{one.id}": one for one in rows}
    return made


def complete(session: Session) -> int:
    """Keep the words of some rows that have none yet (written before there was such a
    table, or past the session); how many."""
    return sum(_complete(session, kind) for kind in KINDS.values())


def _complete(session: Session, kind: Kind) -> int:
    subject: ColumnElement[str] = literal(f"{kind.key}:") + cast(kind.cls.id, String)
    known = select(EditorialText.subject).where(EditorialText.subject == subject).exists()
    query = select(kind.cls).where(~known, *kind.condition()).order_by(kind.cls.id)
    found = session.scalars(query.limit(BATCH)).all()
    for obj in found:
        session.execute(insert(EditorialText).values(**_row(kind, obj)))
    return len(found)
