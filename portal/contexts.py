"""An address becomes an object before the view runs, or a 404.

Each factory loads what its route names. There are no optional ones: a view never
meets ``None``. ``KeyError`` and ``NotFound`` become the same page.
"""

from pyramid.request import Request
from sqlalchemy import select

from content.agencies.models import Agency
from content.errors import NotFound
from content.news import reads as news_reads
from content.news.models import Article, Page
from content.news.sections import Section
from content.procedures import reads as procedure_reads
from content.procedures.kinds import LEVEL_BY_SLUG
from content.procedures.life_events import LifeEvent
from content.procedures.models import Procedure


def procedure(request: Request) -> Procedure:
    """A procedure by code or slug, at the level the address names or the one in force."""
    level = LEVEL_BY_SLUG.get(request.matchdict.get("level", ""))
    found = procedure_reads.find(request.db, request.matchdict["code"], level)
    if found is None:
        raise NotFound("procedure")
    return found


def life_event(request: Request) -> LifeEvent:
    """A life event."""
    query = select(LifeEvent).where(LifeEvent.slug == request.matchdict["slug"])
    found = request.db.scalars(query).first()
    if found is None:
        raise NotFound("life_event")
    return found


def agency(request: Request) -> Agency:
    """An agency."""
    query = select(Agency).where(Agency.slug == request.matchdict["slug"])
    found = request.db.scalars(query).first()
    if found is None:
        raise NotFound("agency")
    return found


def section(request: Request) -> Section:
    """A section of the news."""
    try:
        return Section(request.matchdict["section"])
    except ValueError as error:
        raise NotFound("section") from error


def article(request: Request) -> Article:
    """A public article."""
    section(request)
    return news_reads.article(request.db, request.now, request.matchdict["slug"])


def page(request: Request) -> Page:
    """A standing page."""
    return news_reads.page(request.db, request.matchdict["slug"])


def editorial_article(request: Request) -> Article:
    """Any article, for editors."""
    found = request.db.get(Article, int(request.matchdict["id"][:18]))
    if found is None:
        raise NotFound("article")
    return found
