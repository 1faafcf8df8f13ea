"""A form of plain fields and groups of rows that grow, shrink and move without scripts.

Names in the page are the paths of the data (``fee.0.amount``), so problems of the domain
find their field. Pressing a row's button changes the page only: nothing is judged and
nothing is saved until the form's own button is pressed.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import colander
import deform
from pyramid.csrf import get_csrf_token
from pyramid.request import Request

from portal.editorial.procedures.widgets import MovingRow, MovingRows
from portal.forms import fields
from portal.forms.accessible import BaseForm, ButtonSpec, FormInvalid, deform_form
from portal.forms.controls import Furniture
from portal.forms.schema import Rows

ADD, REMOVE, UP, DOWN = "_them", "_bo", "_len", "_xuong"
BUTTONS = (ADD, REMOVE, UP, DOWN)
MAX_ROWS = 200
_PLACE = re.compile(r"\[(\d+)\]")
_ADDRESS = re.compile(r"([a-z_]+)\.(\d{1,4})", re.ASCII)

Nodes = Callable[[Mapping[str, Any]], list[colander.SchemaNode]]
Values = dict[str, Any]


@dataclass(frozen=True)
class Group:
    """A group of rows: the name of the list, its title, what one row is called, its fields."""

    name: str
    title: str
    item: str
    nodes: Nodes
    hint: str | None = None
    max_rows: int = MAX_ROWS


Part = Any  # a node or a Group; colander's nodes have no types


class RowsForm(BaseForm):
    """The form; ``make`` gives its parts afresh, since nodes belong to one form only.
    It posts to ``action``, by default to where it stands."""

    def __init__(
        self,
        request: Request,
        make: Callable[[], Sequence[Part]],
        submit: str,
        *more: ButtonSpec,
        values: Mapping[str, Any] | None = None,
        action: str = "",
    ) -> None:
        self._request = request
        self._action = action or request.path
        self._make = make
        self._submit = submit
        self._more = more
        self._build(values or {})
        self.deform.set_appstruct(_known(self.deform, values or {}))

    def fill(self, typed: Mapping[str, Any]) -> "RowsForm":
        """Show texts by the names of the page, as they were kept; returns itself."""
        sent = self._sent(_Texts(typed))
        self._show(sent)
        return self

    def pressed(self, post: Any) -> bool:
        """Whether a row's button was pressed; then the form shows the rows changed."""
        button = next((name for name in BUTTONS if name in post), None)
        if button is None:
            return False
        sent = self._sent(post)
        focus = _move(sent, button, str(post.get(button)), self._limits())
        self._show(sent)
        self.deform.focus_name = focus
        return True

    def accept(self, post: Any) -> Values:
        """The data of a POST. Raises ``FormInvalid``."""
        sent = self._sent(post)
        self._show(sent)
        found = self._judged(sent)
        if found is None:
            raise FormInvalid(self)
        return found

    def refuse(self, problems: Mapping[str, str]) -> FormInvalid:
        """Errors found after validation, by path (``fee[0].amount``) in words."""
        for path, words in problems.items():
            target = self._at(_PLACE.sub(r".\1", path))
            target.error = colander.Invalid(target.schema, words)
        return FormInvalid(self)

    def _judged(self, sent: Values) -> Values | None:
        try:
            return dict(self.deform.validate_pstruct(sent))
        except deform.ValidationFailure:
            return None

    def _at(self, name: str) -> Any:
        """The field of a path, or the nearest one that holds it."""
        target = self.deform
        for step in name.split("."):
            child = next((one for one in target.children if one.name == step), None)
            if child is None:
                break
            target = child
        return target

    def _show(self, sent: Values) -> None:
        self._build(sent)
        self.deform.set_pstruct(sent)

    def _build(self, shape: Mapping[str, Any]) -> None:
        parts = self._make()
        self._groups: list[Group] = [one for one in parts if isinstance(one, Group)]
        nodes = [_rows(one, shape) if isinstance(one, Group) else one for one in parts]
        kept = getattr(self, "deform", None)
        self.deform = deform_form(
            fields.mapping(*nodes),
            action=self._action,
            csrf_token=get_csrf_token(self._request),
            renderer=self._request.registry["form_renderer"],
            buttons=[("gui", "", self._submit, "primary"), *self._more],
        )
        self.formid = self.deform.formid
        if kept is not None:
            self.deform.data_attributes = kept.data_attributes

    def _limits(self) -> dict[str, int]:
        return {one.name: one.max_rows for one in self._groups}

    def _sent(self, post: Any) -> Values:
        """What was sent, shaped as the form is: texts, mappings, rows by number."""
        groups = {one.name: one for one in self._groups}
        sent: Values = {}
        for child in self.deform.schema.children:
            group = groups.get(child.name)
            if group is None:
                sent[child.name] = _read(child, child.name, post)
                continue
            rows = [
                _row(group, f"{child.name}.{number}", post)
                for number in _numbers(post, child.name, group.max_rows)
            ]
            sent[child.name] = {str(place): row for place, row in enumerate(rows)}
        return sent


