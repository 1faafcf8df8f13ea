"""An address becomes an object before the view runs, or a 404.

Each factory loads what its route names. There are no optional ones: a view never
meets ``None``. ``KeyError`` and ``NotFound`` become the same page.
"""

from pyramid.request import Request

from content.errors import NotFound
from content.news import reads as news_reads
from content.news.models import Article, Page
from content.news.sections import Section


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
