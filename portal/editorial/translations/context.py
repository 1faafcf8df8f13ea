"""What a screen of translating is about: an original, what it says now, its translation."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from pyramid.request import Request

from content.news import translating as written_texts
from content.news.bodies import to_html
from content.news.models import Article, Page
from content.news.service import Written
from content.news.service import subject_of as written_subject
from content.procedures.kinds import PUBLIC
from content.procedures.models import Procedure
from content.procedures.translating import source_of as procedure_source
from content.procedures.translating import subject_of as procedure_subject
from content.writing import translations
from content.writing.models import Translation, TranslationStatus
from content.writing.translations import Piece, Source
from portal import contexts
from portal.i18n import ENGLISH_ROOT
from portal.procedures.rows import procedure_url

#: Word of the address → kind of the original.
KINDS = {"tin": "article", "trang": "page", "thu-tuc": "procedure"}
SLUGS = {kind: slug for slug, kind in KINDS.items()}


@dataclass(frozen=True)
class Original:
    """An article, page or procedure with what there is to translate."""

    thing: Written | Procedure
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
        assert not isinstance(self.thing, Procedure)  # none of its texts has that shape
        return to_html(piece.text, self.thing.body_format)


def original_of(request: Request, thing: Written | Procedure) -> Original:
    """The original with its translation. ``NotFound`` for a procedure nobody reads yet."""
    if isinstance(thing, Procedure):
        source = procedure_source(thing)
    else:
        source = written_texts.source_of(request.db, thing)
    return Original(thing, source, translations.find(request.db, source.subject))


FACTORIES: dict[str, Callable[[Request], Written | Procedure]] = {
    "article": contexts.editorial_article,
    "page": contexts.editorial_page,
    "procedure": contexts.editorial_procedure,
}


def original(request: Request) -> Original:
    """The factory of every address of one translation."""
    kind = KINDS[request.matchdict["kind"]]
    return original_of(request, FACTORIES[kind](request))


def to(request: Request, act: str, subject: str) -> str:
    """An address of one translation: ``to(request, "publish", "article:12")``."""
    kind, _colon, number = subject.partition(":")
    route = "editorial.translation" + (f".{act}" if act else "")
    return request.route_path(route, kind=SLUGS[kind], id=number)


def subject_of(thing: Written | Procedure) -> str:
    """``article:12``, ``procedure:9``."""
    return procedure_subject(thing) if isinstance(thing, Procedure) else written_subject(thing)


def editing_url(request: Request, thing: Written | Procedure) -> str:
    """Where editors work on the original."""
    if isinstance(thing, Procedure):
        return request.route_path("editorial.procedure", id=thing.id)
    kind = "article" if isinstance(thing, Article) else "page"
    return request.route_path(f"editorial.{kind}.preview", id=thing.id)


def public_path(request: Request, thing: Written | Procedure) -> str:
    """Where readers find the original; the translation is at the same address below /en."""
    if isinstance(thing, Procedure):
        return procedure_url(request, thing.address)
    if isinstance(thing, Page):
        return request.route_path("news.page", slug=thing.slug)
    return request.route_path("news.article", section=thing.section_slug, slug=thing.slug)


def english_path(request: Request, one: Original) -> str | None:
    """Where readers find the translation, if it is published."""
    found = one.translation
    if found is None or found.status is not TranslationStatus.PUBLISHED:
        return None
    if isinstance(one.thing, Procedure) and one.thing.status not in PUBLIC:
        return None
    return ENGLISH_ROOT + public_path(request, one.thing)
