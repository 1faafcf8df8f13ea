"""Taking a supplement in at the desk: scans, or the papers themselves, and corrected answers."""

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.renderers import render_to_response
from pyramid.request import Request
from pyramid.view import view_config

from content.dossiers.states import Action
from content.dossiers.supplement_requests import open_request
from content.dossiers.supplying import SupplyService
from content.people.models import Account
from portal.desk.act_page import PAGE, act_page, not_offered
from portal.desk.acting import carry_out
from portal.desk.dossier import overtaken_page
from portal.desk.dossier_page import urls
from portal.desk_contexts import DeskDossier
from portal.forms.accessible import ButtonSpec
from portal.http.notices import Notice
from portal.http.pages import refused_page
from portal.i18n import _
from portal.security.permissions import Permission
from portal.supplying import SupplyPage

TAKE: ButtonSpec = ("_viec", "gui", _("Ghi nhận bổ sung"), "primary")


@view_config(
    route_name="desk.supply",
    renderer=PAGE,
    permission=Permission.DOSSIER_HANDLE,
    methods=("GET", "HEAD", "POST"),
    uses_session=True,
)
def supply(context: DeskDossier, request: Request) -> Any:
    """Show the request's form, or take the answer in."""
    dossier, action = context.dossier, Action.SUPPLY_SUPPLEMENT
    back = not_offered(request, context, action)
    asked = open_request(request.db, dossier)
    if asked is None or (back and request.method != "POST"):
        if request.method != "POST":
            return back or HTTPSeeOther(urls(request, dossier)["dossier"])
        empty = act_page(request, context, None, HEADING)
        raise overtaken_page(request, "desk/overtaken.jinja2", empty)
    shown = SupplyPage(request, dossier, asked, at_desk=True, buttons=(TAKE,))
    form = shown.form()
    page = act_page(request, context, form, HEADING, [_TOLD])
    if request.method != "POST":
        return page
    answered = shown.accept()
    if answered.supply is None:
        if answered.changed:
            return render_to_response(PAGE, {**page, "form": answered.form}, request=request)
        # Returned, not raised: the files that came are kept.
        return refused_page(request, answered.form)
    given, seen_revision = answered.supply, dossier.revision

    def do(me: Account, _revision: int) -> None:
        service = request.service(SupplyService)
        service.supply_at_desk(dossier, me, given, revision=seen_revision)

    return carry_out(request, context, action, do, Notice.SUPPLEMENT_TAKEN, PAGE, lambda: page)


HEADING = _("Nhận bổ sung tại quầy")
_TOLD = _(
    "Với từng giấy tờ: tải bản quét lên, hoặc đánh dấu đã nhận bản giấy. Sau khi ghi, hồ sơ "
    "trở lại bước trước khi yêu cầu bổ sung."
)
