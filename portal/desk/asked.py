"""What an officer asked the inbox for, read from the address and written back into it.

The same parameters travel to a dossier's page and back, so that a filter stays while
one works through a list. Read leniently: what makes no sense is as if it was not there.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from content.dossiers import inbox
from content.dossiers.heaps import Tab
from content.dossiers.inbox import Sort
from content.dossiers.inbox_filters import MAX_QUERY, NOBODY, Wanted
from content.dossiers.lookup_codes import parse_lookup_code
from content.dossiers.states import Status
from content.procedures.kinds import Channel
from content.text import clean
from portal.http.paging import PARAMETER, page_number
from portal.i18n import _

TABS = {
    "cho-tiep-nhan": Tab.WAITING,
    "cho-duyet": Tab.TO_DECIDE,
    "cua-toi": Tab.MINE,
    "chua-ai-nhan": Tab.UNCLAIMED,
    "qua-han": Tab.OVERDUE,
    "sap-den-han": Tab.SOON,
    "cho-bo-sung": Tab.SUPPLEMENT,
    "cho-nop-phi": Tab.PAYMENT,
    "cho-tra": Tab.RESULT,
    "da-tiep-nhan": Tab.ACCEPTED,
    "khong-tiep-nhan": Tab.REFUSED,
    "tat-ca": Tab.ALL,
}
TAB_NAMES = {
    Tab.WAITING: _("Chờ tiếp nhận"),
    Tab.TO_DECIDE: _("Chờ ký, duyệt"),
    Tab.MINE: _("Chờ tôi xử lý"),
    Tab.UNCLAIMED: _("Chưa ai nhận"),
    Tab.OVERDUE: _("Quá hạn"),
    Tab.SOON: _("Sắp đến hạn"),
    Tab.SUPPLEMENT: _("Chờ bổ sung"),
    Tab.PAYMENT: _("Chờ nộp phí"),
    Tab.RESULT: _("Chờ trả kết quả"),
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
CHANNELS = {"truc-tiep": Channel.COUNTER, "truc-tuyen": Channel.ONLINE, "buu-chinh": Channel.POST}
CHANNEL_NAMES = {
    "truc-tiep": _("Trực tiếp"),
    "truc-tuyen": _("Trực tuyến"),
    "buu-chinh": _("Bưu chính"),
}
NOBODY_WORD, ME_WORD = "chua-ai", "toi"
#: The filters as they stand in an address, beside the heap, the order and the page.
FILTERS = (
    *("q", "don-vi", "dang-o", "thu-tuc", "linh-vuc", "nguoi", "kenh", "nhan", "trang-thai"),
    *("tiep-nhan-tu", "tiep-nhan-den", "han-tu", "han-den"),
)
_TAB_WORDS = {tab: word for word, tab in TABS.items()}
_SORT_WORDS = {sort: word for word, sort in SORTS.items()}
_MAX_NUMBER = 18
_YEARS = range(1990, 2200)


@dataclass(frozen=True)
class Asked:
    """``tab`` is ``None`` for the first of the officer's heaps; ``filters`` are cleaned texts
    by parameter, without empty ones; ``after`` a look-up code."""

    tab: Tab | None = None
    filters: Mapping[str, str] | None = None
    sort: Sort = Sort.URGENT
    after: str = ""
    page: int = 1

    @classmethod
    def read(cls, given: Mapping[str, str]) -> "Asked":
        """From the address."""
        texts = {name: clean(given.get(name, "")[:MAX_QUERY]) for name in FILTERS}
        return cls(
            tab=TABS.get(given.get("muc", "")),
            filters={name: value for name, value in texts.items() if value},
            sort=SORTS.get(given.get("sap-xep", ""), Sort.URGENT),
            after=parse_lookup_code(given.get("sau", "")) or "",
            page=page_number(given),
        )

    def but(self, **changes: Any) -> "Asked":
        """The same, otherwise; on the first page unless a page is named."""
        return replace(self, **{"page": 1, "after": "", **changes})

    def with_filter(self, name: str, value: str) -> "Asked":
        """Another value of one filter; "" takes it away."""
        found = {**self.texts, name: value}
        return self.but(filters={one: text for one, text in found.items() if text})

    def without(self) -> "Asked":
        """Nothing narrowed."""
        return self.but(filters={})

    @property
    def texts(self) -> Mapping[str, str]:
        """The filters as typed."""
        return self.filters or {}

    @property
    def parameters(self) -> dict[str, str]:
        """Without what is as usual."""
        found = {"muc": _TAB_WORDS[self.tab]} if self.tab else {}
        found |= self.texts
        if self.sort is not Sort.URGENT:
            found["sap-xep"] = _SORT_WORDS[self.sort]
        if self.after:
            found["sau"] = self.after
        if self.page > 1:
            found[PARAMETER] = str(self.page)
        return found

    def on(self, path: str) -> str:
        """An address with these parameters."""
        return f"{path}?{urlencode(self.parameters)}" if self.parameters else path

    def wanted(self, units: Mapping[str, int], me: int) -> Wanted:
        """As conditions; ``units`` are the ids of agencies in sight by slug."""
        given = self.texts
        return Wanted(
            query=given.get("q", ""),
            agency_id=units.get(given.get("don-vi", "")),
            unit_id=units.get(given.get("dang-o", "")),
            procedure=given.get("thu-tuc", ""),
            sector_id=number(given.get("linh-vuc")),
            holder_id=_holder(given.get("nguoi", ""), me),
            channel=CHANNELS.get(given.get("kenh", "")),
            label_id=number(given.get("nhan")),
            status=status_of(given.get("trang-thai")),
            received_from=day_of(given.get("tiep-nhan-tu")),
            received_to=day_of(given.get("tiep-nhan-den")),
            due_from=day_of(given.get("han-tu")),
            due_to=day_of(given.get("han-den")),
        )

    def of(self, tab: Tab, wanted: Wanted) -> inbox.Asked:
        """What content is asked for."""
        return inbox.Asked(tab, wanted, self.sort, self.after)


def _holder(word: str, me: int) -> int | None:
    if word == ME_WORD:
        return me
    return NOBODY if word == NOBODY_WORD else number(word)


def number(text: str | None) -> int | None:
    """A number of an address; ``None`` for anything else."""
    readable = text and text.isascii() and text.isdigit() and len(text) <= _MAX_NUMBER
    return int(text) if readable and text else None


def status_of(text: str | None) -> Status | None:
    """A state by its national code."""
    found = number(text)
    return Status(found) if found in set(Status) - {Status.DRAFT} else None


def day_of(text: str | None) -> date | None:
    """A day of our times, as browsers send it or as people write it."""
    given = text or ""
    parts = given.split("/")
    if len(parts) == 3:
        given = "-".join(part.zfill(2) for part in reversed(parts))
    try:
        found = date.fromisoformat(given)
    except ValueError:
        return None
    return found if found.year in _YEARS else None


def tab_word(tab: Tab) -> str:
    """How a heap is written in an address."""
    return _TAB_WORDS[tab]


def sort_word(sort: Sort) -> str:
    """How an order is written in an address."""
    return _SORT_WORDS[sort]
