"""What the page of a reception shows: its form, what is wrong, the appointment, the twins."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pyramid.csrf import get_csrf_token
from pyramid.request import Request
from sqlalchemy import select

from content.agencies.places import Places
from content.dossiers import counter_form as ask
from content.dossiers.counter import CounterService
from content.dossiers.counter_dossier import Looked
from content.dossiers.counter_models import CounterReception
from content.dossiers.drafts import DraftService
from content.dossiers.papers import ANSWERS_SLOT
from content.procedures.forms import FormDefinition, Kind, Problem
from content.procedures.forms.definition import places
from content.procedures.models import Procedure
from content.procedures.reception_places import ReceptionPlace, place_of
from portal.desk.counter import typing_url
from portal.desk.dossier_page import Expected, expected_words
from portal.desk.officer import agencies_in_sight
from portal.desk.scanner import ScanFolder
from portal.draft_uploads import DeskUploads, as_upload
from portal.forms.accessible import ButtonSpec
from portal.forms.dynamic import DynamicForm, FormPage
from portal.forms.messages import short_label
from portal.forms.uploads import Uploads
from portal.i18n import _

PAGE = "desk/counter_typing.jinja2"
RECEIVE, CHECK, KEEP, READ_CARD = "tiep-nhan", "kiem-tra", "luu", "doc-the"
#: The button that receives all the same; its value names the twins that were seen.
CONFIRM = "tn_trung"
SEEN = "ban"
_FORM_ID = "f"


@dataclass
class TypingPage:
    """A reception with its questions, its files and the scanner's folder."""

    request: Request
    reception: CounterReception

    def __post_init__(self) -> None:
        self.service = self.request.service(CounterService)
        self.drafts = self.request.service(DraftService)
        self.uploads = DeskUploads(self.drafts, self.reception.draft)
        self.folder = ScanFolder.of(self.request, self.reception.agency)
        self.scans = self.folder.newest(self._used())
        self.facts = self.service.facts(
            self.reception,
            scans=[(one.name, one.words) for one in self.scans],
            max_bytes=self.request.settings.limits.file,
        )
        self.definition = ask.counter_definition(self.facts)

    def _used(self) -> set[str]:
        """Files of the folder that went into receptions of this desk."""
        query = select(CounterReception.scans).where(
            CounterReception.agency_id == self.reception.agency_id
        )
        return {mark for marks in self.request.db.scalars(query) for mark in marks}

    def answers(self) -> dict[str, Any]:
        """What was typed, with the files of the papers in their fields."""
        answers = dict(self.service.answers(self.reception))
        for one in self.service.attachments(self.reception):
            if one.slot != ANSWERS_SLOT:
                field = f"{ask.place_of(one.slot)}_tep"
                answers.setdefault(field, []).append(as_upload(one).as_answer())
        return answers

    def form(
        self,
        answers: dict[str, Any] | None = None,
        problems: Iterable[Problem] = (),
        *,
        twins: Sequence[str] = (),
    ) -> DynamicForm:
        """The form, with what is wrong said at its places."""
        page = FormPage(
            definition=self.definition,
            action=typing_url(
                self.request, self.reception, **{SEEN: str(self.reception.revision or 0)}
            ),
            csrf_token=get_csrf_token(self.request),
            renderer=self.request.registry["form_renderer"],
            places=self.request.service(Places),
            uploads=Uploads(self.uploads, owner=self.reception.draft.key),
            buttons=_buttons(twins),
            formid=_FORM_ID,
            data={"card": ask.QR, "card-fills": json.dumps(dict(self.targets)), "press": RECEIVE},
        )
        shown = self.answers() if answers is None else answers
        return DynamicForm(page, shown, problems=[self.worded(one) for one in problems])

    @property
    def targets(self) -> dict[str, str]:
        """Which fields a card fills."""
        return dict(ask.card_targets(ask.filed_definition(self.facts)))

    def worded(self, problem: Problem) -> Problem:
        """The problem with the desk's own words, where the citizens' would be wrong."""
        if problem.code == "paper_missing":
            # The paper's name heads the section; summaries begin with it.
            words = "Chưa nhận giấy tờ này: ghi số bản, thêm tệp hoặc chọn lý do không nhận."
            return Problem(problem.path, "required", {}, words)
        if problem.code == "fee_unnamed":
            words = "Ông/bà ghi số lượng hoặc lý do miễn nhưng chưa chọn khoản phải nộp nào."
            return Problem(problem.path, "required", {}, words)
        if problem.code == "no_commune":
            words = (
                "Địa chỉ chưa cho biết đúng một xã, phường; ông/bà chọn cơ quan trong danh sách."
            )
            return Problem(problem.path, "required", {}, words)
        if problem.code == "required":
            return replace(problem, message=f"Chưa ghi “{self._label(problem)}”.")
        return problem

    def _label(self, problem: Problem) -> str:
        asked = {q.id: q.label for _s, q, _g in places(self.definition)}
        last = next(step for step in reversed(problem.path) if isinstance(step, str))
        return short_label(asked.get(last, last))


