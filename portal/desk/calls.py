"""Whom to phone today, and writing a call down."""

from datetime import date
from typing import Any

import colander
from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.view import view_config

from content.dossiers.calls import WHY_NAMES, Call, WhyCall, to_call
from content.dossiers.contacts import MAX_TEXT, OUTCOME_NAMES, CallOutcome, ContactService
from content.dossiers.rules import FilingRules
from content.words import clock_and_day, short_date
from portal.desk.act_page import PAGE, act_page
from portal.desk.dossier_page import urls
from portal.desk.inbox import short_names
from portal.desk.officer import agencies_in_sight, officer
from portal.desk.saying_no import said_no
from portal.desk_contexts import DeskDossier
from portal.forms import fields
from portal.http.notices import Notice, say
from portal.http.pages import make_form
from portal.i18n import _
from portal.security.permissions import Permission

#: What the day of a line is.
_DAYS = {
    WhyCall.OVERDUE: _("hẹn trả ${day}"),
    WhyCall.DUE_TODAY: _("hẹn trả ${day}"),
    WhyCall.APOLOGY: _("hẹn lại ${day}"),
    WhyCall.SUPPLEMENT: _("hạn bổ sung ${day}"),
    WhyCall.AGREED: _("hẹn gọi ${day}"),
}
_KINDS = {WhyCall.OVERDUE: "bad", WhyCall.DUE_TODAY: "warn", WhyCall.SUPPLEMENT: "warn"}


@view_config(
    route_name="desk.calls",
    renderer="desk/calls.jinja2",
    permission=Permission.DESK_USE,
    uses_session=True,
)
def calls(request: Request) -> dict[str, Any]:
    """The list of today."""
    units = agencies_in_sight(request)
    found = to_call(request.db, list(units), request.service(FilingRules).calendar, request.now)
    names = short_names(units)
    return {"lines": [_line(request, one, names[one.agency_id]) for one in found]}


def _line(request: Request, one: Call, unit: str) -> dict[str, Any]:
    last = one.last
    return {
        "call": one,
        "url": request.route_path("desk.call", number=one.lookup_code),
        "dossier_url": request.route_path("desk.dossier", number=one.lookup_code),
        "why": WHY_NAMES[one.why],
        "kind": _KINDS.get(one.why, "info"),
        "day": _DAYS[one.why] % {"day": short_date(one.day)} if one.day else None,
        "unit": unit,
        "last": f"{clock_and_day(last.called_at)}: {OUTCOME_NAMES[last.outcome]}" if last else None,
    }


@view_config(
    route_name="desk.call",
    renderer=PAGE,
    permission=Permission.DOSSIER_HANDLE,
    methods=("GET", "HEAD", "POST"),
    uses_session=True,
)
def call(context: DeskDossier, request: Request) -> Any:
    """One call, as it went."""
    dossier = context.dossier
    form = make_form(request, _schema(), _("Ghi cuộc gọi"))
    told = [_("Ghi đúng cuộc gọi vừa thực hiện; sau khi ghi không sửa được.")]
    page = act_page(request, context, form, _("Ghi cuộc gọi cho người nộp"), told)
    if request.method != "POST":
        form.fill({"phone": dossier.applicant_phone})
        return page
    data = form.accept(request.POST)
    again = data["call_again_on"]
    with said_no(form):
        request.service(ContactService).note(
            dossier,
            officer(request),
            data["phone"],
            CallOutcome(data["outcome"]),
            data["text"] or "",
            call_again_on=date.fromisoformat(again) if again else None,
        )
    return say(HTTPSeeOther(urls(request, dossier)["dossier"]), Notice.CALL_NOTED)


def _schema() -> colander.SchemaNode:
    options = [(one.value, name) for one, name in OUTCOME_NAMES.items()]
    return fields.mapping(
        fields.phone("phone", _("Số đã gọi"), autocomplete="off"),
        fields.choice("outcome", _("Kết quả"), options),
        fields.date(
            "call_again_on",
            _("Ngày gọi lại"),
            required=False,
            hint=_("Chỉ ghi khi hẹn gọi lại; ví dụ 05/03/2027."),
        ),
        fields.paragraph(
            "text",
            _("Nội dung trao đổi"),
            required=False,
            max_length=MAX_TEXT,
            rows=4,
        ),
    )
