"""The papers, one file field each with the reason it is needed; files stay once they came.

A paper that is not attached may be excused with a reason, which the desk judges.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from pyramid.csrf import get_csrf_token
from pyramid.httpexceptions import HTTPSeeOther
from pyramid.renderers import render_to_response
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from content.agencies.places import Places
from content.dossiers.drafts import DraftService
from content.dossiers.papers import Absence, PaperToGive, missing_papers
from content.dossiers.wording import ABSENCES
from content.procedures.forms import (
    FormDefinition,
    Kind,
    Limits,
    Option,
    Problem,
    Question,
    Section,
)
from content.procedures.projecting import is_choice
from portal.apply.journey import PAPERS, Journey, Step, draft_url, journey_of, to_attach
from portal.apply.steps import (
    BACK,
    BUTTONS,
    FORM_ID,
    LATER,
    is_about_a_file,
    previous_url,
    surroundings,
)
from portal.apply.stored import offers
from portal.contexts import DraftContext
from portal.draft_uploads import PaperUploads, as_upload
from portal.forms.dynamic import DynamicForm, FormPage, Reading
from portal.forms.messages import short_label
from portal.forms.uploads import Uploads
from portal.http.pages import form_page, refused_page
from portal.security.permissions import Permission

PAGE = "apply/papers.jinja2"
FILE_TYPES = ("pdf", "jpeg", "png", "docx", "xlsx")
MAX_FILES = 20
MAX_NAME = 40


@view_config(
    route_name="apply.papers",
    permission=Permission.DRAFT_EDIT,
    methods=("GET", "HEAD", "POST"),
    uses_session=True,
)
def papers(context: DraftContext, request: Request) -> Response:
    """Show the papers, or keep what came and go on."""
    journey = journey_of(request, context.draft)
    here = journey.at(PAPERS)
    if here is None:
        return HTTPSeeOther(journey.check.url)
    uploads = PaperUploads(request.service(DraftService), journey.draft)
    page = _form_page(request, journey, here, uploads)
    form = DynamicForm(page, _kept(request, journey))
    shown = form_page(
        request,
        PAGE,
        form,
        **surroundings(request, journey, here),
        in_the_form=[paper for paper in journey.papers if paper.answered_by is not None],
        limits=request.settings.limits,
        offers=offers(request, journey),
    )
    if request.method != "POST":
        return render_to_response(PAGE, shown, request=request)
    reading = form.accept(request.POST, request.now)
    problems = _keep(request, journey, uploads, reading)
    return _onward(request, journey, here, reading, problems)


def papers_definition(
    papers_: Iterable[PaperToGive], max_bytes: int, attached: Collection[str] = ()
) -> FormDefinition:
    """The papers as a form: a file question each, and the reason where there is no file.

    ``attached`` are the slots that have files already.
    """
    questions: list[Question] = []
    for paper in papers_:
        questions.append(_file_question(paper, max_bytes))
        if paper.is_obligatory and paper.slot not in attached:
            questions.append(_reason_question(paper))
    section = Section(PAPERS, "Giấy tờ kèm theo", tuple(questions))
    return FormDefinition(PAPERS, section.title, (section,))


def field_of(slot: str) -> str:
    """The name of a paper's file field; slots have a colon, which names must not."""
    return "tep_" + slot.removeprefix("paper:")


def reason_of(slot: str) -> str:
    """The name of the field for the reason."""
    return "ly_do_" + slot.removeprefix("paper:")


def why_needed(paper: PaperToGive) -> str:
    """Why it is asked for and what the paper original is, in sentences."""
    said = []
    if paper.to_show:
        said.append("Giấy tờ để xuất trình; ông/bà gửi bản chụp hoặc mang theo khi được mời.")
    elif not paper.is_obligatory:
        said.append("Chỉ nộp nếu ông/bà có hoặc thuộc trường hợp cần giấy này.")
    elif paper.case and is_choice(paper.case):
        said.append(f"Cần vì hồ sơ thuộc trường hợp: {paper.case}.")
    else:
        said.append("Mọi hồ sơ của thủ tục này đều cần.")
    counts = ((paper.originals, "bản chính"), (paper.copies, "bản sao"))
    told = ", ".join(f"{number} {word}" for number, word in counts if number)
    if told:
        said.append(f"Bản giấy gồm {told}.")
    if paper.form_name:
        said.append(f"Theo mẫu: {paper.form_name}.")
    return " ".join(said)


