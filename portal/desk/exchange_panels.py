"""Panels of an officer's page: what another system knows of the dossier, drafts for signature."""

from dataclasses import dataclass
from typing import Any

from pyramid.request import Request

from content.dossiers.models import Dossier
from content.dossiers.states import STATUS_NAMES, Action, Status
from content.exchange.documents import OPEN, SENDERS, STATE_NAMES, DraftHandOff, DraftState
from content.exchange.documents import drafts_of as drafts_of_dossier
from content.exchange.models import Confirms
from content.exchange.queue import standing_of
from content.words import clock_and_day, short_date
from portal.desk.acts import may_do
from portal.desk.officer import parts_of
from portal.desk_contexts import DeskDossier

_KINDS = {
    DraftState.WAITING: "warn",
    DraftState.THERE: "info",
    DraftState.SIGNED: "ok",
    DraftState.SENT_BACK: "bad",
}


@dataclass(frozen=True)
class DraftLine:
    """A draft in words; ``use_url`` where it can become the result now."""

    title: str
    state: str
    kind: str
    remark: str
    asked: str
    file_url: str
    use_url: str | None


def outside(request: Request, context: DeskDossier) -> dict[str, Any] | None:
    """Under which number the national portal knows it, and how far it has been told."""
    if context.dossier.external_system is None:
        return None
    found = standing_of(request.db, context.dossier)
    if found is None:
        return None
    held = found.link.confirms is Confirms.THERE and found.link.remark
    return {
        "number": found.link.number,
        "came_from_there": found.link.came_from_there,
        "told": STATUS_NAMES[Status(found.told)] if found.told is not None else None,
        "told_at": clock_and_day(found.told_at) if found.told_at else None,
        "waiting": found.waiting,
        "error": found.error,
        "held": found.link.remark if held else None,
    }


def drafts(request: Request, context: DeskDossier) -> dict[str, Any] | None:
    """Drafts with the document management, and handing one over where that is set up."""
    dossier = context.dossier
    may_send = may_hand_over(request, context)
    lines = [_line(request, context, one) for one in drafts_of_dossier(request.db, dossier)]
    if not lines and not may_send:
        return None
    new = request.route_path("desk.draft", number=dossier.lookup_code)
    return {"lines": lines, "new_url": new if may_send else None}


def may_hand_over(request: Request, context: DeskDossier) -> bool:
    """Whether there is a document management, and a draft of this officer's may go there."""
    return bool(
        request.settings.exchange.documents_url
        and context.dossier.status in OPEN
        and SENDERS & parts_of(request, context)
    )


def may_use(request: Request, context: DeskDossier, one: DraftHandOff) -> bool:
    """Whether this officer may make it the dossier's result now."""
    return one.state is DraftState.SIGNED and Action.COMPLETE in may_do(request, context)


def _line(request: Request, context: DeskDossier, one: DraftHandOff) -> DraftLine:
    here = {"number": context.dossier.lookup_code, "draft": one.id}
    use = request.route_path("desk.draft_use", **here)
    return DraftLine(
        title=one.title,
        state=STATE_NAMES[one.state],
        kind=_KINDS[one.state],
        remark=_remark(one),
        asked=f"{one.asked_by.name}, {clock_and_day(one.asked_at)}",
        file_url=request.route_path("desk.draft_file", **here),
        use_url=use if may_use(request, context, one) else None,
    )


def _remark(one: DraftHandOff) -> str:
    if one.state is DraftState.SIGNED and one.issued_on is not None:
        return f"Số {one.number_words}, ngày {short_date(one.issued_on)}, {one.signer_name}"
    return one.remark or one.error


def draft_of(request: Request, dossier: Dossier) -> DraftHandOff | None:
    """The draft of the address, if it is this dossier's."""
    found = request.db.get(DraftHandOff, int(request.matchdict["draft"][:18]))
    return found if found is not None and found.dossier_id == dossier.id else None
