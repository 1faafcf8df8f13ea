"""What a form asks: sections (the steps), questions, limits and options.

Values only: a definition is immutable and says nothing about how it is shown.
Answers to it are plain JSON, keyed by question id:

========================= ======================================================
text, paragraph, e-mail   ``str``
number                    ``str``, canonical decimal ("1234.5")
date                      ``str``, ISO ("2026-02-01")
national id, phone        ``str``, digits (a passport keeps its letters)
choice                    ``str``, the option's value
choices                   ``list[str]`` in the order of the options
address                   ``{"province", "province_name", "commune",
                          "commune_name", "detail"}``; codes and the names of
                          the day of filing
file                      ``list[{"token", "name", "size", "type", "digest"}]``
repeat                    ``list`` of answers, one per row
statement                 never answered
number with a formula     worked out from other answers, never typed
========================= ======================================================

What a person typed and nobody could read stays as typed, and ``check`` names it.
"""

import enum
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from content.procedures.forms.conditions import Condition
from content.procedures.forms.formulas import Formula

Answers = Mapping[str, Any]
Path = tuple[str | int, ...]

MAX_DEPTH = 3
TEXT_MAX = 300
PARAGRAPH_MAX = 5_000
MAX_ROWS = 50
MAX_FILES = 10
MAX_FILE_BYTES = 10 * 1024 * 1024

#: The province code of an address outside Viet Nam.
ABROAD = "00"


class Kind(enum.StrEnum):
    """The types of questions."""

    TEXT = "text"
    PARAGRAPH = "paragraph"
    NUMBER = "number"
    DATE = "date"
    NATIONAL_ID = "national_id"
    PHONE = "phone"
    EMAIL = "email"
    CHOICE = "choice"
    CHOICES = "choices"
    ADDRESS = "address"
    FILE = "file"
    REPEAT = "repeat"
    STATEMENT = "statement"


WITH_OPTIONS = frozenset({Kind.CHOICE, Kind.CHOICES})
OF_TEXT = frozenset({Kind.TEXT, Kind.PARAGRAPH, Kind.EMAIL, Kind.PHONE, Kind.NATIONAL_ID})

#: What may stand in a file question: type name → (endings, MIME type).
FILE_TYPES: Mapping[str, tuple[tuple[str, ...], str]] = {
    "pdf": ((".pdf",), "application/pdf"),
    "jpeg": ((".jpg", ".jpeg"), "image/jpeg"),
    "png": ((".png",), "image/png"),
    "docx": (
        (".docx",),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    "xlsx": ((".xlsx",), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "zip": ((".zip",), "application/zip"),
}
USUAL_FILE_TYPES = ("pdf", "jpeg", "png")

#: Papers that a national-id question may take, by name.
IDENTITY_PAPERS = ("cccd", "cmnd", "passport", "tax_code")


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to choose: what is stored and what is read."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of an answer; those that do not fit the kind are refused.

    Lengths count characters, sizes bytes. ``earliest`` and ``latest`` are ISO dates
    or "today". ``grouped`` says whether thousands get a dot (years do not).
    """

    min_length: int | None = None
    max_length: int | None = None
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    decimals: int | None = None
    grouped: bool | None = None
    earliest: str | None = None
    latest: str | None = None
    min_items: int | None = None
    max_items: int | None = None
    max_files: int | None = None
    max_bytes: int | None = None
    file_types: tuple[str, ...] | None = None
    papers: tuple[str, ...] | None = None
    detail_required: bool | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """One question. ``id`` is stable between versions and unique in the definition.

    ``pattern`` must match the whole text, else ``message`` is shown; ``required_message``
    is shown where nothing was answered. ``born`` and
    ``sex`` name the questions with which a national id must agree. ``item`` is the
    word for one row of a repeat group ("thành viên"). ``formula`` works a number out of
    earlier answers, so nobody types it. ``stop``: while this statement is shown the form
    cannot be sent, and its label says why. ``basis`` is the legal basis for asking.
    """

    id: str
    kind: Kind
    label: str
    hint: str | None = None
    note: str | None = None
    required: bool = False
    options: tuple[Option, ...] = ()
    limits: Limits = field(default_factory=Limits)
    when: Condition | None = None
    pattern: str | None = None
    message: str | None = None
    required_message: str | None = None
    unit: str | None = None
    item: str | None = None
    autocomplete: str | None = None
    born: str | None = None
    sex: str | None = None
    basis: str | None = None
    stop: bool = False
    formula: Formula | None = None
    questions: tuple["Question", ...] = ()

    def option_label(self, value: str) -> str:
        """What people read for a stored option; the value itself if it is unknown."""
        return next((o.label for o in self.options if o.value == value), value)

    @property
    def min_rows(self) -> int:
        """How many rows a repeat group must have."""
        return max(self.limits.min_items or 0, 1 if self.required else 0)

    @property
    def max_rows(self) -> int:
        """How many rows a repeat group may have."""
        return self.limits.max_items or MAX_ROWS


@dataclass(frozen=True, slots=True)
class Section:
    """A step of the form."""

    id: str
    title: str
    questions: tuple[Question, ...]
    hint: str | None = None
    when: Condition | None = None


@dataclass(frozen=True, slots=True)
class FeeRule:
    """A line to pay while ``when`` holds: ``amount`` đồng, ``times`` a number answered.

    ``kind`` is "phí" or "lệ phí" (Law 97/2015 on fees and charges).
    """

    label: str
    amount: int
    kind: str = "lệ phí"
    times: str | None = None
    when: Condition | None = None


@dataclass(frozen=True, slots=True)
class FormDefinition:
    """A whole form, bound to the procedures by their codes.

    ``source_note`` tells people what it was built from and that it does not replace
    the issued form.
    """

    id: str
    title: str
    sections: tuple[Section, ...]
    form_code: str | None = None
    procedure_codes: tuple[str, ...] = ()
    source_note: str | None = None
    fees: tuple[FeeRule, ...] = ()

    def section(self, section_id: str) -> Section:
        """The section of that id. Raises ``KeyError``."""
        for section in self.sections:
            if section.id == section_id:
                return section
        raise KeyError(section_id)

    def question(self, question_id: str) -> Question:
        """The question of that id, in whatever group. Raises ``KeyError``."""
        for _, question, _ in places(self):
            if question.id == question_id:
                return question
        raise KeyError(question_id)


def places(
    definition: FormDefinition,
) -> Iterator[tuple[Section, Question, tuple[str, ...]]]:
    """Every question in order, with its section and the groups around it."""
    for section in definition.sections:
        for question, groups in _nested(section.questions, ()):
            yield section, question, groups


def _nested(
    questions: tuple[Question, ...], groups: tuple[str, ...]
) -> Iterator[tuple[Question, tuple[str, ...]]]:
    for question in questions:
        yield question, groups
        yield from _nested(question.questions, (*groups, question.id))