def _file_question(paper: PaperToGive, max_bytes: int) -> Question:
    return Question(
        field_of(paper.slot),
        Kind.FILE,
        paper.name,
        hint=why_needed(paper),
        required=paper.is_obligatory,
        limits=Limits(max_bytes=max_bytes, max_files=MAX_FILES, file_types=FILE_TYPES),
    )


def _reason_question(paper: PaperToGive) -> Question:
    return Question(
        reason_of(paper.slot),
        Kind.CHOICE,
        f"Lý do nếu không đính kèm “{_shorter(paper.name)}”",
        options=tuple(Option(why.value, words) for why, words in ABSENCES.items()),
    )


def _shorter(name: str) -> str:
    """Enough of a name to tell it from its neighbours."""
    return name if len(name) <= MAX_NAME else name[:MAX_NAME].rsplit(" ", 1)[0] + "…"


def _form_page(request: Request, journey: Journey, here: Step, uploads: PaperUploads) -> FormPage:
    attached = {one.slot for one in uploads.drafts.attachments(journey.draft)}
    return FormPage(
        definition=papers_definition(
            to_attach(journey.papers), request.settings.limits.file, attached
        ),
        action=here.url,
        csrf_token=get_csrf_token(request),
        renderer=request.registry["form_renderer"],
        places=request.service(Places),
        uploads=Uploads(uploads, owner=journey.draft.key),
        buttons=BUTTONS,
        formid=FORM_ID,
    )


def _kept(request: Request, journey: Journey) -> dict[str, Any]:
    """The files and reasons of the draft as answers."""
    answers: dict[str, Any] = {reason_of(slot): why for slot, why in journey.draft.absences.items()}
    for one in request.service(DraftService).attachments(journey.draft):
        answers.setdefault(field_of(one.slot), []).append(as_upload(one).as_answer())
    return answers


def _keep(
    request: Request, journey: Journey, uploads: PaperUploads, reading: Reading
) -> list[Problem]:
    """Keep files and reasons; what is still wrong afterwards."""
    drafts, draft = request.service(DraftService), journey.draft
    asked = to_attach(journey.papers)
    problems = [one for one in reading.problems if one.code != "required"]
    for paper in asked:
        field = field_of(paper.slot)
        for refused in uploads.assign(paper.slot, reading.answers.get(field) or []):
            problems.append(Problem((field,), refused.code, refused.data))
    drafts.excuse(draft, _reasons(asked, reading.answers))
    if not reading.changed:
        slots = [one.slot for one in drafts.attachments(draft)]
        problems += [
            _missing(paper)
            for paper in missing_papers(asked, slots, draft.absences)
            if not any(one.path == (field_of(paper.slot),) for one in problems)
        ]
    return problems


def _reasons(asked: Iterable[PaperToGive], answers: Mapping[str, Any]) -> dict[str, str]:
    given = {paper.slot: answers.get(reason_of(paper.slot)) for paper in asked}
    return {slot: why if why in set(Absence) else "" for slot, why in given.items()}


def _missing(paper: PaperToGive) -> Problem:
    words = (
        f"Ông/bà chưa đính kèm “{short_label(paper.name)}” và cũng chưa chọn lý do không đính kèm."
    )
    return Problem((field_of(paper.slot),), "required", {"kind": Kind.FILE.value}, words)


def _onward(
    request: Request,
    journey: Journey,
    here: Step,
    reading: Reading,
    problems: list[Problem],
) -> Response:
    """To the page the button names; with problems back to this one."""
    if reading.changed and not problems:
        return HTTPSeeOther(here.url)
    lost = any(is_about_a_file(problem) for problem in problems)
    if reading.pressed == BACK and not lost:
        return HTTPSeeOther(previous_url(request, journey, here))
    if reading.pressed == LATER and not lost:
        return HTTPSeeOther(draft_url(request, journey.draft, "saved"))
    if problems:
        uploads = PaperUploads(request.service(DraftService), journey.draft)
        page = _form_page(request, journey, here, uploads)
        # Returned, not raised: the files that came are kept.
        return refused_page(request, DynamicForm(page, _kept(request, journey), problems=problems))
    return HTTPSeeOther(journey.after(here).url)
