"""colander types that clean what arrives.

Every text is normalised (NFC), trimmed and free of what no keyboard types; bad
characters are an error at the field, never a failure of the server.
"""

from collections.abc import Callable
from typing import Any

import colander

from content.procedures.forms.conditions import number
from content.procedures.forms.display import show_day, show_number
from portal.forms import typed

BAD_CHARACTERS = "Mục này có ký tự không đọc được; ông/bà vui lòng gõ lại."


class CleanText(colander.SchemaType):
    """A text; ``read`` turns what was typed into what is kept.

    With ``strict`` bad characters are refused; else they are cleaned away, for
    forms that name them otherwise.
    """

    def __init__(
        self, read: Callable[[str], str] = typed.read_line, *, strict: bool = True
    ) -> None:
        self.read = read
        self.strict = strict

    def serialize(self, node: colander.SchemaNode, appstruct: Any) -> Any:
        """The text as it stands in the control."""
        return colander.null if appstruct in (colander.null, None) else self.show(str(appstruct))

    def show(self, value: str) -> str:
        """A stored value as people type it."""
        return value

    def deserialize(self, node: colander.SchemaNode, cstruct: Any) -> Any:
        """The text to keep. Raises ``colander.Invalid`` on bad characters."""
        if not isinstance(cstruct, str):
            return colander.null
        if self.strict and typed.has_bad_characters(cstruct):
            raise colander.Invalid(node, BAD_CHARACTERS, value=self.read(cstruct))
        return self.read(cstruct) or colander.null

    def cstruct_children(self, node: colander.SchemaNode, cstruct: Any) -> list[Any]:
        """A text has no parts."""
        return []


class DayText(CleanText):
    """A date: ISO when kept, dd/mm/yyyy when shown, as typed when unreadable."""

    def __init__(self, *, strict: bool = True) -> None:
        super().__init__(typed.read_day, strict=strict)

    def show(self, value: str) -> str:
        """See the base."""
        return show_day(value)


class NumberText(CleanText):
    """A number: canonical when kept, "1234,5" when shown, as typed when unreadable."""

    def __init__(self, *, strict: bool = True) -> None:
        super().__init__(typed.read_number, strict=strict)

    def show(self, value: str) -> str:
        """See the base."""
        found = number(value)
        return value if found is None else show_number(found, grouped=False)


class Secret(CleanText):
    """A password: kept exactly as typed, only refused when it cannot be text."""

    def __init__(self) -> None:
        super().__init__(lambda raw: raw)


class Kept(colander.SchemaType):
    """A value passed on as it is: addresses, files, choices."""

    def serialize(self, node: colander.SchemaNode, appstruct: Any) -> Any:
        """Unchanged."""
        return appstruct

    def deserialize(self, node: colander.SchemaNode, cstruct: Any) -> Any:
        """Unchanged."""
        return cstruct

    def cstruct_children(self, node: colander.SchemaNode, cstruct: Any) -> list[Any]:
        """No parts of its own."""
        return []
