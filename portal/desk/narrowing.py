"""What narrows the inbox, as the page shows it: choices, chips, and filters kept under names."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config
from sqlalchemy import select

from content.agencies.models import Agency
from content.dossiers import labels, saved_filters
from content.dossiers.desks import receives
from content.dossiers.states import STATUS_NAMES, Status
from content.dossiers.work_models import Label
from content.errors import Invalid
from content.people.models import Account, Membership
from content.people.roles import DESK_ROLES
from content.procedures.models import Sector
from content.words import short_date
from portal.desk.asked import (
    CHANNEL_NAMES,
    ME_WORD,
    NOBODY_WORD,
    Asked,
    day_of,
    number,
    status_of,
)
from portal.desk.officer import officer, sight
from portal.http.notices import Notice, say
from portal.http.pages import posted
from portal.i18n import _
from portal.security.permissions import Permission

MAX_ID = 18
_DAYS = {
    "tiep-nhan-tu": _("Tiếp nhận từ ${day}"),
    "tiep-nhan-den": _("Tiếp nhận đến ${day}"),
    "han-tu": _("Hạn từ ${day}"),
    "han-den": _("Hạn đến ${day}"),
}
_NO_DAY = _("“${day}” chưa phải là một ngày có thật, chưa lọc theo ngày này")


@dataclass(frozen=True)
class Choices:
    """The values of each select of the form, ``(word, words)``."""

    units: list[tuple[str, str]]
    sectors: list[tuple[str, str]]
    people: list[tuple[str, str]]
    channels: list[tuple[str, Any]]
    labels: list[tuple[str, str]]
    states: list[tuple[str, str]]
    full_names: dict[str, str]


def choices(request: Request, agencies: Mapping[int, Agency], names: Mapping[int, str]) -> Choices:
    """What this officer may choose from."""
    in_sight = [one.id for one in agencies.values()]
    everybody = (
        select(Account.id, Account.name)
        .join(Membership, Membership.account_id == Account.id)
        .where(Membership.agency_id.in_(in_sight), Membership.role.in_(DESK_ROLES))
        .distinct()
        .order_by(Account.name, Account.id)
    )
    sectors = request.db.execute(select(Sector.id, Sector.name).order_by(Sector.name))
    return Choices(
        units=[
            (one.slug, names[one.id])
            for one in agencies.values()
            if receives(one) or one.parent_id in agencies
        ],
        sectors=[(str(one), name) for one, name in sectors],
        people=[
            (ME_WORD, request.localizer.translate(_("Tôi"))),
            (NOBODY_WORD, request.localizer.translate(_("Chưa có người giữ"))),
            *((str(one), name) for one, name in request.db.execute(everybody)),
        ],
        channels=list(CHANNEL_NAMES.items()),
        labels=[(str(one.id), one.name) for one in labels.labels_of(request.db, in_sight)],
        full_names={one.slug: one.name for one in agencies.values()},
        states=[(str(int(one)), STATUS_NAMES[one]) for one in Status if one is not Status.DRAFT],
    )


def chips(request: Request, asked: Asked, given: Choices) -> list[tuple[str, str]]:
    """Each filter in words, with the address without it; what says nothing is left out."""
    found = [
        (words, name) for name in asked.texts if (words := _words(request, asked, given, name))
    ]
    return [(words, asked.with_filter(name, "").on(request.path)) for words, name in found]


def typed(asked: Asked, name: str) -> str:
    """A filter as its field shows it: days as people write them."""
    value = asked.texts.get(name, "")
    day = day_of(value) if name in _DAYS else None
    return short_date(day) if day else value


def _words(request: Request, asked: Asked, given: Choices, name: str) -> str | None:
    value = asked.texts[name]
    told: dict[str, Any] = {
        "q": lambda: _("Tìm: ${q}") % {"q": value},
        "thu-tuc": lambda: _("Thủ tục: ${q}") % {"q": value},
        "don-vi": lambda: given.full_names.get(value),
        "dang-o": lambda: _of_unit(given.full_names.get(value)),
        "linh-vuc": lambda: dict(given.sectors).get(value),
        "nguoi": lambda: _of_person(dict(given.people).get(value)),
        "kenh": lambda: dict(given.channels).get(value),
        "nhan": lambda: _of_label(request, value),
        "trang-thai": lambda: _of_state(value),
    }
    words = told[name]() if name in told else _of_day(name, value)
    return None if words is None else str(request.localizer.translate(words))


def _of_unit(name: str | None) -> Any:
    return None if name is None else _("Đang ở: ${unit}") % {"unit": name}


def _of_person(name: str | None) -> Any:
    return None if name is None else _("Người giữ: ${who}") % {"who": name}


def _of_label(request: Request, value: str) -> Any:
    found = request.db.get(Label, number(value) or 0)
    return None if found is None else _("Nhãn: ${name}") % {"name": found.name}


def _of_state(value: str) -> str | None:
    found = status_of(value)
    return None if found is None else STATUS_NAMES[found]


def _of_day(name: str, value: str) -> Any:
    day = day_of(value)
    return (_NO_DAY % {"day": value}) if day is None else _DAYS[name] % {"day": short_date(day)}


def kept(request: Request) -> list[dict[str, Any]]:
    """The officer's own filters with their addresses."""
    return [
        {
            "name": one.name,
            "url": Asked.read(one.query).on(request.route_path("desk.inbox")),
            "forget_url": request.route_path("desk.filter.forget", id=one.id),
        }
        for one in saved_filters.filters_of(request.db, request.identity.account_id)
    ]


@view_config(
    route_name="desk.filters",
    permission=Permission.DESK_USE,
    methods=("POST",),
    uses_session=True,
)
def keep(request: Request) -> Response:
    """Keep what the inbox just showed under a name."""
    asked = Asked.read(request.GET).but()
    done = HTTPSeeOther(asked.on(request.route_path("desk.inbox")))
    try:
        saved_filters.keep(
            request.db, officer(request), posted(request, "ten"), asked.parameters, request.now
        )
    except Invalid as refused:
        many = refused.problems.get("name") == "too_many"
        return say(done, Notice.FILTERS_FULL if many else Notice.FILTER_NAMELESS)
    return say(done, Notice.FILTER_KEPT)


@view_config(
    route_name="desk.filter.forget",
    permission=Permission.DESK_USE,
    methods=("POST",),
    uses_session=True,
)
def forget(request: Request) -> Response:
    """Forget one of one's own."""
    number_ = int(request.matchdict["id"][:MAX_ID])
    saved_filters.forget(request.db, officer(request), number_)
    return say(HTTPSeeOther(request.route_path("desk.inbox")), Notice.FILTER_GONE)


def units_by_slug(request: Request, agencies: Mapping[int, Agency]) -> dict[str, int]:
    """The agencies that may be asked for."""
    return {one.slug: one.id for one in agencies.values() if one.id in sight(request).agency_ids}
