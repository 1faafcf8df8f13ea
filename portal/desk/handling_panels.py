"""Panels of an officer's page: drafts, the last day for an apology, supplements, calls."""

from dataclasses import dataclass
from typing import Any

from pyramid.request import Request

from content.dossiers.apologies import ApologyService
from content.dossiers.contacts import OUTCOME_NAMES, calls_of
from content.dossiers.handling import capacities
from content.dossiers.notices import MAIL
from content.dossiers.proposals import (
    KIND_NAMES,
    STATE_NAMES,
    ProposalKind,
    ProposalState,
    may_decide,
    proposals_of,
)
from content.dossiers.states import CLOCK_RUNS
from content.dossiers.supplement_requests import Outcome, SupplementRequest, requests_of
from content.outbox import troubled_about
from content.words import clock_and_day, local, short_date, weekday
from portal.desk.officer import officer
from portal.desk_contexts import DeskDossier
from portal.i18n import _

OUTCOMES = {
    None: _("Đang chờ người nộp"),
    Outcome.SUPPLIED_ONLINE: _("Đã bổ sung trực tuyến"),
    Outcome.SUPPLIED_AT_DESK: _("Đã bổ sung tại quầy"),
    Outcome.EXPIRED: _("Quá hạn bổ sung"),
    Outcome.ENDED: _("Hồ sơ kết thúc trước khi bổ sung"),
}


@dataclass(frozen=True)
class DraftLine:
    """A draft on the page; ``to_decide``: this officer decides it now."""

    kind: str
    state: str
    url: str
    by: str
    remark: str
    to_decide: bool
    is_open: bool
    is_wish: bool = False


def proposals(request: Request, context: DeskDossier) -> dict[str, Any] | None:
    """All drafts, the open ones first; before everything else where this officer decides."""
    found = proposals_of(request.db, context.dossier)
    if not found:
        return None
    mine = capacities(request.db, officer(request), context.dossier, request.now)
    lines = [
        DraftLine(
            kind=KIND_NAMES[one.kind],
            state=STATE_NAMES[one.state],
            url=request.route_path(
                "desk.proposal", number=context.dossier.lookup_code, proposal=one.id
            ),
            by=one.drafted_by.name if one.drafted_by else _maker(one.kind),
            remark=one.remark,
            to_decide=one.state is ProposalState.AWAITING and may_decide(one.kind, mine),
            is_open=one.is_open,
            is_wish=one.kind is ProposalKind.WITHDRAWAL and one.drafted_by is None,
        )
        for one in found
    ]
    return {
        "lines": sorted(lines, key=lambda one: not one.is_open),
        # Who takes up work on it should know before that the applicant wants it back.
        "wish": next((one.url for one in lines if one.is_wish and one.is_open), None),
        "comes_first": any(one.to_decide and not one.is_wish for one in lines),
    }


def _maker(kind: ProposalKind) -> Any:
    return _("Người nộp") if kind is ProposalKind.WITHDRAWAL else _("Hệ thống chuẩn bị")


def delay(request: Request, context: DeskDossier) -> dict[str, Any] | None:
    """The last day for an apology while the clock runs, or the new date and the old."""
    dossier = context.dossier
    service = request.service(ApologyService)
    latest = service.latest(dossier)
    if dossier.status not in CLOCK_RUNS or latest is None:
        return None
    left = service.rule_of(dossier).max_extensions - dossier.extension_count
    promised = dossier.promised_date
    return {
        "latest": f"{weekday(latest)}, {short_date(latest)}",
        "in_time": local(request.now).date() <= latest,
        "left": left,
        "moved": short_date(promised) if promised and promised != dossier.due_date else None,
    }


@dataclass(frozen=True)
class RequestLine:
    """A request for a supplement with what came of it."""

    request: SupplementRequest
    asked: str
    by: str
    reply_by: str | None
    outcome: Any
    answered: str | None
    files: dict[str, list[str]]


def supplements(request: Request, context: DeskDossier) -> dict[str, Any] | None:
    """All requests and the answers to them."""
    found = requests_of(request.db, context.dossier)
    names = {one.token: one.name for one in context.dossier.attachments}
    lines = [_line(one, names) for one in found]
    return {"lines": lines} if lines else None


def _line(one: SupplementRequest, names: dict[str, str]) -> RequestLine:
    return RequestLine(
        request=one,
        asked=clock_and_day(one.asked_at),
        by=one.asked_by.name if one.asked_by else "",
        reply_by=short_date(one.reply_by) if one.reply_by else None,
        outcome=OUTCOMES[one.outcome],
        answered=clock_and_day(one.answered_at) if one.answered_at else None,
        files={
            given["key"]: [names[token] for token in given["files"] if token in names]
            for given in one.supplied
        },
    )


def calls(request: Request, context: DeskDossier) -> dict[str, Any]:
    """The calls, and where the next one is written down."""
    return {
        "lines": [
            {
                "when": clock_and_day(one.called_at),
                "who": one.by_name,
                "phone": one.phone,
                "outcome": OUTCOME_NAMES[one.outcome],
                "text": one.text,
                "again": short_date(one.call_again_on) if one.call_again_on else None,
            }
            for one in calls_of(request.db, context.dossier)
        ],
        "url": request.route_path("desk.call", number=context.dossier.lookup_code),
        "undelivered": troubled_about(request.db, MAIL, f"dossier:{context.dossier.id}:"),
    }
