"""Which object answers for which service, made from the request in one place.

Services take exactly what they use, never a request. A view asks by class:
``request.service(PeopleService)``; one grep finds all uses.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any, TypeVar

from pyramid.config import Configurator
from pyramid.request import Request

from content.enquiries.service import EnquiryService
from content.files import DiskStore, FileService
from content.library.service import LibraryService
from content.media.service import MediaService
from content.news.copies import CopyService
from content.news.review import ReviewService
from content.news.service import NewsService
from content.people.service import PeopleService
from content.procedures.listing import Catalogue
from content.procedures.worklist import Worklist
from content.writing.translations import TranslationService
from portal import filing
from portal.database import Database, make_engine
from portal.http.derivers import SEARCHED
from portal.security.passwords import Argon2Hasher
from search.service import SearchService
from search.whoosh_index import WhooshIndex

T = TypeVar("T")
Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """The wall clock; tests and moved clocks give another function."""
    return datetime.now(UTC)


def people(request: Request) -> PeopleService:
    """Accounts and sign-in."""
    return PeopleService(request.db, request.registry["hasher"], request.now)


def files(request: Request) -> FileService:
    """Stored files."""
    return FileService(request.db, request.registry["file_store"])


def news(request: Request) -> NewsService:
    """Writing news."""
    four_eyes = request.settings.editorial.four_eyes
    return NewsService(request.db, request.now, four_eyes=four_eyes)


def review(request: Request) -> ReviewService:
    """The way of articles and pages to readers."""
    return ReviewService(request.db, request.now, four_eyes=request.settings.editorial.four_eyes)


def translation(request: Request) -> TranslationService:
    """Translating."""
    four_eyes = request.settings.editorial.four_eyes
    return TranslationService(request.db, request.now, four_eyes=four_eyes)


def copies(request: Request) -> CopyService:
    """Working copies of published texts."""
    return CopyService(request.db, request.now)


def media(request: Request) -> MediaService:
    """The media library."""
    return MediaService(request.db, request.service(FileService), request.now)


def library(request: Request) -> LibraryService:
    """Legal documents."""
    return LibraryService(request.db, request.service(FileService), request.now)


def enquiries(request: Request) -> EnquiryService:
    """Questions and answers."""
    return EnquiryService(request.db, request.now)


def catalogue(request: Request) -> Catalogue:
    """Lists of procedures; one object for all requests, since it keeps the facet table."""
    return request.registry["catalogue"]


def worklist(request: Request) -> Worklist:
    """The editors' list of procedures; one object for all requests, since it keeps its lines."""
    return request.registry["worklist"]


def search(request: Request) -> SearchService:
    """Search with the synonyms of the moment; answers and readers are kept for all requests."""
    words = request.vocabulary
    shared: SearchService = request.registry["search"]
    request.environ[SEARCHED] = shared.generation(request.now)
    return shared.saying(words.synonyms, words.generation)


FACTORIES: dict[type[Any], Callable[[Request], Any]] = {
    PeopleService: people,
    FileService: files,
    NewsService: news,
    LibraryService: library,
    EnquiryService: enquiries,
    CopyService: copies,
    MediaService: media,
    ReviewService: review,
    TranslationService: translation,
    Catalogue: catalogue,
    Worklist: worklist,
    SearchService: search,
    **filing.FACTORIES,
}


def service(request: Request, kind: type[T]) -> T:
    """``request.service(Class)``: one instance a request."""
    if kind not in request.made:
        request.made[kind] = FACTORIES[kind](request)
    instance: T = request.made[kind]
    return instance


def provide(registry: Any, options: Mapping[str, Any]) -> None:
    """The long-lived objects of a site; ``options`` replace some of them in tests."""
    settings = registry["settings"]
    clock: Clock = options.get("clock", utc_now)
    registry["clock"] = clock
    registry["database"] = options.get("database") or Database(
        make_engine(settings.database_url), clock
    )
    registry["file_store"] = options.get("file_store") or DiskStore(settings.blob_dir)
    registry["catalogue"] = Catalogue()
    registry["worklist"] = Worklist()
    registry["search"] = SearchService(options.get("index") or WhooshIndex(settings.index_dir))
    registry["kept"] = filing.Kept()
    registry["hasher"] = options.get("hasher") or Argon2Hasher()


def includeme(config: Configurator) -> None:
    """Short-lived objects on the request, made with the long-lived ones of the registry."""
    config.add_request_method(service)
    # Not in the environ, which a retried request shares with the first try.
    config.add_request_method(lambda _request: {}, "made", reify=True)
    config.add_request_method(lambda request: request.registry["clock"](), "now", reify=True)
    config.add_request_method(lambda request: request.registry["settings"], "settings", reify=True)
