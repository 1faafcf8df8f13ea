"""The kinds of entries and their fields: one table, ``kinds.json``, and what its words mean.

A new small book is a new record there: lists, forms, paper, spreadsheets and reminders are made
from it. Nothing here knows entries.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Any

from content.agencies.models import AgencyKind
from content.errors import NotFound
from content.people.roles import DESK_ROLES, Role
from content.workbook.measures import MEASURES

TABLE = Path(__file__).with_name("kinds.json")

MAX_LINE = 300
MAX_PARAGRAPH = 4_000
#: What is added to the name of a yes-or-no question for the remark beside it.
REMARK = "_remark"
YES_NO = (("yes", "Có"), ("no", "Không"))


class FieldType(StrEnum):
    """How a field is asked and kept. Everything is kept as text."""

    TEXT = "text"
    PARAGRAPH = "paragraph"
    DAY = "day"
    NUMBER = "number"
    CHOICE = "choice"
    #: Yes or no, with a remark that "no" has to have.
    CHECK = "check"
    #: The code of something that must be there.
    PROCEDURE = "procedure"
    DOSSIER = "dossier"
    MEASURE = "measure"


class Required(StrEnum):
    """When a field must be filled in."""

    ALWAYS = "always"
    #: Before the entry is marked as done.
    TO_FINISH = "to_finish"
    NEVER = "never"


class Due(StrEnum):
    """Whether entries of a kind have a day by which they must be done."""

    REQUIRED = "required"
    OPTIONAL = "optional"
    NONE = "none"


@dataclass(frozen=True)
class Field:
    """One field. ``column``: lists show it; ``short`` is its heading where room is scarce."""

    name: str
    label: str
    type: FieldType
    required: Required = Required.NEVER
    hint: str = ""
    short: str = ""
    options: tuple[tuple[str, str], ...] = ()
    min: int | None = None
    max: int | None = None
    not_before: str | None = None
    not_future: bool = False
    column: bool = False

    @property
    def heading(self) -> str:
        """Its words above a column."""
        return self.short or self.label

    @property
    def remark(self) -> str:
        """Under which name the remark of a yes-or-no question is kept."""
        return self.name + REMARK

    @property
    def names(self) -> tuple[str, ...]:
        """Under which names it keeps something."""
        return (self.name, self.remark) if self.type is FieldType.CHECK else (self.name,)

    @cached_property
    def choices(self) -> dict[str, str]:
        """What may be chosen, with its words; empty where everything may be written."""
        if self.type is FieldType.MEASURE:
            return {one.key: f"{one.label} ({one.unit})" for one in MEASURES}
        return dict(YES_NO if self.type is FieldType.CHECK else self.options)


@dataclass(frozen=True)
class EntryKind:
    """One kind of entries.

    ``symbol`` stands before the number, ``title`` is what its title is called. ``reaches_down``:
    those of an agency above may write for a unit. ``once`` lists the fields that, with unit and
    year, may stand only once; ``None`` means any number.
    """

    key: str
    slug: str
    name: str
    symbol: str
    about: str
    title: str
    fields: tuple[Field, ...]
    due: Due = Due.OPTIONAL
    children: tuple[str, ...] = ()
    readers: frozenset[Role] = DESK_ROLES
    writers: frozenset[Role] = DESK_ROLES
    reaches_down: bool = False
    unit_kinds: frozenset[AgencyKind] = frozenset()
    once: tuple[str, ...] | None = None
    compared: bool = False

    @cached_property
    def by_name(self) -> dict[str, Field]:
        """Its fields by name."""
        return {one.name: one for one in self.fields}

    @property
    def columns(self) -> tuple[Field, ...]:
        """The fields that lists show."""
        return tuple(one for one in self.fields if one.column)

    @property
    def checks(self) -> tuple[Field, ...]:
        """Its yes-or-no questions."""
        return tuple(one for one in self.fields if one.type is FieldType.CHECK)

    @property
    def is_confidential(self) -> bool:
        """Whether not every officer of the unit reads it."""
        return self.readers != DESK_ROLES

    def may_be_of(self, unit: AgencyKind) -> bool:
        """Whether units of this sort have such entries."""
        return not self.unit_kinds or unit in self.unit_kinds


def _field(given: Mapping[str, Any]) -> Field:
    more = {
        **given,
        "type": FieldType(given["type"]),
        "required": Required(given.get("required", Required.NEVER)),
        "options": tuple((value, words) for value, words in given.get("options", ())),
    }
    return Field(**more)


def _kind(given: Mapping[str, Any]) -> EntryKind:
    more = dict(given)
    for name in ("readers", "writers"):
        if name in given:
            more[name] = frozenset(Role(one) for one in given[name])
    more["unit_kinds"] = frozenset(AgencyKind(one) for one in given.get("unit_kinds", ()))
    more["fields"] = tuple(_field(one) for one in given["fields"])
    more["children"] = tuple(given.get("children", ()))
    more["due"] = Due(given.get("due", Due.OPTIONAL))
    more["once"] = tuple(given["once"]) if "once" in given else None
    return EntryKind(**more)


#: In the order of the table. A word it does not know is an error at start, not a silent field.
KINDS: tuple[EntryKind, ...] = tuple(map(_kind, json.loads(TABLE.read_text("utf-8"))))
BY_KEY: Mapping[str, EntryKind] = {one.key: one for one in KINDS}
BY_SLUG: Mapping[str, EntryKind] = {one.slug: one for one in KINDS}


def kind_at(slug: str) -> EntryKind:
    """The kind of an address. Raises ``NotFound``."""
    found = BY_SLUG.get(slug)
    if found is None:
        raise NotFound("book")
    return found
