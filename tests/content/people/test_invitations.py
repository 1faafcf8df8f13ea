"""Links to a first password: once, for some days, for one person."""

from typing import Any

import pytest
from sqlalchemy.orm import Session

from content.errors import Invalid, NotAllowed, NotFound
from content.people.invitations import accept, invite, invited, unknown_password
from content.people.models import Account
from content.people.service import PeopleService
from tests.support.site import WEAK_HASHER

GOOD = "cau-mat-khau-dai"


@pytest.fixture
def people(any_session: Session, clock: Any) -> PeopleService:
    return PeopleService(any_session, WEAK_HASHER, clock())


@pytest.fixture
def account(people: PeopleService) -> Account:
    return people.register(email="a@example.vn", name="A", password=unknown_password())


def test_the_link_sets_the_password_once(
    any_session: Session, people: PeopleService, account: Account, clock: Any
) -> None:
    token = invite(any_session, account, clock())
    with pytest.raises(NotAllowed):
        people.authenticate("a@example.vn", GOOD, address="1")
    with pytest.raises(Invalid):
        accept(any_session, token, "ngan", WEAK_HASHER, clock())
    accept(any_session, token, GOOD, WEAK_HASHER, clock())
    assert people.authenticate("a@example.vn", GOOD, address="1") is account
    with pytest.raises(NotFound):
        accept(any_session, token, GOOD, WEAK_HASHER, clock())


def test_it_ends_and_a_new_one_takes_its_place(
    any_session: Session, account: Account, clock: Any
) -> None:
    first = invite(any_session, account, clock())
    second = invite(any_session, account, clock())
    with pytest.raises(NotFound):
        invited(any_session, first, clock())
    assert invited(any_session, second, clock()).account is account
    clock.move(days=7)
    with pytest.raises(NotFound):
        invited(any_session, second, clock())
    with pytest.raises(NotFound):
        invited(any_session, "", clock())
