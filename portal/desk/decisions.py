"""Decisions that concern the officer's desks: read, posted on the board, acknowledged."""

from datetime import date
from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from content.errors import Invalid
from content.procedures import notified
from content.procedures.decisions import PublicationEntry
from content.procedures.kinds import EntryKind
from content.procedures.standing import today
from portal.desk.officer import agencies_in_sight
from portal.desk_contexts import DeskDecision
from portal.forms import fields
from portal.http.notices import Notice, say
from portal.http.pages import form_page, make_form
from portal.i18n import _
from portal.security.permissions import Permission

LIST = "desk/decisions.jinja2"
PAGE = "desk/acknowledge.jinja2"
MAX_ROWS = 100
MAX_ENTRIES = 200


@view_config(
    route_name="desk.decisions",
    renderer=LIST,
    permission=Permission.DESK_USE,
    uses_session=True,
)
def decisions(request: Request) -> dict[str, Any]:
    """Those that wait first."""
    found = notified.told(request.db, list(agencies_in_sight(request).values()))[:MAX_ROWS]
    return {
        "rows": [
            (
                request.route_path(
                    "desk.decision.acknowledge", id=one.decision.id, slug=one.agency.slug
                ),
                one,
            )
            for one in found
        ],
        "waiting": sum(1 for one in found if one.acknowledged is None),
    }


@view_config(
    route_name="desk.decision.acknowledge",
    renderer=PAGE,
    permission=Permission.DECISION_ACKNOWLEDGE,
    methods=("GET", "HEAD", "POST"),
    uses_session=True,
)
def acknowledge(context: DeskDecision, request: Request) -> Any:
    """What the decision changes for this desk, and the press that says it is posted."""
    decision, desk = context.decision, context.agency
    mine = [one for one in notified.told(request.db, [desk]) if one.decision is decision]
    schema = fields.mapping(fields.date("posted_on", _("Ngày niêm yết tại bộ phận một cửa")))
    form = make_form(request, schema, _("Đã nhận, đã niêm yết"))
    page: dict[str, Any] = form_page(
        request,
        PAGE,
        form,
        decision=decision,
        agency=desk,
        entries=[_entry(request, one) for told in mine for one in told.entries[:MAX_ENTRIES]],
        acknowledged=mine[0].acknowledged if mine else None,
        concerned=bool(mine),
    )
    if request.method != "POST":
        form.fill({"posted_on": today(request.now).isoformat()})
        return page
    return _acknowledged(context, request, form)


def _acknowledged(context: DeskDecision, request: Request, form: Any) -> Response:
    data = form.accept(request.POST)
    try:
        notified.acknowledge(
            request.db,
            context.decision,
            context.agency,
            posted_on=date.fromisoformat(data["posted_on"]),
            by=request.identity.account_id,
            now=request.now,
        )
    except Invalid:
        words = _("Ngày niêm yết phải từ ngày ký quyết định đến hôm nay.")
        raise form.refuse(words, "posted_on") from None
    return say(HTTPSeeOther(request.route_path("desk.decisions")), Notice.DECISION_ACKNOWLEDGED)


def _entry(request: Request, entry: PublicationEntry) -> tuple[str, Any, PublicationEntry]:
    """Address, what happens, the entry."""
    url = request.route_path("catalogue.procedure", code=entry.procedure.key)
    if not entry.procedure.is_primary:
        url = f"{url}/cap-{entry.procedure.level.slug}"
    return url, _KINDS[entry.kind], entry


_KINDS = {
    EntryKind.NEW: _("Mới ban hành"),
    EntryKind.AMENDED: _("Được sửa đổi, bổ sung"),
    EntryKind.REPLACED: _("Được thay thế"),
    EntryKind.ABOLISHED: _("Bị bãi bỏ"),
}
