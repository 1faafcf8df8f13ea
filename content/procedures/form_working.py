"""Tables of the form builder: the wording being worked on, and recorded test answers.

A working wording may be incomplete and is never shown to applicants; publishing copies it
into ``form_bindings.FormDefinitionVersion``, which nothing alters.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from content.orm import Base, Document, Id, Versioned, reference
from content.procedures.form_bindings import MAX_KEY
from content.writing.texts import found_by_editors, strings_of

MAX_NAME = 200


@found_by_editors(
    "working_form",
    lambda one: str(one.definition.get("title", one.key)),
    lambda one: "\n".join(strings_of(one.definition)),
    lambda one: one.changed_at,
)
class WorkingForm(Versioned, Base):
    """The next wording of a form; ``based_on`` is the published number it began from.

    ``before`` is the wording before the last change, for who takes that back; ``writers`` are
    the accounts that wrote in it; ``touched`` says of each part (``forms.marks``) who changed
    it last: ``[account, instant]``.
    """

    __tablename__ = "working_form"

    id: Mapped[Id]
    key: Mapped[str] = mapped_column(String(MAX_KEY), unique=True)
    definition: Mapped[dict[str, Any]] = mapped_column(Document)
    before: Mapped[dict[str, Any] | None] = mapped_column(Document)
    based_on: Mapped[int | None] = mapped_column(Integer)
    changed_at: Mapped[datetime]
    changed_by: Mapped[int | None] = reference("account.id")
    writers: Mapped[list[Any]] = mapped_column(Document, default=list)
    touched: Mapped[dict[str, Any]] = mapped_column(Document, default=dict)


class RecordedAnswers(Base):
    """Test answers of a form and what they must lead to: "path:code" lines, none if valid."""

    __tablename__ = "form_recorded_answers"
    __table_args__ = (UniqueConstraint("key", "name"),)

    id: Mapped[Id]
    key: Mapped[str] = mapped_column(String(MAX_KEY), index=True)
    name: Mapped[str] = mapped_column(String(MAX_NAME))
    answers: Mapped[dict[str, Any]] = mapped_column(Document)
    expected: Mapped[list[Any]] = mapped_column(Document)
    recorded_at: Mapped[datetime]
