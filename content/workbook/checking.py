"""What must hold of an entry, by the table of kinds: asked of forms, imports and samples alike."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from content.dossiers.models import Dossier
from content.people.models import Account, AccountKind, Membership
from content.procedures.forms.conditions import day, number
from content.procedures.models import Procedure
from content.text import clean
from content.workbook.kinds import Due, EntryKind, Field, FieldType, Required

#: Where the codes stand; a procedure's identity is its national code, else its local one.
_CODES = {FieldType.PROCEDURE: Procedure.identity, FieldType.DOSSIER: Dossier.code}
TITLE, DUE, OWNER = "title", "due_on", "owner_id"
NO = "no"


@dataclass(frozen=True)
class Given:
    """What somebody wrote for an entry; ``values`` by the names of the kind's fields."""

    title: str
    values: Mapping[str, Any]
    owner_id: int | None = None
    due_on: date | None = None


def tidy(kind: EntryKind, values: Mapping[str, Any]) -> dict[str, str]:
    """What is kept: known names only, as clean text, without what is empty."""
    names = [name for field in kind.fields for name in field.names]
    kept = {name: clean(str(values.get(name) or ""), multiline=True) for name in names}
    return {name: text for name, text in kept.items() if text}


def problems(kind: EntryKind, given: Given, today: date, *, finishing: bool) -> dict[str, str]:
    """What is wrong, by field; ``finishing`` asks for all that a finished entry must say."""
    found: dict[str, str] = {}
    if not clean(given.title):
        found[TITLE] = "required"
    if given.due_on is None and kind.due is Due.REQUIRED:
        found[DUE] = "required"
    for field in kind.fields:
        for name, code in _wrong(field, given.values, today, finishing=finishing):
            found.setdefault(name, code)
    return found


def unfinished(kind: EntryKind, given: Given, today: date) -> list[Field]:
    """The fields that keep an entry from being marked as done."""
    wrong = problems(kind, given, today, finishing=True)
    return [one for one in kind.fields if set(one.names) & set(wrong)]


def _wrong(
    field: Field, values: Mapping[str, Any], today: date, *, finishing: bool
) -> Iterator[tuple[str, str]]:
    text = str(values.get(field.name) or "")
    needed = field.required is Required.ALWAYS
    if not text:
        if needed or (finishing and field.required is Required.TO_FINISH):
            yield field.name, "required"
        return
    if field.choices and text not in field.choices:
        yield field.name, "unknown"
    if field.type is FieldType.CHECK and text == NO and not values.get(field.remark):
        yield field.remark, "remark_needed"
    if field.type is FieldType.DAY:
        yield from _wrong_day(field, text, values, today)
    if field.type is FieldType.NUMBER:
        yield from _wrong_number(field, text)


def _wrong_day(
    field: Field, text: str, values: Mapping[str, Any], today: date
) -> Iterator[tuple[str, str]]:
    found = day(text)
    if found is None:
        yield field.name, "not_a_day"
        return
    if field.not_future and found > today:
        yield field.name, "in_the_future"
    first = day(str(values.get(field.not_before) or "")) if field.not_before else None
    if first is not None and found < first:
        yield field.name, "before_other"


def _wrong_number(field: Field, text: str) -> Iterator[tuple[str, str]]:
    found = number(text)
    if found is None or found != found.to_integral_value():
        yield field.name, "not_a_number"
    elif (field.min is not None and found < field.min) or (
        field.max is not None and found > field.max
    ):
        yield field.name, "out_of_range"


def unknown_to_others(
    session: Session, kind: EntryKind, given: Given, unit_ids: frozenset[int]
) -> dict[str, str]:
    """What names something that is not there: a procedure, an owner of the unit or above it
    (``unit_ids``)."""
    found = {}
    for field in kind.fields:
        code = given.values.get(field.name)
        column = _CODES.get(field.type)
        if code and column is not None and session.scalar(select(1).where(column == code)) is None:
            found[field.name] = f"no_{field.type}"
    if given.owner_id is not None:
        known = {one.id for one in owners(session, unit_ids)}
        if given.owner_id not in known:
            found[OWNER] = "not_here"
    return found


def owners(session: Session, unit_ids: frozenset[int]) -> list[Account]:
    """Who may be given an entry of a unit: officials of the unit and of those above it."""
    query = (
        select(Account)
        .join(Membership)
        .where(
            Membership.agency_id.in_(unit_ids),
            Account.is_active,
            Account.kind == AccountKind.OFFICIAL,
        )
        .order_by(Account.name, Account.id)
        .distinct()
    )
    return list(session.scalars(query))
