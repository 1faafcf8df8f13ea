"""What a screen of translating is about: an original, what it says now, its translation."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from pyramid.request import Request

from content.errors import NotFound
from content.news import translating as written_texts
from content.news.bodies import to_html
from content.news.models import Article, BodyFormat, Page
from content.news.service import subject_of as written_subject
from content.procedures.kinds import PUBLIC
from content.procedures.models import Procedure
from content.procedures.translating import source_of as procedure_source
from content.procedures.translating import subject_of as procedure_subject
from content.writing import translatable, translations
from content.writing.models import Translation, TranslationStatus
from content.writing.translations import Piece, Source
from portal import contexts
from portal.i18n import ENGLISH_ROOT
from portal.procedures.rows import procedure_url
from portal.security.permissions import Permission

#: Word of the address → kind of the original.
KINDS = {
    "tin": "article",
    "trang": "page",
    "thu-tuc": "procedure",
    "trinh-don": "menu_item",
    "thong-bao": "banner",
    "trang-dau": "home_block",
    "van-ban": "legal_document",
    "don-vi": "unit",
    "hoi-dap": "enquiry",
    "thuat-ngu": "term",
    "huong-dan": "guide_text",
    "noi-nhan": "receiving_place",
    "tham-do": "poll",
}
SLUGS = {kind: slug for slug, kind in KINDS.items()}


#: Kind of a row → the screen where editors keep it, who may open it.
SCREENS = {
    "menu_item": ("editorial.menu", Permission.SITE_ARRANGE),
    "banner": ("editorial.banner", Permission.SITE_ARRANGE),
    "home_block": ("editorial.block", Permission.SITE_ARRANGE),
    "legal_document": ("editorial.document", Permission.LIBRARY_EDIT),
    "unit": ("editorial.unit", Permission.AUTHORITY_EDIT),
    "enquiry": ("editorial.enquiry", Permission.ENQUIRY_EDIT),
    "term": ("editorial.term", Permission.LIBRARY_EDIT),
    "guide_text": ("editorial.guide", Permission.AUTHORITY_EDIT),
    "receiving_place": ("editorial.guide.place", Permission.AUTHORITY_EDIT),
    "poll": ("editorial.poll", Permission.SITE_ARRANGE),
}
#: Kind of a row → route of the page where readers find it, the words it is found by there.
PLACES: dict[str, tuple[str, Callable[[Any], dict[str, Any]]]] = {
    "menu_item": ("home", lambda _one: {}),
    "banner": ("home", lambda _one: {}),
    "home_block": ("home", lambda _one: {}),
    "legal_document": ("library.document", lambda one: {"slug": one.slug}),
    "unit": ("authority.units", lambda one: {"_anchor": f"don-vi-{one.id}"}),
    "enquiry": ("library.enquiry", lambda one: {"slug": one.slug}),
    "term": ("library.terms", lambda one: {"_anchor": one.slug}),
    "guide_text": ("authority.guide", lambda one: {"_anchor": one.part.value}),
    "receiving_place": ("authority.guide", lambda _one: {"_anchor": "noi-nhan"}),
    "poll": ("authority.poll", lambda one: {"id": one.id}),
}


@dataclass(frozen=True)
class Original:
    """An article, page, procedure or row of the site with what there is to translate."""

    thing: Any
    source: Source
    translation: Translation | None

    @property
    def subject(self) -> str:
        """``article:12``."""
        return self.source.subject

    @property
    def own(self) -> str:
        """What locks, kept drafts and revisions call its translation."""
        return translations.own_subject(self.subject)

    @property
    def is_behind(self) -> bool:
        """Whether its translation is older than what it says now."""
        return self.translation is not None and translations.is_behind(
            self.translation, self.source
        )

    @property
    def is_public(self) -> bool:
        """Whether readers see its translation."""
        found = self.translation
        return found is not None and found.status is TranslationStatus.PUBLISHED

    def cleaned(self, texts: Mapping[str, str]) -> dict[str, str]:
        """Translated texts as they may be kept."""
        if isinstance(self.thing, Procedure):
            return dict(texts)
        return written_texts.cleaned(texts)

    def body_html(self, piece: Piece) -> str:
        """A body as readers see it."""
        return to_html(piece.text, getattr(self.thing, "body_format", BodyFormat.TEXT))


def original_of(request: Request, thing: Any) -> Original:
    """The original with its translation. ``NotFound`` for a procedure nobody reads yet."""
    if isinstance(thing, Procedure):
        source = procedure_source(thing)
    elif isinstance(thing, Article | Page):
        source = written_texts.source_of(request.db, thing)
    else:
        source = translatable.source_of(thing)
    return Original(thing, source, translations.find(request.db, source.subject))


FACTORIES: dict[str, Callable[[Request], Any]] = {
    "article": contexts.editorial_article,
    "page": contexts.editorial_page,
    "procedure": contexts.editorial_procedure,
}


def original(request: Request) -> Original:
    """The factory of every address of one translation."""
    kind = KINDS[request.matchdict["kind"]]
    if kind in FACTORIES:
        return original_of(request, FACTORIES[kind](request))
    number = int(request.matchdict["id"][:18])
    return original_of(request, translatable.find(request.db, kind, number))


def to(request: Request, act: str, subject: str) -> str:
    """An address of one translation: ``to(request, "publish", "article:12")``."""
    kind, _colon, number = subject.partition(":")
    route = "editorial.translation" + (f".{act}" if act else "")
    return request.route_path(route, kind=SLUGS[kind], id=number)


def screen_of(request: Request, subject: str | None) -> str | None:
    """Where a row of the site (``unit:3``) is translated; ``None`` if readers do not see it,
    if its kind is not, or for who may not."""
    kind, _colon, number = (subject or "").partition(":")
    if kind not in translatable.KINDS or not (number.isascii() and number.isdigit()):
        return None
    try:
        translatable.find(request.db, kind, int(number))
    except NotFound:
        return None
    may = request.has_permission(Permission.ARTICLE_EDIT)
    return to(request, "", f"{kind}:{number}") if may else None


def named(thing: Any) -> tuple[str, str]:
    """Its subject (``article:12``) and what it is called."""
    if isinstance(thing, Procedure):
        return procedure_subject(thing), thing.name
    if isinstance(thing, Article | Page):
        return written_subject(thing), thing.title
    source = translatable.source_of(thing)
    return source.subject, source.title


def editing_url(request: Request, thing: Any) -> str | None:
    """Where this editor works on the original; ``None`` where only others may."""
    if isinstance(thing, Procedure):
        return str(request.route_path("editorial.procedure", id=thing.id))
    if isinstance(thing, Article | Page):
        kind = "article" if isinstance(thing, Article) else "page"
        return str(request.route_path(f"editorial.{kind}.preview", id=thing.id))
    route, permission = SCREENS[translatable.kind_of(thing).key]
    return (
        str(request.route_path(route, id=thing.id)) if request.has_permission(permission) else None
    )


def public_path(request: Request, thing: Any) -> str:
    """Where readers find the original; the translation is at the same address below /en."""
    if isinstance(thing, Procedure):
        return procedure_url(request, thing.address)
    if isinstance(thing, Page):
        return request.route_path("news.page", slug=thing.slug)
    if isinstance(thing, Article):
        return request.route_path("news.article", section=thing.section_slug, slug=thing.slug)
    route, words = PLACES[translatable.kind_of(thing).key]
    return str(request.route_path(route, **words(thing)))


def english_path(request: Request, one: Original) -> str | None:
    """Where readers find the translation, if it is published."""
    if not one.is_public:
        return None
    if isinstance(one.thing, Procedure) and one.thing.status not in PUBLIC:
        return None
    return ENGLISH_ROOT + public_path(request, one.thing).rstrip("/")
