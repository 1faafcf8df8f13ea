"""Banners, menus, blocks of the home page, the authority's identity, and visits.

What is left empty in the identity is taken from the settings. Of visits only numbers
are kept; marks of visitors cannot be turned back and are gone the next day.
"""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Boolean, Integer, String, Text
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from content import changes
from content.media.models import Medium
from content.media.usages import names_media
from content.orm import Base, BigId, Document, Id, Versioned, by_value, reference
from content.writing.translatable import translatable
from content.writing.translations import Piece
from content.writing.trash import Trashable, in_use, trashable

MAX_WORDS = 200
MAX_ADDRESS = 500
MAX_TEXT = 2000
#: The one row of the identity.
ONLY = 1


def _shown_again(session: Session, _one: Any, _now: datetime) -> None:
    """Pages show what stands around them as it was before."""
    changes.advance(session, changes.FRAME)


def _line_shown_again(session: Session, item: "MenuItem", now: datetime) -> None:
    """Under its old heading; at the top where that is in the bin or under another by now."""
    above = session.get(MenuItem, item.parent_id) if item.parent_id else None
    if above is not None and (above.deleted_at is not None or above.parent_id is not None):
        item.parent_id = None
    _shown_again(session, item, now)


class Severity(StrEnum):
    """How urgent a banner is."""

    EMERGENCY = "emergency"
    WARNING = "warning"
    NEWS = "news"


def _pieces_of_banner(one: "Banner") -> tuple[Piece, ...]:
    """All exact: what a warning says of days and numbers is that of today, or Vietnamese."""
    return (
        Piece("title", "Tên", one.title, is_required=True, is_exact=True),
        Piece("text", "Nội dung", one.text, "lines", is_exact=True),
        Piece("address_words", "Lời của liên kết", one.address_words, is_exact=True),
    )


@translatable(
    "banner",
    "Thông báo trên mọi trang",
    lambda one: one.title,
    _pieces_of_banner,
    lambda: (in_use(Banner), Banner.is_on.is_(True)),
)
@trashable("banner", "Thông báo trên mọi trang", lambda banner: banner.title, revive=_shown_again)
@names_media("banner", "text", "address")
class Banner(Versioned, Trashable, Base):
    """Words on every page for a time; without an end until it is switched off."""

    __tablename__ = "site_banner"

    id: Mapped[Id]
    severity: Mapped[Severity] = mapped_column(by_value(Severity))
    title: Mapped[str] = mapped_column(String(MAX_WORDS))
    text: Mapped[str] = mapped_column(Text, default="")
    phone: Mapped[str] = mapped_column(String(40), default="")
    address: Mapped[str] = mapped_column(String(MAX_ADDRESS), default="")
    address_words: Mapped[str] = mapped_column(String(MAX_WORDS), default="")
    is_on: Mapped[bool] = mapped_column(Boolean, default=True)
    starts_at: Mapped[datetime | None]
    ends_at: Mapped[datetime | None]
    updated_at: Mapped[datetime]


class MenuPlace(StrEnum):
    """Where a menu stands."""

    MAIN = "main"
    FOOTER = "footer"


@translatable(
    "menu_item",
    "Dòng của trình đơn",
    lambda one: one.words,
    lambda one: (Piece("words", "Lời của dòng", one.words, is_required=True),),
    lambda: (in_use(MenuItem),),
)
@trashable("menu_item", "Dòng của trình đơn", lambda item: item.words, revive=_line_shown_again)
@names_media("menu_item", "address", title="words")
class MenuItem(Versioned, Trashable, Base):
    """A line of a menu; ``address`` empty for a heading over others."""

    __tablename__ = "menu_item"

    id: Mapped[Id]
    place: Mapped[MenuPlace] = mapped_column(by_value(MenuPlace), index=True)
    parent_id: Mapped[int | None] = reference("menu_item.id")
    position: Mapped[int] = mapped_column(Integer, default=0)
    words: Mapped[str] = mapped_column(String(MAX_WORDS))
    address: Mapped[str] = mapped_column(String(MAX_ADDRESS), default="")


