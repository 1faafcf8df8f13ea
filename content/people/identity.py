"""Numbers people are known by: identity number, tax code, phone, e-mail.

Checks of form only: a number that passes may still belong to nobody. Nothing here reads
the clock; what depends on a day takes that day.
"""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from stdnum.exceptions import InvalidChecksum, ValidationError
from stdnum.vn import mst

#: Codes of birth registration (QĐ 124/2004/QĐ-TTg). They did not change in 2025.
PROVINCES = {
    "001": "Hà Nội",
    "002": "Hà Giang",
    "004": "Cao Bằng",
    "006": "Bắc Kạn",
    "008": "Tuyên Quang",
    "010": "Lào Cai",
    "011": "Điện Biên",
    "012": "Lai Châu",
    "014": "Sơn La",
    "015": "Yên Bái",
    "017": "Hòa Bình",
    "019": "Thái Nguyên",
    "020": "Lạng Sơn",
    "022": "Quảng Ninh",
    "024": "Bắc Giang",
    "025": "Phú Thọ",
    "026": "Vĩnh Phúc",
    "027": "Bắc Ninh",
    "030": "Hải Dương",
    "031": "Hải Phòng",
    "033": "Hưng Yên",
    "034": "Thái Bình",
    "035": "Hà Nam",
    "036": "Nam Định",
    "037": "Ninh Bình",
    "038": "Thanh Hóa",
    "040": "Nghệ An",
    "042": "Hà Tĩnh",
    "044": "Quảng Bình",
    "045": "Quảng Trị",
    "046": "Thừa Thiên Huế",
    "048": "Đà Nẵng",
    "049": "Quảng Nam",
    "051": "Quảng Ngãi",
    "052": "Bình Định",
    "054": "Phú Yên",
    "056": "Khánh Hòa",
    "058": "Ninh Thuận",
    "060": "Bình Thuận",
    "062": "Kon Tum",
    "064": "Gia Lai",
    "066": "Đắk Lắk",
    "067": "Đắk Nông",
    "068": "Lâm Đồng",
    "070": "Bình Phước",
    "072": "Tây Ninh",
    "074": "Bình Dương",
    "075": "Đồng Nai",
    "077": "Bà Rịa - Vũng Tàu",
    "079": "Hồ Chí Minh",
    "080": "Long An",
    "082": "Tiền Giang",
    "083": "Bến Tre",
    "084": "Trà Vinh",
    "086": "Vĩnh Long",
    "087": "Đồng Tháp",
    "089": "An Giang",
    "091": "Kiên Giang",
    "092": "Cần Thơ",
    "093": "Hậu Giang",
    "094": "Sóc Trăng",
    "095": "Bạc Liêu",
    "096": "Cà Mau",
}
#: From here on the code names the country of a birth registered abroad.
FIRST_COUNTRY = 101

_PERSONAL = re.compile(r"[0-9]{12}")
_OLD_CARD = re.compile(r"[0-9]{9}")
_SEPARATORS = re.compile(r"[\s.\-‐‑‒–]")
_MAX_TYPED = 40


class Gender(StrEnum):
    """As the identity number tells it."""

    MALE = "male"
    FEMALE = "female"


class IdentityProblem(StrEnum):
    """Why a number cannot be an identity number, or not this person's."""

    SHAPE = "shape"
    PROVINCE = "province"
    BIRTH_YEAR_AHEAD = "birth_year_ahead"
    BIRTH_DATE_DIFFERS = "birth_date_differs"
    GENDER_DIFFERS = "gender_differs"


@dataclass(frozen=True)
class PersonalNumber:
    """What a 12-digit number says. ``province`` is ``None`` for births registered abroad."""

    value: str
    problems: tuple[IdentityProblem, ...] = ()
    province_code: str | None = None
    province: str | None = None
    gender: Gender | None = None
    birth_year: int | None = None

    @property
    def valid(self) -> bool:
        """Whether nothing speaks against it."""
        return not self.problems

    @property
    def registered_abroad(self) -> bool:
        """A country code, which cannot be checked here: worth a second look."""
        return self.valid and self.province is None


def tidy_number(text: str) -> str:
    """A number as typed, without spaces, dots and hyphens."""
    return _SEPARATORS.sub("", text) if len(text) <= _MAX_TYPED else text


def parse_personal_number(value: str, today: date) -> PersonalNumber:
    """Reads a số định danh cá nhân: exactly 12 digits, ``PPP G YY RRRRRR``.

    There is no check digit. ``today`` bounds the birth year.
    """
    if not _PERSONAL.fullmatch(value):
        return PersonalNumber(value, (IdentityProblem.SHAPE,))
    code, century = value[:3], int(value[3])
    problems = []
    if code not in PROVINCES and int(code) < FIRST_COUNTRY:
        problems.append(IdentityProblem.PROVINCE)
    birth_year = 1900 + century // 2 * 100 + int(value[4:6])
    if birth_year > today.year:
        problems.append(IdentityProblem.BIRTH_YEAR_AHEAD)
    gender = Gender.FEMALE if century % 2 else Gender.MALE
    return PersonalNumber(value, tuple(problems), code, PROVINCES.get(code), gender, birth_year)


