"""The hours of each agency, and those of a season that replace them."""

from datetime import datetime
from typing import Any

import colander
from pyramid.request import Request
from pyramid.view import view_config
from sqlalchemy import select

from content.agencies import hours, seasons
from content.agencies.keeping import save_hours
from content.agencies.models import Agency
from content.errors import Invalid
from portal.editorial.saving import BOTH, form_of, revision_of
from portal.forms import fields
from portal.http.notices import Notice
from portal.i18n import _
from portal.security.permissions import Permission


@view_config(
    route_name="editorial.hours",
    renderer="editorial/working_time/hours.jinja2",
    permission=Permission.DESK_ARRANGE,
    uses_session=True,
)
def listing(request: Request) -> dict[str, Any]:
    """Every agency with its own hours, or whose it takes."""
    found = request.db.scalars(select(Agency).order_by(Agency.position, Agency.name))
    return {
        "lines": [
            (
                one,
                *_in_lines(one.sessions, one.seasons),
                [_before(past) for past in one.hours_before],
            )
            for one in found
        ]
    }


def _in_lines(sessions: list[Any], own: list[Any]) -> tuple[tuple[str, ...], list[str]]:
    return hours.in_words(sessions), seasons.typed(own).splitlines()


def _before(past: dict[str, Any]) -> tuple[datetime, list[str]]:
    """Until when, and what held until then; no line where those of the agency above did."""
    usual, own = _in_lines(past["sessions"], past["seasons"])
    return datetime.fromisoformat(past["until"]), [*usual, *own]


@view_config(
    route_name="editorial.hours.agency",
    renderer="editorial/authority/form.jinja2",
    permission=Permission.DESK_ARRANGE,
    methods=BOTH,
    uses_session=True,
)
def edit(context: Agency, request: Request) -> Any:
    """The hours of one agency; limits in hours of later receipts are counted with them."""
    return form_of(
        request,
        _schema(),
        _("Lưu giờ làm việc"),
        heading=_("Giờ làm việc: ") + context.name,
        back=request.route_path("editorial.hours"),
        data={
            "hours": hours.typed(context.sessions),
            "seasons": seasons.typed(context.seasons),
            "revision": str(context.revision),
        },
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
}


def _reason(error: Invalid) -> Any:
    return _WORDS[error.code] % {"line": str(error.data.get("line", ""))}
