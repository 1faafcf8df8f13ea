"""The form on which a supplement is answered, for its owner and for the desk.

Shared by the account's pages, the look-up and the desk. Who may answer is decided before;
files are kept as they come, so a refused form asks for none of them twice.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from pyramid.csrf import get_csrf_token
from pyramid.request import Request

from content.agencies.places import Places
from content.dossiers.models import Attachment, Dossier
from content.dossiers.papers import ANSWERS_SLOT
from content.dossiers.supplement_requests import SupplementRequest
from content.dossiers.supply_form import (
    NOTE,
    SupplyForm,
    file_answer,
    file_field,
    handed_in,
    paper_items,
    shown_answers,
    staging_slot,
    supply_form,
)
from content.dossiers.supplying import Supply, SupplyService
from content.errors import TooMany
from content.procedures.forms import Kind, Problem
from content.procedures.forms.definition import places
from portal.forms.accessible import ButtonSpec
from portal.forms.dynamic import DynamicForm, FormPage, Reading
from portal.forms.messages import short_label
from portal.forms.sniffing import Refused
from portal.forms.uploads import StoredUpload, Uploads, new_token
from portal.i18n import _

FORM_ID = "bo-sung"
SEND: ButtonSpec = ("_viec", "gui", _("Gửi bổ sung"), "primary")
#: A correction may bring up further questions, and these others: not for ever.
ROUNDS = 5


@dataclass
class SupplyUploads:
    """Files for papers wait until it is known for which; files of answers are kept at once."""

    service: SupplyService
    dossier: Dossier
    waiting: dict[str, tuple[BinaryIO, StoredUpload]] = field(default_factory=dict)

    def put(
        self,
        owner: str,
        source: BinaryIO,
        *,
        name: str,
        size: int,
        media_type: str,
        digest: str,
    ) -> StoredUpload:
        """See ``UploadStore``."""
        upload = StoredUpload(new_token(), name, size, media_type, digest)
        self.waiting[upload.token] = (source, upload)
        return upload

    def get(self, owner: str, token: str) -> StoredUpload | None:
        """See ``UploadStore``."""
        found = self.service.kept(self.dossier, token)
        return StoredUpload(**file_answer(found)) if found is not None else None

    def drop(self, owner: str, token: str) -> None:
        """See ``UploadStore``."""
        if self.waiting.pop(token, None) is None:
            self.service.unstage(self.dossier, token)

    def keep(self, answer: dict[str, Any], slot: str) -> Attachment | None:
        """Keep what came with this request; ``None`` for what was kept before. Raises
        ``Refused`` beyond the limits."""
        source, upload = self.waiting.pop(answer["token"], (None, None))
        if source is None or upload is None:
            return None
        try:
            return self.service.stage(
                self.dossier, source, name=upload.name, media_type=upload.type, slot=slot
            )
        except TooMany as refused:
            raise Refused(refused.code, **{"name": upload.name, **refused.data}) from None


@dataclass(frozen=True)
class Answered:
    """What a POST brought: ``form`` to show again, or ``supply`` to send."""

    form: DynamicForm
    supply: Supply | None
    changed: bool


@dataclass
class SupplyPage:
    """One request's form on one page."""

    request: Request
    dossier: Dossier
    asked: SupplementRequest
    at_desk: bool = False
    buttons: Sequence[ButtonSpec] = (SEND,)
    more: tuple[str, ...] = ()

    @property
    def service(self) -> SupplyService:
        """The service of this request."""
        found: SupplyService = self.request.service(SupplyService)
        return found

    def form(self, problems: Sequence[Problem] = (), typed: dict[str, Any] | None = None) -> Any:
        """The form, filled in with what is known."""
        return DynamicForm(
            self._page(self._made(), SupplyUploads(self.service, self.dossier)),
            {**self._answers(), **(typed or {})},
            problems=problems,
        )

    def accept(self) -> Answered:
        """Read a POST: keep its files, then say what is wrong or what to send."""
        uploads = SupplyUploads(self.service, self.dossier)
        reading = self._read(uploads)
        problems = [one for one in reading.problems if not self._is_settled(one)]
        typed = dict(reading.typed)
        problems += self._keep_files(uploads, typed)
        on_paper = handed_in(self.asked, reading.answers) if self.at_desk else frozenset()
        supply = Supply(self._corrected(typed), on_paper, reading.answers.get(NOTE) or "")
        if not reading.changed:
            problems += self._missing(supply, problems)
        if reading.changed or problems:
            shown = {key: value for key, value in typed.items() if key not in self._fields()}
            return Answered(self.form(problems, shown), None, reading.changed and not problems)
        return Answered(reading.form, supply, changed=False)

    def _read(self, uploads: SupplyUploads) -> Reading:
        """Read, and read again with the questions that the corrections bring up."""
        for _round in range(ROUNDS):
            page = self._page(self._made(), uploads)
            reading = DynamicForm(page, self._answers()).accept(self.request.POST, self.request.now)
            found = self.service.problems(self.dossier, self._corrected(reading.typed))
            asked = set(self._made().asked)
            new = {str(one.path[0]) for one in found} - asked
            if not new:
                break
            self.more = (*self.more, *sorted(new))
            uploads.waiting.clear()
        return reading

    def _made(self) -> SupplyForm:
        return supply_form(
            self.dossier,
            self.asked,
            max_bytes=self.request.settings.limits.file,
            at_desk=self.at_desk,
            more=self.more,
        )

    def _page(self, made: SupplyForm, uploads: SupplyUploads) -> FormPage:
        return FormPage(
            definition=made.definition,
            action=self.request.path_qs,
            csrf_token=get_csrf_token(self.request),
            renderer=self.request.registry["form_renderer"],
            places=self.request.service(Places),
            uploads=Uploads(uploads, owner=f"dossier:{self.dossier.id}"),
            sections=made.sections,
            buttons=self.buttons,
            formid=FORM_ID,
            data={"communes-url": self._communes_url()},
        )

    def _communes_url(self) -> str:
        path: str = self.request.route_path("apply.places")
        return f"{path}?tinh={{province}}"

    def _answers(self) -> dict[str, Any]:
        staged = self.service.staged(self.dossier, self.asked)
        return shown_answers(self.dossier, self.asked, staged)

    def _fields(self) -> set[str]:
        return {file_field(one["key"]) for one in paper_items(self.asked)}

    def _corrected(self, typed: dict[str, Any]) -> dict[str, Any]:
        return {key: typed.get(key) for key in self._made().asked}

    def _is_settled(self, problem: Problem) -> bool:
        """Whether a paper's file is there after all, from an earlier try."""
        return problem.code == "required" and problem.path[0] in self._fields()

    def _keep_files(self, uploads: SupplyUploads, typed: dict[str, Any]) -> list[Problem]:
        problems = []
        for one in paper_items(self.asked):
            name, slot = file_field(one["key"]), staging_slot(self.asked, one["key"])
            for answer in typed.get(name) or ():
                try:
                    uploads.keep(answer, slot)
                except Refused as refused:
                    problems.append(Problem((name,), refused.code, refused.data))
        for answer in self._files_of_answers(typed):
            try:
                kept = uploads.keep(answer, ANSWERS_SLOT)
            except Refused as refused:
                problems.append(Problem((NOTE,), refused.code, refused.data))
                continue
            if kept is not None:
                answer.update(file_answer(kept))
        return problems

    def _files_of_answers(self, typed: dict[str, Any]) -> list[dict[str, Any]]:
        """The files among the corrected answers, in rows too."""
        kinds = {q.id: q for _, q, _ in places(self._made().definition)}
        found: list[dict[str, Any]] = []
        for key in self._made().asked:
            question, value = kinds[key], typed.get(key)
            if question.kind is Kind.FILE:
                found += value or ()
            if question.kind is Kind.REPEAT:
                for row in value or ():
                    for inner in question.questions:
                        if inner.kind is Kind.FILE:
                            found += row.get(inner.id) or ()
        return found

    def _missing(self, supply: Supply, known: list[Problem]) -> list[Problem]:
        """Papers with neither file nor paper, and what the whole form still finds."""
        named = {one.path for one in known}
        there = {one.slot for one in self.service.staged(self.dossier, self.asked)}
        found = [
            Problem(
                (file_field(one["key"]),),
                "required",
                {"kind": Kind.FILE.value},
                f"Ông/bà chưa đính kèm “{short_label(one['name'])}”.",
            )
            for one in paper_items(self.asked)
            if staging_slot(self.asked, one["key"]) not in there
            and one["key"] not in supply.on_paper
        ]
        found += self.service.problems(self.dossier, supply.answers)
        return [one for one in found if one.path not in named]
