"""Lists that editors write one a line: how they are split, and how long they may be."""

from typing import Any

import colander

from content.text import clean


def few_lines(most: int, longest: int, least: int = 0) -> Any:
    """A validator: from ``least`` to ``most`` lines of at most ``longest`` characters."""

    def check(node: colander.SchemaNode, value: str) -> None:
        found = split(value)
        if len(found) > most:
            raise colander.Invalid(node, f"Nhiều nhất {most} dòng.")
        if len(found) < least:
            raise colander.Invalid(node, "Ông/bà chưa ghi dòng nào.")
        if any(len(one) > longest for one in found):
            raise colander.Invalid(node, f"Mỗi dòng nhiều nhất {longest} ký tự.")

    return check


def split(text: str | None) -> list[str]:
    """The lines that say something, each once."""
    return list(dict.fromkeys(one for line in (text or "").split("\n") if (one := clean(line))))
