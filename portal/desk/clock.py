"""The clock of a dossier in words, as of now on its page, as of any day on a page of its own."""

from datetime import datetime, time
from typing import Any

from pyramid.request import Request
from pyramid.view import view_config

from content.calendar.clocks import Urgency
from content.calendar.explain import due_document
from content.calendar.working import at
from content.dossiers.clock_words import ClockTold, clock_at
from content.dossiers.models import Dossier
from content.dossiers.rules import FilingRules
from content.errors import Invalid
from content.procedures.forms.conditions import day
from content.words import local, short_date
from portal.desk.dossier_page import urls
from portal.desk_contexts import DeskDossier
from portal.forms.typed import read_day
from portal.i18n import _
from portal.security.permissions import Permission

ASKED = "ngay"
#: No clock runs longer; other years are typing errors.
YEARS = range(1990, 2101)
BADGES = {Urgency.DUE_SOON: (_("Sắp đến hạn"), "warn"), Urgency.OVERDUE: (_("Quá hạn"), "bad")}


@view_config(
    route_name="desk.clock",
    renderer="desk/clock.jinja2",
    permission=Permission.DOSSIER_HANDLE,
    uses_session=True,
)
def show(context: DeskDossier, request: Request) -> dict[str, Any]:
    """Every day of the limit until the end of the day that is asked for."""
    dossier, typed = context.dossier, request.GET.get(ASKED, "").strip()[:20]
    moment, problem = _moment(request, typed)
    told = None
    if problem is None:
        try:
            told = clock_told(request, dossier, moment)
        except Invalid:
            problem = _("Lúc đó hồ sơ chưa được tiếp nhận nên chưa tính thời hạn.")
    if problem is not None:
        request.response.status_int = 422
    return {
        "dossier": dossier,
        "urls": urls(request, dossier),
        "typed": typed or short_date(local(request.now).date()),
        "problem": problem,
        "errors": [(ASKED, problem)] if problem is not None else [],
        "told": told,
        "flag": BADGES.get(told.urgency) if told else None,
        "ledger_lines": due_document(told.due)["ledger"] if told and told.due else (),
    }


def clock_told(request: Request, dossier: Dossier, moment: datetime) -> ClockTold:
    """The clock of a dossier at an instant. Raises ``Invalid`` before its reception."""
    return clock_at(request.db, request.service(FilingRules).calendar, dossier, moment)


def _moment(request: Request, typed: str) -> tuple[datetime, Any]:
    """The end of the typed day, today's instant where nothing is typed; and what is wrong."""
    if not typed:
        return request.now, None
    found = day(read_day(typed))
    if found is None:
        return request.now, _("Đây chưa phải là một ngày có thật; ví dụ đúng: 05/03/2026.")
    if found.year not in YEARS:
        return request.now, _("Năm này không thể đúng; ông/bà kiểm tra lại.")
    if found == local(request.now).date():
        return request.now, None
    return at(found, time(23, 59, 59)), None
