"""Procedures as lines of a list: words and addresses, ready for the template."""

from collections.abc import Iterable
from dataclasses import dataclass

from pyramid.request import Request

from content.procedures.kinds import Filing, Level, ServiceLevel, Status
from content.procedures.listing import Card
from content.procedures.models import Procedure
from content.procedures.presentation import card_fee, card_limit
from content.procedures.standing import today
from content.procedures.wording import status_in_words
from portal.i18n import _

#: Some sources write a paragraph where a limit belongs; the page itself has all of it.
MAX_WORDS = 110


@dataclass(frozen=True)
class Row:
    """One line; ``badges`` are (words, kind of badge)."""

    id: int
    url: str
    name: str
    code: str | None
    level: Level
    sector: str | None
    time: str
    fee: str
    badges: tuple[tuple[str, str], ...]


def procedure_url(request: Request, address: str) -> str:
    """The page of a procedure from ``Card.address`` or ``Procedure.address``."""
    base: str = request.route_path("catalogue.listing")
    return f"{base}/{address}"


def at_level(procedure: Procedure) -> dict[str, dict[str, str]]:
    """For ``route_path``: the level, where the bare code stands for another one."""
    return {} if procedure.is_primary else {"_query": {"cap": procedure.level.slug}}


def rows(request: Request, cards: Iterable[Card]) -> list[Row]:
    """Cards as lines, in their order."""
    base = request.route_path("catalogue.listing")
    on = today(request.now)
    return [
        Row(
            id=card.id,
            url=f"{base}/{card.address}",
            name=card.name,
            code=card.code,
            level=card.level,
            sector=card.sector,
            time=shortened(card_limit(card.card)),
            fee=shortened(card_fee(card.card, on)),
            badges=tuple(_badges(card)),
        )
        for card in cards
    ]


def shortened(words: str) -> str:
    """Cut between words, with a sign that it was cut."""
    if len(words) <= MAX_WORDS:
        return words
    return words[:MAX_WORDS].rsplit(" ", 1)[0].rstrip(" ,;.") + "…"


def capital(words: str) -> str:
    """Words as they begin a line; only the first letter changes."""
    return words[:1].upper() + words[1:]


def _badges(card: Card) -> Iterable[tuple[str, str]]:
    if card.status is not Status.IN_FORCE:
        yield capital(status_in_words(card.status, card.status_since)), "warn"
    if card.filing is Filing.LOCAL:
        yield _("Nộp được tại đây"), "ok"
    if card.service_level is ServiceLevel.FULL:
        yield _("Trực tuyến toàn trình"), "info"
    elif card.service_level is ServiceLevel.PARTIAL:
        yield _("Trực tuyến một phần"), "info"
