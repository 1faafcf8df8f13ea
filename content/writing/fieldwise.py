"""Three-way merging of a form's values: two people changed it, each field by itself.

What only one of them changed is taken. Texts that both changed are merged by ``merging``;
of anything else that both changed one's own value stays and the other one is named.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from content.writing.merging import merge_text


@dataclass(frozen=True)
class FieldChange:
    """A field that the other one changed; ``both`` if one changed it oneself too."""

    name: str
    base: Any
    mine: Any
    theirs: Any
    both: bool


def merge_fields(
    base: Mapping[str, Any], mine: Mapping[str, Any], theirs: Mapping[str, Any]
) -> tuple[dict[str, Any], list[FieldChange]]:
    """The values with both changes, and what the other one changed, in the order of mine."""
    merged: dict[str, Any] = {}
    changes = []
    for name in dict.fromkeys((*mine, *theirs)):
        was, own, other = (plain(one.get(name)) for one in (base, mine, theirs))
        merged[name] = own
        if other in (was, own):
            continue
        merged[name], both = (other, False) if own == was else _both(was, own, other)
        changes.append(FieldChange(name, was, own, other, both))
    return merged, changes


def plain(value: Any) -> Any:
    """The value; what says nothing is ``None``."""
    return None if value in ("", False) else value


def _both(was: Any, own: Any, other: Any) -> tuple[Any, bool]:
    if not all(isinstance(one, str) and "\n" in one for one in (own, other)):
        return own, True
    text, clashes = merge_text(was if isinstance(was, str) else "", own, other)
    return (own, True) if clashes else (text, False)
