"""What stands around every page, read once and kept until an editor changes it.

A frame holds plain values only, so that it outlives the session that read it; what depends
on the time (which banner is on) is asked with ``now``.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from content import changes
from content.media.presentation import Picture
from content.site import colours
from content.site.models import (
    ONLY,
    BlockKind,
    HomeBlock,
    Identity,
    MenuItem,
    MenuPlace,
    Severity,
)
from content.site.service import banners, in_order
from content.writing.translatable import UNTOLD, Told, told
from content.writing.translations import ENGLISH, published_subjects

IDENTITY_FIELDS = ("name", "short_name", "authority", "address", "hotline", "email", "hours")


@dataclass(frozen=True)
class ShownBanner:
    """A banner as pages show it."""

    severity: Severity
    title: str
    text: str
    phone: str
    address: str
    address_words: str
    starts_at: datetime | None
    ends_at: datetime | None
    english: Told = UNTOLD

    def is_on(self, now: datetime) -> bool:
        """Whether its time has come and is not over."""
        started = self.starts_at is None or self.starts_at <= now
        return started and (self.ends_at is None or now < self.ends_at)


@dataclass(frozen=True)
class MenuLine:
    """A line of a menu with those under it."""

    words: str
    address: str
    below: tuple["MenuLine", ...]
    english: Told = UNTOLD


@dataclass(frozen=True)
class ShownBlock:
    """A block of the home page."""

    kind: BlockKind
    title: str = ""
    text: str = ""
    section: str = ""
    count: int = 0
    english: Told = UNTOLD


#: What the home page shows until an editor chooses.
USUAL_BLOCKS = (
    ShownBlock(BlockKind.COMMON),
    ShownBlock(BlockKind.LOOKUP),
    ShownBlock(BlockKind.DUTY),
    ShownBlock(BlockKind.FIGURES),
    ShownBlock(BlockKind.FEATURED),
    ShownBlock(BlockKind.NEWS),
)


@dataclass(frozen=True)
class Frame:
    """Everything around a page; ``values`` are those of the identity that are not empty."""

    generation: int
    values: dict[str, str]
    colour: str
    emblem: Picture | None
    show_visits: bool
    main: tuple[MenuLine, ...]
    footer: tuple[MenuLine, ...]
    scheduled: tuple[ShownBanner, ...]
    blocks: tuple[ShownBlock, ...] = USUAL_BLOCKS
    #: What has a published translation (``article:12``).
    in_english: frozenset[str] = frozenset()

    def banners(self, now: datetime) -> list[ShownBanner]:
        """Those that are on, the most urgent first."""
        return [one for one in self.scheduled if one.is_on(now)]

    @property
    def main_in_english(self) -> bool:
        """Whether the editors' own menu is said in English, at least a line of it."""
        return any(one.english["words"].language == ENGLISH for one in self.main if one.address)

    def has_english(self, kind: str) -> bool:
        """Whether anything of a kind (``term``) has a published translation."""
        return any(one.startswith(f"{kind}:") for one in self.in_english)

    @property
    def style_sheet(self) -> str:
        """The authority's colour for light pages; empty where the theme's own is kept."""
        if not self.colour:
            return ""
        shades = (self.colour, colours.strong(self.colour), colours.tint(self.colour))
        return ":root{{--brand:{};--brand-strong:{};--brand-tint:{}}}".format(*shades)


EMPTY = Frame(-1, {}, "", None, False, (), (), ())


def read(session: Session, known: Frame | None = None) -> Frame:
    """The frame as it is now; ``known`` again if nothing changed since."""
    now_at = changes.generation(session, changes.FRAME)
    if known is not None and known.generation == now_at:
        return known
    identity = session.get(Identity, ONLY)
    lines = list(session.scalars(in_order(MenuItem)))
    english = told(session, lines)
    shown_banners = [one for one in banners(session) if one.is_on]
    english_banners = told(session, shown_banners)
    emblem = identity.emblem if identity else None
    return Frame(
        generation=now_at,
        values={
            name: value for name in IDENTITY_FIELDS if (value := getattr(identity, name, "") or "")
        },
        colour=identity.colour if identity else "",
        emblem=emblem.picture if emblem and emblem.deleted_at is None else None,
        show_visits=bool(identity and identity.show_visits),
        main=_menu(lines, english, MenuPlace.MAIN),
        footer=_menu(lines, english, MenuPlace.FOOTER),
        scheduled=tuple(
            ShownBanner(
                one.severity,
                one.title,
                one.text,
                one.phone,
                one.address,
                one.address_words,
                one.starts_at,
                one.ends_at,
                english_banners[one.id],
            )
            for one in shown_banners
        ),
        blocks=_blocks(session) or USUAL_BLOCKS,
        in_english=published_subjects(session),
    )


def _blocks(session: Session) -> tuple[ShownBlock, ...]:
    found = [one for one in session.scalars(in_order(HomeBlock)) if one.is_on]
    english = told(session, found)
    return tuple(
        ShownBlock(
            one.kind,
            one.title,
            one.text,
            str(one.options.get("section") or ""),
            int(one.options.get("count") or 0),
            english[one.id],
        )
        for one in found
    )


def _menu(
    lines: list[MenuItem], english: dict[int, Told], place: MenuPlace
) -> tuple[MenuLine, ...]:
    def below(parent_id: int | None) -> tuple[MenuLine, ...]:
        return tuple(
            MenuLine(one.words, one.address, below(one.id), english[one.id])
            for one in lines
            if one.place is place and one.parent_id == parent_id
        )

    return below(None)
