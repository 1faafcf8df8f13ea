"""The inbox: the heaps that fit an officer's parts, narrowed, in order, with what can be done to
many at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import takewhile
from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.view import view_config
from sqlalchemy import select

from content.agencies.models import Agency
from content.calendar.working import WorkingCalendar
from content.dossiers import inbox
from content.dossiers.heaps import Tab, tabs_of
from content.dossiers.inbox import MOST, InboxRow
from content.dossiers.opinion_reads import how_many_wait
from content.dossiers.sight import Sight
from content.dossiers.states import Status
from content.words import integer, short_date
from portal.desk import narrowing
from portal.desk.asked import FILTERS, SORT_NAMES, TAB_NAMES, Asked, sort_word, tab_word
from portal.desk.bulk_words import offered_acts
from portal.desk.officer import agencies_in_sight, clocks, heaps, sight
from portal.desk.time_left import TimeLeft, clock, until_answer, until_due
from portal.http.paging import page_links
from portal.i18n import _
from portal.security.permissions import Permission

MANY = 2
_STATUS_KINDS = {Status.SUBMITTED: "info", Status.REFUSED: "plain", Status.RECEIVED: "ok"}
#: Heaps whose dossiers are all in one state.
_ONE_STATE = frozenset({Tab.WAITING, Tab.SUPPLEMENT, Tab.PAYMENT, Tab.RESULT, Tab.REFUSED})
_UNTIL_NAMES = {
    Tab.WAITING: _("Trả lời trước"),
    Tab.REFUSED: _("Kết thúc"),
    Tab.ALL: _("Hạn"),
}


@dataclass(frozen=True)
class Line:
    """A row ready to print. ``until`` is the date that counts now, with its ``left``;
    ``instead_of`` an absent colleague whose dossier it is."""

    url: str
    row: InboxRow
    unit: str
    submitted: str
    until_label: Any
    until: str
    left: TimeLeft | None
    status_kind: str
    instead_of: str | None


@view_config(
    route_name="desk.inbox",
    renderer="desk/inbox.jinja2",
    permission=Permission.DESK_USE,
    uses_session=True,
)
def show(request: Request) -> dict[str, Any] | HTTPSeeOther:
    """One page of one heap; a whole code, as a scanner of slips types it, opens its dossier."""
    asked = Asked.read(request.GET)
    if found := inbox.bears_code(request.db, heaps(request), asked.texts.get("q", "")):
        there = asked.with_filter("q", "").parameters
        return HTTPSeeOther(request.route_path("desk.dossier", number=found, _query=there))
    return _list(request, asked)


def _list(request: Request, asked: Asked) -> dict[str, Any]:
    mine, agencies = sight(request), agencies_in_sight(request)
    tabs, names = tabs_of(mine), short_names(agencies)
    given = narrowing.choices(request, agencies, names)
    asked = asked.but(tab=asked.tab or tabs[0], page=asked.page, after=asked.after)
    tab = asked.tab or tabs[0]
    wanted = asked.wanted(narrowing.units_by_slug(request, agencies), mine.account_id)
    found_chips = narrowing.chips(request, asked, given)
    found = inbox.inbox(
        request.db,
        heaps(request),
        asked.of(tab, wanted),
        # Other heaps are counted whole; what is narrowed is counted where one looks.
        tabs=() if found_chips else tabs,
        page=asked.page,
    )
    asked = asked.but(page=found.number, after=asked.after)
    agencies = _all_named(request, agencies, found.rows)
    names, hours = short_names(agencies), clocks(request)
    return {
        "asked": asked,
        "texts": {name: narrowing.typed(asked, name) for name in FILTERS},
        "narrowed": bool(set(asked.texts) - {"q", "don-vi"}),
        "lines": [
            _line(
                request,
                asked,
                one,
                names[one.unit_id or one.agency_id],
                hours.of(agencies[one.agency_id]),
                mine,
            )
            for one in found.rows
        ],
        "total": how_many(request, found.total),
        "tabs": [*_tabs(request, asked, tabs, found.counts), *_asked_of_us(request)],
        "links": page_links(request, found.number, found.pages),
        "goes_on": asked.but(after=found.goes_on).on(request.path) if found.goes_on else None,
        "from_start": asked.but().on(request.path) if asked.after else None,
        "chips": found_chips,
        "clear_url": asked.without().on(request.path),
        "given": given,
        "kept": narrowing.kept(request),
        "keep_url": asked.but().on(request.route_path("desk.filters")),
        "bulk_url": asked.but(page=found.number, after=asked.after).on(
            request.route_path("desk.bulk")
        ),
        "bulk_acts": offered_acts(mine),
        "sorts": [(sort_word(sort), words) for sort, words in SORT_NAMES.items()],
        "sort": sort_word(asked.sort),
        "tab": tab_word(tab),
        "tab_name": TAB_NAMES[tab],
        "until_name": _UNTIL_NAMES.get(tab, _("Hẹn trả")),
        "with_status": tab not in _ONE_STATE,
        "with_officer": tab is not Tab.WAITING,
        "absent": sorted(mine.instead_of.values()),
    }


def how_many(request: Request, number: int) -> str:
    """A count in words; nothing is counted beyond ``MOST``."""
    if number <= MOST:
        return integer(number)
    return str(request.localizer.translate(_("hơn ${number}") % {"number": integer(MOST)}))


def _tabs(
    request: Request, asked: Asked, tabs: tuple[Tab, ...], counts: Mapping[Tab, int]
) -> list[tuple[Any, ...]]:
    shown = tabs if asked.tab in tabs else (*tabs, asked.tab)
    return [
        (
            asked.but(tab=tab).on(request.path),
            TAB_NAMES[tab],
            how_many(request, counts[tab]) if tab in counts else None,
            tab is asked.tab,
        )
        for tab in shown
        if tab is not None
    ]


def _asked_of_us(request: Request) -> list[tuple[Any, ...]]:
    """A list of its own: dossiers of other units that ask ours for an opinion."""
    waiting = how_many_wait(request.db, sight(request))
    url = request.route_path("desk.opinions")
    words = _("Chờ đơn vị tôi góp ý")
    return [(url, words, how_many(request, waiting), False)] if waiting else []


def _all_named(
    request: Request, known: dict[int, Agency], rows: tuple[InboxRow, ...]
) -> dict[int, Agency]:
    """Also the agencies beyond sight that received a dossier or have it now."""
    named = {one.agency_id for one in rows} | {one.unit_id for one in rows if one.unit_id}
    beyond = named - set(known)
    if not beyond:
        return known
    query = select(Agency).where(Agency.id.in_(beyond))
    return known | {one.id: one for one in request.db.scalars(query)}


def short_names(agencies: Mapping[int, Agency]) -> dict[int, str]:
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
    request: Request,
    asked: Asked,
    row: InboxRow,
    unit: str,
    calendar: WorkingCalendar,
    mine: Sight,
) -> Line:
    label, until, left = _until(row, calendar, request.now)
    url = request.route_path("desk.dossier", number=row.lookup_code, _query=asked.parameters)
    return Line(
        url=url,
        row=row,
        unit=unit,
        submitted=clock(row.submitted_at) if row.submitted_at else "–",
        until_label=label,
        until=until,
        left=left,
        status_kind=_STATUS_KINDS.get(row.status, ""),
        instead_of=mine.instead_of.get(row.holder_id or 0),
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
