"""A report on paper: A4 across, under the heading of NĐ 30/2020/NĐ-CP."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar

from content import words
from content.figures.tables import Style, Table, shown
from content.letters.values import Check, Office, local_day

RECEIVER = "Văn phòng Ủy ban nhân dân tỉnh"


@dataclass(frozen=True, kw_only=True)
class ReportPaper:
    """One table or several, each from a page of its own; ``office`` reports."""

    template: ClassVar[str] = "report_table"
    office: Office
    tables: Sequence[Table] = field(repr=False)
    made_at: datetime
    sample: bool = False
    receiver: str = RECEIVER

    def __post_init__(self) -> None:
        Check().needs(tables=tuple(self.tables)).aware(made_at=self.made_at).done()

    def sheet(self) -> dict[str, object]:
        """The words of the report, for its template."""
        return {
            "title": self.tables[0].title,
            "sample": self.sample,
            "head": {"over": self.office.parent, "name": self.office.name},
            "receiver": self.receiver,
            "place_date": words.date_line(self.office.place, local_day(self.made_at)),
            "printed": words.moment_words(self.made_at),
            "tables": [_table(one) for one in self.tables],
        }


def _table(one: Table) -> dict[str, object]:
    return {
        "title": one.title,
        "form": one.form,
        "period": f"Kỳ báo cáo: {one.span.days_in_words}" if one.span else "",
        "unit": one.unit,
        "columns": [
            {
                "title": column.title,
                "number": column.number,
                "width": column.width,
                "right": column.kind.is_number,
            }
            for column in one.columns
        ],
        "heads": [{"title": title, "span": many} for title, many in one.heads],
        "groups": one.has_groups,
        "numbers": one.has_numbers,
        "rows": [
            {
                "bold": row.style is not Style.PLAIN,
                "cells": [
                    shown(cell, column.kind)
                    for cell, column in zip(row.cells, one.columns, strict=True)
                ],
            }
            for row in one.rows
        ],
        "notes": list(one.notes),
    }
