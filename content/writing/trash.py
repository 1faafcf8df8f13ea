"""The bin: what was deleted can be had back for thirty days, then the worker purges it.

A class joins with the mixin and :func:`trashable`; whoever lists objects for readers
asks ``deleted_at IS NULL`` (``in_use``). What a purged thing leaves behind goes with it:
its history must never become that of another.
"""

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, declared_attr

from content import audit
from content.errors import InvalidTransition, NotFound
from content.orm import reference
from content.writing import revisions, translations
from content.writing.models import Autosave, Lock, ReviewPlan, Revision

log = logging.getLogger("content.trash")

LIFE = timedelta(days=30)
C = TypeVar("C", bound=type[Any])
Act = Callable[[Session, Any], None]
TimedAct = Callable[[Session, Any, datetime], None]


class Trashable:
    """Mixin: the columns of what may lie in the bin."""

    deleted_at: Mapped[datetime | None]

    @declared_attr
    def deleted_by(cls) -> Mapped[int | None]:  # noqa: N805 - a class method in disguise
        """The account that put it there."""
        column: Mapped[int | None] = reference("account.id", index=False)
        return column


@dataclass(frozen=True)
class Kind:
    """A kind of thing in the bin: ``key`` names its subjects (``article:12``).

    ``revive`` is what coming back takes beside the columns, ``purging`` what has to be
    put in order before it goes for good.
    """

    key: str
    cls: type[Any]
    label: str
    title: Callable[[Any], str]
    revive: TimedAct | None = None
    purging: Act | None = None


#: Every kind that joined, by key.
KINDS: dict[str, Kind] = {}


def trashable(
    key: str,
    label: str,
    title: Callable[[Any], str],
    *,
    revive: TimedAct | None = None,
    purging: Act | None = None,
) -> Callable[[C], C]:
    """Class decorator: objects of this class may lie in the bin; ``label`` is for people."""

    def remember(cls: C) -> C:
        KINDS[key] = Kind(key, cls, label, title, revive, purging)
        return cls

    return remember


def in_use(cls: type[Any]) -> ColumnElement[bool]:
    """The condition of queries that must not find what lies in the bin."""
    condition: ColumnElement[bool] = cls.deleted_at.is_(None)
    return condition


def kind_of(obj: object) -> Kind:
    """The kind of an object; ``KeyError`` for a class that did not join."""
    return next(kind for kind in KINDS.values() if kind.cls is type(obj))


def put(session: Session, obj: Any, by: int | None, now: datetime) -> None:
    """Put it into the bin. Raises ``InvalidTransition`` if it lies there already."""
    if obj.deleted_at is not None:
        raise InvalidTransition("in_trash")
    obj.deleted_at, obj.deleted_by = now, by
    _note(session, obj, by, now, "deleted")


def restore(session: Session, obj: Any, by: int | None, now: datetime) -> None:
    """Take it out again. Raises ``InvalidTransition`` if it does not lie there, and what
    its kind raises when its place is taken."""
    if obj.deleted_at is None:
        raise InvalidTransition("not_in_trash")
    obj.deleted_at = obj.deleted_by = None
    _note(session, obj, by, now, "restored")
    revive = kind_of(obj).revive
    if revive is not None:
        revive(session, obj, now)


def find(session: Session, key: str, number: int) -> Any:
    """What lies in the bin under this subject. Raises ``NotFound``."""
    kind = KINDS.get(key)
    found = session.get(kind.cls, number) if kind else None
    if found is None or found.deleted_at is None:
        raise NotFound(key)
    return found


def contents(session: Session) -> Iterator[tuple[Kind, Any]]:
    """Everything in the bin, kind by kind, the last deleted first."""
    for kind in KINDS.values():
        query = select(kind.cls).where(kind.cls.deleted_at.is_not(None))
        for obj in session.scalars(query.order_by(kind.cls.deleted_at.desc())):
            yield kind, obj


def purge(session: Session, now: datetime) -> int:
    """Delete for good what lay there for thirty days; returns how many.

    What something else still needs stays for another time and holds nothing up.
    """
    return sum(
        _purge(session, kind, obj, now)
        for kind in KINDS.values()
        for obj in session.scalars(
            select(kind.cls).where(kind.cls.deleted_at <= now - LIFE).order_by(kind.cls.id)
        ).all()
    )


def _purge(session: Session, kind: Kind, obj: Any, now: datetime) -> bool:
    subject = f"{kind.key}:{obj.id}"
    try:
        with session.begin_nested():
            if kind.purging is not None:
                kind.purging(session, obj)
            _note(session, obj, None, now, "purged")
            for table in (Revision, Lock, Autosave, ReviewPlan):
                session.execute(delete(table).where(table.subject == subject))
            revisions.forget_form(session, subject)
            translations.forget(session, subject)
            session.delete(obj)
    except IntegrityError:
        log.warning("still needed", extra={"subject": subject})
        return False
    return True


def _note(session: Session, obj: Any, by: int | None, now: datetime, act: str) -> None:
    key = kind_of(obj).key
    audit.record(session, now=now, actor_id=by, action=f"{key}.{act}", subject=f"{key}:{obj.id}")
