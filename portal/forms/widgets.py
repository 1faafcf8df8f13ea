"""deform widgets in our own markup. A widget shapes; it neither checks nor decides.

Each node may carry a ``furniture`` (see ``portal.forms.controls``).
"""

from collections.abc import Mapping, Sequence
from typing import Any

import colander
from deform.widget import Widget

from content.procedures.forms.definition import Question
from content.procedures.forms.display import show
from content.text import clean
from portal.forms.controls import control_of
from portal.forms.messages import size_name
from portal.forms.typed import has_bad_characters, read_number


def presentable(value: Any) -> Any:
    """The value as a page can carry it: what cannot be encoded or read is left out."""
    if isinstance(value, str) and has_bad_characters(value):
        return clean(value, multiline=True)
    return value


class FieldWidget(Widget):
    """Base of ours: a template, the control, the value; reads one text."""

    template = "text"
    #: More words for the template.
    extra: Mapping[str, Any] = {}

    def serialize(self, field: Any, cstruct: Any, **kw: Any) -> Any:
        """See deform."""
        value = presentable(None if cstruct is colander.null else cstruct)
        words = {"c": control_of(field), "value": value, "field": field, **self.extra}
        return field.renderer(self.template, **words, **self.words(field, value))

    def words(self, field: Any, value: Any) -> Mapping[str, Any]:
        """What the template of a subclass needs besides."""
        return {}

    def deserialize(self, field: Any, pstruct: Any) -> Any:
        """One text, or nothing: lists and files sent by hand are no text."""
        return pstruct if isinstance(pstruct, str) and pstruct else colander.null


class TextWidget(FieldWidget):
    """One line. ``type``, ``inputmode``, ``short`` and ``maxlength`` as in HTML."""

    template = "text"
    type = "text"
    inputmode: str | None = None
    short = False
    maxlength: int | None = None

    def words(self, field: Any, value: Any) -> Mapping[str, Any]:
        """See the base."""
        return {
            "type": self.type,
            "inputmode": self.inputmode,
            "short": self.short,
            "maxlength": self.maxlength,
        }


class PasswordWidget(TextWidget):
    """A password: never written back into the page, never trimmed."""

    type = "password"

    def serialize(self, field: Any, cstruct: Any, **kw: Any) -> Any:
        """See deform; the value stays out."""
        return super().serialize(field, colander.null, **kw)


class ParagraphWidget(FieldWidget):
    """Several lines."""

    template = "paragraph"
    rows = 5
    maxlength: int | None = None

    def words(self, field: Any, value: Any) -> Mapping[str, Any]:
        """See the base."""
        return {"rows": self.rows, "maxlength": self.maxlength}


class HiddenWidget(FieldWidget):
    """Carried along, not shown."""

    template = "hidden"
    hidden = True


class PickerWidget(FieldWidget):
    """Files to choose; the view reads them itself, for no text stands for a file."""

    template = "picker"
    accept = ""
    multiple = False

    def words(self, field: Any, value: Any) -> Mapping[str, Any]:
        """See the base."""
        return {"accept": self.accept, "multiple": self.multiple}


class ChoiceWidget(FieldWidget):
    """One of few: radio buttons, or a list when there are many or none is allowed.

    ``options`` is a sequence of (value, label).
    """

    options: Sequence[tuple[str, str]] = ()
    as_list = False
    template = "choice"

    def serialize(self, field: Any, cstruct: Any, **kw: Any) -> Any:
        """See deform."""
        value = None if cstruct is colander.null else cstruct
        template = "select" if self.as_list else "choice"
        words = {"c": control_of(field), "value": value, "options": self.options}
        return field.renderer(template, **words)


class ChoicesWidget(ChoiceWidget):
    """Several of few: check boxes."""

    def serialize(self, field: Any, cstruct: Any, **kw: Any) -> Any:
        """See deform."""
        value = () if cstruct is colander.null else tuple(cstruct)
        words = {"c": control_of(field), "value": value, "options": self.options}
        return field.renderer("choices", **words)

    def deserialize(self, field: Any, pstruct: Any) -> Any:
        """The texts among what was sent."""
        sent = pstruct if isinstance(pstruct, (list, tuple)) else [pstruct]
        return [one for one in sent if isinstance(one, str) and one] or colander.null


