"""A form definition and answers as a colander schema with our widgets.

The schema is built for the answers at hand: it has as many rows as they have, and no
question that earlier steps already hide. Questions that depend on answers of the same
page stay in it; the browser shows and hides them, the server decides.
"""

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import colander

from content.procedures.forms.conditions import ALWAYS, NEVER, Condition, decided
from content.procedures.forms.definition import (
    FormDefinition,
    Kind,
    Path,
    Question,
    Section,
    places,
)
from content.procedures.forms.sentences import sentence
from content.procedures.forms.serialise import condition_to_json
from content.procedures.forms.summary import row_title
from content.procedures.forms.visibility import prune
from portal.forms import widgets
from portal.forms.controls import Furniture
from portal.forms.fields import BIRTH_HINT
from portal.forms.makers import MAKERS
from portal.forms.places import PlaceBook

_DROP = colander.drop
_USUAL_HINTS: Mapping[Kind, str] = {Kind.DATE: BIRTH_HINT}


class Rows(colander.Mapping):
    """A list of rows, with children named by number."""

    def serialize(self, node: colander.SchemaNode, appstruct: Any) -> Any:
        """The rows by number."""
        rows = appstruct if isinstance(appstruct, list) else []
        return super().serialize(node, {str(number): row for number, row in enumerate(rows)})

    def deserialize(self, node: colander.SchemaNode, cstruct: Any) -> Any:
        """The rows in order."""
        return list(super().deserialize(node, cstruct).values())


@dataclass(frozen=True, slots=True)
class Ground:
    """What building needs besides questions and rows.

    ``settle`` gives what is left open of a condition; ``blank_rows`` adds the rows a
    group must have.
    """

    definition: FormDefinition
    book: PlaceBook
    settle: Callable[[Condition | None], Condition]
    blank_rows: bool


def shown_schema(
    definition: FormDefinition,
    sections: Sequence[Section],
    answers: Mapping[str, Any],
    book: PlaceBook,
) -> colander.SchemaNode:
    """The schema to show. Several sections become groups with legends."""
    open_ids = _ids(definition, sections)
    lookup = prune(definition, answers).get
    ground = Ground(
        definition, book, lambda condition: decided(condition, lookup, open_ids), blank_rows=True
    )
    root = colander.SchemaNode(colander.Mapping(unknown="ignore"), widget=widgets.FormWidget())
    for section in sections:
        children = _children(section.questions, answers, (), ground)
        if len(sections) == 1:
            root.children.extend(children)
        elif ground.settle(section.when) != NEVER:
            root.add(_section(section, children, ground))
    return root


def reading_schema(
    definition: FormDefinition,
    sections: Sequence[Section],
    sent: Mapping[str, Any],
    book: PlaceBook,
) -> colander.SchemaNode:
    """The schema to read with: every question of the sections, rows as sent."""
    ground = Ground(definition, book, lambda _condition: ALWAYS, blank_rows=False)
    root = colander.SchemaNode(colander.Mapping(unknown="ignore"), widget=widgets.FormWidget())
    for section in sections:
        root.children.extend(_children(section.questions, sent, (), ground))
    return root


def _ids(definition: FormDefinition, sections: Collection[Section]) -> frozenset[str]:
    shown = {section.id for section in sections}
    return frozenset(q.id for section, q, _ in places(definition) if section.id in shown)


def _section(
    section: Section, children: list[colander.SchemaNode], ground: Ground
) -> colander.SchemaNode:
    condition = ground.settle(section.when)
    furniture = Furniture(
        required=True,
        hint=section.hint,
        kind="section",
        name=f"phan.{section.id}",
        **_when(condition, ground),
    )
    return colander.SchemaNode(
        colander.Mapping(unknown="ignore"),
        *children,
        name=section.id,
        title=section.title,
        widget=widgets.GroupWidget(),
        furniture=furniture,
    )


def _when(condition: Condition, ground: Ground) -> dict[str, Any]:
    if condition == ALWAYS:
        return {"when": None, "when_note": None}
    told = json.dumps(condition_to_json(condition), ensure_ascii=False, separators=(",", ":"))
    note = sentence(ground.definition, condition, lead="Chỉ trả lời khi")
    return {"when": told, "when_note": f"{note}."}


def _children(
    questions: Sequence[Question], shape: Mapping[str, Any], path: Path, ground: Ground
) -> list[colander.SchemaNode]:
    nodes = []
    for question in questions:
        condition = ground.settle(question.when)
        if condition != NEVER:
            nodes.append(_node(question, condition, shape, (*path, question.id), ground))
    return nodes


def _node(
    question: Question, condition: Condition, shape: Mapping[str, Any], path: Path, ground: Ground
) -> colander.SchemaNode:
    furniture = Furniture(
        required=question.required or question.kind is Kind.STATEMENT or bool(question.formula),
        hint=question.hint or _USUAL_HINTS.get(question.kind),
        note=_note(question),
        unit=question.unit,
        autocomplete=question.autocomplete,
        kind=question.kind.value,
        name=control_name(path),
        **_when(condition, ground),
    )
    if question.kind is Kind.REPEAT:
        return _group(question, furniture, shape, path, ground)
    typ, widget = MAKERS[question.kind](question, ground.book)
    if question.formula is not None:
        widget = widgets.CalculatedWidget(question=question)
    return _named(typ, question.id, question.label, widget, furniture)


def _note(question: Question) -> str | None:
    usual = _USUAL_HINTS.get(question.kind) if question.hint else None
    return " ".join(one for one in (question.note, usual) if one) or None


def _named(
    typ: colander.SchemaType,
    name: str,
    title: str,
    widget: widgets.FieldWidget,
    furniture: Furniture,
) -> colander.SchemaNode:
    return colander.SchemaNode(
        typ, name=name, title=title, widget=widget, missing=_DROP, furniture=furniture
    )


def control_name(path: Path) -> str:
    """The name of a control: "member.0.name"."""
    return ".".join(str(step) for step in path)


def _group(
    question: Question,
    furniture: Furniture,
    shape: Mapping[str, Any],
    path: Path,
    ground: Ground,
) -> colander.SchemaNode:
    rows = _shapes(shape.get(question.id))
    if ground.blank_rows:
        rows += [{}] * (question.min_rows - len(rows))
    widget = widgets.RepeatWidget(
        item=question.item or "dòng", max_rows=question.max_rows, min_rows=question.min_rows
    )
    node = _named(Rows(unknown="ignore"), question.id, question.label, widget, furniture)
    for number, row in enumerate(rows):
        here = (*path, number)
        node.add(
            colander.SchemaNode(
                colander.Mapping(unknown="ignore"),
                *_children(question.questions, row, here, ground),
                name=str(number),
                title=row_title(question, number),
                widget=widgets.RowWidget(),
                furniture=Furniture(
                    name=control_name(here),
                    kind="row",
                    extra={"group": furniture.name, "group_label": question.label},
                ),
            )
        )
    return node


def _shapes(rows: Any) -> list[Mapping[str, Any]]:
    """Rows as a list, whether they are answers or were sent."""
    found = list(rows.values()) if isinstance(rows, Mapping) else list(rows or ())
    return [row if isinstance(row, Mapping) else {} for row in found]
