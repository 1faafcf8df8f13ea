"""Pages in English, each beside its Vietnamese original at the same address below ``/en``.

Without a published translation there is no such page; it says where the original is.
Figures of a procedure come from its record of today.
"""

from datetime import datetime
from typing import Any

from pyramid.httpexceptions import HTTPMovedPermanently
from pyramid.renderers import render_to_response
from pyramid.request import Request
from pyramid.response import Response
from pyramid.security import NO_PERMISSION_REQUIRED
from pyramid.view import view_config

from content.agencies.hours import in_english
from content.media.reads import illustrated
from content.news.bodies import for_page
from content.news.models import Article, Page
from content.news.reads import pictures_of
from content.news.service import Written, subject_of
from content.news.translating import format_of
from content.news.translating import source_of as source_of_written
from content.procedures.filing import open_filing
from content.procedures.in_english import english_sheet
from content.procedures.kinds import Filing
from content.procedures.models import Procedure
from content.procedures.reception_places import place_of
from content.procedures.standing import today
from content.procedures.translating import source_of
from content.procedures.translating import subject_of as subject_of_procedure
from content.site.models import BlockKind
from content.writing import translations
from content.writing.models import Translation
from content.writing.translations import Source
from portal.english import lists
from portal.english.site import body_html
from portal.i18n import ENGLISH_ROOT, alternates
from portal.procedures.rows import at_level, procedure_url


@view_config(
    route_name="english.home", renderer="english/home.jinja2", permission=NO_PERMISSION_REQUIRED
)
def home(request: Request) -> dict[str, Any]:
    """All that can be read in English, below what the editors wrote for the first page."""
    texts = [one for one in request.frame.blocks if one.kind is BlockKind.TEXT]
    return {
        "blocks": [(one, body_html(one.english["body"])) for one in texts],
        "lists": lists.all_in_english(request),
        "alternates": alternates("/"),
    }


@view_config(
    route_name="english.article",
    renderer="english/article.jinja2",
    permission=NO_PERMISSION_REQUIRED,
)
def article(context: Article, request: Request) -> dict[str, Any] | Response:
    """An article."""
    section = context.section_slug
    original = request.route_path("news.article", section=section, slug=context.slug)
    if request.matchdict["section"] != section:
        raise HTTPMovedPermanently(ENGLISH_ROOT + original)
    return _written(request, context, original)


@view_config(
    route_name="english.page", renderer="english/article.jinja2", permission=NO_PERMISSION_REQUIRED
)
def page(context: Page, request: Request) -> dict[str, Any] | Response:
    """A standing page."""
    return _written(request, context, request.route_path("news.page", slug=context.slug))


def _written(request: Request, written: Written, original: str) -> dict[str, Any] | Response:
    translation = translations.published(request.db, subject_of(written))
    if translation is None:
        return _missing(request, original)
    source = source_of_written(request.db, written)
    texts = translations.shown(translation, source)
    body = texts.get("body", "")
    return {
        "written": written,
        "is_article": isinstance(written, Article),
        "texts": texts,
        "pictures": pictures_of(request.db, written),
        "body": illustrated(request.db, for_page(body, format_of(body), table="Table")),
        **_around(translation, source, original, written.updated_at),
    }


@view_config(
    route_name="english.procedure",
    renderer="english/procedure.jinja2",
    permission=NO_PERMISSION_REQUIRED,
)
@view_config(
    route_name="english.procedure.level",
    renderer="english/procedure.jinja2",
    permission=NO_PERMISSION_REQUIRED,
)
def procedure(context: Procedure, request: Request) -> dict[str, Any] | Response:
    """A procedure: words from the translation, figures from the record."""
    original = procedure_url(request, context.address)
    if request.path != ENGLISH_ROOT + original:
        raise HTTPMovedPermanently(ENGLISH_ROOT + original)
    translation = translations.published(request.db, subject_of_procedure(context))
    if translation is None:
        return _missing(request, original)
    version, source = context.current_version, source_of(context)
    assert version is not None  # its source was read from it
    on, place = today(request.now), place_of(request.db, context.id)
    return {
        "procedure": context,
        "version": version,
        "sheet": english_sheet(context, version.document, translation, source, on),
        "apply_url": _apply_url(request, context),
        "place": place,
        "place_hours": in_english(place.sessions) if place else (),
        **_around(translation, source, original, version.published_at or version.created_at),
    }


def _apply_url(request: Request, procedure: Procedure) -> str | None:
    if open_filing(procedure) is not Filing.LOCAL:
        return None
    url: str = request.route_path("apply.start", code=procedure.key, **at_level(procedure))
    return url


def _missing(request: Request, original: str) -> Response:
    """Nothing in English at this address: 404, and the way to the original."""
    response = render_to_response("english/missing.jinja2", {"original": original}, request)
    response.status_int = 404
    return response


def _around(
    translation: Translation, source: Source, original: str, changed_at: datetime
) -> dict[str, Any]:
    """What every page in English says of itself."""
    return {
        "original": original,
        "is_behind": translations.is_behind(translation, source),
        "translated_at": translation.translated_at,
        "changed_at": changed_at,
        "alternates": alternates(original),
    }
