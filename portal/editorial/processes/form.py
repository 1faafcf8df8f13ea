"""The form of a process: the cover, the steps as rows, the parts of the sheet.

Steps are told apart by their codes (B1, B2, …), so that rows may move. Shape only; what makes
a graph is said by ``content.processes.graph``.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

import colander
from pyramid.request import Request
from sqlalchemy import select

from content.people.models import MAX_NAME as MAX_PERSON
from content.people.models import Account, AccountKind
from content.people.roles import ROLE_NAMES, Role
from content.processes.graph import (
    MAX_NAME,
    MAX_RESULT,
    MAX_STEPS,
    PERFORMER_NAMES,
    Graph,
    Performer,
    Step,
)
from content.processes.models import MAX_CODE, MAX_UNDO_MINUTES, MAX_WORDS, ProcessVersion
from content.processes.service import Written
from content.processes.sheet import PARTS
from content.processes.sheet import Part as SheetPart
from content.words import plain
from portal.editorial.procedures.rows_form import Group, Part, RowsForm, Values
from portal.editorial.processes.words import keys
from portal.editorial.saving import number_of
from portal.forms import fields
from portal.i18n import _

_KEY = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")
_HOURS = re.compile(r"\d{1,5}(?:[.,]\d{1,2})?", re.ASCII)
_SEPARATORS = re.compile(r"[\s,;]+")
PERFORMERS = [(one.value, PERFORMER_NAMES[one]) for one in Performer]
_ROLES = {one.value for one in Performer} - {Performer.CITIZEN.value}


def officials(request: Request) -> dict[int, Account]:
    """People with a part in processes, by id."""
    query = select(Account).where(Account.kind == AccountKind.OFFICIAL, Account.is_active)
    found = request.db.scalars(query.order_by(Account.name, Account.id))
    return {one.id: one for one in found if _parts(one)}


def _parts(account: Account) -> list[Role]:
    found = {one.role for one in account.memberships if one.role.value in _ROLES}
    return sorted(found)


def make(request: Request, draft: ProcessVersion, people: Mapping[int, Account]) -> RowsForm:
    """The form, with the values of the draft."""
    named = [
        (str(one.id), f"{one.name} ({', '.join(ROLE_NAMES[r].lower() for r in _parts(one))})")
        for one in people.values()
    ]

    def parts() -> Sequence[Part]:
        return [
            fields.text("code", _("Mã số quy trình"), max_length=MAX_CODE, hint=_CODE_HINT),
            fields.date("effective_on", _("Ngày áp dụng"), required=False),
            Group("steps", _("Các bước"), _("bước"), lambda _row: _row_of(named), _HINT, MAX_STEPS),
            *_cover(),
            *[_sheet_part(one, draft.procedure.name) for one in PARTS],
            fields.hidden("revision"),
        ]

    action = request.route_path("editorial.process.version", id=draft.id)
    return RowsForm(request, parts, _("Lưu bản soạn"), values=shown(draft), action=action)


_CODE_HINT = _("Ví dụ: QT-TP-01.")
_HINT = _(
    "Bước đầu là nộp hồ sơ, bước cuối là lưu hồ sơ. Tổng số giờ các bước bằng thời hạn giải "
    "quyết, một ngày làm việc là 8 giờ; để trống giờ nếu bước không tính vào thời hạn. Bước tiếp "
    "theo để trống là bước ngay sau; nhiều hướng thì ghi các mã, ví dụ B5, B6."
)


def _row_of(named: Sequence[tuple[str, str]]) -> list[colander.SchemaNode]:
    return [
        fields.text("key", _("Mã bước"), max_length=40, validators=(_is_key,)),
        fields.text("name", _("Nội dung công việc"), max_length=MAX_NAME),
        fields.choice("performer", _("Trách nhiệm"), PERFORMERS, as_list=True),
        fields.choice("account", _("Chỉ một người (nếu có)"), named, required=False),
        fields.text(
            "hours",
            _("Thời gian (giờ)"),
            required=False,
            max_length=10,
            validators=(_is_hours,),
        ),
        fields.text("result", _("Biểu mẫu, kết quả"), required=False, max_length=MAX_RESULT),
        fields.text("next", _("Bước tiếp theo"), required=False, max_length=200),
        fields.text("returns_to", _("Được trả lại bước"), required=False, max_length=200),
    ]


def _cover() -> list[colander.SchemaNode]:
    return [
        fields.integer(
            "undo_minutes",
            _("Được rút lại lần chuyển bước trong (phút)"),
            minimum=0,
            maximum=MAX_UNDO_MINUTES,
        ),
        fields.text("author", _("Người soạn"), required=False, max_length=MAX_PERSON),
        fields.text("reviewer", _("Người soát xét"), required=False, max_length=MAX_PERSON),
        fields.text("approver", _("Người phê duyệt"), required=False, max_length=MAX_PERSON),
        fields.paragraph(
            "changes",
            _("Nội dung sửa đổi so với lần ban hành trước"),
            required=False,
            rows=3,
            max_length=MAX_WORDS,
        ),
    ]


def _sheet_part(one: SheetPart, procedure: str) -> colander.SchemaNode:
    usual = _("Để trống thì bản in ghi: ${words}") % {
        "words": one.usual.format(procedure=procedure)
    }
    return fields.paragraph(
        f"w_{one.key}", one.heading, required=False, rows=3, max_length=MAX_WORDS, hint=usual
    )


def _is_key(node: colander.SchemaNode, value: str) -> None:
    if not _KEY.fullmatch(value.strip().lower()):
        raise colander.Invalid(node, _("Mã bước gồm chữ không dấu và số, ví dụ B3."))


def _is_hours(node: colander.SchemaNode, value: str) -> None:
    if not _HOURS.fullmatch(value.strip()):
        raise colander.Invalid(node, _("Số giờ chưa đúng: ghi số không âm, ví dụ 4 hoặc 0,5."))


def shown(draft: ProcessVersion) -> Values:
    """A draft as the form shows it."""
    steps = draft.graph.steps
    rows = []
    for at, one in enumerate(steps):
        usual = (steps[at + 1].key,) if at + 1 < len(steps) else ()
        rows.append(
            {
                "key": one.key.upper(),
                "name": one.name,
                "performer": one.performer.value,
                "account": str(one.account_id) if one.account_id else None,
                "hours": None if one.hours is None else plain(one.hours),
                "result": one.result or None,
                "next": None if one.next == usual else keys(one.next),
                "returns_to": keys(one.returns_to) or None,
            }
        )
    return {
        "code": draft.code,
        "effective_on": draft.effective_on.isoformat() if draft.effective_on else None,
        "steps": rows,
        "undo_minutes": str(draft.undo_minutes),
        "author": draft.author or None,
        "reviewer": draft.reviewer or None,
        "approver": draft.approver or None,
        "changes": draft.changes or None,
        "revision": str(draft.revision),
        **{f"w_{key}": text for key, text in draft.words.items()},
    }


def written(data: Values) -> Written:
    """What the form says."""
    day = data["effective_on"]
    return Written(
        graph=graph_of(data["steps"]),
        code=data["code"],
        undo_minutes=int(data["undo_minutes"]),
        effective_on=date.fromisoformat(day) if day else None,
        changes=data["changes"] or "",
        author=data["author"] or "",
        reviewer=data["reviewer"] or "",
        approver=data["approver"] or "",
        words={one.key: data[f"w_{one.key}"] or "" for one in PARTS},
    )


def with_graph(said: Written, graph: Graph) -> Written:
    """The same with other steps."""
    return replace(said, graph=graph)


def graph_of(rows: Sequence[Mapping[str, Any]]) -> Graph:
    """The rows as steps; an empty "next" is the row below."""
    codes = [_code(row["key"]) for row in rows]
    below: list[tuple[str, ...]] = [(one,) for one in codes[1:]]
    return Graph(
        tuple(
            Step(
                key=code,
                name=row["name"],
                performer=Performer(row["performer"]),
                hours=_hours(row["hours"]),
                result=row["result"] or "",
                next=_codes(row["next"]) or usual,
                returns_to=_codes(row["returns_to"]),
                account_id=number_of(row["account"]),
            )
            for row, code, usual in zip(rows, codes, [*below, ()], strict=False)
        )
    )


def _code(text: str) -> str:
    return text.strip().lower()


def _codes(text: str | None) -> tuple[str, ...]:
    found = _SEPARATORS.split((text or "").strip().lower())
    return tuple(dict.fromkeys(one for one in found if one))


def _hours(text: str | None) -> Decimal | None:
    if not text:
        return None
    try:
        return Decimal(text.strip().replace(",", "."))
    except InvalidOperation:
        return Decimal("NaN")