class _Texts(dict[str, Any]):
    """Kept texts, asked as a POST is."""

    def getall(self, name: str) -> list[Any]:
        """The one text of a name."""
        return [self[name]] if name in self else []


def _rows(group: Group, shape: Mapping[str, Any]) -> colander.SchemaNode:
    given = shape.get(group.name) or ()
    rows = list(given.values()) if isinstance(given, Mapping) else list(given)
    node = colander.SchemaNode(
        Rows(unknown="ignore"),
        name=group.name,
        title=group.title,
        missing=[],
        widget=MovingRows(item=group.item, max_rows=group.max_rows),
        furniture=Furniture(required=True, hint=group.hint),
    )
    for place, row in enumerate(rows):
        node.add(
            colander.SchemaNode(
                colander.Mapping(unknown="ignore"),
                *group.nodes(row if isinstance(row, Mapping) else {}),
                name=str(place),
                title=f"{group.item[:1].upper()}{group.item[1:]} {place + 1}",
                widget=MovingRow(place=place, count=len(rows)),
                furniture=Furniture(required=True, kind="row"),
            )
        )
    return node


def _row(group: Group, name: str, post: Any) -> Values:
    was = {"was": _text(post, f"{name}.was")}
    return {one.name: _read(one, f"{name}.{one.name}", post) for one in group.nodes(was)}


def _read(node: colander.SchemaNode, name: str, post: Any) -> Any:
    if node.children:
        return {one.name: _read(one, f"{name}.{one.name}", post) for one in node.children}
    boxes = {
        key.removeprefix(f"{name}."): "1"
        for key in post
        if isinstance(key, str) and key.startswith(f"{name}.")
    }
    if boxes:
        return boxes
    return _text(post, name)


def _text(post: Any, name: str) -> Any:
    found = [one for one in post.getall(name) if isinstance(one, str)]
    return found[-1] if found else colander.null


def _numbers(post: Any, name: str, limit: int) -> list[int]:
    found = (_ADDRESS.match(key) for key in post if isinstance(key, str))
    return sorted({int(one[2]) for one in found if one and one[1] == name})[:limit]


def _move(sent: Values, button: str, target: str, limits: Mapping[str, int]) -> str | None:
    """Change the rows as the button says; the name of what gets the focus."""
    if button == ADD:
        if target not in limits or len(sent[target]) >= limits[target]:
            return None
        place = len(sent[target])
        sent[target][str(place)] = {}
        return f"{target}.{place}"
    found = _ADDRESS.fullmatch(target)
    if not found or found[1] not in limits:
        return None
    name, place = found[1], int(found[2])
    rows = list(sent[name].values())
    if place >= len(rows):
        return None
    row = rows.pop(place)
    if button != REMOVE:
        place = max(0, place - 1) if button == UP else min(len(rows), place + 1)
        rows.insert(place, row)
    sent[name] = {str(number): one for number, one in enumerate(rows)}
    return f"{name}.{min(place, len(rows) - 1)}" if rows else name


def _known(form: Any, values: Mapping[str, Any]) -> Values:
    """Values that the form has fields for; unknown and empty ones are left out."""
    shown: Values = {}
    for child in form.schema.children:
        value = _kept(values.get(child.name))
        if value is not None:
            shown[child.name] = value
    return shown


def _kept(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _kept(one) for name, one in value.items() if one is not None}
    if isinstance(value, list):
        return [_kept(one) for one in value]
    return value
