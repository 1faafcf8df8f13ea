"""What can be read in English: names and addresses, by kind."""

from collections.abc import Iterator
from typing import Any

from pyramid.request import Request
from sqlalchemy import select

from content.news import reads
from content.news.models import Article
from content.procedures.kinds import PUBLIC
from content.procedures.models import Procedure
from content.writing import translations
from portal.i18n import ENGLISH_PAGES, ENGLISH_ROOT
from portal.procedures.rows import procedure_url

#: An article grows old; procedures and pages are all shown.
NEWS = 30

Line = tuple[str, str]


def all_in_english(request: Request) -> list[tuple[str, list[Line]]]:
    """(heading, lines) for each kind that has any."""
    kinds = (
        ("Procedures", _procedures(request)),
        ("Information", _pages(request)),
        ("The authority", _site(request)),
        ("News", _news(request)),
    )
    lists = [(heading, list(lines)) for heading, lines in kinds]
    return [(heading, lines) for heading, lines in lists if lines]


def _titles(request: Request, kind: str, piece: str) -> dict[int, str]:
    """Id of the original → its English name."""
    found = translations.all_published(request.db, kind)
    return {number: one.texts[piece] for number, one in found.items() if one.texts.get(piece)}


def _procedures(request: Request) -> Iterator[Line]:
    titles = _titles(request, "procedure", "name")
    query = select(Procedure).where(Procedure.id.in_(titles), Procedure.status.in_(PUBLIC))
    rows: list[Any] = sorted(request.db.scalars(query), key=lambda one: titles[one.id])
    for one in rows:
        yield ENGLISH_ROOT + procedure_url(request, one.address), titles[one.id]


#: Pages of the site and what they are called.
SITE = {
    "/co-cau-to-chuc": "Units, opening hours and staff",
    "/khieu-nai-to-cao": "Where to send complaints, denunciations and petitions",
    "/van-ban": "Legal documents",
    "/hoi-dap": "Questions and answers",
    "/thuat-ngu": "Glossary",
    "/tham-do": "Polls",
}


def _site(request: Request) -> Iterator[Line]:
    shut = () if request.settings.editorial.polls else ("/tham-do",)
    for path, name in SITE.items():
        if path not in shut and request.frame.has_english(ENGLISH_PAGES[path]):
            yield ENGLISH_ROOT + path, name


def _pages(request: Request) -> Iterator[Line]:
    titles = _titles(request, "page", "title")
    for one in reads.pages(request.db, request.now):
        if one.id in titles:
            yield request.route_path("english.page", slug=one.slug), titles[one.id]


def _news(request: Request) -> Iterator[Line]:
    titles = _titles(request, "article", "title")
    query = reads.public(request.now).where(Article.id.in_(titles)).limit(NEWS)
    for one in request.db.scalars(query):
        place = {"section": one.section_slug, "slug": one.slug}
        yield request.route_path("english.article", **place), titles[one.id]
