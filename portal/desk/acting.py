"""Carrying out an act on a dossier: done once, told who was faster, nothing typed lost."""

from collections.abc import Callable
from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response

from content.dossiers.log import Record
from content.dossiers.states import Action
from content.errors import Conflict, InvalidTransition
from content.people.models import Account
from portal.desk.dossier import overtaken_page, seen
from portal.desk.dossier_page import urls
from portal.desk.officer import officer
from portal.desk_contexts import DeskDossier
from portal.http.notices import Notice, say


def carry_out(
    request: Request,
    context: DeskDossier,
    action: Action | Record,
    do: Callable[[Account, int], object],
    notice: Notice,
    renderer: str,
    values: Callable[[], dict[str, Any]],
) -> Response:
    """``do(officer, revision)``, then back to the dossier with ``notice``.

    The same officer's second click reaches the same page. Who comes second gets
    ``renderer`` with ``values()`` and what the other one did, status 409.
    """
    dossier, me = context.dossier, officer(request)
    done = HTTPSeeOther(urls(request, dossier)["dossier"])
    try:
        do(me, seen(request))
    except Conflict:
        last = dossier.events[-1]
        if last.action == action.value and last.actor_id == me.id:
            return say(done, notice)
        raise overtaken_page(request, renderer, values()) from None
    except InvalidTransition:
        raise overtaken_page(request, renderer, values()) from None
    return say(done, notice)
