"""Codes of administrative procedures: ``D.DDDDDD`` with an optional publishing agency.

The first eight signs name the procedure nation-wide (national database, NĐ 63/2010);
a suffix names the agency, in the order of QCVN 102:2016 or of QĐ 20/2020/QĐ-TTg.
"""

import re
from dataclasses import dataclass

# 1, 2 and 3 are national series, 5 and 6 internal procedures.
_CODE = re.compile(
    r"(?P<base>[12356]\.[0-9]{6})"
    r"(?:\.(?P<agency>[0-9]{3}\.[0-9]{2}\.[0-9]{2}\.[A-Y][0-9]{2}|[A-Y][0-9]{2}(?:\.[0-9]{2})*))?"
)
_MAX_LENGTH = 60


@dataclass(frozen=True)
class ProcedureCode:
    """A code taken apart; ``agency`` is ``None`` for the national code alone."""

    base: str
    agency: str | None

    @property
    def text(self) -> str:
        """The code as written."""
        return f"{self.base}.{self.agency}" if self.agency else self.base


def parse_procedure_code(text: str) -> ProcedureCode | None:
    """Reads ``1.013855.H41`` or ``1.001193.000.00.00.H26``; ``None`` if it is no code.

    Case and surrounding space do not matter.
    """
    if len(text) > _MAX_LENGTH:
        return None
    match = _CODE.fullmatch(text.strip().upper())
    return ProcedureCode(match["base"], match["agency"]) if match else None
