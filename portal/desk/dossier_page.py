"""What an officer's page of a dossier shows: what can be done now, the clock, the content.

Only lawful acts that this version carries out are offered, each with what it leaves
behind. Prepares values; decides nothing and changes nothing.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from pyramid.request import Request

from content.dossiers import competence, inbox, reads, wording
from content.dossiers.deadlines import Appointment
from content.dossiers.models import Attachment, Dossier
from content.dossiers.reads import DossierView
from content.dossiers.service import DossierService
from content.dossiers.states import CLOCK_STOPPED, Action, Status
from content.words import local
from portal.desk import narrowing
from portal.desk.acts import may_do, offered_acts
from portal.desk.asked import Asked
from portal.desk.files import is_shown_inline
from portal.desk.letters import letters_of
from portal.desk.officer import agencies_in_sight, clocks, heaps, officer
from portal.desk.panels import panels
from portal.desk.time_left import TimeLeft, clock, until_answer, until_due
from portal.desk_contexts import DeskDossier
from portal.forms.messages import size_name
from portal.i18n import _

PAGE = "desk/dossier.jinja2"


@dataclass(frozen=True)
class Expected:
    """The appointment that accepting now would make."""

    words: Any
    ledger: tuple[dict[str, Any], ...]
    is_estimate: bool


@dataclass(frozen=True)
class Clock:
    """The clock that runs: what it counts to, when that is, how much is left."""

    label: Any
    until: str
    left: TimeLeft | None


@dataclass(frozen=True)
class Attached:
    """A file as the page offers it; ``is_shown``: it opens in the browser."""

    name: str
    size: str
    url: str
    is_shown: bool


@dataclass(frozen=True)
class Paper:
    """A paper of the dossier: its files, or why there are none."""

    name: str
    files: list[Attached]
    absence: str | None


def page(request: Request, context: DeskDossier) -> dict[str, Any]:
    """All values of the page."""
    dossier = context.dossier
    code = dossier.lookup_code
    view = reads.view_of(request.db, dossier)
    view = replace(view, timeline=wording.timeline(dossier, inside=True))
    acts = acts_for(request, context)
    offers = offered_acts(request, context, Asked.read(request.GET).parameters)
    return {
        "dossier": dossier,
        "view": view,
        "number": dossier.code or dossier.lookup_code,
        "form_title": dossier.form["title"],
        "channel": dossier.channel.value.capitalize(),
        "can_accept": Action.ACCEPT in acts,
        "acts": offers,
        "nothing_to_do": None if offers or Action.ACCEPT in acts else why_nothing(dossier),
        "expected": expected(request, dossier) if Action.ACCEPT in acts else None,
        "competent": competent(request, dossier) if Action.ACCEPT in acts else None,
        "clock": running_clock(request, view),
        "letters": letters_of(request, dossier),
        "stored_files": {one.token: attached(request, code, one) for one in dossier.attachments},
        "papers": [
            Paper(one.name, [attached(request, code, file) for file in one.files], one.absence)
            for one in view.papers
        ],
        "panels": panels(request, context),
        "urls": urls(request, dossier),
        "beside": beside(request, dossier),
        "overtaken": None,
    }


def beside(request: Request, dossier: Dossier) -> dict[str, str | None] | None:
    """The dossiers before and after in the list from which one came; ``None`` without one."""
    asked = Asked.read(request.GET)
    if asked.tab is None:
        return None
    units = narrowing.units_by_slug(request, agencies_in_sight(request))
    wanted = asked.wanted(units, officer(request).id)
    found = inbox.neighbours(request.db, heaps(request), asked.of(asked.tab, wanted), dossier)
    places = {"before": found.before, "after": found.after}
    return {
        name: request.route_path("desk.dossier", number=code, _query=asked.parameters)
        if code
        else None
        for name, code in places.items()
    }


def attached(request: Request, code: str, one: Attachment) -> Attached:
    """A file with its address."""
    return Attached(
        name=one.name,
        size=size_name(one.file.size),
        url=request.route_path("desk.file", number=code, file=one.token),
        is_shown=is_shown_inline(one),
    )


def urls(request: Request, dossier: Dossier) -> dict[str, str]:
    """Where the page's buttons lead; the inbox's filters come along."""
    asked = Asked.read(request.GET)
    kept = asked.parameters
    routes = {"dossier": "desk.dossier", "accept": "desk.accept", "refuse": "desk.refuse"}
    return {
        name: request.route_path(route, number=dossier.lookup_code, _query=kept)
        for name, route in routes.items()
    } | {"inbox": asked.on(request.route_path("desk.inbox"))}


def acts_for(request: Request, context: DeskDossier) -> frozenset[Action]:
    """What this officer may do with the dossier now."""
    return may_do(request, context)


def why_nothing(dossier: Dossier) -> Any:
    """Why the officer finds no button."""
    if dossier.status is Status.SUBMITTED:
        words = _("Hồ sơ đang chờ cán bộ một cửa của ${agency} tiếp nhận hoặc từ chối.")
        return words % {"agency": dossier.agency_name}
    if dossier.status is Status.RESOLVED:
        return _("Đã có kết quả, chờ trả cho người nộp; bộ phận một cửa hoặc bưu chính trả.")
    if dossier.finished_at is not None:
        return _("Hồ sơ đã kết thúc, không còn việc phải làm.")
    if dossier.status is Status.IN_PROGRESS and dossier.step_name:
        words = _("Hồ sơ đang ở bước “${step}”; việc tiếp theo không thuộc phần việc của ông/bà.")
        return words % {"step": dossier.step_name}
    words = _("Hồ sơ ở trạng thái “${status}”; việc tiếp theo không thuộc phần việc của ông/bà.")
    return words % {"status": wording.status_words(dossier.status)}


def expected(request: Request, dossier: Dossier) -> Expected:
    """What acceptance at this moment would promise the applicant."""
    return expected_words(request.service(DossierService).appointment_now(dossier))


def competent(request: Request, dossier: Dossier) -> dict[str, Any]:
    """The agencies that may decide instead, and the one that the address names."""
    desk, today = dossier.agency, local(request.now).date()
    found = competence.choices(request.db, desk, dossier.procedure_id, today)
    named = competence.by_address(found, desk, dossier.applicant_address)
    return {"choices": found, "by_address": named.id if named else None}


def expected_words(found: Appointment) -> Expected:
    """An appointment as a promise, with its ledger."""
    if found.due_date is None:
        words: Any = wording.NO_DUE_REASONS[found.no_due_reason or "limit_unknown"]
        return Expected(words, (), is_estimate=False)
    at = found.due_at if wording.ends_at_an_hour(found.limit) else None
    day = wording.day_or_hour(found.due_date, at)
    words = _("Nếu tiếp nhận bây giờ: hẹn trả ${day}.") % {"day": day}
    explained = found.ledger or {}
    ledger = tuple(explained.get("ledger", ()))
    return Expected(words, ledger, is_estimate=bool(explained.get("provisional")))


def running_clock(request: Request, view: DossierView) -> Clock | None:
    """Until the answer, or until the result; none once all is done."""
    dossier, now = view.dossier, request.now
    calendar = clocks(request).of(dossier.agency)
    if dossier.status is Status.SUBMITTED and dossier.answer_by is not None:
        left = until_answer(calendar, dossier.answer_by, now)
        return Clock(_("Trả lời người nộp trước"), clock(dossier.answer_by), left)
    if dossier.status in CLOCK_STOPPED:
        return Clock(_("Đồng hồ đang dừng, chờ người nộp từ"), clock(dossier.status_since), None)
    if dossier.received_at is None:
        return None
    return Clock(_("Ngày hẹn trả kết quả"), view.due or "", _left(dossier, calendar, now))


def _left(dossier: Dossier, calendar: Any, now: datetime) -> TimeLeft | None:
    if dossier.finished_at is not None or dossier.received_at is None:
        return None
    return until_due(calendar, dossier.due_date, dossier.received_at, now)
