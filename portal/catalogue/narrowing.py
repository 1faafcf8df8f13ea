"""How a list is narrowed: query parameters to filters, and back to links.

Unknown parameters and values are left out, never refused: an old link still shows a
list. What is chosen stays in every link of the page.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, islice
from urllib.parse import urlencode

from pyramid.request import Request

from content.procedures.facets import UNKNOWN, Facet, Value
from content.procedures.kinds import Level
from content.procedures.listing import Filters, Listing, Scope, Sort
from content.text import clean
from portal.i18n import _

MAX_QUERY = 200
MAX_SLUG = 200
#: Sectors are many; the list shows the greatest and points to all of them.
MAX_VALUES = 8

#: Parameter → facet, in the order of the page.
PARAMETERS = {
    "linh-vuc": Facet.SECTOR,
    "cap": Facet.LEVEL,
    "doi-tuong": Facet.AUDIENCE,
    "muc-do": Facet.SERVICE_LEVEL,
    "co-quan": Facet.AGENCY,
}
TITLES = {
    Facet.SECTOR: _("Lĩnh vực"),
    Facet.LEVEL: _("Cấp thực hiện"),
    Facet.AUDIENCE: _("Người nộp"),
    Facet.SERVICE_LEVEL: _("Dịch vụ công trực tuyến"),
    Facet.AGENCY: _("Cơ quan"),
}
SCOPE = "hieu-luc"
SCOPES = {"lich-su": Scope.EXPIRED, "tat-ca": Scope.ALL}
SCOPE_NAMES = {
    Scope.CURRENT: _("Đang áp dụng"),
    Scope.EXPIRED: _("Lịch sử, hết hiệu lực"),
    Scope.ALL: _("Tất cả"),
}
SORT = "xep"
SORTS = {"moi": Sort.NEWEST, "ten": Sort.NAME}
SORT_NAMES = {
    Sort.GIVEN: _("Sát câu tìm"),
    Sort.NAME: _("Tên A–Y"),
    Sort.NEWEST: _("Mới công bố"),
}


@dataclass(frozen=True)
class Choice:
    """A value in the list of filters, with the link that takes or drops it."""

    label: str
    count: int
    url: str
    is_chosen: bool


@dataclass(frozen=True)
class Group:
    """The values of one facet; ``more`` is (address, words) of a page with all of them."""

    title: str
    values: list[Choice]
    more: tuple[str, str] | None = None


@dataclass(frozen=True)
class Link:
    """A word, where it leads, whether it is where we are."""

    label: str
    url: str
    is_chosen: bool


@dataclass(frozen=True)
class Narrowing:
    """What the address of a list says."""

    path: str
    words: str
    chosen: Mapping[Facet, str]
    scope: Scope
    sort: Sort

    @classmethod
    def of(cls, request: Request) -> "Narrowing":
        """From a request; any text at all gives a list."""
        query = request.GET
        words = clean(query.get("q", "")[:MAX_QUERY])
        chosen = {
            facet: _level_slug(value) if facet is Facet.LEVEL else value
            for name, facet in PARAMETERS.items()
            if (value := clean(query.get(name, "")[: MAX_SLUG + 1])) and len(value) <= MAX_SLUG
        }
        return cls(
            path=request.path,
            words=words,
            chosen=chosen,
            scope=SCOPES.get(query.get(SCOPE, ""), Scope.CURRENT),
            sort=SORTS.get(query.get(SORT, ""), Sort.GIVEN if words else Sort.NAME),
        )

    def filters(self, ids: Sequence[int] | None = None) -> Filters:
        """For the catalogue; ``ids`` are what a search found."""
        return Filters(scope=self.scope, chosen=dict(self.chosen), ids=ids)

    def url(self, **changes: str | None) -> str:
        """This list with parameters set, or dropped where the value is ``None``.

        Names are those of the address with underscores for hyphens. The page is always
        dropped, because another list has other pages.
        """
        query = self._query | {name.replace("_", "-"): value for name, value in changes.items()}
        kept = {name: value for name, value in query.items() if value}
        return self.path + ("?" + urlencode(kept) if kept else "")

    @cached_property
    def _query(self) -> dict[str, str | None]:
        scope = next((word for word, scope in SCOPES.items() if scope is self.scope), None)
        usual = Sort.GIVEN if self.words else Sort.NAME
        sort = next((word for word, sort in SORTS.items() if sort is self.sort), None)
        chosen = {
            name: _level_word(self.chosen[facet]) if facet is Facet.LEVEL else self.chosen[facet]
            for name, facet in PARAMETERS.items()
            if facet in self.chosen
        }
        query: dict[str, str | None] = {"q": self.words or None, **chosen, SCOPE: scope}
        query[SORT] = None if self.sort is usual else sort
        return query

    def kept(self) -> list[tuple[str, str]]:
        """What a form that asks for other words must carry along."""
        return [(name, value) for name, value in self._query.items() if value and name != "q"]

    def groups(self, listing: Listing, all_sectors: tuple[str, str]) -> list[Group]:
        """The filters beside the list; a facet with one value and no choice says nothing."""
        found = []
        for name, facet in PARAMETERS.items():
            values = self._shown(facet, listing.facets.get(facet, []))
            if len(values) < 2 and facet not in self.chosen:
                continue
            choices = [self._choice(name, facet, value) for value in values]
            more = all_sectors if facet is Facet.SECTOR else None
            found.append(Group(TITLES[facet], choices, more))
        return found

    def _shown(self, facet: Facet, values: list[Value]) -> list[Value]:
        chosen = self.chosen.get(facet)
        # What is not known is a value like others, but nobody comes for it.
        known = (value for value in values if value.slug != UNKNOWN)
        unknown = (value for value in values if value.slug == UNKNOWN)
        first = list(islice(chain(known, unknown), MAX_VALUES))
        if chosen and chosen not in {value.slug for value in first}:
            first += [value for value in values if value.slug == chosen]
        return first

    def _choice(self, name: str, facet: Facet, value: Value) -> Choice:
        is_chosen = self.chosen.get(facet) == value.slug
        word = _level_word(value.slug) if facet is Facet.LEVEL else value.slug
        url = self.url(**{name: None if is_chosen else word})
        return Choice(label_of(facet, value.name), value.count, url, is_chosen)

    def chips(self, listing: Listing) -> list[tuple[str, str]]:
        """What is chosen, in words, each with the link that drops it."""
        chips = []
        if self.words:
            chips.append((f"“{self.words}”", self.url(q=None)))
        for name, facet in PARAMETERS.items():
            if facet in self.chosen:
                values = listing.facets.get(facet, [])
                names = (value.name for value in values if value.slug == self.chosen[facet])
                label = label_of(facet, next(names, self.chosen[facet]))
                chips.append((label, self.url(**{name: None})))
        return chips

    def scopes(self) -> list[Link]:
        """What is in force, history, or all."""
        word_of = {scope: word for word, scope in SCOPES.items()}
        return [
            Link(words, self.url(hieu_luc=word_of.get(scope)), scope is self.scope)
            for scope, words in SCOPE_NAMES.items()
        ]

    def sorts(self) -> list[Link]:
        """The orders this list can have."""
        usual = Sort.GIVEN if self.words else Sort.NAME
        word_of = {sort: word for word, sort in SORTS.items() if sort is not usual}
        offered = [sort for sort in SORT_NAMES if sort in word_of or sort is usual]
        return [
            Link(SORT_NAMES[sort], self.url(xep=word_of.get(sort)), sort is self.sort)
            for sort in offered
        ]


def label_of(facet: Facet, name: str) -> str:
    """The name of a value as it begins a line; levels say that they are levels."""
    label = f"cấp {name}" if facet is Facet.LEVEL and name != Level.OTHER.value else name
    return label[:1].upper() + label[1:]


def _level_slug(word: str) -> str:
    """Addresses say ``khac`` where the facet says ``co-quan-khac``."""
    return "co-quan-khac" if word == Level.OTHER.slug else word


def _level_word(slug: str) -> str:
    return Level.OTHER.slug if slug == "co-quan-khac" else slug
