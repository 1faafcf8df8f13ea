"""What may be asked for in a supplement: the published papers and the form's own questions.

NĐ 61/2018 arts 11, 17.2 and NĐ 118/2025: nothing may be asked that was not made public. So
items come from the list of papers of the dossier's version and from the questions of the
form it was filed on; nobody types one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from content.dossiers.models import Dossier
from content.dossiers.papers import case_choices, paper_slot
from content.errors import Invalid
from content.procedures.forms import Kind, parse, walk
from content.text import clean

MAX_REMARK = 500
_NOT_ANSWERED = frozenset({Kind.STATEMENT})


class ItemKind(StrEnum):
    """A paper to hand in, or a question to answer once more."""

    PAPER = "paper"
    QUESTION = "question"


@dataclass(frozen=True)
class Item:
    """One thing that can be asked for. ``key`` is the paper's slot or the question's id;
    ``case`` the case whose paper it is, where that is not the dossier's own."""

    kind: ItemKind
    key: str
    name: str
    case: str | None = None


def items_to_ask(dossier: Dossier) -> tuple[Item, ...]:
    """Everything that may be asked for, papers of the dossier's own case first."""
    return (*_papers(dossier), *_questions(dossier))


def chosen_items(dossier: Dossier, wanted: Mapping[str, str]) -> list[dict[str, Any]]:
    """``wanted`` (key → remark) as it is kept and printed, in the order of the lists.

    Raises ``Invalid`` for the field ``items``: ``required``, ``not_published``; and for
    ``remark:<key>``: ``too_long``.
    """
    known = {one.key: one for one in items_to_ask(dossier)}
    if not wanted:
        raise Invalid({"items": "required"})
    unknown = sorted(set(wanted) - set(known))
    if unknown:
        raise Invalid({"items": "not_published"}, keys=unknown)
    remarks = {key: clean(remark) for key, remark in wanted.items()}
    long = {f"remark:{key}": "too_long" for key, text in remarks.items() if len(text) > MAX_REMARK}
    if long:
        raise Invalid(long, limit=MAX_REMARK)
    return [
        {"kind": one.kind.value, "key": key, "name": one.name, "remark": remarks[key]}
        for key, one in known.items()
        if key in remarks
    ]


def _papers(dossier: Dossier) -> list[Item]:
    others = set(case_choices(dossier.version)) - {dossier.case}
    found = [
        Item(
            ItemKind.PAPER,
            paper_slot(paper.position),
            paper.name,
            paper.case if paper.case in others else None,
        )
        for paper in dossier.version.papers
    ]
    return sorted(found, key=lambda one: one.case is not None)


def _questions(dossier: Dossier) -> list[Item]:
    """Questions that were asked and that a person answers; a repeat group as a whole."""
    return [
        Item(ItemKind.QUESTION, item.question.id, item.question.label)
        for item in walk(parse(dossier.form), dossier.answers)
        if len(item.path) == 1
        and item.question.kind not in _NOT_ANSWERED
        and item.question.formula is None
    ]
