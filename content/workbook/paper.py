"""The book on paper: one entry on A4 upright, a table on A4 across, under the heading of
NĐ 30/2020/NĐ-CP. Made when asked for; what is written in the book is the original."""

from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import ClassVar

from content import words
from content.letters.values import Check, Office, local_day
from content.workbook.grids import Grid
from content.workbook.kinds import BY_KEY
from content.workbook.models import STATUS_NAMES, WorkAct, WorkEntry
from content.workbook.wording import answers, code_of, facts


@dataclass(frozen=True, kw_only=True)
class EntryPaper:
    """One entry with its questions, findings and remarks."""

    template: ClassVar[str] = "work_entry"
    office: Office
    entry: WorkEntry = field(repr=False)
    made_at: datetime
    sample: bool = False

    def __post_init__(self) -> None:
        Check().aware(made_at=self.made_at).done()

    def sheet(self) -> dict[str, object]:
        """The words of the entry, for its template."""
        entry, kind = self.entry, BY_KEY[self.entry.kind]
        remarks = [one for one in entry.events if one.act is WorkAct.REMARKED and one.text]
        return {
            "title": kind.name,
            "sample": self.sample,
            "head": {"over": self.office.parent, "name": self.office.name},
            "number": f"Số: {code_of(entry)}",
            "place_date": words.date_line(self.office.place, local_day(self.made_at)),
            "subject": entry.title,
            "facts": [{"label": label, "value": value} for label, value in self._facts()],
            "checks": [asdict(one) for one in answers(entry)],
            "below": [
                {"code": code_of(one), "title": one.title, "status": STATUS_NAMES[one.status]}
                for one in entry.children
            ],
            "remarks": [
                {
                    "at": words.moment_words(one.at),
                    "who": one.actor_name,
                    "text": one.text,
                }
                for one in remarks
            ],
            "files": [one.name for one in entry.files],
            "owner": entry.owner.name if entry.owner else "",
            "printed": words.moment_words(self.made_at),
        }

    def _facts(self) -> list[tuple[str, str]]:
        above = self.entry.parent
        belongs = [("Thuộc", f"{code_of(above)}, {above.title}")] if above else []
        return [*belongs, *facts(self.entry)]


@dataclass(frozen=True, kw_only=True)
class GridPaper:
    """A table of the book; ``office`` keeps it."""

    template: ClassVar[str] = "work_table"
    office: Office
    grid: Grid = field(repr=False)
    made_at: datetime
    sample: bool = False

    def __post_init__(self) -> None:
        Check().aware(made_at=self.made_at).done()

    def sheet(self) -> dict[str, object]:
        """The words of the table, for its template."""
        numbers = [
            bool(self.grid.rows)
            and all(isinstance(row[at], int) or row[at] == "" for row in self.grid.rows)
            for at in range(len(self.grid.heads))
        ]
        return {
            "title": self.grid.title,
            "sample": self.sample,
            "head": {"over": self.office.parent, "name": self.office.name},
            "place_date": words.date_line(self.office.place, local_day(self.made_at)),
            "under": self.grid.under,
            "heads": list(self.grid.heads),
            "widths": list(self.grid.widths),
            "numbers": numbers,
            "rows": [[_printed(cell) for cell in row] for row in self.grid.rows],
            "notes": list(self.grid.notes),
            "printed": words.moment_words(self.made_at),
        }


def _printed(cell: str | int) -> str:
    return words.integer(cell) if isinstance(cell, int) else cell
