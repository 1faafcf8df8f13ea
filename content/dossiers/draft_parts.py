"""Small rules about the parts of a draft: its case, its reasons, its files."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import ColumnElement, and_, false, or_
from sqlalchemy.orm import Session

from content.dossiers.holder import Holder
from content.dossiers.models import Attachment, Draft
from content.dossiers.papers import ANSWERS_SLOT, Absence, case_choices, paper_slot
from content.errors import Invalid
from content.procedures.models import ProcedureVersion
from content.text import clean


def held_by(holder: Holder) -> ColumnElement[bool]:
    """The condition that finds a holder's drafts."""
    mine: list[ColumnElement[bool]] = []
    if holder.account_id is not None:
        mine.append(Draft.owner_id == holder.account_id)
    if holder.token_digest is not None:
        mine.append(and_(Draft.owner_id.is_(None), Draft.token_digest == holder.token_digest))
    return or_(false(), *mine)


def set_case(draft: Draft, case: str | None) -> None:
    """Note the case; ``None`` is none of those the version offers."""
    if case is not None and case not in case_choices(draft.version):
        raise Invalid({"case": "unknown"})
    draft.case = case


def excused(draft: Draft, given: Mapping[str, str]) -> dict[str, str]:
    """The reasons for absent papers after ``given``; "" takes one back. Raises ``Invalid``."""
    slots = _paper_slots(draft)
    reasons = {"", *Absence}
    problems = {
        slot: "unknown" for slot, why in given.items() if slot not in slots or why not in reasons
    }
    if problems:
        raise Invalid(problems)
    return {slot: why for slot, why in {**draft.absences, **given}.items() if why}


def demand_slot(draft: Draft, slot: str) -> None:
    """Files belong to a paper of the version or to the answers. Raises ``Invalid``."""
    if slot != ANSWERS_SLOT and slot not in _paper_slots(draft):
        raise Invalid({"slot": "unknown"})


def _paper_slots(draft: Draft) -> set[str]:
    return {paper_slot(paper.position) for paper in draft.version.papers}


def storable(value: Any) -> Any:
    """Answers as every database can hold them: without NUL, lone surrogates and the like."""
    if isinstance(value, str):
        return clean(value, multiline=True)
    if isinstance(value, Mapping):
        return {clean(str(key)): storable(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [storable(inner) for inner in value]
    return value


def discard(session: Session, attachment: Attachment) -> None:
    """Forget a file: its place and its row; the sweeper takes the bytes."""
    file = attachment.file
    session.delete(attachment)
    session.delete(file)


def slots_after(old: ProcedureVersion, new: ProcedureVersion) -> dict[str, str | None]:
    """Where each slot of a version is in the next one; ``None`` where the paper is gone.

    A paper is the same if name and case are; else if the name is.
    """
    exact = {(paper.name, paper.case): paper_slot(paper.position) for paper in new.papers}
    named = {paper.name: paper_slot(paper.position) for paper in reversed(new.papers)}
    return {
        paper_slot(paper.position): exact.get((paper.name, paper.case)) or named.get(paper.name)
        for paper in old.papers
    }


def move_slots(
    session: Session,
    draft: Draft,
    attachments: Iterable[Attachment],
    moves: Mapping[str, str | None],
) -> None:
    """Let files and reasons follow their papers; those of papers that are gone, go."""
    for attachment in attachments:
        target = moves.get(attachment.slot, attachment.slot)
        if target is None:
            discard(session, attachment)
        else:
            attachment.slot = target
    kept = {moves.get(slot): why for slot, why in draft.absences.items()}
    draft.absences = {slot: why for slot, why in kept.items() if slot}
