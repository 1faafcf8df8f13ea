"""From a file of domain vectors to named cases.

A case is named ``group.path[id]``, or ``[index]`` without an id. A group that belongs to
work not done yet is pending and says so; a group nobody knows fails.
"""

import json
import os
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.vectors import calendar_groups, code_groups, figure_groups, state_groups
from tests.vectors.reading import Vector

OWN_FILE = Path(__file__).parent.parent / "data" / "domain_vectors.json"
TABLES = frozenset({"meta", "calendar"})

Adapter = Callable[[Vector], None]

FINISHED: dict[str, Adapter] = {
    "is_working_day": calendar_groups.is_working_day,
    "due_dates": calendar_groups.due_dates,
    "supplement": calendar_groups.supplement,
    "transfer_by": calendar_groups.transfer,
    "apology_latest_date": calendar_groups.apology,
    "lien_thong": calendar_groups.chain,
    "on_time_class": calendar_groups.on_time,
    "petition_deadlines": calendar_groups.petition,
    "tthc_publication": calendar_groups.publication,
    "process_sheet": calendar_groups.process_sheet,
    "cccd": code_groups.personal_number,
    "cccd_consistency": code_groups.personal_number_consistency,
    "mst": code_groups.tax_code,
    "phone": code_groups.phone,
    "dossier_code_parse": code_groups.dossier_code_parse,
    "dossier_code_next": code_groups.dossier_code_next,
    "tthc_code": code_groups.procedure_code,
    "search_fold": code_groups.search_fold,
    "document_lines.date_line": code_groups.date_lines,
    "document_lines.number_line": code_groups.number_lines,
    "document_lines.weekday": code_groups.weekdays,
    "document_lines.integers": code_groups.integers,
    "document_lines.percent": code_groups.percents,
    "amount_in_words": code_groups.amounts,
    "transitions.table": state_groups.table,
    "transitions.denied": state_groups.denied,
    "transitions.guards": state_groups.guards,
    "public_lookup": state_groups.public_lookup,
    "report_06": figure_groups.report_06,
    "tt01_scoring.index_average": figure_groups.index_average,
    "tt01_scoring.unit_class": figure_groups.unit_class,
    "tt01_scoring.officer_class": figure_groups.officer_class,
    "tt01_scoring.index1": figure_groups.index1,
    "tt01_scoring.index3": figure_groups.index3,
    "qd766": figure_groups.qd766,
    "seed_arithmetic": figure_groups.seed_arithmetic,
}
LATER = frozenset(
    {
        "crc16_ccitt_false",
        "vietqr.published_examples",
        "vietqr.built",
        "vietqr.corrupted",
        "vnpay.requests",
        "vnpay.ipn",
        "national_payment_platform",
    }
)


@dataclass(frozen=True)
class Case:
    """One vector and where it stands in the file."""

    path: str
    key: str
    data: Any

    @property
    def name(self) -> str:
        return f"{self.path}[{self.key}]"

    @property
    def pending(self) -> bool:
        return self.path in LATER

    def run(self) -> None:
        """Passes, fails, or is skipped by name when its time has not come."""
        if self.pending:
            pytest.skip(f"later: {self.path}")
        adapter = FINISHED.get(self.path)
        assert adapter is not None, f"unknown group {self.path!r}"
        vector = Vector(self.data)
        adapter(vector)
        vector.finish()


def cases(document: dict[str, Any]) -> list[Case]:
    """All cases of a file's content, in its order; names are unique."""
    found = [case for path, rows in _groups(document) for case in _rows(path, rows)]
    repeated = {name for name, count in Counter(case.name for case in found).items() if count > 1}
    return [
        Case(case.path, f"{case.key}#{index}", case.data) if case.name in repeated else case
        for index, case in enumerate(found)
    ]


def chosen_file() -> Path:
    """The file named by ``DOMAIN_VECTORS``, else our own copy."""
    return Path(os.environ.get("DOMAIN_VECTORS") or OWN_FILE)


def load(file: Path) -> list[Case]:
    """The cases of a file."""
    return cases(json.loads(file.read_text(encoding="utf-8")))


def _groups(document: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    for group, content in document.items():
        if group in TABLES:
            continue
        if isinstance(content, dict):
            for path, rows in content.items():
                yield f"{group}.{path}", rows
        else:
            yield group, content


def _rows(path: str, rows: Any) -> list[Case]:
    if not isinstance(rows, list):
        return [Case(path, "0", rows)]
    return [Case(path, _key(index, row), row) for index, row in enumerate(rows)]


def _key(index: int, row: Any) -> str:
    return str(row["id"]) if isinstance(row, dict) and "id" in row else str(index)
