"""The hours of each agency, and those of a season that replace them: from now on, or announced
for a day to come."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import colander
from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config
from sqlalchemy import select

from content.agencies import hours, seasons
from content.agencies.hours_by_day import HoursFrom, announced, in_force, known_hours
from content.agencies.keeping import (
    MAX_ANNOUNCED,
    NewHours,
    announce_hours,
    save_hours,
    withdraw_hours,
)
from content.agencies.models import Agency
from content.errors import Invalid, NotFound
from content.words import local
from portal.editorial.saving import BOTH, POST_ONLY, form_of, revision_of
from portal.forms import fields
from portal.http.notices import Notice, say
from portal.i18n import _
from portal.security.permissions import Permission

#: The day of announced hours in an address or a form.
FROM = "tu"


@dataclass(frozen=True)
class Line:
    """An agency with its own hours in lines; ``before`` ends with instants, ``ahead`` begins
    with days."""

    agency: Agency
    usual: Sequence[str]
    seasons: Sequence[str]
    before: Sequence[tuple[datetime, Sequence[str]]]
    ahead: Sequence[tuple[date, Sequence[str]]]


@view_config(
    route_name="editorial.hours",
    renderer="editorial/working_time/hours.jinja2",
    permission=Permission.DESK_ARRANGE,
    uses_session=True,
)
def listing(request: Request) -> dict[str, Any]:
    """Every agency with its own hours, or whose it takes."""
    today = local(request.now).date()
    found = request.db.scalars(select(Agency).order_by(Agency.position, Agency.name))
    return {"lines": [_line(one, today) for one in found]}


def _line(agency: Agency, today: date) -> Line:
    now = in_force(known_hours(agency), today)
    past = [
        (datetime.fromisoformat(one["until"]), _in_lines(one["sessions"], one["seasons"]))
        for one in agency.hours_before
    ]
    return Line(
        agency=agency,
        usual=hours.in_words(now.sessions),
        seasons=seasons.typed(now.seasons).splitlines(),
        before=past,
        ahead=[
            (one.begins, _in_lines(one.sessions, one.seasons))
            for one in announced(agency, today)
            if one.begins
        ],
    )


def _in_lines(sessions: list[Any], own: list[Any]) -> list[str]:
    """No line where those of the agency above hold."""
    return [*hours.in_words(sessions), *seasons.typed(own).splitlines()]


@view_config(
    route_name="editorial.hours.agency",
    renderer="editorial/authority/form.jinja2",
    permission=Permission.DESK_ARRANGE,
    methods=BOTH,
    uses_session=True,
)
def edit(context: Agency, request: Request) -> Any:
    """The hours of one agency; limits in hours of later receipts are counted with them."""
    now = in_force(known_hours(context), local(request.now).date())
    return form_of(
        request,
        _schema(),
        _("Lưu giờ làm việc"),
        heading=_("Giờ làm việc: ") + context.name,
        back=request.route_path("editorial.hours"),
        data={**_typed(now), "revision": str(context.revision)},
        of=f"agency:{context.id}",
        save=lambda data: save_hours(
            request.db,
            context,
            data["hours"] or "",
            data["seasons"] or "",
            revision=revision_of(data),
            actor_id=request.identity.account_id,
            now=request.now,
        ),
        reasons=_reason,
        notice=Notice.HOURS_SAVED,
    )


@view_config(
    route_name="editorial.hours.ahead",
    renderer="editorial/authority/form.jinja2",
    permission=Permission.DESK_ARRANGE,
    methods=BOTH,
    uses_session=True,
)
def ahead(context: Agency, request: Request) -> Any:
    """Hours that begin on a day to come; those of a day that is announced already are changed."""
    today = local(request.now).date()
    told = _announced_on(context, today, request.GET.get(FROM))
    schema = _schema()
    hint = _(
        "Ngày sau hôm nay. Hồ sơ nhận từ bây giờ mà hạn qua ngày ấy thì tính theo giờ mới từ ngày "
        "ấy; ngày hẹn đã ghi giữ nguyên."
    )
    schema.children.insert(0, fields.date("begins", _("Áp dụng từ ngày"), hint=hint))
    schema.add(fields.hidden("instead"))
    return form_of(
        request,
        schema,
        _("Hẹn giờ làm việc mới"),
        heading=_("Giờ làm việc từ một ngày tới: ") + context.name,
        back=request.route_path("editorial.hours"),
        data={
            **_typed(told or in_force(known_hours(context), today)),
            "begins": _iso(told),
            "instead": _iso(told),
            "revision": str(context.revision),
        },
        save=lambda data: announce_hours(
            request.db,
            context,
            NewHours(
                data["hours"] or "",
                data["seasons"] or "",
                date.fromisoformat(data["begins"]),
                _day(data["instead"]),
            ),
            revision=revision_of(data),
            actor_id=request.identity.account_id,
            now=request.now,
        ),
        reasons=_reason,
        notice=Notice.HOURS_ANNOUNCED,
    )


@view_config(
    route_name="editorial.hours.withdraw",
    permission=Permission.DESK_ARRANGE,
    methods=POST_ONLY,
    uses_session=True,
)
def withdraw(context: Agency, request: Request) -> Response:
    """Announced hours do not begin; where they are gone or have begun, the page shows it."""
    answer = HTTPSeeOther(request.route_path("editorial.hours"))
    day = _day(request.POST.get(FROM))
    actor = request.identity.account_id
    try:
        if day is None:
            raise NotFound("hours")
        withdraw_hours(request.db, context, day, actor_id=actor, now=request.now)
    except NotFound:
        return say(answer, Notice.HOURS_STAY)
    return say(answer, Notice.HOURS_WITHDRAWN)


def _announced_on(agency: Agency, today: date, text: object) -> HoursFrom | None:
    """What is announced for the day of an address; ``None``: nothing yet."""
    day = _day(text)
    return next((one for one in announced(agency, today) if one.begins == day), None)


def _typed(one: HoursFrom) -> dict[str, str]:
    return {"hours": hours.typed(one.sessions), "seasons": seasons.typed(one.seasons)}


def _iso(one: HoursFrom | None) -> str:
    return one.begins.isoformat() if one and one.begins else ""


def _day(text: object) -> date | None:
    """A day as this page sends it; ``None`` for nonsense."""
    try:
        return date.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return None


def _schema() -> colander.SchemaNode:
    return fields.mapping(
        fields.paragraph(
            "hours",
            _("Giờ làm việc thường ngày"),
            rows=3,
            required=False,
            max_length=600,
            hint=_(
                "Mỗi dòng một nhóm ngày, ví dụ T2-T6: 07:30-11:30, 13:00-17:00. Để trống thì lấy "
                "của cơ quan cấp trên."
            ),
        ),
        fields.paragraph(
            "seasons",
            _("Giờ theo mùa"),
            rows=3,
            required=False,
            max_length=600,
            hint=_(
                "Mỗi dòng một mùa, thay giờ thường ngày, ví dụ 15/4-15/10: 07:00-11:30, "
                "13:30-17:00."
            ),
        ),
        fields.hidden("revision"),
    )


_WORDS = {
    "hours": _("Không đọc được dòng “${line}”; viết như T2-T6: 07:30-11:30, 13:00-17:00."),
    "hours_overlap": _("Các buổi chồng lên nhau hoặc quá nhiều dòng."),
    "seasons": _("Không đọc được dòng “${line}”; viết như 15/4-15/10: 07:00-11:30, 13:30-17:00."),
    "seasons_overlap": _("Hai mùa có ngày trùng nhau: “${line}”."),
    "hours_past": _("Ngày áp dụng phải sau hôm nay; muốn đổi ngay thì sửa giờ làm việc đang dùng."),
    "hours_far": _("Ngày áp dụng xa quá một năm; ông/bà kiểm tra lại năm."),
    "hours_many": _("Mỗi cơ quan chỉ hẹn trước nhiều nhất ${most} lần; ông/bà bỏ bớt lần đã hẹn.")
    % {"most": str(MAX_ANNOUNCED)},
}


def _reason(error: Invalid) -> Any:
    return _WORDS[error.code] % {"line": str(error.data.get("line", ""))}
