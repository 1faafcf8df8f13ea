"""The page of an act with a form: what it is, what it leaves, and what was typed if overtaken."""

from collections.abc import Callable, Sequence
from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response

from content.dossiers.log import Record
from content.dossiers.states import Action
from content.people.models import Account
from portal.desk.acting import carry_out
from portal.desk.acts import may_do
from portal.desk.dossier_page import urls
from portal.desk.saying_no import said_no
from portal.desk_contexts import DeskDossier
from portal.forms.accessible import AccessibleForm
from portal.http.notices import Notice, say
from portal.http.pages import form_page

PAGE = "desk/act.jinja2"


def act_page(
    request: Request,
    context: DeskDossier,
    form: Any,
    heading: Any,
    told: Sequence[Any] = (),
    *,
    renderer: str = PAGE,
    **more: Any,
) -> dict[str, Any]:
    """Name the page; ``told`` are the lines above the form."""
    return form_page(
        request,
        renderer,
        form,
        dossier=context.dossier,
        heading=heading,
        told=[one for one in told if one],
        urls=urls(request, context.dossier),
        overtaken=None,
        typed=(),
        **more,
    )


def not_offered(request: Request, context: DeskDossier, *actions: Action) -> Response | None:
    """Back to the dossier, and said so, where none of these acts is the officer's now."""
    if may_do(request, context) & set(actions):
        return None
    return say(HTTPSeeOther(urls(request, context.dossier)["dossier"]), Notice.NOT_NOW)


def perform(
    request: Request,
    context: DeskDossier,
    action: Action | Record,
    form: AccessibleForm,
    page: dict[str, Any],
    do: Callable[[Account, int], object],
    notice: Notice,
) -> Response:
    """Do it; refused by the rules, the form says why; overtaken, what was typed is shown."""

    def guarded(me: Account, revision: int) -> None:
        with said_no(form):
            do(me, revision)

    def values() -> dict[str, Any]:
        return {**page, "typed": typed_text(request, form)}

    return carry_out(request, context, action, guarded, notice, PAGE, values)


def typed_text(request: Request, form: AccessibleForm) -> list[tuple[Any, str]]:
    """What was typed and chosen, label by label, to be copied from."""
    found = []
    for child in form.deform.children:
        given = [one for one in request.POST.getall(child.name) if isinstance(one, str) and one]
        if given and not child.widget.hidden:
            words = dict(getattr(child.widget, "options", ()))
            found.append((child.title, "; ".join(str(words.get(one, one)) for one in given)))
    return found
