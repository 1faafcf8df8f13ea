"""Sections of the news, a tree that editors arrange. The first six are the contents of state
administrative reform, in the order and wording of Nghị quyết 76/NQ-CP of 15/7/2021.

A section's ``slug`` is its address and never changes: links to its articles stay good, and
revisions of articles name their section by it.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Integer, String, Table, event, insert, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from content import audit
from content.errors import Conflict, Invalid
from content.orm import Base, Id, Versioned, reference
from content.text import slugify

MAX_SLUG = 40
MAX_NAME = 120
MAX_DEPTH = 3
#: Addresses below /tin-tuc that mean something else.
RESERVED = {"the", "feed-xml"}
USUAL = (
    ("the-che", "Thể chế"),
    ("thu-tuc-hanh-chinh", "Thủ tục hành chính"),
    ("to-chuc-bo-may", "Tổ chức bộ máy"),
    ("cong-chuc-cong-vu", "Công chức, công vụ"),
    ("tai-chinh-cong", "Tài chính công"),
    ("hien-dai-hoa", "Hiện đại hóa hành chính"),
)


class Section(Versioned, Base):
    """A section; those without ``parent_id`` stand first."""

    __tablename__ = "news_section"

    id: Mapped[Id]
    parent_id: Mapped[int | None] = reference("news_section.id")
    slug: Mapped[str] = mapped_column(String(MAX_SLUG), unique=True)
    name: Mapped[str] = mapped_column(String(MAX_NAME))
    position: Mapped[int] = mapped_column(Integer, default=0)


@event.listens_for(Section.__table__, "after_create")
def _usual(target: Table, connection: Connection, **_options: Any) -> None:
    """The six come with the table; the migration that makes it brings them too."""
    rows = [
        {"slug": slug, "name": name, "position": position, "revision": 1}
        for position, (slug, name) in enumerate(USUAL)
    ]
    connection.execute(insert(target), rows)


def all_sections(session: Session) -> Sequence[Section]:
    """All in their order, whatever their place."""
    return session.scalars(select(Section).order_by(Section.position, Section.id)).all()


def tree(session: Session) -> list[tuple[Section, int]]:
    """All as they stand, each with its depth from 0."""
    found = all_sections(session)

    def branch(parent_id: int | None, depth: int) -> list[tuple[Section, int]]:
        below = (one for one in found if one.parent_id == parent_id)
        return [row for one in below for row in ((one, depth), *branch(one.id, depth + 1))]

    return branch(None, 0)


def find(session: Session, slug: str) -> Section | None:
    """The section of an address."""
    return session.scalars(select(Section).where(Section.slug == slug)).first()


def above(session: Session, section: Section) -> list[Section]:
    """Those over a section, from the first one down."""
    by_id = {one.id: one for one in all_sections(session)}
    found: list[Section] = []
    while section.parent_id is not None:
        section = by_id[section.parent_id]
        found.insert(0, section)
    return found


def slugs_within(session: Session, section: Section) -> list[str]:
    """The addresses of a section and of all below it."""
    rows = tree(session)
    start = next(at for at, (one, _depth) in enumerate(rows) if one.id == section.id)
    depth = rows[start][1]
    found = [section.slug]
    for one, deep in rows[start + 1 :]:
        if deep <= depth:
            break
        found.append(one.slug)
    return found


class SectionService:
    """Arranging the sections."""

    def __init__(self, session: Session, now: datetime) -> None:
        self.session = session
        self.now = now

    def save(
        self,
        section: Section,
        *,
        name: str,
        parent_id: int | None,
        revision: int,
        actor_id: int | None,
    ) -> Section:
        """A new section (``revision`` 0), whose address is made of its name, or a changed one.
        ``Conflict`` if somebody saved meanwhile; ``Invalid``: ``section_taken``,
        ``section_reserved``, ``address_empty``, ``section_unknown``, ``section_circle``,
        ``section_deep``."""
        if (section.revision or 0) != revision:
            raise Conflict("section_changed")
        self._check_place(section, parent_id)
        if not section.slug:
            section.slug = self._new_slug(name)
        if section.parent_id != parent_id or not section.id:
            section.position = len(self._beside(parent_id))
        section.name, section.parent_id = name, parent_id
        self.session.add(section)
        self.session.flush()  # the audit line names its id
        self._note(section, actor_id, "saved")
        return section

    def move(self, section: Section, steps: int, *, actor_id: int | None) -> None:
        """Up (-1) or down (+1) among its neighbours; at the end nothing happens."""
        row = self._beside(section.parent_id)
        at = row.index(section)
        row.insert(min(max(at + steps, 0), len(row) - 1), row.pop(at))
        for position, one in enumerate(row):
            one.position = position
        self._note(section, actor_id, "moved")

    def delete(self, section: Section, articles: int, *, actor_id: int | None) -> None:
        """Delete one that nothing stands in. ``Invalid``: ``section_full``. ``articles`` is
        how many it has, those in the bin too."""
        if articles or self._beside(section.id):
            raise Invalid({"section": "section_full"}, code="section_full")
        self._note(section, actor_id, "deleted")
        self.session.delete(section)

    def _beside(self, parent_id: int | None) -> list[Section]:
        return [one for one in all_sections(self.session) if one.parent_id == parent_id]

    def _new_slug(self, name: str) -> str:
        slug = slugify(name, limit=MAX_SLUG)
        if not slug:
            raise Invalid({"name": "no_letters"}, code="address_empty")
        if slug in RESERVED:
            raise Invalid({"name": "reserved"}, code="section_reserved")
        if find(self.session, slug) is not None:
            raise Invalid({"name": "taken"}, code="section_taken")
        return slug

    def _check_place(self, section: Section, parent_id: int | None) -> None:
        if parent_id is None:
            return
        parent = self.session.get(Section, parent_id)
        if parent is None:
            raise Invalid({"parent": "unknown"}, code="section_unknown")
        over = [*above(self.session, parent), parent]
        if section.id and section in over:
            raise Invalid({"parent": "circular"}, code="section_circle")
        if len(over) + self._height(section) > MAX_DEPTH:
            raise Invalid({"parent": "deep"}, code="section_deep")

    def _height(self, section: Section) -> int:
        """How many levels a section has, itself included."""
        below = self._beside(section.id) if section.id else []
        return 1 + max((self._height(one) for one in below), default=0)

    def _note(self, section: Section, actor_id: int | None, act: str) -> None:
        audit.record(
            self.session,
            now=self.now,
            actor_id=actor_id,
            action=f"news_section.{act}",
            subject=f"news_section:{section.id}",
        )
