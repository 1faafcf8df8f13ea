"""Before sending: everything as it will be sent, what is missing, and the declaration."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pyramid.csrf import get_csrf_token
from pyramid.request import Request
from pyramid.view import view_config

from content.dossiers.checking import Review
from content.dossiers.models import Attachment, Draft
from content.dossiers.papers import PaperToGive
from content.dossiers.service import DossierService
from content.dossiers.wording import DELIVERIES, absence_words
from content.procedures.filing import open_filing
from content.procedures.forms import Problem, SectionSummary, summary
from content.procedures.forms.amounts import amounts
from content.procedures.forms.definition import places
from content.procedures.kinds import Filing
from portal.apply.choices import asks_delivery
from portal.apply.journey import Journey, draft_url, journey_of
from portal.apply.papers import field_of
from portal.apply.steps import FORM_ID, surroundings, target_of
from portal.contexts import DraftContext
from portal.forms import fields
from portal.forms.accessible import AccessibleForm
from portal.forms.messages import message
from portal.http.pages import form_page
from portal.i18n import _
from portal.security.permissions import Permission

PAGE = "apply/check.jinja2"
DECLARED = "declared"
_CHOICE_WORDS = {
    "agency": _("Ông/bà chưa chọn nơi tiếp nhận hồ sơ."),
    "delivery": _("Ông/bà chưa chọn cách nhận kết quả."),
    "delivery_address": _("Ông/bà chưa ghi địa chỉ nhận kết quả."),
}
_DOES_NOT_RECEIVE = _("Nơi đã chọn không còn tiếp nhận hồ sơ; ông/bà vui lòng chọn nơi khác.")
_FILE_LOST = _("Một tệp đã tải lên không còn đọc được; ông/bà vui lòng tải lại.")


@dataclass(frozen=True)
class Missing:
    """Something to do before sending, with the link to where it is done."""

    words: str
    url: str


@dataclass(frozen=True)
class Part:
    """A section with its answers and the page that changes them."""

    title: str
    url: str
    entries: Any


@dataclass(frozen=True)
class Given:
    """A paper with its files, or why there are none; ``missing`` is said aloud."""

    name: str
    files: tuple[Attachment, ...]
    note: str | None
    is_missing: bool


@view_config(
    route_name="apply.check",
    renderer=PAGE,
    permission=Permission.DRAFT_EDIT,
    uses_session=True,
)
def check(context: DraftContext, request: Request) -> dict[str, Any]:
    """The page that reads like the paper form."""
    return check_page(request, context.draft, declaration_form(request, context.draft))


def declaration_form(request: Request, draft: Draft) -> AccessibleForm:
    """The declaration and the button that sends."""
    must = _("Ông/bà cần xác nhận lời cam đoan trước khi gửi hồ sơ.")
    words = _(
        "Tôi cam đoan những điều khai và giấy tờ gửi kèm là đúng sự thật, "
        "và chịu trách nhiệm trước pháp luật về nội dung này."
    )
    return AccessibleForm(
        fields.mapping(fields.checkbox(DECLARED, words, must=must)),
        action=draft_url(request, draft, "submit"),
        csrf_token=get_csrf_token(request),
        renderer=request.registry["form_renderer"],
        buttons=[("_viec", "gui", _("Gửi hồ sơ"), "primary")],
        formid="gui",
    )


def check_page(request: Request, draft: Draft, form: AccessibleForm) -> dict[str, Any]:
    """What the page shows; named as the page of this request's form."""
    journey = journey_of(request, draft)
    review = request.service(DossierService).review(draft)
    choose_url = draft_url(request, draft, "choose") + "?ve=kiem-tra"
    return form_page(
        request,
        PAGE,
        form,
        **surroundings(request, journey, journey.check),
        parts=list(_parts(journey, summary(review.definition, review.answers))),
        amounts=amounts(review.definition, review.answers),
        papers=list(_papers(journey, review)),
        papers_url=draft_url(request, draft, "papers"),
        choose_url=choose_url,
        delivery=_delivery(review),
        shows_delivery=asks_delivery(review.definition),
        missing=list(_missing(request, journey, review, choose_url)),
        is_anonymous=request.identity.account_id is None,
        is_superseded=draft.version_id != draft.procedure.current_version_id,
        is_filed_here=open_filing(draft.procedure) is Filing.LOCAL,
        version_url=draft_url(request, draft, "version"),
        sign_in_url=draft_url(request, draft, "sign_in"),
        sheet_url=draft_url(request, draft, "sheet"),
        saved_url=draft_url(request, draft, "saved"),
    )


def _parts(journey: Journey, told: Iterable[SectionSummary]) -> Iterable[Part]:
    for section in told:
        step = journey.at(section.section.id)
        yield Part(section.section.title, step.url if step else "", section.entries)


def _papers(journey: Journey, review: Review) -> Iterable[Given]:
    missing = {paper.slot for paper in review.missing}
    for paper in journey.papers:
        files = tuple(one for one in review.used if one.slot == paper.slot)
        yield Given(paper.name, files, _note(journey, paper, files), paper.slot in missing)


def _note(journey: Journey, paper: PaperToGive, files: tuple[Attachment, ...]) -> str | None:
    if files:
        return None
    if paper.answered_by is not None:
        return _("Đã có trong tờ khai điện tử.")
    why = journey.draft.absences.get(paper.slot)
    if why:
        return absence_words(why)
    return None if paper.is_obligatory else _("Không đính kèm (không bắt buộc).")


def _delivery(review: Review) -> str | None:
    if review.delivery is None:
        return None
    words = DELIVERIES[review.delivery]
    return f"{words}: {review.delivery_address}" if review.delivery_address else words


def _missing(
    request: Request, journey: Journey, review: Review, choose_url: str
) -> Iterable[Missing]:
    questions = {question.id: question for _s, question, _g in places(review.definition)}
    sections = {question.id: section.id for section, question, groups in places(review.definition)}
    for problem in review.form_problems:
        step = journey.at(sections[str(problem.path[0])])
        url = f"{step.url}#{target_of(problem)}" if step else journey.first.url
        yield Missing(_words(problem, questions), url)
    papers_url = draft_url(request, journey.draft, "papers")
    for paper in review.missing:
        words = f"Chưa đính kèm “{paper.name}”, cũng chưa chọn lý do."
        yield Missing(words, f"{papers_url}#{FORM_ID}-{field_of(paper.slot)}")
    for name, code in review.problems.items():
        if name.startswith("file:"):
            yield Missing(_FILE_LOST, papers_url)
        else:
            words = _DOES_NOT_RECEIVE if code == "does_not_receive" else _CHOICE_WORDS[name]
            yield Missing(words, choose_url)


def _words(problem: Problem, questions: dict[str, Any]) -> str:
    if problem.code == "file_gone":
        return _FILE_LOST
    last = next(step for step in reversed(problem.path) if isinstance(step, str))
    return message(problem, questions[last])
