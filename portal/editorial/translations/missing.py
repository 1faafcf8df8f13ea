"""Originals that readers see and nobody has translated yet, page by page."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, String, cast, exists, func, literal, select
from sqlalchemy.orm import Session

from content.news import reads
from content.news.models import Article, Page
from content.procedures.kinds import PUBLIC
from content.procedures.models import Procedure
from content.writing.models import Translation
from content.writing.translatable import KINDS, readable

#: Kind of original → its class.
MODELS: dict[str, Any] = {"article": Article, "page": Page, "procedure": Procedure}


@dataclass(frozen=True)
class Missing:
    """One page of a list."""

    items: Sequence[Any]
    total: int
    page: int
    pages: int


def _procedures(_now: datetime) -> Select[Any]:
    public = select(Procedure).where(Procedure.status.in_(PUBLIC))
    return public.where(Procedure.current_version_id.is_not(None)).order_by(Procedure.name)


_READABLE: dict[str, Callable[[datetime], Select[Any]]] = {
    "article": reads.public,
    "page": reads.public_pages,
    "procedure": _procedures,
}


def page(session: Session, kind: str, now: datetime, number: int, size: int) -> Missing:
    """What of a kind has no translation, in the order readers see it; a page beyond the
    last is the last."""
    model = MODELS.get(kind) or KINDS[kind].cls
    subject = literal(f"{kind}:") + cast(model.id, String)
    readable_ = _READABLE[kind](now) if kind in _READABLE else readable(KINDS[kind])
    query = readable_.where(~exists().where(Translation.subject == subject))
    ids = query.with_only_columns(model.id).order_by(None).subquery()
    total = session.scalar(select(func.count()).select_from(ids)) or 0
    pages = max(1, -(-total // size))
    number = min(number, pages)
    items = session.scalars(query.offset((number - 1) * size).limit(size)).all()
    return Missing(items, total, number, pages)
