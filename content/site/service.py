"""Arranging the site: banners, menus, blocks, identity. Every act leaves an audit line and
makes the frame that pages keep in memory stale."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar
from urllib.parse import urlsplit

from sqlalchemy import select
from sqlalchemy.orm import Session

from content import audit, changes
from content.changes import FRAME
from content.errors import Conflict, Invalid
from content.media.models import Medium
from content.site import colours
from content.site.models import (
    ONLY,
    Banner,
    BlockKind,
    HomeBlock,
    Identity,
    MenuItem,
    MenuPlace,
    Severity,
)
from content.text import has_lone_surrogate
from content.writing import trash

MAX_DEPTH = 2
RANK = list(Severity)
SCHEMES = {"http", "https", "tel", "mailto"}

Placed = TypeVar("Placed", MenuItem, HomeBlock)


def is_address(text: str) -> bool:
    """A path of this site, or an address that runs nothing."""
    if has_lone_surrogate(text) or any(ord(char) < 33 for char in text) or "\\" in text:
        return False
    if text.startswith("/"):
        return not text.startswith("//")
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in SCHEMES and bool(parts.netloc or parts.path)


class SiteService:
    """The frame of one authority's pages."""

    def __init__(self, session: Session, now: datetime) -> None:
        self.session = session
        self.now = now

    def save_banner(
        self, banner: Banner, values: Mapping[str, Any], *, revision: int, actor_id: int | None
    ) -> Banner:
        """A new banner (``revision`` 0) or a changed one. ``Invalid``: ``banner_times``,
        ``address``; ``Conflict`` if somebody saved meanwhile."""
        starts, ends = values.get("starts_at"), values.get("ends_at")
        if starts and ends and ends <= starts:
            raise Invalid({"ends_at": "banner_times"}, code="banner_times")
        _check_address(values)
        banner.updated_at = self.now
        self._write(banner, values, revision, actor_id, "banner.saved")
        return banner

    def delete_banner(self, banner: Banner, *, actor_id: int | None) -> None:
        """Into the bin."""
        self._discard(banner, actor_id)

    def save_menu_item(
        self, item: MenuItem, values: Mapping[str, Any], *, revision: int, actor_id: int | None
    ) -> MenuItem:
        """A new line or a changed one. ``Invalid``: ``menu_circle``, ``menu_deep``,
        ``menu_unknown``, ``address``."""
        _check_address(values)
        self._check_parent(item, values["place"], values.get("parent_id"))
        if not item.id:
            item.position = len(self._beside(values["place"], values.get("parent_id")))
        self._write(item, values, revision, actor_id, "menu_item.saved")
        return item

    def _check_parent(self, item: MenuItem, place: MenuPlace, parent_id: int | None) -> None:
        if parent_id is None:
            return
        parent = self.session.get(MenuItem, parent_id)
        if parent is None or parent.place is not place or parent.deleted_at is not None:
            raise Invalid({"parent": "menu_unknown"}, code="menu_unknown")
        above = self._above(parent)
        if item in above:
            raise Invalid({"parent": "menu_circle"}, code="menu_circle")
        if len(above) + 1 + self._has_lines(item) > MAX_DEPTH:
            raise Invalid({"parent": "menu_deep"}, code="menu_deep")

    def _above(self, item: MenuItem) -> list[MenuItem]:
        """The line and those over it."""
        found = [item]
        while found[-1].parent_id is not None:
            found.append(self.session.get_one(MenuItem, found[-1].parent_id))
        return found

    def _has_lines(self, item: MenuItem) -> bool:
        """Whether others stand under it; nothing stands under a new one."""
        below = select(MenuItem.id).where(
            MenuItem.parent_id == (item.id or 0), trash.in_use(MenuItem)
        )
        return self.session.scalar(below.limit(1)) is not None

    def begin_menu(
        self, place: MenuPlace, lines: Iterable[tuple[str, str]], *, actor_id: int | None
    ) -> None:
        """The (words, address) that readers see there so far, as lines to be arranged; nothing
        happens where there are lines."""
        if self._beside(place, None):
            return
        for position, (words, address) in enumerate(lines):
            item = MenuItem(place=place, words=words, address=address, position=position)
            self.session.add(item)
        self._note(f"menu_item:{place.value}", actor_id, "menu_item.begun")

    def begin_blocks(self, kinds: Iterable[BlockKind], *, actor_id: int | None) -> None:
        """The same of the blocks of the home page."""
        if self.session.scalars(in_order(HomeBlock)).first() is not None:
            return
        for position, kind in enumerate(kinds):
            self.session.add(HomeBlock(kind=kind, position=position))
        self._note("home_block:all", actor_id, "home_block.begun")

    def delete_menu_item(self, item: MenuItem, *, actor_id: int | None) -> None:
        """A line into the bin. ``Invalid`` ``menu_full`` while others stand under it."""
        if self._has_lines(item):
            raise Invalid({"item": "menu_full"}, code="menu_full")
        self._discard(item, actor_id)

    def save_block(
        self, block: HomeBlock, values: Mapping[str, Any], *, revision: int, actor_id: int | None
    ) -> HomeBlock:
        """A new block or a changed one."""
        if not block.id:
            block.position = len(self.session.scalars(select(HomeBlock.id)).all())
        self._write(block, values, revision, actor_id, "home_block.saved")
        return block

    def delete_block(self, block: HomeBlock, *, actor_id: int | None) -> None:
        """Into the bin."""
        self._discard(block, actor_id)

    def _discard(self, one: Banner | MenuItem | HomeBlock, actor_id: int | None) -> None:
        trash.put(self.session, one, actor_id, self.now)
        changes.advance(self.session, FRAME)

    def move(self, one: MenuItem | HomeBlock, steps: int, *, actor_id: int | None) -> None:
        """Up (-1) or down (+1) among its neighbours; at the end nothing happens."""
        row: list[Any] = (
            self._beside(one.place, one.parent_id)
            if isinstance(one, MenuItem)
            else list(self.session.scalars(in_order(HomeBlock)))
        )
        at = row.index(one)
        target = min(max(at + steps, 0), len(row) - 1)
        row.insert(target, row.pop(at))
        for position, each in enumerate(row):
            each.position = position
        self._note(f"{one.__tablename__}:{one.id}", actor_id, f"{one.__tablename__}.moved")

    def _beside(self, place: MenuPlace, parent_id: int | None) -> list[MenuItem]:
        query = in_order(MenuItem).where(MenuItem.place == place)
        return [one for one in self.session.scalars(query) if one.parent_id == parent_id]

    def save_identity(
        self, values: Mapping[str, Any], *, revision: int, actor_id: int | None
    ) -> Identity:
        """Who publishes. ``Invalid``: ``colour``, ``colour_pale`` (with the contrast),
        ``emblem`` (no picture, or one without words)."""
        colour = values.get("colour") or ""
        if colour and not colours.is_colour(colour):
            raise Invalid({"colour": "colour"}, code="colour")
        if colour and (found := colours.contrast(colour, colours.WHITE)) < colours.LEAST:
            raise Invalid({"colour": "colour_pale"}, code="colour_pale", contrast=found)
        self._check_emblem(values.get("emblem_id"))
        identity = self.session.get(Identity, ONLY)
        if identity is None:
            identity, revision = Identity(id=ONLY), 0
        identity.updated_at = self.now
        self._write(identity, values, revision, actor_id, "identity.saved")
        return identity

    def _check_emblem(self, medium_id: int | None) -> None:
        if medium_id is None:
            return
        medium = self.session.get(Medium, medium_id)
        usable = medium is not None and medium.deleted_at is None and medium.width
        if medium is None or not usable or not medium.is_ready:
            raise Invalid({"emblem": "emblem"}, code="emblem")

    def _write(
        self,
        obj: Any,
        values: Mapping[str, Any],
        revision: int,
        actor_id: int | None,
        action: str,
    ) -> None:
        if (obj.revision or 0) != revision:
            raise Conflict("site_changed")
        for name, value in values.items():
            setattr(obj, name, value)
        self.session.add(obj)
        self.session.flush()  # the audit line names its id
        self._note(f"{action.partition('.')[0]}:{obj.id}", actor_id, action)

    def _note(self, subject: str, actor_id: int | None, action: str) -> None:
        changes.advance(self.session, FRAME)
        audit.record(self.session, now=self.now, actor_id=actor_id, action=action, subject=subject)


def in_order(kind: type[Placed]) -> Any:
    """All of a kind that are not in the bin, in the order that the editors gave them."""
    return select(kind).where(trash.in_use(kind)).order_by(kind.position, kind.id)


def _check_address(values: Mapping[str, Any]) -> None:
    address = values.get("address") or ""
    if address and not is_address(address):
        raise Invalid({"address": "address"}, code="address")


def banners(session: Session) -> Sequence[Banner]:
    """All banners that are not in the bin, the most urgent first."""
    query = select(Banner).where(trash.in_use(Banner)).order_by(Banner.id.desc())
    return sorted(session.scalars(query), key=lambda one: RANK.index(one.severity))
