"""The reception calendar: its rules, and what differs on single days."""

from datetime import date, timedelta
from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from content.calendar.store import load_calendar
from content.errors import NotFound
from content.reception import days, service
from content.reception.models import ReceptionChange, ReceptionRule
from content.reception.service import ReceptionService
from content.reception.wording import pattern_words
from content.words import local, short_date
from portal.editorial.authority import reception_schemas as schemas
from portal.editorial.saving import BOTH, POST_ONLY, form_of, revision_of
from portal.http.notices import Notice, say
from portal.i18n import _
from portal.security.permissions import Permission

FORM = "editorial/authority/form.jinja2"
#: How far the list of single days looks ahead.
AHEAD = timedelta(days=62)


@view_config(
    route_name="editorial.reception",
    renderer="editorial/authority/reception.jinja2",
    permission=Permission.AUTHORITY_EDIT,
    uses_session=True,
)
def listing(request: Request) -> dict[str, Any]:
    """The rules, and the days they give in the next two months."""
    found = service.rules(request.db)
    today = local(request.now).date()
    calendar = load_calendar(request.db)
    return {
        "rules": [(one, pattern_words(one)) for one in found],
        "occurrences": days.between(found, calendar, today, today + AHEAD),
    }


def _rule_page(request: Request, rule: ReceptionRule, heading: str) -> Any:
    empty = {"revision": "0", "if_off": "next", "valid_from": local(request.now).date().isoformat()}
    return form_of(
        request,
        schemas.rule(),
        _("Lưu lịch"),
        heading=heading,
        back=request.route_path("editorial.reception"),
        data=schemas.rule_data(rule) if rule.id else empty,
        of=f"reception_rule:{rule.id}" if rule.id else None,
        save=lambda data: ReceptionService(request.db, request.now).save_rule(
            rule,
            schemas.rule_values(data),
            revision=revision_of(data),
            actor_id=request.identity.account_id,
        ),
        reasons=schemas.REASONS,
    )


@view_config(
    route_name="editorial.reception.new",
    renderer=FORM,
    permission=Permission.AUTHORITY_EDIT,
    methods=BOTH,
    uses_session=True,
)
def new(request: Request) -> Any:
    """A new rule."""
    return _rule_page(request, ReceptionRule(), _("Thêm lịch tiếp công dân"))


@view_config(
    route_name="editorial.reception.rule",
    renderer=FORM,
    permission=Permission.AUTHORITY_EDIT,
    methods=BOTH,
    uses_session=True,
)
def edit(context: ReceptionRule, request: Request) -> Any:
    """One rule."""
    return _rule_page(request, context, _("Sửa lịch tiếp công dân"))


@view_config(
    route_name="editorial.reception.delete",
    permission=Permission.AUTHORITY_EDIT,
    methods=POST_ONLY,
    uses_session=True,
)
def delete(context: ReceptionRule, request: Request) -> Response:
    """Into the bin."""
    keeper = ReceptionService(request.db, request.now)
    keeper.delete_rule(context, actor_id=request.identity.account_id)
    return say(HTTPSeeOther(request.route_path("editorial.reception")), Notice.SITE_SAVED)


def _day(request: Request) -> date:
    try:
        return date.fromisoformat(request.matchdict["day"])
    except ValueError:
        raise NotFound("day") from None


@view_config(
    route_name="editorial.reception.day",
    renderer="editorial/authority/reception_day.jinja2",
    permission=Permission.AUTHORITY_EDIT,
    methods=BOTH,
    uses_session=True,
)
def change(context: ReceptionRule, request: Request) -> Any:
    """What differs on one day of the rule."""
    day = _day(request)
    keeper = ReceptionService(request.db, request.now)
    found = keeper.change_of(context, day)
    if found is None and day not in days.planned(context, day, day):
        raise NotFound("day")
    return form_of(
        request,
        schemas.change(),
        _("Lưu thay đổi"),
        heading=_("Thay đổi buổi tiếp ngày ") + short_date(day),
        back=request.route_path("editorial.reception"),
        data=schemas.change_data(found) if found else {"revision": "0"},
        of=f"reception_change:{found.id}" if found else None,
        save=lambda data: keeper.save_change(
            context,
            day,
            schemas.change_values(data),
            revision=revision_of(data),
            actor_id=request.identity.account_id,
        ),
        reasons=schemas.REASONS,
        renderer="editorial/authority/reception_day.jinja2",
        rule=context,
        undo=_undo(request, context, found),
    )


def _undo(request: Request, rule: ReceptionRule, change: ReceptionChange | None) -> str | None:
    if change is None:
        return None
    place = {"id": rule.id, "day": change.day.isoformat()}
    path: str = request.route_path("editorial.reception.day.undo", **place)
    return path


@view_config(
    route_name="editorial.reception.day.undo",
    permission=Permission.AUTHORITY_EDIT,
    methods=POST_ONLY,
    uses_session=True,
)
def undo(context: ReceptionRule, request: Request) -> Response:
    """The day is again as the rule has it."""
    keeper = ReceptionService(request.db, request.now)
    found = keeper.change_of(context, _day(request))
    if found is not None:
        keeper.delete_change(found, actor_id=request.identity.account_id)
    return say(HTTPSeeOther(request.route_path("editorial.reception")), Notice.SITE_SAVED)
