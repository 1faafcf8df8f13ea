"""Where a dossier is in the house: at which step, whose, until when; and how it came there."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pyramid.request import Request

from content.dossiers.chains import ChainService, may_begin
from content.dossiers.hand_overs import HandOver, HandOverKind, Punctuality, hand_overs_of, standing
from content.dossiers.models import Dossier
from content.dossiers.processes import graph_of, steps_back, steps_on
from content.dossiers.routing import RoutingService
from content.dossiers.states import Status
from content.dossiers.step_clock import desk_due
from content.letters.handing import PUNCTUALITY
from content.procedures.kinds import Channel
from content.processes.graph import PERFORMER_NAMES, Performer
from portal.desk.officer import clocks, officer
from portal.desk.time_left import TimeLeft, clock, until_answer
from portal.desk_contexts import DeskDossier
from portal.i18n import _

KINDS = {
    HandOverKind.TRANSFER: _("Chuyển xử lý"),
    HandOverKind.FORWARD: _("Chuyển bước"),
    HandOverKind.BACK: _("Trả lại bước trước"),
    HandOverKind.ASSIGN: _("Giao người khác"),
    HandOverKind.TO_DESK: _("Trả về bộ phận một cửa"),
}
_BADGES = {Punctuality.EARLY: "ok", Punctuality.ON_TIME: "ok", Punctuality.LATE: "bad"}


@dataclass(frozen=True)
class Line:
    """A hand-over as the table shows it."""

    row: HandOver
    kind: Any
    given: str
    taken: str | None
    due: str | None
    outcome: tuple[str, str] | None


def may_transfer(request: Request, dossier: Dossier) -> bool:
    """A dossier that the desk has, and that no chain of agencies is to go through."""
    has_chain = may_begin(request.service(ChainService), dossier)
    return dossier.status is Status.RECEIVED and not has_chain


def may_forward(request: Request, dossier: Dossier) -> bool:
    """There is a next step inside, and the dossier is this officer's."""
    return bool(steps_on(graph_of(request.db, dossier), dossier.step_key)) and _is_mine(
        request, dossier
    )


def may_send_back(request: Request, dossier: Dossier) -> bool:
    """The step may return somewhere, and the dossier is this officer's."""
    return bool(steps_back(graph_of(request.db, dossier), dossier.step_key)) and _is_mine(
        request, dossier
    )


def may_assign(request: Request, dossier: Dossier) -> bool:
    """It came to a step, and the dossier is this officer's."""
    return dossier.step_key is not None and _is_mine(request, dossier)


def may_ask(request: Request, dossier: Dossier) -> bool:
    """An opinion may be asked for: the dossier is this officer's."""
    return _is_mine(request, dossier)


def _is_mine(request: Request, dossier: Dossier) -> bool:
    return request.service(RoutingService).may_pass_on(dossier, officer(request))


def where(request: Request, context: DeskDossier) -> dict[str, Any] | None:
    """The panel of who has it now; before the transfer, until when the desk passes it on."""
    dossier = context.dossier
    if dossier.status is Status.RECEIVED:
        return _at_the_desk(request, dossier)
    rows = standing(hand_overs_of(request.db, dossier))
    if not rows:
        return None
    last, me, service = rows[-1], officer(request), request.service(RoutingService)
    is_open = dossier.status is Status.IN_PROGRESS
    waits = last.taken_at is None
    place = {"number": dossier.lookup_code}
    may_sign = waits and service.is_for(dossier, last, me)
    undo = is_open and service.against_undo(dossier, rows, me) is None
    if not is_open and not may_sign:
        return None
    graph = graph_of(request.db, dossier)
    return {
        "transfer_by": None,
        "step": dossier.step_name,
        "place": graph.place(dossier.step_key or ""),
        "of": len(graph.steps),
        "unit": last.to_name,
        "person": last.taken_by or last.to_person or None,
        "part": PERFORMER_NAMES[Performer(last.to_performer)],
        "waits": waits,
        "due": clock(dossier.step_due_at) if is_open and dossier.step_due_at else None,
        "left": _left(request, last, dossier.step_due_at) if is_open else None,
        "last_step": is_open and not steps_on(graph, dossier.step_key),
        "receive_url": request.route_path("desk.receive", **place) if may_sign else None,
        "undo_url": request.route_path("desk.take_back", **place) if undo else None,
        "revision": dossier.revision,
    }


def _at_the_desk(request: Request, dossier: Dossier) -> dict[str, Any] | None:
    calendar = clocks(request).of(dossier.agency)
    by = desk_due(calendar, dossier)
    if by is None:
        return None
    return {
        "transfer_by": clock(by),
        "at_once": dossier.channel is Channel.ONLINE,
        "left": until_answer(calendar, by, request.now),
    }


def _left(request: Request, row: HandOver, due: datetime | None) -> TimeLeft | None:
    if due is None:
        return None
    return until_answer(clocks(request).of(row.to_agency), due, request.now)


def hand_overs(request: Request, context: DeskDossier) -> dict[str, Any] | None:
    """The table of hand-overs, also those taken back, and the control slip."""
    rows = hand_overs_of(request.db, context.dossier)
    if not rows:
        return None
    url = request.route_path("desk.control_slip", number=context.dossier.lookup_code)
    return {"lines": [_line(one) for one in rows], "url": url}


def _line(row: HandOver) -> Line:
    outcome = (PUNCTUALITY[row.outcome], _BADGES[row.outcome]) if row.outcome else None
    return Line(
        row=row,
        kind=KINDS[row.kind],
        given=clock(row.given_at),
        taken=clock(row.taken_at) if row.taken_at else None,
        due=clock(row.due_at) if row.due_at else None,
        outcome=outcome,
    )
