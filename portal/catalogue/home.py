"""The first page: the question in the middle, then what most people come for."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from pyramid.request import Request
from pyramid.security import NO_PERMISSION_REQUIRED
from pyramid.view import view_config
from sqlalchemy import select

from content.calendar.store import load_calendar
from content.media.reads import at_addresses
from content.news import reads as news
from content.news import sections
from content.news.bodies import for_page
from content.news.models import Article
from content.procedures.life_events import LifeEvent
from content.procedures.listing import Catalogue, featured
from content.reception import days
from content.reception.days import Occurrence, Standing
from content.reception.service import rules
from content.site.frame import ShownBlock
from content.site.models import BlockKind
from content.staff.models import DutyTurn
from content.staff.reads import on_duty
from content.words import local
from portal.i18n import alternates
from portal.procedures.rows import capital, procedure_url
from portal.public_figures import of_month

NEWS = 3
OF_NEWS = (BlockKind.FEATURED, BlockKind.NEWS)
FEATURED = 6
MAX_NAME = 55
MIN_NAME = 20
_LEAD = "thủ tục "
_PAUSE = re.compile(r",| \(|;| – ")


@dataclass(frozen=True)
class Duty:
    """Who is on duty today, and the next reception of citizens."""

    turns: Sequence[DutyTurn]
    reception: Occurrence | None


#: How far ahead the next reception is looked for.
WITHIN = timedelta(days=62)


@view_config(route_name="home", renderer="catalogue/home.jinja2", permission=NO_PERMISSION_REQUIRED)
def home(request: Request) -> dict[str, Any]:
    """Search, common procedures, look-up, figures, news, hours."""
    blocks = [(one, FILLED[one.kind](request, one)) for one in request.frame.blocks]
    articles = [line[1] for one, filled in blocks if one.kind in OF_NEWS for line in filled]
    return {
        "blocks": blocks,
        "pictures": at_addresses(request.db, (one.picture for one in articles)),
        "alternates": alternates("/") if request.frame.in_english else [],
        "figures": request.service(Catalogue).figures(request.db),
        "month": of_month(request) if _counts(request) else None,
    }


def _counts(request: Request) -> bool:
    """Whether an editor placed the block with figures."""
    return any(one.kind is BlockKind.FIGURES for one in request.frame.blocks)


def _common(request: Request, block: ShownBlock) -> list[tuple[str, str]]:
    cards = featured(request.db, block.count or FEATURED)
    return [(_work(card.name), procedure_url(request, card.address)) for card in cards]


def _featured(request: Request, block: ShownBlock) -> list[tuple[str, Article]]:
    found = news.featured(request.db, request.now, limit=block.count or NEWS)
    # A list of news below does not say them again.
    request.made[BlockKind.FEATURED] = {one.id for one in found}
    return [(_address(request, one), one) for one in found]


def _address(request: Request, one: Article) -> str:
    place = {"section": one.section_slug, "slug": one.slug}
    return str(request.route_path("news.article", **place))


def _news(request: Request, block: ShownBlock) -> list[tuple[str, Article]]:
    section = sections.find(request.db, block.section) if block.section else None
    count, known = block.count or NEWS, request.made.get(BlockKind.FEATURED, set())
    found = news.articles(request.db, request.now, section=section, size=count + len(known))
    fresh = [one for one in found.items if one.id not in known]
    return [(_address(request, one), one) for one in fresh[:count]]


def _life_events(request: Request, block: ShownBlock) -> list[tuple[str, str]]:
    events = request.db.scalars(select(LifeEvent).order_by(LifeEvent.position, LifeEvent.id))
    return [
        (one.title, request.route_path("catalogue.life_event", slug=one.slug))
        for one in events.fetchmany(block.count or FEATURED)
    ]


def _duty(request: Request, _block: ShownBlock) -> Duty:
    today = local(request.now).date()
    coming = days.between(rules(request.db), load_calendar(request.db), today, today + WITHIN)
    held = (one for one in coming if one.standing is not Standing.CANCELLED)
    return Duty(on_duty(request.db, today), next(held, None))


def _text(_request: Request, block: ShownBlock) -> str:
    return for_page(block.text)


def _nothing(_request: Request, _block: ShownBlock) -> None:
    """Blocks that need nothing but what every home page has."""


#: How each block of the home page gets what it shows.
FILLED: dict[BlockKind, Callable[[Request, ShownBlock], Any]] = {
    BlockKind.COMMON: _common,
    BlockKind.LOOKUP: _nothing,
    BlockKind.FIGURES: _nothing,
    BlockKind.LIFE_EVENTS: _life_events,
    BlockKind.DUTY: _duty,
    BlockKind.FEATURED: _featured,
    BlockKind.NEWS: _news,
    BlockKind.TEXT: _text,
}


def _work(name: str) -> str:
    """The work itself, as people name it: without "Thủ tục", cut where it grows long."""
    bare = name[len(_LEAD) :] if name.lower().startswith(_LEAD) else name
    if len(bare) > MAX_NAME:
        end = _PAUSE.search(bare, MIN_NAME)
        bare = bare[: end.start()] if end else bare
    if len(bare) > MAX_NAME:
        bare = bare[:MAX_NAME].rsplit(" ", 1)[0] + "…"
    return capital(bare)
