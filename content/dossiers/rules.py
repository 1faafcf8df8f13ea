"""What filing depends on beyond the database: forms, calendar, keys and addresses.

Values and small protocols that the application puts together once; no logic of filing.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from content.calendar.working import WorkingCalendar
from content.dossiers.owner_secret import OwnerSecrets
from content.dossiers.reference import Scheme
from content.procedures.forms import FormDefinition
from content.procedures.forms.check import Places
from content.procedures.models import Procedure

MIB = 1 << 20


class FormSource(Protocol):
    """Knows the form of every procedure that is filed here.

    Required papers are asked for beside the form (``papers.py``), so a general form is made
    without them.
    """

    def stored_for(self, procedure: Procedure) -> int | None:
        """Which stored version of a form a draft begun today is filled in on, if any."""

    def definition_for(self, procedure: Procedure, stored: int | None = None) -> FormDefinition:
        """That stored version, else the form in use today."""


@dataclass(frozen=True)
class FileLimits:
    """The most one file, and all files of a dossier, may hold, in bytes; and how many."""

    file: int = 10 * MIB
    dossier: int = 50 * MIB
    count: int = 100


@dataclass(frozen=True)
class FilingRules:
    """Everything a dossier's service needs to know of its surroundings.

    ``follow_url`` makes the absolute address that follows a dossier, from its look-up
    code; it holds no secret. Without ``places`` addresses are taken as they are.
    ``tells_national``: dossiers of procedures that are filed on the national portal are told
    to it, also those received at the counter.
    """

    forms: FormSource
    calendar: WorkingCalendar
    secrets: OwnerSecrets
    follow_url: Callable[[str], str]
    code_scheme: Scheme = Scheme.QD20_2020
    places: Places | None = None
    tells_national: bool = False
