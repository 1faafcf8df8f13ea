"""The first page: the question in the middle, then what most people come for."""

import re
from typing import Any

from pyramid.request import Request
from pyramid.security import NO_PERMISSION_REQUIRED
from pyramid.view import view_config

from content.news import reads as news
from content.procedures.listing import Catalogue, featured
from portal.procedures.rows import capital, procedure_url

NEWS = 3
FEATURED = 6
MAX_NAME = 55
MIN_NAME = 20
_LEAD = "thủ tục "
_PAUSE = re.compile(r",| \(|;| – ")


@view_config(route_name="home", renderer="catalogue/home.jinja2", permission=NO_PERMISSION_REQUIRED)
def home(request: Request) -> dict[str, Any]:
    """Search, common procedures, look-up, figures, news, hours."""
    articles = news.articles(request.db, request.now, size=NEWS).items
    return {
        "common": [
            (_work(card.name), procedure_url(request, card.address))
            for card in featured(request.db, FEATURED)
        ],
        "figures": request.service(Catalogue).figures(request.db),
        "news": [
            (
                request.route_path("news.article", section=one.section.value, slug=one.slug),
                one,
            )
            for one in articles
        ],
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
