"""Lists for translators: what is translated, what is behind its original, what is missing."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pyramid.request import Request
from pyramid.view import view_config

from content.errors import NotFound
from content.writing import translatable, translations
from content.writing.models import Translation, TranslationStatus
from portal.editorial.translations import missing
from portal.editorial.translations.context import KINDS, Original, named, original_of, to
from portal.http.paging import page_links, page_number
from portal.i18n import _
from portal.security.permissions import Permission

PAGE_SIZE = 30
KIND_NAMES = {"article": _("Tin bài"), "page": _("Trang"), "procedure": _("Thủ tục")}
STATUS_NAMES = {
    TranslationStatus.DRAFT: _("Bản nháp"),
    TranslationStatus.PUBLISHED: _("Đã công bố"),
    TranslationStatus.WITHDRAWN: _("Đã gỡ"),
}
#: The lists of translations: address → words.
KEPT = {
    "": _("Đã dịch"),
    "cu": _("Cũ hơn bản gốc"),
    "nhap": _("Bản nháp"),
    "cong-bo": _("Đã công bố"),
}
STATUS_OF = {"nhap": TranslationStatus.DRAFT, "cong-bo": TranslationStatus.PUBLISHED}
#: The lists of what has none: address → kind.
MISSING = {f"thieu-{slug}": kind for slug, kind in KINDS.items()}


def kind_name(kind: str) -> str:
    """What a kind of original is called."""
    return KIND_NAMES.get(kind) or translatable.KINDS[kind].label


@dataclass(frozen=True)
class Row:
    """One line: an original, and how far its translation is."""

    url: str
    title: str
    english: str
    kind: str
    status: str = ""
    is_behind: bool = False
    done: int = 0
    pieces: int = 0
    updated_at: datetime | None = None


@view_config(
    route_name="editorial.translations",
    renderer="editorial/translations/listing.jinja2",
    permission=Permission.EDITORIAL_USE,
    uses_session=True,
)
def listing(request: Request) -> dict[str, Any]:
    """One of the lists, by ``loc``."""
    chosen = request.GET.get("loc", "")
    chosen = chosen if chosen in KEPT or chosen in MISSING else ""
    number = page_number(request.GET)
    if chosen in MISSING:
        kind = MISSING[chosen]
        heading = kind_name(kind)
        found = missing.page(request.db, kind, request.now, number, PAGE_SIZE)
        rows = [_untranslated(request, kind, one) for one in found.items]
        total, number, pages = found.total, found.page, found.pages
    else:
        heading = KEPT[chosen]
        every = _translated(request, chosen)
        total, pages = len(every), max(1, -(-len(every) // PAGE_SIZE))
        number = min(number, pages)
        rows = every[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]
    base = request.route_path("editorial.translations")
    lacking = {key: kind_name(kind) for key, kind in MISSING.items()}
    return {
        "rows": rows,
        "heading": heading,
        "total": total,
        "is_missing": chosen in MISSING,
        "links": page_links(request, number, pages),
        "filters": [
            [
                (f"{base}?loc={key}" if key else base, words, key == chosen)
                for key, words in names.items()
            ]
            for names in (KEPT, lacking)
        ],
    }


def _translated(request: Request, chosen: str) -> list[Row]:
    """Translations, the last changed first. Each is compared with its original: they are
    written by hand, so there are hundreds at most."""
    rows = [
        _row(request, translation, one)
        for translation in translations.newest(request.db, STATUS_OF.get(chosen))
        if (one := _original(request, translation)) is not None
    ]
    return [one for one in rows if one.is_behind or chosen != "cu"]


def _original(request: Request, translation: Translation) -> Original | None:
    """Its original, unless it lies in the bin or nobody reads it any more."""
    kind, _colon, number = translation.subject.partition(":")
    try:
        if kind in translatable.KINDS:
            return original_of(request, translatable.find(request.db, kind, int(number)))
        thing = request.db.get(missing.MODELS[kind], int(number))
        if thing is None or getattr(thing, "deleted_at", None) is not None:
            return None
        return original_of(request, thing)
    except NotFound:
        return None


def _row(request: Request, translation: Translation, one: Original) -> Row:
    texts = translations.shown(translation, one.source)
    return Row(
        url=to(request, "", one.subject),
        title=one.source.title,
        english=next((texts[each.key] for each in one.source.pieces if each.key in texts), ""),
        kind=kind_name(one.subject.partition(":")[0]),
        status=STATUS_NAMES[translation.status],
        is_behind=one.is_behind,
        done=len(texts),
        pieces=len(one.source.pieces),
        updated_at=translation.updated_at,
    )


def _untranslated(request: Request, kind: str, thing: Any) -> Row:
    subject, title = named(thing)
    return Row(to(request, "", subject), title, "", kind_name(kind))
