"""Notices changes of public objects and writes neutral events to the outbox.

A class opts in with :func:`tracked`; whoever consumes the events (the search
index, caches) is unknown here. Bulk UPDATE and DELETE on tracked classes are
refused, because they would pass unnoticed.
"""

import weakref
from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar, cast

from sqlalchemy import CursorResult, Integer, String, event, insert, select, update
from sqlalchemy.orm import Mapped, ORMExecuteState, Session, mapped_column

from content.orm import Base, plain_rows
from content.outbox import enqueue

CHANGED = "content.changed"
#: The counter of what stands around every page.
FRAME = "site"
_ADVANCED = "content.advanced"
_QUEUED = "content.queued"
_GENERATIONS = "content.generations"

T = TypeVar("T", bound=type[Any])
_kinds: dict[type[Any], str] = {}


class Generation(Base):
    """A counter that grows with every public change; caches compare it."""

    __tablename__ = "generation"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    value: Mapped[int] = mapped_column(Integer, default=0)


def tracked(kind: str) -> Callable[[T], T]:
    """Class decorator: changes of its objects become events ``kind:id``."""

    def remember(cls: T) -> T:
        _kinds[cls] = kind
        return cls

    return remember


def kind_of(obj: object) -> str | None:
    """The event kind of an object, ``None`` if its class is not tracked."""
    return _kinds.get(type(obj))


def install(session_class: Any, clock: Callable[[], datetime]) -> None:
    """Listen on a session class or factory; ``clock`` gives the current instant."""

    @event.listens_for(session_class, "after_flush")
    def note_changes(session: Session, _context: Any) -> None:
        changed = {obj for obj in session.dirty if kind_of(obj) and session.is_modified(obj)}
        changed |= {obj for obj in (*session.new, *session.deleted) if kind_of(obj)}
        keys = {f"{kind_of(obj)}:{obj.id}" for obj in changed}
        # The worker reads the object after commit, so one event a transaction is enough.
        queued: set[str] = session.info.setdefault(_QUEUED, set())
        for key in sorted(keys - queued):
            enqueue(session, CHANGED, key, now=clock())
        queued |= keys
        if keys:
            advance(session)

    @event.listens_for(session_class, "after_commit")
    def forget_after_commit(session: Session) -> None:
        session.info.pop(_QUEUED, None)

    @event.listens_for(session_class, "after_soft_rollback")
    def forget_after_rollback(session: Session, _previous: Any) -> None:
        # A savepoint takes its events along; one event too many does no harm.
        session.info.pop(_QUEUED, None)
        session.info.pop(_GENERATIONS, None)

    event.listen(session_class, "do_orm_execute", refuse_bulk_writes)


def refuse_bulk_writes(state: ORMExecuteState) -> None:
    """The listener that keeps every change visible."""
    if not (state.is_update or state.is_delete) or state.bind_mapper is None:
        return
    if state.bind_mapper.class_ in _kinds:
        raise RuntimeError(f"bulk write on {state.bind_mapper.class_.__name__} goes unnoticed")


def advance(session: Session, name: str = "content") -> None:
    """Make every cache of ``name`` stale once this transaction commits."""
    session.info[_ADVANCED] = True
    session.info.pop(_GENERATIONS, None)
    # Plain SQL: within a flush, changes of loaded objects would be lost.
    grown = update(Generation).where(Generation.name == name).values(value=Generation.value + 1)
    options = {"synchronize_session": False}
    if not cast(CursorResult[Any], session.execute(grown, execution_options=options)).rowcount:
        session.execute(insert(Generation).values(name=name, value=1))


def has_advanced(session: Session) -> bool:
    """Whether this session ever made caches stale, so that what it sees may be its own alone."""
    return _ADVANCED in session.info


def generation(session: Session, name: str = "content") -> int:
    """The current value of the counter, as this transaction first saw it or left it."""
    # Changes not written yet may advance it.
    session.flush()
    transaction, known = session.info.get(_GENERATIONS, (None, {}))
    if transaction is None or transaction() is not session.get_transaction():
        # A page asks for several counters; all of them cost as much as one.
        known = dict(plain_rows(session, _ALL).all())  # type: ignore[arg-type]
        session.info[_GENERATIONS] = weakref.ref(session.get_transaction()), known
    found: int = known.get(name, 0)
    return found


_ALL = select(Generation.name, Generation.value)
