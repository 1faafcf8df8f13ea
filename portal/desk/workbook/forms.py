"""The form of an entry, made from its kind, and what was written in it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import colander

from content.people.models import Account
from content.procedures.forms.conditions import day
from content.workbook.checking import DUE, OWNER, TITLE, Given
from content.workbook.kinds import (
    MAX_LINE,
    MAX_PARAGRAPH,
    Due,
    EntryKind,
    Field,
    FieldType,
    Required,
)
from content.workbook.models import MAX_TITLE, WorkEntry
from portal.desk.workbook.words import REVISION
from portal.forms import fields
from portal.i18n import _

YEAR, KEY = "year", "key"
TO_FINISH = "cần có trước khi ghi “Đã xong”"
DAY_HINT = "Ghi ngày/tháng/năm, ví dụ 05/03/2026."
MAX_CODE = 60


def entry_schema(
    kind: EntryKind, people: Sequence[Account], years: Sequence[int] = ()
) -> colander.SchemaNode:
    """All that an entry of a kind is asked; ``years`` only for a new one."""
    nodes = [
        fields.hidden(REVISION),
        fields.hidden(KEY),
        fields.text(TITLE, kind.title, max_length=MAX_TITLE),
    ]
    if years:
        options = [(str(one), str(one)) for one in years]
        nodes.insert(2, fields.choice(YEAR, _("Của năm"), options, as_list=True))
    for field in kind.fields:
        nodes += _nodes(field)
    if kind.due is not Due.NONE:
        needed = kind.due is Due.REQUIRED
        nodes.append(fields.date(DUE, _("Hạn phải xong"), hint=DAY_HINT, required=needed))
    nodes.append(fields.choice(OWNER, _("Người phụ trách"), _owners(people), required=False))
    return fields.mapping(*nodes)


def _owners(people: Sequence[Account]) -> list[tuple[str, str]]:
    names = [one.name for one in people]
    return [
        (str(one.id), one.name if names.count(one.name) == 1 else f"{one.name} ({one.email})")
        for one in people
    ]


def _nodes(field: Field) -> list[colander.SchemaNode]:
    """What asks for a field; a yes-or-no question has a remark beside it."""
    if field.type is not FieldType.CHECK:
        return [_node(field)]
    remark = f"Ghi chú về “{field.heading}”"
    beside = fields.paragraph(
        field.remark,
        remark,
        max_length=MAX_PARAGRAPH,
        rows=2,
        required=False,
        optional=_("cần ghi khi trả lời “Không”"),
    )
    return [_node(field), beside]


def _node(field: Field) -> colander.SchemaNode:
    asked: dict[str, Any] = {
        "required": field.required is Required.ALWAYS,
        "hint": field.hint or None,
    }
    if field.required is Required.TO_FINISH:
        asked["optional"] = TO_FINISH
    name, label = field.name, field.label
    if field.choices:
        as_list = len(field.choices) >= fields.MAX_RADIOS
        return fields.choice(name, label, list(field.choices.items()), as_list=as_list, **asked)
    match field.type:
        case FieldType.PARAGRAPH:
            return fields.paragraph(name, label, max_length=MAX_PARAGRAPH, rows=4, **asked)
        case FieldType.NUMBER:
            return fields.integer(name, label, minimum=field.min, maximum=field.max, **asked)
        case FieldType.DAY:
            asked["hint"] = field.hint or DAY_HINT
            return fields.date(name, label, **asked)
        case _:
            limit = MAX_CODE if field.type in {FieldType.PROCEDURE, FieldType.DOSSIER} else MAX_LINE
            return fields.text(name, label, max_length=limit, **asked)


def given_in(kind: EntryKind, data: Mapping[str, Any]) -> Given:
    """What was written in the form."""
    names = [name for field in kind.fields for name in field.names]
    owner = data.get(OWNER)
    return Given(
        title=data[TITLE],
        values={name: data[name] or "" for name in names},
        owner_id=int(owner) if owner else None,
        due_on=_day(data.get(DUE)),
    )


def _day(text: str | None) -> date | None:
    return day(text) if text else None


def filled(entry: WorkEntry) -> dict[str, Any]:
    """What the form of an entry shows."""
    return {
        TITLE: entry.title,
        OWNER: str(entry.owner_id) if entry.owner_id else None,
        DUE: entry.due_on.isoformat() if entry.due_on else None,
        REVISION: str(entry.revision),
        **entry.values,
    }


def revision_in(data: Mapping[str, Any]) -> int:
    """The revision that the form was opened with; nonsense is none."""
    given = data.get(REVISION) or ""
    return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else -1
