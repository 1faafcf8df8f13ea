"""Identity papers, phones and e-mail as form questions take them.

The rules of the numbers stand in ``content.people.identity``; here is only which
paper a question accepts and with which other answers a number must agree.
"""

import re
from collections.abc import Collection
from datetime import date

from content.people.identity import (
    Gender,
    IdentityProblem,
    check_personal_number,
    is_old_identity_card,
    parse_personal_number,
    parse_phone,
    parse_tax_code,
)
from content.procedures.forms.conditions import day

# Letters and digits of any country's passport, with a letter so that a mistyped
# identity number does not pass for one.
_PASSPORT = re.compile(r"(?=.*[A-Z])[A-Z0-9]{6,12}", re.ASCII)
_EMAIL = re.compile(
    r"[^\s@<>()\[\]\\,;:\"]{1,64}@(?:[^\W_](?:[^\W_]|-){0,61}(?<!-)\.)+[^\W\d_]{2,24}"
)
_SEXES = {"nam": Gender.MALE, "nữ": Gender.FEMALE, "nu": Gender.FEMALE}
_DISAGREE = {IdentityProblem.BIRTH_DATE_DIFFERS, IdentityProblem.GENDER_DIFFERS}


def is_paper(value: str, papers: Collection[str], today: date) -> bool:
    """Whether the number fits one of the papers ("cccd", "cmnd", "passport", "tax_code")."""
    return (
        ("cccd" in papers and parse_personal_number(value, today).valid)
        or ("cmnd" in papers and is_old_identity_card(value))
        or ("passport" in papers and _PASSPORT.fullmatch(value) is not None)
        or ("tax_code" in papers and parse_tax_code(value, today).valid)
    )


def disagrees(value: str, *, born: str | None, sex: str | None, today: date) -> bool:
    """Whether a personal number tells another birth year or sex than was answered."""
    found = check_personal_number(
        value, today, born_on=day(born), gender=_SEXES.get((sex or "").lower())
    )
    return bool(_DISAGREE & set(found.problems))


def is_phone(value: str) -> bool:
    """Whether the number can be called."""
    return parse_phone(value).valid


def is_email(value: str) -> bool:
    """Whether the address has the form of one."""
    return _EMAIL.fullmatch(value) is not None
