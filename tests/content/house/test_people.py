"""Accounts: one error for all causes, counted attempts, sessions that can be ended."""

import pytest
from argon2 import PasswordHasher
from sqlalchemy.orm import Session

from content.errors import Conflict, Invalid, NotAllowed, TooMany
from content.people.models import Account
from content.people.service import MAX_FAILURES, PeopleService
from portal.security.passwords import Argon2Hasher
from tests.support.clock import StoppedClock

HASHER = Argon2Hasher(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
GOOD = {"email": "Lan@Example.vn", "name": "Nguyễn Thị Lan", "password": "mười-hai-chữ"}


def people(session: Session, clock: StoppedClock) -> PeopleService:
    return PeopleService(session, HASHER, clock())


@pytest.fixture
def account(any_session: Session, clock: StoppedClock) -> Account:
    return people(any_session, clock).register(**GOOD)


def test_an_address_is_kept_as_typed_and_compared_lower_case(
    any_session: Session, account: Account, clock: StoppedClock
) -> None:
    assert account.email == "Lan@Example.vn"
    found = people(any_session, clock).authenticate(
        " lan@EXAMPLE.vn", GOOD["password"], address="1"
    )
    assert found is account
    with pytest.raises(Conflict, match="email_taken"):
        people(any_session, clock).register(**GOOD | {"email": "LAN@example.vn"})


@pytest.mark.parametrize("password", ["ngắn", "aaaaaaaaaaaa", "x" * 201])
def test_a_weak_password_is_refused(session: Session, clock: StoppedClock, password: str) -> None:
    with pytest.raises(Invalid):
        people(session, clock).register(**GOOD | {"password": password})


def test_every_failed_sign_in_says_the_same(
    any_session: Session, account: Account, clock: StoppedClock
) -> None:
    service = people(any_session, clock)
    codes = []
    for email, password in [("ai@example.vn", "x"), (account.email, "sai mật khẩu")]:
        with pytest.raises(NotAllowed) as caught:
            service.authenticate(email, password, address="1")
        codes.append(caught.value.code)
    account.is_active = False
    with pytest.raises(NotAllowed) as caught:
        service.authenticate(account.email, GOOD["password"], address="1")
    assert {*codes, caught.value.code} == {"bad_credentials"}


def test_repeated_failures_stop_even_the_right_password_for_a_while(
    any_session: Session, account: Account, clock: StoppedClock
) -> None:
    for _ in range(MAX_FAILURES):
        service = people(any_session, clock)
        with pytest.raises(NotAllowed) as caught:
            service.authenticate(account.email, "sai", address="1")
        service.note_failure(caught.value.data["keys"])
        any_session.flush()
    with pytest.raises(TooMany) as tired:
        people(any_session, clock).authenticate(account.email, GOOD["password"], address="2")
    assert tired.value.data["retry_after"] == 900
    clock.move(minutes=16)
    assert people(any_session, clock).authenticate(account.email, GOOD["password"], address="2")


def test_a_session_ends_by_sign_out_by_age_and_from_elsewhere(
    any_session: Session, account: Account, clock: StoppedClock
) -> None:
    service = people(any_session, clock)
    here, there, third = (service.start_session(account, user_agent="x" * 999) for _ in range(3))
    any_session.flush()
    assert service.account_of(here) is account
    assert service.account_of("không có") is None
    service.end_session(third)
    service.end_other_sessions(account.id, here)
    any_session.expire_all()
    assert service.account_of(there) is None
    assert [one.token_digest == here for one in service.sessions(account.id)] == [False]
    clock.move(hours=13)
    assert people(any_session, clock).account_of(here) is None