class CheckboxWidget(FieldWidget):
    """One box to tick; colander's ``Boolean`` reads it."""

    template = "checkbox"

    def deserialize(self, field: Any, pstruct: Any) -> Any:
        """Ticked or not."""
        return "true" if pstruct not in (colander.null, "", None, "false") else "false"


class AddressWidget(FieldWidget):
    """Province, commune and the line below; ``book`` gives the lists."""

    template = "address"
    book: Any = None
    abroad: tuple[str, str] | None = None

    def words(self, field: Any, value: Any) -> Mapping[str, Any]:
        """The lists for what is chosen now."""
        value = value or {}
        province = value.get("province", "")
        communes = self.book.communes(province) if province else ()
        return {
            "provinces": self.book.provinces(),
            "communes": communes,
            "abroad": self.abroad,
            "wrong": getattr(field, "wrong_part", None),
        }

    def deserialize(self, field: Any, pstruct: Any) -> Any:
        """The three parts as texts."""
        if not isinstance(pstruct, Mapping):
            return colander.null
        parts = {key: part for key, part in pstruct.items() if isinstance(part, str) and part}
        return parts or colander.null


class FileWidget(FieldWidget):
    """Files kept so far, each with a button to leave it out, and room for more."""

    template = "file"
    accept = ""
    types = ""
    max_bytes = 0
    max_files = 1

    def words(self, field: Any, value: Any) -> Mapping[str, Any]:
        """See the base."""
        return {
            "accept": self.accept,
            "types": self.types,
            "max_bytes": self.max_bytes,
            "max_size": size_name(self.max_bytes),
            "sizes": [size_name(one["size"]) for one in value or ()],
            "max_files": self.max_files,
        }

    def deserialize(self, field: Any, pstruct: Any) -> Any:
        """The answers that the uploads gave; nothing else is a file."""
        return pstruct if isinstance(pstruct, list) and pstruct else colander.null


class StatementWidget(FieldWidget):
    """Words to read; nothing is answered."""

    template = "statement"

    def deserialize(self, field: Any, pstruct: Any) -> Any:
        """Never anything."""
        return colander.null


class CalculatedWidget(StatementWidget):
    """A number worked out from other answers: shown, never typed."""

    template = "calculated"
    #: The question, which knows how its number reads.
    question: Question

    def words(self, field: Any, value: Any) -> Mapping[str, Any]:
        """See the base."""
        return {"said": show(self.question, read_number(value)) if value else None}


class GroupWidget(FieldWidget):
    """Children within a fieldset (or bare, for the whole form)."""

    category = "structural"
    template = "group"

    def serialize(self, field: Any, cstruct: Any, **kw: Any) -> Any:
        """See deform; the children render themselves."""
        words = {"c": control_of(field), "field": field, **self.extra}
        return field.renderer(self.template, **words, **self.words(field, cstruct))

    def deserialize(self, field: Any, pstruct: Any) -> Any:
        """Each child reads its part; nothing raises, unknown parts vanish."""
        parts = pstruct if isinstance(pstruct, Mapping) else {}
        return {
            child.name: child.deserialize(parts.get(child.name, colander.null))
            for child in field.children
        }


class RepeatWidget(GroupWidget):
    """The rows of a repeat group with their buttons; works without scripts."""

    template = "repeat"
    item = "dòng"
    max_rows = 50
    min_rows = 0

    def words(self, field: Any, value: Any) -> Mapping[str, Any]:
        """See the base."""
        return {"item": self.item, "max_rows": self.max_rows, "min_rows": self.min_rows}


class RowWidget(GroupWidget):
    """One row of a repeat group."""

    template = "row"


class FormWidget(GroupWidget):
    """The form itself: summary of errors, fields, buttons."""

    template = "form"
