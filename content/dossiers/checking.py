"""Is a draft ready to be submitted? Everything that is missing, all at once.

The same check serves the page "kiểm tra lại" and the submission itself. Reads only.
"""

from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from content.dossiers.applicant import delivery_of
from content.dossiers.desks import receives
from content.dossiers.models import Attachment, Delivery, Draft
from content.dossiers.papers import ANSWERS_SLOT, PaperToGive, missing_papers, papers_to_give
from content.dossiers.rules import FilingRules
from content.files import FileService
from content.procedures.forms import FormDefinition, Kind, Problem, check, prune, walk
from content.procedures.forms.check import day_of


@dataclass(frozen=True)
class Review:
    """A draft looked through.

    ``answers`` are pruned and name only files that are there; ``used`` are the files that
    go with the dossier. ``form_problems`` point into the form, ``missing`` are papers,
    ``problems`` map ``agency``, ``delivery``, ``delivery_address`` and ``file:<token>`` to
    codes.
    """

    definition: FormDefinition
    answers: dict[str, Any]
    used: tuple[Attachment, ...]
    delivery: Delivery | None
    delivery_address: str | None
    form_problems: tuple[Problem, ...]
    missing: tuple[PaperToGive, ...]
    problems: dict[str, str]

    @property
    def is_ready(self) -> bool:
        """Whether it may be submitted."""
        return not (self.form_problems or self.missing or self.problems)

    def as_problems(self) -> dict[str, str]:
        """All of it as field → code: ``form:ho_ten``, ``paper:3``, ``agency``…"""
        form = {"form:" + "/".join(map(str, one.path)): one.code for one in self.form_problems}
        papers = {paper.slot: "required" for paper in self.missing}
        return form | papers | self.problems


def review(
    draft: Draft,
    attachments: Iterable[Attachment],
    rules: FilingRules,
    files: FileService,
    now: datetime,
) -> Review:
    """Look a draft through, with the form it is filled in on."""
    definition = rules.forms.definition_for(draft.procedure, draft.form_id)
    kept = {one.token: one for one in attachments}
    pruned = prune(definition, draft.answers, today=day_of(now))
    answers, gone = _with_true_files(definition, pruned, kept)
    found = check(definition, answers, now, places=rules.places)
    papers = papers_to_give(draft.version, draft.case, definition)
    used = _used(kept.values(), papers, _tokens(definition, answers))
    delivery, address = delivery_of(definition, answers) or (draft.delivery, draft.delivery_address)
    problems = _of_the_rest(draft, delivery, address)
    problems |= {f"file:{one.token}": "file_lost" for one in used if not _is_there(files, one)}
    return Review(
        definition=definition,
        answers=answers,
        used=used,
        delivery=delivery,
        delivery_address=address,
        form_problems=(*found, *gone),
        missing=tuple(missing_papers(papers, (one.slot for one in used), draft.absences)),
        problems=problems,
    )


def _of_the_rest(draft: Draft, delivery: Delivery | None, address: str | None) -> dict[str, str]:
    problems = {}
    if draft.agency is None:
        problems["agency"] = "required"
    elif not receives(draft.agency):
        problems["agency"] = "does_not_receive"
    if delivery is None:
        problems["delivery"] = "required"
    elif delivery is Delivery.POST and not address:
        problems["delivery_address"] = "required"
    return problems


def _with_true_files(
    definition: FormDefinition, answers: dict[str, Any], kept: Mapping[str, Attachment]
) -> tuple[dict[str, Any], list[Problem]]:
    """The answers with what we know of each file in place of what was claimed."""
    answers, gone = deepcopy(answers), []
    for item in walk(definition, answers):
        if item.question.kind is not Kind.FILE or not item.value:
            continue
        there = [kept[one["token"]] for one in item.value if one["token"] in kept]
        if len(there) < len(item.value):
            gone.append(Problem(item.path, "file_gone"))
        _put(answers, item.path, [_as_answer(one) for one in there])
    return answers, gone


def _put(answers: Any, path: tuple[str | int, ...], value: Any) -> None:
    for step in path[:-1]:
        answers = answers[step]
    answers[path[-1]] = value


def _as_answer(attachment: Attachment) -> dict[str, Any]:
    file = attachment.file
    return {
        "token": attachment.token,
        "name": attachment.name,
        "size": file.size,
        "type": file.media_type,
        "digest": file.sha256,
    }


def _tokens(definition: FormDefinition, answers: dict[str, Any]) -> set[str]:
    files = (i.value or () for i in walk(definition, answers) if i.question.kind is Kind.FILE)
    return {one["token"] for value in files for one in value}


def _used(
    attachments: Iterable[Attachment], papers: Iterable[PaperToGive], tokens: set[str]
) -> tuple[Attachment, ...]:
    """Files of papers that are asked for, and files that an answer names."""
    slots = {paper.slot for paper in papers}
    return tuple(
        one
        for one in attachments
        if one.slot in slots or (one.slot == ANSWERS_SLOT and one.token in tokens)
    )


def _is_there(files: FileService, attachment: Attachment) -> bool:
    try:
        files.open(attachment.file).close()
    except FileNotFoundError:
        return False
    return True
