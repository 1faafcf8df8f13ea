"""A procedure as it was, or will be, on one day: the day asked for, read leniently."""

from dataclasses import dataclass
from datetime import date

from content.procedures.kinds import Status
from content.procedures.models import Procedure, ProcedureVersion
from content.procedures.standing import standing_on
from content.procedures.wording import status_in_words
from content.words import short_date
from portal.procedures.rows import capital

DAY = "ngay"
_MAX = 10


@dataclass(frozen=True)
class AsOf:
    """What holds on a day. Without ``day`` what was typed is no date; without ``version``
    there was nothing to read yet. ``is_today`` is the page as it always is."""

    given: str
    day: date | None = None
    version: ProcedureVersion | None = None
    standing: str = ""
    is_today: bool = False


def asked_day(given: str, procedure: Procedure, now: date) -> AsOf | None:
    """The day of the address, ``None`` where none is asked for."""
    given = given.strip()[:_MAX]
    if not given:
        return None
    day = _read(given)
    if day is None:
        return AsOf(given)
    standing = standing_on(procedure, day)
    if standing.status in (Status.DRAFT, Status.NOT_YET):
        return AsOf(short_date(day), day)
    words = capital(status_in_words(standing.status, standing.since))
    return AsOf(short_date(day), day, standing.version, words, is_today=day == now)


def _read(given: str) -> date | None:
    parts = given.replace("-", "/").replace(".", "/").split("/")
    if len(parts) != 3 or not all(part.isascii() and part.isdigit() for part in parts):
        return None
    numbers = [int(part) for part in parts]
    year, month, day = numbers if len(parts[0]) == 4 else reversed(numbers)
    try:
        return date(year, month, day)
    except ValueError:
        return None
