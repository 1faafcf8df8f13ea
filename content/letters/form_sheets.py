"""Forms on paper: filled in on the site ("Điền và in") or empty, with lines to write on.

A sheet is built from a form's items and says so; it never claims to be the issued form.
Where a value is unknown the sheet leaves room to write it by hand, so one template serves both.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import ClassVar

from content.letters.values import Check

#: Wider groups are printed one row under the other.
MAX_COLUMNS = 6

BUILT_FROM_ITEMS = (
    "Tờ này được tạo từ các mục của mẫu để tiện điền và in, không thay thế mẫu do cơ quan "
    "có thẩm quyền ban hành."
)


@dataclass(frozen=True, kw_only=True)
class Line:
    """One item: its label and its value in words, None or "" where it is to be written.

    ``kind`` shapes the room to write in: "text", "paragraph", "date", "choice", "choices",
    "file"; any other is taken as text. ``options`` are the answers to tick on paper.
    ``hint`` and ``condition`` are printed only where the item is to be written.
    """

    label: str
    value: str | None = None
    kind: str = "text"
    options: tuple[str, ...] = ()
    hint: str = ""
    condition: str = ""

    def in_words(self) -> dict[str, object]:
        return {
            "is": "line",
            "label": self.label,
            "value": self.value or "",
            "kind": self.kind,
            "options": self.options,
            "hint": self.hint,
            "condition": self.condition,
        }


@dataclass(frozen=True, kw_only=True)
class Statement:
    """A text between the items, to be read only; ``condition`` says for whom."""

    text: str
    condition: str = ""

    def in_words(self) -> dict[str, object]:
        return {"is": "statement", "text": self.text, "condition": self.condition}


@dataclass(frozen=True, kw_only=True)
class GroupRow:
    """One row of a repeat group: "Thành viên 2" and its items."""

    title: str
    items: tuple["Item", ...]


@dataclass(frozen=True, kw_only=True)
class Group:
    """A repeat group; a table where every row has the same few items, else a list of rows."""

    title: str
    rows: tuple[GroupRow, ...] = ()
    condition: str = ""

    @property
    def columns(self) -> tuple[str, ...]:
        """Heads of the table, none where the group does not fit into one."""
        heads = {
            tuple(item.label if isinstance(item, Line) else "" for item in row.items)
            for row in self.rows
        }
        if len(heads) != 1:
            return ()
        labels = heads.pop()
        return labels if len(labels) <= MAX_COLUMNS and all(labels) else ()

    def in_words(self) -> dict[str, object]:
        return {
            "is": "group",
            "title": self.title,
            "condition": self.condition,
            "columns": self.columns,
            "rows": [
                {"title": row.title, "items": [item.in_words() for item in row.items]}
                for row in self.rows
            ],
        }


Item = Line | Statement | Group


@dataclass(frozen=True, kw_only=True)
class FormSection:
    """A titled part of the form; ``condition`` says who fills it in."""

    title: str
    items: tuple[Item, ...]
    condition: str = ""


@dataclass(frozen=True, kw_only=True)
class Closing:
    """How a form ends: the declaration, place and date, who signs; room to write where empty."""

    declaration: str = ""
    place_date: str = ""
    signer_title: str = "Người khai"
    signer_name: str = ""


@dataclass(frozen=True, kw_only=True)
class FormSheet:
    """A form as a sheet of paper.

    ``note`` must say that it does not replace the issued form. ``addressee`` stands after
    "Kính gửi"; ``reference`` (a look-up code, for example) under the title. An example of
    how to fill it in is marked "MẪU" (TT 01/2018/TT-VPCP, article 5).
    """

    template: ClassVar[str] = "form_sheet"
    title: str
    sections: tuple[FormSection, ...]
    made_at: datetime
    form_code: str = ""
    addressee: str = ""
    reference: str = ""
    note: str = BUILT_FROM_ITEMS
    closing: Closing = Closing()
    sample: bool = False
    is_example: bool = False

    def __post_init__(self) -> None:
        check = Check().needs(title=self.title, sections=self.sections, note=self.note)
        check.aware(made_at=self.made_at).done()

    def sheet(self) -> dict[str, object]:
        """The words of the form, for its template."""
        return {
            "title": self.title,
            "form_code": self.form_code,
            "addressee": self.addressee,
            "reference": self.reference,
            "sections": [_section_words(section) for section in self.sections],
            "note": self.note,
            "closing": asdict(self.closing),
            "sample": self.sample,
            "example": self.is_example,
        }


def _section_words(section: FormSection) -> dict[str, object]:
    return {
        "title": section.title,
        "condition": section.condition,
        "items": _all_words(section.items),
    }


def _all_words(items: Iterable[Item]) -> list[dict[str, object]]:
    return [item.in_words() for item in items]