def check_personal_number(
    value: str, today: date, born_on: date | None = None, gender: Gender | None = None
) -> PersonalNumber:
    """The same, held against the birth date and gender the person gave."""
    number = parse_personal_number(value, today)
    if IdentityProblem.SHAPE in number.problems:
        return number
    problems = list(number.problems)
    if born_on is not None and born_on.year != number.birth_year:
        problems.append(IdentityProblem.BIRTH_DATE_DIFFERS)
    if gender is not None and gender is not number.gender:
        problems.append(IdentityProblem.GENDER_DIFFERS)
    return PersonalNumber(
        value, tuple(problems), number.province_code, number.province, number.gender,
        number.birth_year,
    )  # fmt: skip


def is_old_identity_card(value: str) -> bool:
    """Nine digits of a CMND: no identity paper since 2025, found in old dossiers only."""
    return _OLD_CARD.fullmatch(value) is not None


class TaxCodeKind(StrEnum):
    """Whom a tax code names."""

    ENTERPRISE = "enterprise"
    BRANCH = "branch"
    PERSON = "person"


class TaxCodeProblem(StrEnum):
    """Why a text is no tax code."""

    SHAPE = "shape"
    CHECK_DIGIT = "check_digit"


@dataclass(frozen=True)
class TaxCode:
    """A tax code in its usual writing, ``0100233488`` or ``0100233488-002``."""

    value: str
    kind: TaxCodeKind | None = None
    branch: str | None = None
    problem: TaxCodeProblem | None = None

    @property
    def valid(self) -> bool:
        """Whether it has the form of a tax code."""
        return self.problem is None


def parse_tax_code(value: str, today: date) -> TaxCode:
    """Reads an MST: 10 digits with a check digit, a branch 001-999, or a personal number.

    Since 1/7/2025 persons and households use their 12-digit identity number.
    """
    digits = tidy_number(value)
    if _PERSONAL.fullmatch(digits):
        known = parse_personal_number(digits, today).valid
        problem = None if known else TaxCodeProblem.SHAPE
        return TaxCode(digits, TaxCodeKind.PERSON if known else None, problem=problem)
    if not re.fullmatch(r"[0-9]{10}(?:[0-9]{3})?", digits):
        return TaxCode(value, problem=TaxCodeProblem.SHAPE)
    try:
        mst.validate(digits)
    except InvalidChecksum:
        return TaxCode(value, problem=TaxCodeProblem.CHECK_DIGIT)
    except ValidationError:
        return TaxCode(value, problem=TaxCodeProblem.SHAPE)
    branch = digits[10:] or None
    kind = TaxCodeKind.BRANCH if branch else TaxCodeKind.ENTERPRISE
    return TaxCode(f"{digits[:10]}-{branch}" if branch else digits, kind, branch)


class PhoneKind(StrEnum):
    """What a phone number reaches."""

    MOBILE = "mobile"
    LANDLINE = "landline"
    HOTLINE = "hotline"
    INVALID = "invalid"


@dataclass(frozen=True)
class Phone:
    """A phone number; ``normalised`` is national, without separators, or ``None``."""

    kind: PhoneKind
    normalised: str | None = None

    @property
    def valid(self) -> bool:
        """Whether it can be called."""
        return self.kind is not PhoneKind.INVALID


# Mobile numbers of 11 digits were converted in 2018 and reach nobody.
_PHONES = (
    (PhoneKind.MOBILE, re.compile(r"0[35789][0-9]{8}")),
    (PhoneKind.LANDLINE, re.compile(r"02[0-9]{9}")),
    (PhoneKind.HOTLINE, re.compile(r"1[89]00(?:[0-9]{4}|[0-9]{6})")),
)
_COUNTRY_PREFIX = re.compile(r"(?:\+84|0084|84)(?=[0-9])")


def parse_phone(value: str) -> Phone:
    """Reads a Vietnamese number as typed: ``+84``, ``0084`` or ``84`` stand for the 0."""
    digits = re.sub(r"[()]", "", tidy_number(value.replace("(0)", "")))
    if _COUNTRY_PREFIX.match(digits):
        digits = _COUNTRY_PREFIX.sub("0", digits, count=1)
    for kind, pattern in _PHONES:
        if pattern.fullmatch(digits):
            return Phone(kind, digits)
    return Phone(PhoneKind.INVALID)


def email_key(address: str) -> str:
    """What e-mail addresses are compared by; what was typed is what is kept."""
    return address.strip().lower()
