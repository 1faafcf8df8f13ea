"""The inbox: what waits at the officer's desks, what was accepted and what was refused."""

from dataclasses import dataclass
from datetime import datetime
from itertools import takewhile
from typing import Any

from pyramid.request import Request
from pyramid.view import view_config

from content.agencies.models import Agency
from content.calendar.working import WorkingCalendar
from content.dossiers import inbox
from content.dossiers.desks import receives
from content.dossiers.inbox import InboxRow, Tab
from content.dossiers.states import Status
from content.words import short_date
from portal.desk.asked import SORT_NAMES, TAB_NAMES, Asked, sort_word, tab_word
from portal.desk.officer import agencies_in_sight, clocks
from portal.desk.time_left import TimeLeft, clock, until_answer, until_due
from portal.http.paging import page_links
from portal.i18n import _
from portal.security.permissions import Permission

MANY = 2
_STATUS_KINDS = {Status.SUBMITTED: "info", Status.REFUSED: "plain", Status.RECEIVED: "ok"}

_UNTIL_NAMES = {
    Tab.WAITING: _("Trả lời trước"),
    Tab.ACCEPTED: _("Hẹn trả"),
    Tab.REFUSED: _("Kết thúc"),
    Tab.ALL: _("Hạn"),
}


@dataclass(frozen=True)
class Line:
    """A row ready to print. ``until`` is the date that counts now, with its ``left``."""

    url: str
    row: InboxRow
    agency: str
    submitted: str
    until_label: Any
    until: str
    left: TimeLeft | None
    status_kind: str


@view_config(
    route_name="desk.inbox",
    renderer="desk/inbox.jinja2",
    permission=Permission.DESK_USE,
    uses_session=True,
)
def show(request: Request) -> dict[str, Any]:
    """One page of one heap."""
    asked = Asked.read(request.GET)
    agencies = agencies_in_sight(request)
    unit = next((one for one in agencies.values() if one.slug == asked.unit), None)
    found = inbox.inbox(
        request.db,
        {unit.id} if unit else set(agencies),
        request.now,
        tab=asked.tab,
        query=asked.query,
        sort=asked.sort,
        page=asked.page,
    )
    asked = asked.but(unit=unit.slug if unit else "", page=found.number)
    hours, names = clocks(request), short_names(agencies)
    return {
        "asked": asked,
        "lines": [
            _line(request, asked, one, names[one.agency_id], hours.of(agencies[one.agency_id]))
            for one in found.rows
        ],
        "total": found.total,
        "tabs": _tabs(request, asked, found.counts),
        "links": page_links(request, found.number, found.pages),
        "chips": _chips(request, asked, unit),
        "clear_url": Asked(tab=asked.tab, sort=asked.sort).on(request.path),
        "units": [(one.slug, names[one.id]) for one in agencies.values() if receives(one)],
        "sorts": [(sort_word(sort), words) for sort, words in SORT_NAMES.items()],
        "sort": sort_word(asked.sort),
        "tab": tab_word(asked.tab),
        "tab_name": TAB_NAMES[asked.tab],
        "until_name": _UNTIL_NAMES[asked.tab],
        "with_status": asked.tab in (Tab.ACCEPTED, Tab.ALL),
        "with_officer": asked.tab is not Tab.WAITING,
    }


def _tabs(request: Request, asked: Asked, counts: dict[Tab, int]) -> list[tuple[Any, ...]]:
    return [
        (asked.but(tab=tab).on(request.path), words, counts[tab], tab is asked.tab)
        for tab, words in TAB_NAMES.items()
    ]


def _chips(request: Request, asked: Asked, unit: Agency | None) -> list[tuple[str, str]]:
    chips: list[tuple[str, str]] = []
    if asked.query:
        words = request.localizer.translate(_("Tìm: ${q}") % {"q": asked.query})
        chips.append((words, asked.but(query="").on(request.path)))
    if unit is not None:
        chips.append((unit.name, asked.but(unit="").on(request.path)))
    return chips


def short_names(agencies: dict[int, Agency]) -> dict[int, str]:
    """Names without the words that all of them begin with: "Phường Hà Trung Mẫu"."""
    split = {one.id: one.name.split() for one in agencies.values()}
    if len(split) < MANY:
        return {one.id: one.name for one in agencies.values()}
    alike = takewhile(lambda words: len(set(words)) == 1, zip(*split.values(), strict=False))
    shortest = min(len(words) for words in split.values())
    shared = min(len(list(alike)), shortest - 1)
    names = {number: " ".join(words[shared:]) for number, words in split.items()}
    return {number: name[:1].upper() + name[1:] for number, name in names.items()}


def _line(
    request: Request, asked: Asked, row: InboxRow, agency: str, calendar: WorkingCalendar
) -> Line:
    label, until, left = _until(row, calendar, request.now)
    url = request.route_path("desk.dossier", number=row.lookup_code, _query=asked.parameters)
    return Line(
        url=url,
        row=row,
        agency=agency,
        submitted=clock(row.submitted_at) if row.submitted_at else "–",
        until_label=label,
        until=until,
        left=left,
        status_kind=_STATUS_KINDS.get(row.status, ""),
    )


def _until(
    row: InboxRow, calendar: WorkingCalendar, now: datetime
) -> tuple[Any, str, TimeLeft | None]:
    """What the row's clock counts to: the answer, the result, or nothing any more."""
    if row.status is Status.SUBMITTED and row.answer_by is not None:
        left = until_answer(calendar, row.answer_by, now)
        return _("Trả lời trước"), clock(row.answer_by), left
    if row.received_at is None:
        return _("Kết thúc"), clock(row.finished_at) if row.finished_at else "–", None
    due = short_date(row.due_date) if row.due_date else "–"
    if row.finished_at is not None:
        return _("Hẹn trả"), due, None
    return _("Hẹn trả"), due, until_due(calendar, row.due_date, row.received_at, now)
