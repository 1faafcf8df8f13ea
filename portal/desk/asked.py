"""What an officer asked the inbox for, read from the address and written back into it.

The same parameters travel to a dossier's page and back, so that a filter stays while
one works through a list. Read leniently: what makes no sense is as if it was not there.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from content.dossiers.inbox import MAX_QUERY, Sort, Tab
from content.text import clean
from portal.http.paging import PARAMETER, page_number
from portal.i18n import _

TABS = {
    "cho-tiep-nhan": Tab.WAITING,
    "da-tiep-nhan": Tab.ACCEPTED,
    "khong-tiep-nhan": Tab.REFUSED,
    "tat-ca": Tab.ALL,
}
TAB_NAMES = {
    Tab.WAITING: _("Chờ tiếp nhận"),
    Tab.ACCEPTED: _("Đã tiếp nhận"),
    Tab.REFUSED: _("Không tiếp nhận"),
    Tab.ALL: _("Tất cả"),
}
SORTS = {
    "gap": Sort.URGENT,
    "moi": Sort.NEWEST,
    "cu": Sort.OLDEST,
    "ten": Sort.APPLICANT,
}
SORT_NAMES = {
    Sort.URGENT: _("Gần hạn trước"),
    Sort.NEWEST: _("Mới nộp trước"),
    Sort.OLDEST: _("Nộp lâu trước"),
    Sort.APPLICANT: _("Tên người nộp"),
}
_TAB_WORDS = {tab: word for word, tab in TABS.items()}
_SORT_WORDS = {sort: word for word, sort in SORTS.items()}


@dataclass(frozen=True)
class Asked:
    """Heap, words, unit (an agency's slug, "" for all), order and page."""

    tab: Tab = Tab.WAITING
    query: str = ""
    unit: str = ""
    sort: Sort = Sort.URGENT
    page: int = 1

    @classmethod
    def read(cls, given: Mapping[str, str]) -> "Asked":
        """From the address."""
        return cls(
            tab=TABS.get(given.get("muc", ""), Tab.WAITING),
            query=clean(given.get("q", "")[:MAX_QUERY]),
            unit=clean(given.get("don-vi", "")[:MAX_QUERY]),
            sort=SORTS.get(given.get("sap-xep", ""), Sort.URGENT),
            page=page_number(given),
        )

    def but(self, **changes: Any) -> "Asked":
        """The same, otherwise; on the first page unless a page is named."""
        return replace(self, **{"page": 1, **changes})

    @property
    def parameters(self) -> dict[str, str]:
        """Without what is as usual."""
        usual = Asked()
        written = {
            "muc": (self.tab, usual.tab, _TAB_WORDS[self.tab]),
            "q": (self.query, usual.query, self.query),
            "don-vi": (self.unit, usual.unit, self.unit),
            "sap-xep": (self.sort, usual.sort, _SORT_WORDS[self.sort]),
            PARAMETER: (self.page, usual.page, str(self.page)),
        }
        return {name: word for name, (now, other, word) in written.items() if now != other}

    def on(self, path: str) -> str:
        """An address with these parameters."""
        return f"{path}?{urlencode(self.parameters)}" if self.parameters else path


def tab_word(tab: Tab) -> str:
    """How a heap is written in an address."""
    return _TAB_WORDS[tab]


def sort_word(sort: Sort) -> str:
    """How an order is written in an address."""
    return _SORT_WORDS[sort]
