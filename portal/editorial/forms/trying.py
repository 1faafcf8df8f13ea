"""The form tried out as applicants will see it, and answers recorded as tests."""

from collections.abc import Mapping
from typing import Any

from pyramid.csrf import get_csrf_token
from pyramid.httpexceptions import HTTPSeeOther
from pyramid.renderers import render_to_response
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from content.agencies.places import Places
from content.errors import Invalid
from content.procedures.form_recordings import outcome
from content.procedures.forms import FormDefinition, walk
from content.procedures.forms.amounts import amounts
from content.procedures.forms.display import show
from content.procedures.forms.lint import lint
from content.procedures.forms.paper import on_paper
from content.text import clean
from portal.editorial.forms.building import BOTH
from portal.editorial.forms.building import told as finding_told
from portal.editorial.forms.context import FormContext, surroundings, url
from portal.editorial.forms.words import outcome_words
from portal.forms.accessible import ButtonSpec
from portal.forms.dynamic import DynamicForm, FormPage
from portal.forms.schema import control_name
from portal.http.notices import Notice, say
from portal.http.pages import posted
from portal.i18n import _
from portal.security.permissions import Permission

PAGE = "editorial/forms/try.jinja2"
RECORD = "ghi"
BUTTONS: tuple[ButtonSpec, ...] = (("_viec", "thu", _("Thử những câu trả lời này"), "primary"),)


@view_config(
    route_name="editorial.form.try",
    permission=Permission.FORM_EDIT,
    methods=BOTH,
    uses_session=True,
)
def try_out(context: FormContext, request: Request) -> Response:
    """All steps on one page; a POST says what the form says of the answers."""
    definition = on_paper(context.definition)
    page = FormPage(
        definition=definition,
        action=request.path,
        csrf_token=get_csrf_token(request),
        renderer=request.registry["form_renderer"],
        places=request.service(Places),
        buttons=(*BUTTONS, ("_viec", RECORD, _("Ghi thành câu trả lời mẫu"), "secondary")),
        data={
            "communes-url": f"{request.route_path('apply.places')}?tinh={{province}}",
            "calculate-url": request.path,
        },
    )
    told: dict[str, Any] = {**surroundings(request, context), "form": DynamicForm(page)}
    told |= {"outcome": None, "amounts": (), "heading": _("Xem thử biểu mẫu")}
    faults = [one for one in lint(context.definition) if one.is_fault]
    told["faults"] = [finding_told(request, context, one) for one in faults]
    if request.method == "POST":
        reading = DynamicForm(page).accept(request.POST, request.now)
        if posted(request, "xem"):
            # Scripts ask while somebody types; nothing is stored.
            return Response(json_body=calculated(definition, reading.answers))
        lines = outcome(definition, reading.answers, request.now, request.service(Places))
        if reading.pressed == RECORD and not reading.changed:
            return _recorded(context, request, reading.answers, lines)
        told["form"] = reading.form
        if not reading.changed:
            told["outcome"] = [outcome_words(definition, line) for line in lines]
            told["amounts"] = amounts(definition, reading.answers)
    return render_to_response(PAGE, told, request=request)


def calculated(definition: FormDefinition, answers: Mapping[str, Any]) -> dict[str, str]:
    """The worked out numbers as they are shown, by the names of their places on the page."""
    found = {}
    for item in walk(definition, answers):
        if item.question.formula is not None:
            found[control_name(item.path)] = show(item.question, item.value)
    return found


def _recorded(
    context: FormContext, request: Request, answers: dict[str, Any], lines: tuple[str, ...]
) -> Response:
    recordings = context.builder.recordings(context.key)
    kind = "hợp lệ" if not lines else f"{len(lines)} chỗ phải sửa"
    try:
        recordings.record(f"Mẫu {recordings.next_number()}: {kind}", answers, lines)
    except Invalid:
        return HTTPSeeOther(url(request, context, "tests"))
    return say(HTTPSeeOther(url(request, context, "tests")), Notice.FORM_TESTED)


@view_config(
    route_name="editorial.form.tests",
    renderer="editorial/forms/tests.jinja2",
    permission=Permission.FORM_EDIT,
    methods=BOTH,
    uses_session=True,
)
def tests(context: FormContext, request: Request) -> Any:
    """The recorded answers with their outcome; a POST forgets one, or takes the new outcome."""
    if request.method == "POST":
        return _act(context, request)
    definition = context.definition
    return {
        **surroundings(request, context),
        "heading": _("Câu trả lời mẫu"),
        "action": request.path,
        "replays": [
            (
                one,
                [outcome_words(definition, str(line)) for line in one.recorded.expected],
                [outcome_words(definition, line) for line in one.found],
            )
            for one in context.builder.replay(context.form, request.service(Places))
        ],
    }


def _act(context: FormContext, request: Request) -> Response:
    given = clean(str(request.POST.get("so", "")))
    number = int(given) if given.isdecimal() and len(given) < 18 else 0
    recordings = context.builder.recordings(context.key)
    if request.POST.get("viec") == "nhan":
        for one in context.builder.replay(context.form, request.service(Places)):
            if one.recorded.id == number:
                recorded = one.recorded
                recordings.record(recorded.name, recorded.answers, one.found)
    else:
        recordings.forget(number)
    return say(HTTPSeeOther(request.path), Notice.FORM_TESTED)
