"""The pages on which a dossier is passed on: the form, whom to choose from, who may not."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response
from sqlalchemy.orm import Session

from content.dossiers.hand_overs import MAX_NOTE
from content.dossiers.models import Dossier
from content.dossiers.processes import graph_of
from content.dossiers.routing import Receiver, RoutingService
from content.dossiers.routing_reads import Choice, receivers
from content.dossiers.states import Action
from content.people.models import Account
from content.people.roles import ROLE_NAMES
from content.processes.graph import Step
from content.processes.models import ProcessVersion
from content.processes.reads import in_force
from content.words import local
from portal.desk.act_page import act_page, not_offered, perform
from portal.desk.dossier_page import urls
from portal.desk.officer import officer
from portal.desk_contexts import DeskDossier
from portal.forms import fields
from portal.http.notices import Notice
from portal.http.pages import make_form
from portal.i18n import _

NOTE_ROWS = 3

Do = Callable[[RoutingService, Account, Receiver, dict[str, Any], int], object]


def passing_page(  # noqa: PLR0913 - what differs between the three pages
    request: Request,
    context: DeskDossier,
    action: Action,
    words: tuple[Any, Any, Notice],
    steps: Sequence[Step],
    told: Sequence[Any],
    do: Do,
    *,
    needs_note: bool = True,
    units: bool = True,
) -> Any:
    """The page on which a dossier is given to a unit or a person."""
    dossier = context.dossier
    if request.method != "POST" and (back := elsewhere(request, context, action)):
        return back
    today = local(request.now).date()
    found = receivers(request.db, dossier, steps, today, units=units)
    schema = fields.mapping()
    if len(steps) > 1:
        schema.add(fields.choice("step", _("Bước tiếp theo"), named(steps), as_list=False))
    schema.add(fields.choice("to", _("Giao cho"), _choices(found), as_list=True, hint=_TO_HINT))
    schema.add(
        fields.paragraph(
            "note",
            _("Nội dung, ý kiến"),
            required=needs_note,
            max_length=MAX_NOTE,
            rows=NOTE_ROWS,
            hint=_("Cho người nhận đọc; người nộp hồ sơ không đọc nội dung này."),
        )
    )
    schema.add(fields.hidden("revision"))
    heading, button, notice = words
    form = make_form(request, schema, button)
    if len(steps) == 1:
        told = [*told, _("Bước: ${step} – ${who}.") % {"step": steps[0].name, "who": steps[0].who}]
    page = act_page(request, context, form, heading, told)
    if request.method != "POST":
        usual = _usual(_meant(found, dossier, action), steps, dossier.unit_id)
        filled = {"revision": str(dossier.revision), "to": usual}
        form.fill(filled)
        return page
    data = form.accept(request.POST)

    def act(me: Account, revision: int) -> None:
        do(request.service(RoutingService), me, receiver(data["to"]), data, revision)

    return perform(request, context, action, form, page, act, notice)


def elsewhere(request: Request, context: DeskDossier, action: Action) -> Response | None:
    """Back to the dossier where the act is not the officer's, or somebody else has it."""
    dossier = context.dossier
    if back := not_offered(request, context, action):
        return back
    service = request.service(RoutingService)
    if action is Action.TRANSFER or service.may_pass_on(dossier, officer(request)):
        return None
    return HTTPSeeOther(urls(request, dossier)["dossier"])


_TO_HINT = _("Chọn đơn vị nếu chưa giao cho ai; người của đơn vị ký nhận thì hồ sơ là của họ.")


def first_steps(request: Request, dossier: Dossier) -> tuple[Step, ...]:
    """The first steps inside, of the process that the transfer will adopt."""
    today = local(request.now).date()
    kept: ProcessVersion | None = in_force(request.db, dossier.procedure_id, dossier.case, today)
    return kept.graph.entries() if kept else graph_of(request.db, dossier).entries()


def stands(dossier: Dossier) -> Any:
    if not dossier.step_name:
        return None
    return _("Hồ sơ đang ở bước: ${step}.") % {"step": dossier.step_name}


def named(steps: Sequence[Step]) -> list[tuple[str, str]]:
    return [(one.key, f"{one.name} ({one.who})") for one in steps]


def choices_of(
    session: Session, dossier: Dossier, steps: Sequence[Step], today: date, *, units: bool
) -> list[tuple[str, str]]:
    """Whom a dossier may be given to, ``(value, words)``."""
    return _choices(receivers(session, dossier, steps, today, units=units))


def _choices(found: Sequence[Choice]) -> list[tuple[str, str]]:
    return [(_value(one), _label(one)) for one in found]


def _value(one: Choice) -> str:
    return str(one.agency_id) if one.account_id is None else f"{one.agency_id}-{one.account_id}"


def _label(one: Choice) -> str:
    if one.role is None:
        return one.agency
    return f"{one.person} ({ROLE_NAMES[one.role].lower()}) – {one.agency}"


def _meant(found: Sequence[Choice], dossier: Dossier, action: Action) -> Sequence[Choice]:
    """From the desk it goes to the agency that decides, where one was named."""
    if action is not Action.TRANSFER or dossier.competent_agency_id is None:
        return found
    return [one for one in found if one.agency_id == dossier.competent_agency_id] or found


def _usual(found: Sequence[Choice], steps: Sequence[Step], unit: int | None) -> str:
    """Who the step names, else the only person of the unit or of all, else the unit."""
    people = [one for one in found if one.account_id is not None]
    people = [one for one in people if one.agency_id == unit] or people
    named = [one for one in people if steps and one.account_id == steps[0].account_id]
    best = named or (people if len(people) == 1 else []) or list(found)
    return _value(best[0]) if best else ""


def receiver(value: str) -> Receiver:
    """The unit, and the person of it, of a choice."""
    agency, _dash, account = value.partition("-")
    return Receiver(int(agency), int(account) if account else None)
