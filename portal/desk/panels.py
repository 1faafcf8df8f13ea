"""Further parts of an officer's page of a dossier, each made by the feature that owns it.

A provider returns the values of its template, or ``None`` where it has nothing to say; a
panel stands in one of the page's three columns: what to do, what to read, what happened.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pyramid.request import Request

from portal.desk import (
    chain_panel,
    closing_panels,
    exchange_panels,
    handling_panels,
    opinion_panel,
    routing_panel,
    work_panels,
)
from portal.desk.reports import reason_panel
from portal.desk_contexts import DeskDossier

Provider = Callable[[Request, DeskDossier], dict[str, Any] | None]


@dataclass(frozen=True)
class Panel:
    """``column`` is ``do``, ``read`` or ``log``; the template sees ``panel`` and ``dossier``."""

    column: str
    template: str
    provider: Provider


@dataclass(frozen=True)
class Shown:
    """A panel that has something to say."""

    template: str
    values: dict[str, Any]


PANELS: tuple[Panel, ...] = (
    Panel("do", "desk/panels/where.jinja2", routing_panel.where),
    Panel("read", "desk/panels/hand_overs.jinja2", routing_panel.hand_overs),
    Panel("do", "desk/panels/proposals.jinja2", handling_panels.proposals),
    Panel("do", "desk/panels/delay.jinja2", handling_panels.delay),
    Panel("do", "desk/panels/to_leader.jinja2", closing_panels.to_leader),
    Panel("do", "desk/panels/money.jinja2", closing_panels.money),
    Panel("read", "desk/panels/result.jinja2", closing_panels.result),
    Panel("do", "desk/panels/drafts.jinja2", exchange_panels.drafts),
    Panel("read", "desk/panels/exchange.jinja2", exchange_panels.outside),
    Panel("do", "desk/panels/late.jinja2", reason_panel.panel),
    Panel("read", "desk/panels/chain.jinja2", chain_panel.panel),
    Panel("read", "desk/panels/opinions.jinja2", opinion_panel.panel),
    Panel("read", "desk/panels/supplements.jinja2", handling_panels.supplements),
    Panel("do", "desk/panels/labels.jinja2", work_panels.labels_here),
    Panel("log", "desk/panels/conversation.jinja2", work_panels.conversation),
    Panel("log", "desk/panels/calls.jinja2", handling_panels.calls),
)


def panels(request: Request, context: DeskDossier) -> dict[str, list[Shown]]:
    """By column, in the order of ``PANELS``; ``first`` is what waits for this very officer."""
    found: dict[str, list[Shown]] = {"first": [], "do": [], "read": [], "log": []}
    for panel in PANELS:
        values = panel.provider(request, context)
        if values is not None:
            column = "first" if values.get("comes_first") else panel.column
            found[column].append(Shown(panel.template, values))
    return found
