"""Languages. Message ids are the Vietnamese texts; translations belong to a version.

The forms' libraries ship no Vietnamese, so their catalogues are ours, and stand after
theirs. Pages in English live below ``/en``, each beside its Vietnamese original; the words
around them come from the catalogue ``en`` of the domain ``portal``.
"""

from functools import cache
from pathlib import Path

from babel.messages.pofile import read_po
from pyramid.config import Configurator
from pyramid.i18n import TranslationStringFactory
from pyramid.request import Request

_ = TranslationStringFactory("portal")
DEFAULT = "vi"
ENGLISH = "en"
ENGLISH_ROOT = "/en"
CATALOGUE = Path(__file__).parent / "locale" / ENGLISH / "LC_MESSAGES" / "portal.po"

#: Pages of the site that are there in English whatever is translated: path → kind shown there.
ENGLISH_PAGES = {
    "/co-cau-to-chuc": "unit",
    "/khieu-nai-to-cao": "guide_text",
    "/van-ban": "legal_document",
    "/hoi-dap": "enquiry",
    "/thuat-ngu": "term",
    "/tham-do": "poll",
}

#: Addresses of one page by language, the Vietnamese first; empty where it has only one.
Alternates = list[tuple[str, str]]


@cache
def english_words() -> dict[str, str]:
    """Vietnamese words of the frame → English."""
    with CATALOGUE.open("rb") as source:
        entries = read_po(source, locale=ENGLISH, domain="portal")
    return {str(one.id): str(one.string) for one in entries if one.id and one.string}


def alternates(path: str) -> Alternates:
    """A page and its translation, by the path of the Vietnamese one."""
    return [(DEFAULT, path), (ENGLISH, ENGLISH_ROOT + path.rstrip("/"))]


def translated(request: Request, subject: str, path: str) -> Alternates:
    """The same where readers have a translation of ``subject`` (``article:12``), else nothing."""
    return alternates(path) if subject in request.frame.in_english else []


def listed(request: Request) -> Alternates:
    """The same for a page that shows many, where any of them has a translation."""
    kind = ENGLISH_PAGES[request.path]
    return alternates(request.path) if request.frame.has_english(kind) else []


def beside(address: str) -> str:
    """An address of this site in English, where that page is always there."""
    return ENGLISH_ROOT + address.rstrip("/") if address in ("/", *ENGLISH_PAGES) else address


def includeme(config: Configurator) -> None:
    """Vietnamese by default."""
    config.add_settings(
        {"pyramid.default_locale_name": DEFAULT, "pyramid.available_languages": [DEFAULT]}
    )
    config.set_locale_negotiator(lambda _request: DEFAULT)
    config.add_translation_dirs("portal:locale")
