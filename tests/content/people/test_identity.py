"""Identity numbers, tax codes, phones."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content.people.identity import (
    PROVINCES,
    Gender,
    IdentityProblem,
    PhoneKind,
    TaxCodeKind,
    TaxCodeProblem,
    check_personal_number,
    email_key,
    is_old_identity_card,
    parse_personal_number,
    parse_phone,
    parse_tax_code,
)

TODAY = date(2026, 11, 23)
PROPERTY = settings(max_examples=150)


def test_there_are_the_63_provinces_of_the_old_list():
    assert len(PROVINCES) == len(set(PROVINCES.values())) == 63


@pytest.mark.parametrize(
    "value",
    [
        "",
        "03609900012",
        "0360990001234",
        " 036099000123",
        "036099000123\n",
        "０３６０９９０００１２３",
        "03609900012a",
    ],
)
def test_exactly_twelve_digits_are_a_personal_number(value):
    assert parse_personal_number(value, TODAY).problems == (IdentityProblem.SHAPE,)
    assert check_personal_number(value, TODAY, TODAY, Gender.MALE).problems == (
        IdentityProblem.SHAPE,
    )


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        ("003099000123", IdentityProblem.PROVINCE),
        ("000099000123", IdentityProblem.PROVINCE),
        ("099099000123", IdentityProblem.PROVINCE),
        ("036227000123", IdentityProblem.BIRTH_YEAR_AHEAD),
        ("036999000123", IdentityProblem.BIRTH_YEAR_AHEAD),
    ],
)
def test_impossible_numbers_say_why(value, problem):
    assert parse_personal_number(value, TODAY).problems == (problem,)


def test_a_child_born_this_year_has_a_number():
    number = parse_personal_number("036326000123", TODAY)
    assert (number.valid, number.birth_year, number.gender) == (True, 2026, Gender.FEMALE)


def test_a_birth_registered_abroad_is_accepted_and_marked():
    number = parse_personal_number("101099000123", TODAY)
    assert number.valid
    assert number.registered_abroad
    assert not parse_personal_number("036099000123", TODAY).registered_abroad


def test_what_a_person_says_must_agree_with_the_number():
    number = check_personal_number("036099000123", TODAY, date(1998, 5, 1), Gender.FEMALE)
    assert number.problems == (IdentityProblem.BIRTH_DATE_DIFFERS, IdentityProblem.GENDER_DIFFERS)
    assert check_personal_number("036099000123", TODAY).valid


@PROPERTY
@given(
    st.sampled_from(sorted(PROVINCES)),
    st.sampled_from(Gender),
    st.integers(1900, 2026),
    st.integers(0, 999_999),
)
def test_province_gender_and_year_are_read_back(province, gender, year, rest):
    century = (year - 1900) // 100 * 2 + (gender is Gender.FEMALE)
    value = f"{province}{century}{year % 100:02d}{rest:06d}"
    number = check_personal_number(value, TODAY, date(year, 1, 1), gender)
    assert number.valid
    assert (number.province_code, number.gender, number.birth_year) == (province, gender, year)


def test_an_old_card_has_nine_digits():
    assert is_old_identity_card("162345678")
    assert not is_old_identity_card("1623456789")


@pytest.mark.parametrize(
    ("typed", "value", "kind", "branch"),
    [
        ("0100233488", "0100233488", TaxCodeKind.ENTERPRISE, None),
        ("01.00.233.488", "0100233488", TaxCodeKind.ENTERPRISE, None),
        ("0100233488-002", "0100233488-002", TaxCodeKind.BRANCH, "002"),
        ("0100233488 002", "0100233488-002", TaxCodeKind.BRANCH, "002"),
        ("036099000123", "036099000123", TaxCodeKind.PERSON, None),
    ],
)
def test_tax_codes_are_read_as_typed(typed, value, kind, branch):
    code = parse_tax_code(typed, TODAY)
    assert (code.value, code.kind, code.branch, code.valid) == (value, kind, branch, True)


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("0100233480", TaxCodeProblem.CHECK_DIGIT),
        ("0100233488-000", TaxCodeProblem.SHAPE),
        ("0100000000", TaxCodeProblem.SHAPE),
        ("01002334", TaxCodeProblem.SHAPE),
        ("003099000123", TaxCodeProblem.SHAPE),
        ("٠١٠٠٢٣٣٤٨٨", TaxCodeProblem.SHAPE),
        ("0" * 500, TaxCodeProblem.SHAPE),
    ],
)
def test_what_is_no_tax_code_says_why(typed, problem):
    code = parse_tax_code(typed, TODAY)
    assert not code.valid
    assert (code.problem, code.kind) == (problem, None)


@pytest.mark.parametrize(
    ("typed", "normalised", "kind"),
    [
        ("0912 345 678", "0912345678", PhoneKind.MOBILE),
        ("+84 (0)912.345.678", "0912345678", PhoneKind.MOBILE),
        ("84912345678", "0912345678", PhoneKind.MOBILE),
        ("0084-33-1234567", "0331234567", PhoneKind.MOBILE),
        ("0841234567", "0841234567", PhoneKind.MOBILE),
        ("(024) 3825 3536", "02438253536", PhoneKind.LANDLINE),
        ("+84 24 3825 3536", "02438253536", PhoneKind.LANDLINE),
        ("1900 9095", "19009095", PhoneKind.HOTLINE),
        ("1800599920", "1800599920", PhoneKind.HOTLINE),
        ("01234567890", None, PhoneKind.INVALID),
        ("0412345678", None, PhoneKind.INVALID),
        ("190090951", None, PhoneKind.INVALID),
        ("09l2345678", None, PhoneKind.INVALID),
        ("０９１２３４５６７８", None, PhoneKind.INVALID),
        ("", None, PhoneKind.INVALID),
    ],
)
def test_phones_are_read_as_typed(typed, normalised, kind):
    phone = parse_phone(typed)
    assert (phone.normalised, phone.kind) == (normalised, kind)
    assert phone.valid is (kind is not PhoneKind.INVALID)


@PROPERTY
@given(st.text(max_size=60))
def test_any_text_is_answered(text):
    assert parse_phone(text).valid is (parse_phone(text).normalised is not None)
    assert parse_tax_code(text, TODAY).valid in {True, False}
    assert parse_personal_number(text, TODAY).valid in {True, False}


@PROPERTY
@given(st.from_regex(r"0[35789][0-9]{8}", fullmatch=True))
def test_a_normalised_phone_stays_as_it_is(number):
    assert parse_phone(number).normalised == number
    assert parse_phone(f"+84{number[1:]}").normalised == number


def test_addresses_are_compared_without_case():
    assert email_key(" Lan.Nguyen@Example.VN ") == "lan.nguyen@example.vn"
