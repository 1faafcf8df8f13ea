"""Folders of the library: a tree in which no folder lies in itself."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from content.errors import Invalid
from content.media.models import MediaFolder, Medium
from content.text import clean, fold, sort_key
from content.writing import trash
from content.writing.trash import in_use

MAX_DEPTH = 5


@dataclass(frozen=True)
class Shelf:
    """A folder in the tree: how deep it lies and how many media it holds itself."""

    folder: MediaFolder
    depth: int
    count: int


def tree(session: Session) -> list[Shelf]:
    """All folders that are not in the bin, each before what lies in it, by name."""
    folders = sorted(
        session.scalars(select(MediaFolder).where(in_use(MediaFolder))),
        key=lambda one: sort_key(one.name),
    )
    grouped = select(Medium.folder_id, func.count(Medium.id)).where(in_use(Medium))
    counts = {row[0]: row[1] for row in session.execute(grouped.group_by(Medium.folder_id))}

    def below(parent_id: int | None, depth: int) -> Iterator[Shelf]:
        for one in folders:
            if one.parent_id == parent_id:
                yield Shelf(one, depth, counts.get(one.id, 0))
                yield from below(one.id, depth + 1)

    return list(below(None, 0))


def add(session: Session, name: str, parent_id: int | None = None) -> MediaFolder:
    """A new folder. ``Invalid``: ``folder_taken``, ``folder_deep``, ``folder_unknown``."""
    folder = MediaFolder(name=clean(name), parent_id=parent_id)
    _check(session, folder, parent_id)
    session.add(folder)
    session.flush()  # its id is asked for at once
    return folder


def change(session: Session, folder: MediaFolder, name: str, parent_id: int | None) -> None:
    """Rename or move. ``Invalid`` as for ``add``, and ``folder_circle``."""
    with session.no_autoflush:
        if folder.id in (one.id for one in _above(session, parent_id)):
            raise Invalid({"parent": "folder_circle"}, code="folder_circle")
        folder.name = clean(name)
        _check(session, folder, parent_id)
        folder.parent_id = parent_id


def remove(session: Session, folder: MediaFolder, *, by: int | None, now: datetime) -> None:
    """An empty folder into the bin. ``Invalid`` ``folder_full`` otherwise; media that lie in
    the bin come back without a folder."""
    inside = select(func.count(Medium.id)).where(Medium.folder_id == folder.id, in_use(Medium))
    below = select(func.count(MediaFolder.id)).where(
        MediaFolder.parent_id == folder.id, in_use(MediaFolder)
    )
    if session.scalar(inside) or session.scalar(below):
        raise Invalid({"folder": "folder_full"}, code="folder_full")
    for medium in session.scalars(select(Medium).where(Medium.folder_id == folder.id)):
        medium.folder_id = None
    trash.put(session, folder, by, now)


def _above(session: Session, folder_id: int | None) -> Iterator[MediaFolder]:
    """The folder itself and all that it lies in."""
    while folder_id is not None:
        folder = session.get(MediaFolder, folder_id)
        if folder is None or folder.deleted_at is not None:
            raise Invalid({"parent": "folder_unknown"}, code="folder_unknown")
        yield folder
        folder_id = folder.parent_id


def _check(session: Session, folder: MediaFolder, parent_id: int | None) -> None:
    if len(list(_above(session, parent_id))) >= MAX_DEPTH:
        raise Invalid({"parent": "folder_deep"}, code="folder_deep")
    # Compared with None, a column is asked whether it is null.
    same = MediaFolder.parent_id == parent_id
    beside = select(MediaFolder).where(same, in_use(MediaFolder))
    key = fold(folder.name)
    if any(fold(one.name) == key and one is not folder for one in session.scalars(beside)):
        raise Invalid({"name": "folder_taken"}, code="folder_taken")