class BlockKind(StrEnum):
    """What a block of the home page shows."""

    COMMON = "common"
    LOOKUP = "lookup"
    FIGURES = "figures"
    LIFE_EVENTS = "life_events"
    DUTY = "duty"
    FEATURED = "featured"
    NEWS = "news"
    TEXT = "text"


def _pieces_of_block(one: "HomeBlock") -> tuple[Piece, ...]:
    return (
        Piece("title", "Tên", one.title, is_required=True),
        Piece("body", "Nội dung", one.text, "body", is_required=True),
    )


# The other kinds have words of their own in both languages.
@translatable(
    "home_block",
    "Đoạn chữ của trang đầu",
    lambda one: one.title,
    _pieces_of_block,
    lambda: (in_use(HomeBlock), HomeBlock.is_on.is_(True), HomeBlock.kind == BlockKind.TEXT),
)
@trashable("home_block", "Khối của trang đầu", lambda block: block.title, revive=_shown_again)
@names_media("home_block", "text", called="Khối của trang đầu")
class HomeBlock(Versioned, Trashable, Base):
    """A block of the home page; ``options`` as its kind needs them (section, count)."""

    __tablename__ = "home_block"

    id: Mapped[Id]
    kind: Mapped[BlockKind] = mapped_column(by_value(BlockKind))
    position: Mapped[int] = mapped_column(Integer, default=0)
    is_on: Mapped[bool] = mapped_column(Boolean, default=True)
    title: Mapped[str] = mapped_column(String(MAX_WORDS), default="")
    text: Mapped[str] = mapped_column(Text, default="")
    options: Mapped[dict[str, Any]] = mapped_column(Document, default=dict)


@names_media("identity", ids=("emblem_id",), title="subject_title")
class Identity(Versioned, Base):
    """Who publishes, as the administrator of the site wrote it; one row."""

    __tablename__ = "site_identity"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    name: Mapped[str] = mapped_column(String(MAX_WORDS), default="")
    short_name: Mapped[str] = mapped_column(String(MAX_WORDS), default="")
    authority: Mapped[str] = mapped_column(String(MAX_WORDS), default="")
    address: Mapped[str] = mapped_column(String(MAX_WORDS), default="")
    hotline: Mapped[str] = mapped_column(String(40), default="")
    email: Mapped[str] = mapped_column(String(254), default="")
    hours: Mapped[str] = mapped_column(String(MAX_WORDS), default="")
    colour: Mapped[str] = mapped_column(String(7), default="")
    show_visits: Mapped[bool] = mapped_column(Boolean, default=False)
    emblem_id: Mapped[int | None] = reference("medium.id", ondelete="SET NULL")
    subject_title: Mapped[str] = mapped_column(String(MAX_WORDS), default="Quốc huy trên đầu trang")
    updated_at: Mapped[datetime]

    emblem: Mapped[Medium | None] = relationship()


class VisitMark(Base):
    """A visitor of one day, as a number that nobody can turn back; gone the next day."""

    __tablename__ = "visit_mark"

    day: Mapped[date] = mapped_column(primary_key=True)
    mark: Mapped[str] = mapped_column(String(22), primary_key=True)
    seen_at: Mapped[datetime] = mapped_column(index=True)


class VisitDay(Base):
    """How many visitors a day had."""

    __tablename__ = "visit_day"

    day: Mapped[date] = mapped_column(primary_key=True)
    visitors: Mapped[int] = mapped_column(Integer, default=0)


class ViewCount(Base):
    """How often a subject such as ``article:12`` was read."""

    __tablename__ = "view_count"

    subject: Mapped[str] = mapped_column(String(120), primary_key=True)
    views: Mapped[int] = mapped_column(Integer, default=0)
