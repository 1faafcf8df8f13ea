"""What the QR code of a citizen card says, as a scanner types it.

One line, parts divided by ``|``: number, number of the old card (may be empty), name,
birth date as ``ddmmyyyy``, sex, address, day of issue as ``ddmmyyyy``. Newer cards add
parts behind, which are not read. Nothing is looked up: that a line can be read does not
prove that the card is real.
"""

import re
from dataclasses import dataclass
from datetime import date

from content.people.identity import Gender, is_old_identity_card, parse_personal_number
from content.text import clean, fold

MAX_LINE = 1_000
MAX_PARTS = 16
_LEAST_PARTS = 6
_DAY = re.compile(r"(\d{2})(\d{2})(\d{4})", re.ASCII)
_SEXES = {"nam": Gender.MALE, "nu": Gender.FEMALE}


@dataclass(frozen=True)
class Card:
    """The person of a card; what the card leaves out is ``None``."""

    number: str
    name: str
    old_number: str | None = None
    born_on: date | None = None
    sex: Gender | None = None
    address: str | None = None
    issued_on: date | None = None


def parse_card(line: str, today: date) -> Card | None:
    """The card of a line, or ``None`` if it is no line of a card.

    The number must be a possible identity number and the name must be there; of the rest
    only what can be read is taken.
    """
    if len(line) > MAX_LINE or line.count("|") >= MAX_PARTS:
        return None
    parts = [clean(part) for part in line.split("|")]
    if len(parts) < _LEAST_PARTS:
        return None
    number, old, name, born, sex, address, issued = (*parts, "")[:7]
    if not parse_personal_number(number, today).valid or not name:
        return None
    return Card(
        number=number,
        name=name,
        old_number=old if is_old_identity_card(old) else None,
        born_on=_day(born, today),
        sex=_SEXES.get(fold(sex)),
        address=address or None,
        issued_on=_day(issued, today),
    )


def _day(text: str, today: date) -> date | None:
    found = _DAY.fullmatch(text)
    if found is None:
        return None
    try:
        day = date(int(found[3]), int(found[2]), int(found[1]))
    except ValueError:
        return None
    return day if day <= today else None
