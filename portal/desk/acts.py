"""What officers can do with a dossier, in the order in which the page offers it.

A feature of the desk adds its line: the move of the table, the route of its page or, for
what needs no page, of its button, the words of the verb and what it leaves behind. Whether
a line is offered, the table of moves decides (``content.dossiers.handling.offered``).
"""

from dataclasses import dataclass
from typing import Any

from pyramid.request import Request

from content.dossiers.handling import capacities, offered
from content.dossiers.states import Action
from portal.contexts import DeskDossier
from portal.desk.officer import officer
from portal.i18n import _


@dataclass(frozen=True)
class Act:
    """A line: ``leaves`` says what the act produces, ``kind`` how its button looks."""

    action: Action
    route: str
    words: Any
    leaves: Any
    kind: str = "secondary"


@dataclass(frozen=True)
class OfferedAct:
    """An act with its address on a dossier."""

    act: Act
    url: str


#: Accepting and refusing stand first on the page, with the appointment they make.
ACTS: tuple[Act, ...] = (
    Act(
        Action.REFUSE_RECEPTION,
        "desk.refuse",
        _("Từ chối tiếp nhận…"),
        _(
            "Từ chối: lập phiếu từ chối tiếp nhận giải quyết hồ sơ có lý do, báo cho người "
            "nộp; hồ sơ kết thúc."
        ),
        "danger",
    ),
)


def may_do(request: Request, context: DeskDossier) -> frozenset[Action]:
    """The moves that this officer's parts know from the dossier's state."""
    mine = capacities(request.db, officer(request), context.dossier, request.now)
    return offered(context.dossier, mine)


def offered_acts(request: Request, context: DeskDossier, query: dict[str, str]) -> list[OfferedAct]:
    """The lines of this officer for this dossier; ``query`` comes along in the address."""
    known = may_do(request, context)
    return [
        OfferedAct(
            act,
            request.route_path(act.route, number=context.dossier.lookup_code, _query=query),
        )
        for act in ACTS
        if act.action in known
    ]
