"""Look-up codes and secrets, typed from paper."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content.dossiers.lookup_codes import (
    ALPHABET,
    new_lookup_code,
    new_secret,
    parse_lookup_code,
    secret_digest,
    secret_matches,
)

PROPERTY = settings(max_examples=100)
places = st.integers(0, 9)


def test_codes_differ_and_use_no_signs_that_look_alike():
    codes = {new_lookup_code() for _ in range(500)}
    assert len(codes) == 500
    assert set("".join(codes)) <= set(ALPHABET) | {"-"}
    assert not set("0O1IL") & set(ALPHABET)


@pytest.mark.parametrize("shape", [str.lower, lambda code: code.replace("-", " "), "  {} ".format])
def test_a_code_is_read_as_people_type_it(shape):
    code = new_lookup_code()
    assert parse_lookup_code(shape(code)) == code


@PROPERTY
@given(places, st.sampled_from(ALPHABET))
def test_one_wrong_sign_is_noticed(place, sign):
    code = new_lookup_code()
    signs = code.replace("-", "")
    wrong = signs[:place] + sign + signs[place + 1 :]
    assert (parse_lookup_code(wrong) == code) is (wrong == signs)
    assert parse_lookup_code(wrong) in {code, None}


@PROPERTY
@given(places, places)
def test_two_exchanged_signs_are_noticed(one, other):
    code = new_lookup_code()
    signs = list(code.replace("-", ""))
    signs[one], signs[other] = signs[other], signs[one]
    assert parse_lookup_code("".join(signs)) in {code, None}


@PROPERTY
@given(st.text(max_size=60))
def test_any_text_is_answered(text):
    assert parse_lookup_code(text) is None or len(text) >= 10
    assert not secret_matches(text, secret_digest(new_secret()))


def test_a_text_far_too_long_is_not_read():
    assert parse_lookup_code(" " * 1_000_000 + new_lookup_code()) is None


def test_a_secret_is_known_by_its_digest_alone():
    secret = new_secret()
    digest = secret_digest(secret)
    assert secret.replace("-", "") not in digest
    assert secret_matches(secret, digest)
    assert secret_matches(secret.lower().replace("-", " "), digest)
    assert not secret_matches(new_secret(), digest)


def test_no_secret_opens_the_digest_of_no_secret():
    assert not secret_matches("", secret_digest(""))
