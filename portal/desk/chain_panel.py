"""The panel of joint handling on an officer's page: every agency's part with its own clock, who
overran, and the hand-overs between them."""

from dataclasses import dataclass
from typing import Any

from pyramid.request import Request

from content.dossiers.chain_models import RESULT_NAMES, ChainHandOver, ChainOrder, ChainPart
from content.dossiers.chain_reads import (
    capacities_at,
    chain_hand_overs,
    overran,
    part_due,
    parts_of,
)
from content.dossiers.handling import capacities
from content.dossiers.models import Dossier
from content.dossiers.rules import FilingRules
from content.dossiers.states import Actor
from content.people.models import Account
from content.words import clock_and_day, short_date
from portal.desk.officer import officer
from portal.desk_contexts import DeskDossier
from portal.i18n import _

ORDERS = {
    ChainOrder.TOGETHER: _("Các cơ quan làm cùng lúc, một cơ quan chủ trì."),
    ChainOrder.ONE_BY_ONE: _("Các cơ quan làm lần lượt; kết quả trở về bộ phận một cửa."),
}


@dataclass(frozen=True)
class PartLine:
    """An agency's part on the page."""

    part: ChainPart
    state: Any
    kind: str
    due: str
    planned: str
    result: str
    url: str | None


def panel(request: Request, context: DeskDossier) -> dict[str, Any] | None:
    """Every part with its own clock, who overran, and the hand-overs."""
    dossier = context.dossier
    parts = parts_of(request.db, dossier)
    if not parts:
        return None
    calendar = request.service(FilingRules).calendar
    late = {one.agency: one.days for one in overran(request.db, calendar, dossier, request.now)}
    me = officer(request)
    rows = chain_hand_overs(request.db, dossier)
    home = next((one for one in rows if one.to_part is None and one.taken_at is None), None)
    mine = capacities(request.db, me, dossier, request.now)
    return {
        "order": ORDERS[parts[0].order],
        "lines": [_line(request, one, parts, late, me) for one in parts],
        "late": [f"{name}: {days} ngày làm việc" for name, days in late.items()],
        "rows": [hand_over_words(request, dossier, one) for one in rows],
        "home": request.route_path("desk.chain.home", number=dossier.lookup_code)
        if home is not None and Actor.ONE_STOP in mine
        else None,
    }


def _line(
    request: Request,
    part: ChainPart,
    parts: list[ChainPart],
    late: dict[str, int],
    me: Account,
) -> PartLine:
    calendar = request.service(FilingRules).calendar
    due = part.due_date or part_due(request.db, calendar, part, parts, request.now)
    state, kind = state_of(part, part.agency_name in late)
    at_home = part.given_at and capacities_at(request.db, me, part.agency_id, request.now)
    return PartLine(
        part=part,
        state=state,
        kind=kind,
        due=short_date(due) if due else "",
        planned=short_date(part.planned_due),
        result=RESULT_NAMES[part.result] if part.result else "",
        url=request.route_path("desk.part", id=part.id) if at_home else None,
    )


def state_of(part: ChainPart, is_late: bool) -> tuple[Any, str]:
    """How a part stands, and the kind of its badge."""
    if part.given_at is None:
        return _("Chưa đến lượt"), ""
    if part.finished_at is not None:
        return (_("Xong, quá hạn"), "warn") if is_late else (_("Xong"), "ok")
    if is_late:
        return _("Đang làm, quá hạn"), "bad"
    return (_("Đang làm"), "info") if part.received_at else (_("Chờ ký nhận"), "info")


def hand_over_words(request: Request, dossier: Dossier, row: ChainHandOver) -> dict[str, Any]:
    """A hand-over in words, with the address of its slip."""
    taken = f"{clock_and_day(row.taken_at)}, {row.taken_by}" if row.taken_at else None
    return {
        "row": row,
        "given": f"{clock_and_day(row.given_at)}, {row.given_by}",
        "taken": taken,
        "slip": request.route_path("desk.chain.slip", number=dossier.lookup_code, slip=row.number),
    }
