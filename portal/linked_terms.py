"""Links to the glossary in bodies that readers see, from what this process keeps of it."""

from typing import Any

from pyramid.config import Configurator
from pyramid.request import Request

from content import changes
from content.terms.linking import COUNTER, Linker
from content.terms.service import linker


class Kept:
    """The links that this process knows, and since which change of the terms."""

    def __init__(self) -> None:
        self.state: tuple[int, Linker] = (-1, Linker({}))

    def current(self, request: Request) -> Linker:
        """The links of today: one small query, unless a term changed."""
        now = changes.generation(request.db, COUNTER)
        known, found = self.state
        if known == now:
            return found
        found = linker(request.db)
        if not changes.has_advanced(request.db):
            self.state = (now, found)
        return found


def with_terms(request: Request, html: str) -> str:
    """``request.with_terms(html)``: the first mention of each term leads to the glossary."""
    kept: Kept = request.registry["terms"]
    return kept.current(request).linked(html, request.route_path("library.terms"))


def provide(registry: Any) -> None:
    """What is kept."""
    registry["terms"] = Kept()


def includeme(config: Configurator) -> None:
    """The request's method."""
    config.add_request_method(with_terms)
