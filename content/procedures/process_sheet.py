"""The process sheet of a procedure (TCVN ISO 9001:2015): its steps must fill the limit."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from content.calendar.model import HOURS_PER_DAY


@dataclass(frozen=True)
class ProcessTotal:
    """Hours of all steps beside the hours of the limit."""

    step_hours: Decimal
    limit_hours: Decimal

    @property
    def consistent(self) -> bool:
        """Whether the steps take exactly the limit."""
        return self.step_hours == self.limit_hours


def process_total(limit_working_days: Decimal, step_hours: Sequence[Decimal]) -> ProcessTotal:
    """Adds up the steps; a working day has eight hours, whatever the sessions."""
    return ProcessTotal(sum(step_hours, Decimal()), limit_working_days * HOURS_PER_DAY)
