"""The form on which a supplement is answered, made from the dossier's own form.

A section of papers, a section of the questions to answer once more; everything else of the
form stays in its place unseen, so that conditions and checks find what was answered before.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from content.dossiers.models import Attachment, Dossier
from content.dossiers.supplement_items import ItemKind
from content.dossiers.supplement_requests import SupplementRequest
from content.procedures.forms import (
    FormDefinition,
    Kind,
    Limits,
    Option,
    Question,
    Section,
    parse,
)

PAPERS, ANSWERS, NOTE = "bo_sung_giay_to", "bo_sung_noi_dung", "bo_sung_ghi_chu"
ON_PAPER = "ban_giay"
MAX_FILES, MAX_NOTE = 20, 1000
FILE_TYPES = ("pdf", "jpeg", "png", "docx", "xlsx")


@dataclass(frozen=True)
class SupplyForm:
    """``definition`` with ``sections`` to show; ``asked`` are the questions in it, those of
    the request and those that their answers bring up."""

    definition: FormDefinition
    sections: tuple[str, ...]
    asked: tuple[str, ...]


def paper_items(request: SupplementRequest) -> list[dict[str, Any]]:
    """The papers among the items."""
    return [one for one in request.items if one["kind"] == ItemKind.PAPER.value]


def asked_questions(request: SupplementRequest) -> list[str]:
    """The ids of the questions among the items."""
    return [one["key"] for one in request.items if one["kind"] == ItemKind.QUESTION.value]


def staging_slot(request: SupplementRequest, key: str) -> str:
    """Where files for a paper wait until the supplement is sent."""
    return f"supply:{request.id}:{key}"


def file_field(key: str) -> str:
    """The field of a paper's files."""
    return "bo_sung_tep_" + key.removeprefix("paper:")


def paper_field(key: str) -> str:
    """The field that says that the desk was handed the paper itself."""
    return "bo_sung_giay_" + key.removeprefix("paper:")


def supply_form(
    dossier: Dossier,
    request: SupplementRequest,
    *,
    max_bytes: int,
    at_desk: bool = False,
    more: Collection[str] = (),
) -> SupplyForm:
    """The form of a request; ``more`` are further questions that must be answered.

    At the desk a paper may come as paper; online it comes as a file.
    """
    definition = parse(dossier.form)
    wanted = [*asked_questions(request), *more]
    asked = {one.id: one for s in definition.sections for one in s.questions if one.id in wanted}
    remarks = {one["key"]: one["remark"] for one in request.items if one["remark"]}
    kept = [_without(section, asked) for section in definition.sections]
    shown = []
    if papers := list(_paper_questions(request, max_bytes, at_desk=at_desk)):
        shown.append(Section(PAPERS, "Giấy tờ bổ sung", tuple(papers)))
    if asked:
        questions = tuple(_remarked(one, remarks.get(one.id, "")) for one in asked.values())
        shown.append(Section(ANSWERS, "Nội dung khai lại", questions))
    shown.append(Section("bo_sung_them", "Lời nhắn cho cán bộ", (_NOTE_QUESTION,)))
    made = replace(definition, sections=(*kept, *shown))
    return SupplyForm(made, tuple(one.id for one in shown), tuple(asked))


def shown_answers(
    dossier: Dossier, request: SupplementRequest, staged: Iterable[Attachment]
) -> dict[str, Any]:
    """What the form is filled in with: the answers as they are, and the files that wait."""
    answers = dict(dossier.answers)
    slots = {staging_slot(request, one["key"]): one["key"] for one in paper_items(request)}
    for one in staged:
        if one.slot in slots:
            answers.setdefault(file_field(slots[one.slot]), []).append(file_answer(one))
    return answers


def file_answer(attachment: Attachment) -> dict[str, Any]:
    """A kept file as an answer remembers it."""
    file = attachment.file
    return {
        "token": attachment.token,
        "name": attachment.name,
        "size": file.size,
        "type": file.media_type,
        "digest": file.sha256,
    }


def handed_in(request: SupplementRequest, answers: Mapping[str, Any]) -> frozenset[str]:
    """The papers of which the desk says that it has them on paper."""
    keys = [one["key"] for one in paper_items(request)]
    return frozenset(key for key in keys if answers.get(paper_field(key)) == [ON_PAPER])


_NOTE_QUESTION = Question(
    NOTE,
    Kind.PARAGRAPH,
    "Lời nhắn",
    hint="Nếu cần giải thích thêm về giấy tờ hoặc nội dung vừa bổ sung.",
    limits=Limits(max_length=MAX_NOTE),
)


def _without(section: Section, asked: Collection[str]) -> Section:
    return replace(section, questions=tuple(q for q in section.questions if q.id not in asked))


def _remarked(question: Question, remark: str) -> Question:
    """The question as it stands in the form, with what the desk says of the answer; it is
    asked because it is on the request, whatever made it appear before."""
    hint = " ".join(
        part for part in (f"Cần sửa: {remark}." if remark else "", question.hint) if part
    )
    return replace(question, hint=hint or None, when=None)


def _paper_questions(
    request: SupplementRequest, max_bytes: int, *, at_desk: bool
) -> Iterable[Question]:
    for one in paper_items(request):
        yield Question(
            file_field(one["key"]),
            Kind.FILE,
            one["name"],
            hint=f"Cần bổ sung: {one['remark']}." if one["remark"] else None,
            required=not at_desk,
            limits=Limits(max_bytes=max_bytes, max_files=MAX_FILES, file_types=FILE_TYPES),
        )
        if at_desk:
            yield Question(
                paper_field(one["key"]),
                Kind.CHOICES,
                f"Bản giấy của “{one['name']}”",
                options=(Option(ON_PAPER, "Đã nhận bản giấy tại quầy"),),
            )