def _buttons(twins: Sequence[str]) -> tuple[ButtonSpec, ...]:
    receive: ButtonSpec = ("_viec", RECEIVE, _("Tiếp nhận và lập giấy hẹn"), "primary")
    if twins:
        words = _("Đã xem hồ sơ trùng, vẫn tiếp nhận hồ sơ mới")
        receive = (CONFIRM, " ".join(twins), words, "danger")
    return (
        ("_viec", CHECK, _("Lưu và kiểm tra"), "secondary"),
        receive,
        ("_viec", READ_CARD, _("Điền từ mã QR"), "quiet"),
        ("_viec", KEEP, _("Lưu, làm tiếp sau"), "quiet"),
    )


def values(
    page: TypingPage,
    form: DynamicForm,
    *,
    looked: Looked | None = None,
    notice: str = "",
    typed_by: str = "",
) -> dict[str, Any]:
    """Everything around the form. ``notice`` is ``twins``, ``version``, ``other`` or nothing."""
    request, reception = page.request, page.reception
    draft = reception.draft
    return {
        "form": form,
        "reception": reception,
        "procedure_name": draft.version.document["name"],
        "procedure_code": draft.procedure.code,
        "elsewhere": _elsewhere(request, draft.procedure),
        "expected": expected(page),
        "limit_known": draft.version.document.get("time_limit") is not None,
        "alike": looked.alike if looked else (),
        "is_ready": looked is not None and not looked.problems and not looked.alike,
        "notice": notice,
        "typed_by": typed_by,
        "visible": desk_ids(request),
        "has_folder": bool(page.scans),
        "list_url": request.route_path("desk.counter"),
        "drop_url": request.route_path("desk.counter.drop", key=draft.key),
        "channel": reception.channel.value,
    }


def _elsewhere(request: Request, procedure: Procedure) -> ReceptionPlace | None:
    """The place that receives the procedure instead of every one-stop desk."""
    place = place_of(request.db, procedure.id)
    return place if place is not None and place.elsewhere else None


def expected(page: TypingPage) -> Expected:
    """The appointment that receiving now would make."""
    return expected_words(page.service.appointment_now(page.reception))


def desk_ids(request: Request) -> set[int]:
    """The agencies whose dossiers this officer may open."""
    return set(agencies_in_sight(request))


def as_card_answers(
    definition: FormDefinition, targets: dict[str, str], card: Any
) -> dict[str, Any]:
    """What a card says, as answers to the questions it fills."""
    sex_words = {"male": "nam", "female": "nữ"}
    told = {
        "name": card.name,
        "number": card.number,
        "born": card.born_on.isoformat() if card.born_on else None,
        "address": card.address,
    }
    found = {targets[key]: value for key, value in told.items() if value and key in targets}
    if card.sex is not None and "sex" in targets:
        question = definition.question(targets["sex"])
        wanted = sex_words[card.sex.value]
        match = (one.value for one in question.options if one.label.lower() == wanted)
        value = next(match, None)
        if value is not None and question.kind is Kind.CHOICE:
            found[question.id] = value
    return found
