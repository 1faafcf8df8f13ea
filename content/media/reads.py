"""Finding media, for editors and for pages. Reads only."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session, selectinload

from content.errors import NotFound
from content.media.kinds import MediumKind
from content.media.models import Medium
from content.media.presentation import with_pictures
from content.media.usages import keys_in
from content.text import fold
from content.writing.trash import in_use

PAGE_SIZE = 24
MAX_WORDS = 8


@dataclass(frozen=True)
class Asked:
    """What an editor looks for; ``folder_id`` 0 means: in no folder."""

    words: str = ""
    folder_id: int | None = None
    kind: MediumKind | None = None
    page: int = 1
    #: Only what may be used: pictures with words for those who do not see them.
    ready: bool = False


@dataclass(frozen=True)
class MediaPage:
    """One page of the library."""

    items: Sequence[Medium]
    total: int
    page: int
    pages: int


def search(session: Session, asked: Asked) -> MediaPage:
    """Media with all the words, in any spelling of the marks; the newest first."""
    query = _matching(asked)
    total = session.scalar(select(func.count()).select_from(query.subquery())) or 0
    pages = max(1, -(-total // PAGE_SIZE))
    page = min(max(asked.page, 1), pages)
    wanted = query.options(selectinload(Medium.renditions)).order_by(
        Medium.created_at.desc(), Medium.id.desc()
    )
    items = session.scalars(wanted.offset((page - 1) * PAGE_SIZE).limit(PAGE_SIZE)).all()
    return MediaPage(items, total, page, pages)


def by_key(session: Session, key: str) -> Medium:
    """The medium of an address. Raises ``NotFound``; what lies in the bin is not there."""
    query = select(Medium).where(Medium.key == key, in_use(Medium))
    found = session.scalars(query.options(selectinload(Medium.renditions))).first()
    if found is None:
        raise NotFound("medium", key=key)
    return found


def by_keys(session: Session, keys: Iterable[str]) -> dict[str, Medium]:
    """Those of the keys that are there, in one query."""
    wanted = list(keys)
    if not wanted:
        return {}
    query = select(Medium).where(Medium.key.in_(wanted), in_use(Medium))
    found = session.scalars(query.options(selectinload(Medium.renditions)))
    return {one.key: one for one in found}


def at_addresses(session: Session, addresses: Iterable[str]) -> dict[str, Medium]:
    """The media of these addresses by key, in one query; asks nothing where there is none."""
    return by_keys(session, keys_in(" ".join(addresses)))


def _matching(asked: Asked) -> Select[Medium]:
    query = select(Medium).where(in_use(Medium))
    for word in fold(asked.words).split()[:MAX_WORDS]:
        query = query.where(Medium.search_key.contains(word, autoescape=True))
    if asked.kind is not None:
        query = query.where(Medium.kind == asked.kind)
    if asked.folder_id is not None:
        query = query.where(Medium.folder_id == (asked.folder_id or None))
    if asked.ready:
        query = query.where(or_(Medium.kind != MediumKind.IMAGE, Medium.alt != ""))
    return query


def illustrated(session: Session, html: str) -> str:
    """A sanitised body with its pictures in all their sizes; asks nothing where it has none."""
    keys = keys_in(html)
    return with_pictures(html, by_keys(session, keys)) if keys else html
