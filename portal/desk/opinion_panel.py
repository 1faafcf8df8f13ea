"""The panel of opinions on an officer's page: what was asked of whom, and what they answered."""

from datetime import datetime
from typing import Any

from pyramid.request import Request

from content.dossiers.models import Dossier
from content.dossiers.opinion_models import Opinion, OpinionState
from content.dossiers.opinion_reads import is_late, is_open, opinions_of
from content.dossiers.opinions import OpinionService
from content.words import clock_and_day, short_date, weekday
from portal.desk.officer import officer
from portal.desk_contexts import DeskDossier
from portal.i18n import _

_WORDS = {
    OpinionState.ANSWERED: (_("Đã trả lời"), "ok"),
    OpinionState.GIVEN_BACK: (_("Trả lại"), "warn"),
    OpinionState.WITHDRAWN: (_("Đã rút"), ""),
}


def state_of(opinion: Opinion, now: datetime) -> tuple[Any, str]:
    """How a question stands, and the kind of its badge."""
    late = is_late(opinion, now)
    if opinion.state is OpinionState.ASKED:
        if not is_open(opinion):
            return _("Hồ sơ đã kết thúc"), ""
        return (_("Chờ góp ý, quá hạn"), "bad") if late else (_("Chờ góp ý"), "info")
    if late and opinion.state is OpinionState.ANSWERED:
        return _("Đã trả lời, quá hạn"), "warn"
    return _WORDS[opinion.state]


def day_of(opinion: Opinion) -> str:
    """The last day in words."""
    return f"{weekday(opinion.due_date)}, {short_date(opinion.due_date)}"


def panel(request: Request, context: DeskDossier) -> dict[str, Any] | None:
    """Every question; nothing where none was asked."""
    found = opinions_of(request.db, context.dossier)
    if not found:
        return None
    return {"lines": [_line(request, context.dossier, one) for one in found]}


def _line(request: Request, dossier: Dossier, one: Opinion) -> dict[str, Any]:
    place = {"number": dossier.lookup_code, "opinion": one.number}
    service = request.service(OpinionService)
    may = is_open(one) and service.may_withdraw(one, officer(request))
    return {
        "opinion": one,
        "state": state_of(one, request.now),
        "due": day_of(one),
        "asked": clock_and_day(one.asked_at),
        "ended": clock_and_day(one.ended_at) if one.ended_at else None,
        "papers": [paper.name for paper in dossier.attachments if paper.token in set(one.papers)],
        "files": [
            (file.name, request.route_path("desk.opinion_file", file=file.token, **place))
            for file in one.files
        ],
        "withdraw_url": request.route_path("desk.withdraw_opinion", **place) if may else None,
    }
