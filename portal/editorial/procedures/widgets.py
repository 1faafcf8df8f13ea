"""Widgets of the editing screens: rows that move, boxes with names of their own."""

from collections.abc import Mapping
from typing import Any

import colander

from content.text import slugify
from portal.forms.controls import control_of
from portal.forms.widgets import ChoiceWidget, GroupWidget, RepeatWidget


class FlagsWidget(ChoiceWidget):
    """Several of few, each box under its own name, so that kept text can be restored."""

    def serialize(self, field: Any, cstruct: Any, **kw: Any) -> Any:
        """See deform."""
        value = () if cstruct is colander.null else tuple(cstruct)
        boxes = [(slugify(option), words, option in value) for option, words in self.options]
        return field.renderer("flags", c=control_of(field), boxes=boxes)

    def deserialize(self, field: Any, pstruct: Any) -> Any:
        """The values of the ticked boxes, in their order."""
        sent = pstruct if isinstance(pstruct, Mapping) else {}
        return [option for option, _words in self.options if sent.get(slugify(option))]


class MovingRows(RepeatWidget):
    """Rows with buttons to add, remove and move one."""

    template = "rows"


class MovingRow(GroupWidget):
    """One of them; ``place`` and ``count`` tell which buttons make sense."""

    template = "moving_row"
    place = 0
    count = 1

    def words(self, field: Any, value: Any) -> Mapping[str, Any]:
        """See the base."""
        return {"place": self.place, "count": self.count}
