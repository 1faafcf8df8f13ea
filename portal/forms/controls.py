"""What stands around a control – label, hint, error – and how it is named.

Names and ids come from the path of the node, so they are the same on every
rendering and unique on the page.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import colander

OPTIONAL = "không bắt buộc"


@dataclass(frozen=True, slots=True)
class Furniture:
    """What stands around a control.

    ``when`` is a condition as JSON text for the browser, ``when_note`` the same in
    words for people without scripts. ``optional`` is said beside what may be left empty.
    """

    required: bool = False
    optional: str = OPTIONAL
    hint: str | None = None
    note: str | None = None
    unit: str | None = None
    autocomplete: str | None = None
    when: str | None = None
    when_note: str | None = None
    kind: str = "text"
    name: str | None = None
    extra: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Control:
    """Everything a template needs to know of one field."""

    id: str
    name: str
    label: str
    error: str | None
    furniture: Furniture
    focused: bool = False

    @property
    def hint_id(self) -> str | None:
        """The id of the hint, if there is one to show."""
        shown = self.furniture.hint or self.furniture.note or self.furniture.when_note
        return f"{self.id}--goi-y" if shown else None

    @property
    def error_id(self) -> str | None:
        """The id of the error, if there is one."""
        return f"{self.id}--loi" if self.error else None

    @property
    def described_by(self) -> str | None:
        """The value of ``aria-describedby``."""
        return " ".join(one for one in (self.hint_id, self.error_id) if one) or None


def furniture_of(node: colander.SchemaNode) -> Furniture:
    """The node's furniture, or one made from colander's own words."""
    given = getattr(node, "furniture", None)
    return given or Furniture(required=bool(node.required), hint=node.description or None)


def control_of(field_: Any) -> Control:
    """The control of a deform field."""
    furniture = furniture_of(field_.schema)
    name = furniture.name or _path_name(field_)
    root = field_.get_root()
    prefix = getattr(root, "formid", "f")
    return Control(
        id=f"{prefix}-{name}".replace(".", "-"),
        name=name,
        label=str(field_.title or ""),
        error=error_text(field_),
        furniture=furniture,
        focused=getattr(root, "focus_name", None) == name,
    )


def error_text(field_: Any) -> str | None:
    """The field's own error in words; the errors of its parts stand at the parts."""
    error = field_.error
    if error is None or error.msg is None:
        return None
    found = error.messages() if isinstance(error, colander.Invalid) else [error.msg]
    return " ".join(field_.translate(one) for one in found if one) or None


def _path_name(field_: Any) -> str:
    names = []
    while field_.parent is not None:
        names.append(field_.name)
        field_ = field_.parent
    return ".".join(reversed(names))
