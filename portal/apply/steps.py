"""One section of the form on each page; whatever was typed is kept before it is judged."""

from typing import Any

import colander
from pyramid.csrf import get_csrf_token
from pyramid.httpexceptions import HTTPSeeOther
from pyramid.renderers import render_to_response
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from content.agencies.places import Places
from content.dossiers.drafts import DraftService
from content.dossiers.form_moves import unseen
from content.errors import NotFound, TooMany
from content.procedures.forms import Problem
from portal.apply.journey import Journey, Step, draft_url, journey_of
from portal.contexts import DraftContext
from portal.draft_uploads import AnswerUploads
from portal.forms.accessible import ButtonSpec
from portal.forms.dynamic import DynamicForm, FormPage, Reading
from portal.forms.uploads import Uploads
from portal.http.pages import form_page, refused_page
from portal.i18n import _
from portal.security.permissions import Permission

PAGE = "apply/step.jinja2"
NEXT, BACK, LATER = "tiep", "quay-lai", "luu"
BUTTONS: tuple[ButtonSpec, ...] = (
    ("_viec", NEXT, _("Lưu và tiếp tục"), "primary"),
    ("_viec", BACK, _("Quay lại"), "secondary"),
    ("_viec", LATER, _("Lưu và làm tiếp sau"), "quiet"),
)
FORM_ID = "f"


@view_config(
    route_name="apply.step",
    permission=Permission.DRAFT_EDIT,
    methods=("GET", "HEAD", "POST"),
    uses_session=True,
)
def step(context: DraftContext, request: Request) -> Response:
    """Show a section, or keep it and go on, back or away."""
    journey = journey_of(request, context.draft)
    here = journey.at(request.matchdict["step"])
    if here is None or here.section is None:
        return _not_asked(request, journey)
    form = DynamicForm(form_page_of(request, journey, here), journey.draft.answers)
    if request.method != "POST":
        return render_to_response(PAGE, _page(request, journey, here, form), request=request)
    reading = form.accept(request.POST, request.now)
    try:
        request.service(DraftService).keep(journey.draft, here.key, reading.typed)
    except TooMany:
        reading.form.deform.error = _too_much(reading)
        return _refused(request, journey, here, reading.form)
    return _onward(request, journey, here, reading)


def form_page_of(request: Request, journey: Journey, here: Step) -> FormPage:
    """How a section is shown and read."""
    drafts = request.service(DraftService)
    return FormPage(
        definition=journey.definition,
        action=here.url,
        csrf_token=get_csrf_token(request),
        renderer=request.registry["form_renderer"],
        places=request.service(Places),
        uploads=Uploads(AnswerUploads(drafts, journey.draft), owner=journey.draft.key),
        sections=(here.key,),
        buttons=BUTTONS,
        formid=FORM_ID,
        data={"communes-url": communes_url(request)},
    )


def communes_url(request: Request) -> str:
    """Where the script finds the communes of a province."""
    return f"{request.route_path('apply.places')}?tinh={{province}}"


def surroundings(request: Request, journey: Journey, here: Step) -> dict[str, Any]:
    """What stands around the form of every step."""
    return {
        "draft": journey.draft,
        "here": here,
        "total": len(journey.steps),
        "procedure_name": journey.draft.version.document["name"],
        "moved": unseen(request.db, journey.draft) if journey.draft.form_id else None,
        "moved_url": draft_url(request, journey.draft, "version"),
    }


def target_of(problem: Problem) -> str:
    """The id of the control a problem is about."""
    name = "-".join(str(part) for part in problem.path)
    return f"{FORM_ID}-{name}"


def previous_url(request: Request, journey: Journey, here: Step) -> str:
    """The page before; before the first step stand the choices."""
    before = journey.before(here)
    return before.url if before else draft_url(request, journey.draft, "choose")


def is_about_a_file(problem: Problem) -> bool:
    """Whether a file was refused, so that leaving the page would hide the reason."""
    return problem.code.startswith(("file_", "files_", "too_many_files"))


def _page(request: Request, journey: Journey, here: Step, form: DynamicForm) -> dict[str, Any]:
    return form_page(request, PAGE, form, **surroundings(request, journey, here))


def _refused(request: Request, journey: Journey, here: Step, form: DynamicForm) -> Response:
    """The same page with what is wrong; what stands around it was not needed before."""
    _page(request, journey, here, form)
    return refused_page(request, form)


def _onward(request: Request, journey: Journey, here: Step, reading: Reading) -> Response:
    """To the page the button names; with problems back to this one."""
    lost = any(is_about_a_file(problem) for problem in reading.problems)
    if reading.changed and not reading.problems:
        return HTTPSeeOther(here.url + _anchor(reading.form))
    if reading.pressed == BACK and not lost:
        return HTTPSeeOther(previous_url(request, journey, here))
    if reading.pressed == LATER and not lost:
        return HTTPSeeOther(draft_url(request, journey.draft, "saved"))
    if not reading.is_complete:
        # Returned, not raised: what was typed is kept.
        return _refused(request, journey, here, reading.form)
    # The answers may have opened or closed steps.
    journey = journey_of(request, journey.draft)
    now_here = journey.at(here.key)
    return HTTPSeeOther(journey.after(now_here).url if now_here else journey.first.url)


def _anchor(form: DynamicForm) -> str:
    """Where a pressed row, file or province button leads."""
    return f"#{FORM_ID}-{form.focus.replace('.', '-')}" if form.focus else ""


def _too_much(reading: Reading) -> Any:
    words = _("Nội dung quá dài, cổng không lưu được. Ông/bà vui lòng rút gọn.")
    return colander.Invalid(reading.form.deform.schema, words)


def _not_asked(request: Request, journey: Journey) -> Response:
    """A section that the answers hide now leads to the first page; others do not exist."""
    asked = request.matchdict["step"]
    if any(section.id == asked for section in journey.definition.sections):
        return HTTPSeeOther(journey.first.url)
    raise NotFound("step")
