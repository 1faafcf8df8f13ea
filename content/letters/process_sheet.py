"""The ISO process sheet of a procedure: cover, headings 1 to 7, the table of steps 5.7.

TCVN ISO 9001:2015, domain §12. What the catalogue knows is taken from the procedure's version
of the day; the rest is the process's own. What neither knows reads "chưa có thông tin".
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import ClassVar

from content import words
from content.letters.posting import UNKNOWN, fee_lines, papers_by_case
from content.letters.values import Check, Office, local_day
from content.procedures.records import Record
from content.procedures.repairs import read
from content.processes.graph import Graph, Performer, Step


@dataclass(frozen=True)
class Issue:
    """A line of the page of changes."""

    number: int
    day: date | None
    changes: str

    def in_words(self) -> dict[str, str]:
        return {
            "number": f"{self.number:02d}",
            "day": words.short_date(self.day) if self.day else "",
            "changes": self.changes or ("Ban hành lần đầu" if self.number == 1 else ""),
        }


@dataclass(frozen=True, kw_only=True)
class ProcessSheet:
    """A version of a process on paper; ``draft`` marks one that is not published."""

    template: ClassVar[str] = "process_sheet"
    office: Office
    made_at: datetime
    record: Record = field(repr=False)
    graph: Graph = field(repr=False)
    code: str
    number: int
    limit: str
    effective_on: date | None = None
    case: str = ""
    author: str = ""
    reviewer: str = ""
    approver: str = ""
    parts: dict[str, str] = field(default_factory=dict)
    issues: Sequence[Issue] = ()
    draft: bool = False
    sample: bool = False

    def __post_init__(self) -> None:
        check = Check().needs(code=self.code, name=self.record.get("name"))
        check.needs(steps=self.graph.steps).aware(made_at=self.made_at).done()

    def sheet(self) -> dict[str, object]:
        """The words of the sheet, for its template."""
        record = self.record
        sets = record.get("sets")
        return {
            "title": f"Quy trình {record['name']}",
            "name": record["name"],
            "case": self.case,
            "head": {"over": self.office.parent, "name": self.office.name},
            "code": self.code,
            "number": f"{self.number:02d}",
            "day": words.short_date(self.effective_on) if self.effective_on else "",
            "draft": self.draft,
            "people": [
                {"part": part, "name": name}
                for part, name in (
                    ("Soạn thảo", self.author),
                    ("Soát xét", self.reviewer),
                    ("Phê duyệt", self.approver),
                )
            ],
            "issues": [one.in_words() for one in self.issues],
            "parts": self.parts,
            "papers": self._papers(),
            "sets": f"{words.integer(sets)} bộ" if sets else UNKNOWN,
            "limit": self.limit or UNKNOWN,
            "place": self._place(),
            "fees": list(fee_lines(record, read(record), local_day(self.made_at))) or [UNKNOWN],
            "steps": [_step(at, one) for at, one in enumerate(self.graph.steps, 1)],
            "total": words.plain(self.graph.hours()),
            "forms": [_form(one) for one in record.get("forms") or ()],
            "printed": words.short_date(local_day(self.made_at)),
            "sample": self.sample,
        }

    def _papers(self) -> list[dict[str, object]]:
        found = papers_by_case(self.record)
        return [one for one in found if not self.case or one["for_all"] or one["case"] == self.case]

    def _place(self) -> str:
        channels = ", ".join(self.record.get("channels") or ())
        where = f"Bộ phận một cửa của {self.record.get('authority') or UNKNOWN}"
        return f"{where}; nộp {channels}." if channels else f"{where}."


def _step(place: int, step: Step) -> dict[str, str]:
    return {
        "place": f"B{place}",
        "name": step.name,
        "who": step.who,
        "hours": _time(step),
        "result": step.result,
    }


def _time(step: Step) -> str:
    if step.hours is not None:
        return f"{words.plain(step.hours)} giờ"
    return "Giờ hành chính" if step.performer is Performer.CITIZEN else ""


def _form(form: Record) -> str:
    return " – ".join(str(part) for part in (form.get("code"), form.get("for")) if part)
