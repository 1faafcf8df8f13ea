"""Accounts of officials from a list: one row for each agency and its roles.

Nobody's password stands in a list: each account waits for its person behind an invitation.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from content.people.identity import email_key
from content.people.invitations import invite, unknown_password
from content.people.models import MAX_EMAIL, MAX_NAME, Account, AccountKind
from content.people.roles import ROLE_NAMES, Role
from content.people.service import Hasher, PeopleService
from content.text import fold

TITLES = {
    "Thư điện tử": "email",
    "Họ tên": "name",
    "Điện thoại": "phone",
    "Cơ quan": "agency",
    "Vai trò": "roles",
}
REQUIRED = ("email", "name", "agency", "roles")
_ROLES = {fold(words): role for role, words in ROLE_NAMES.items()} | {
    role.value: role for role in Role
}
_MAX_PHONE = 20


class Row(Protocol):
    """A row of a list with named cells."""

    @property
    def number(self) -> int:
        """The row as the program shows it."""

    def text(self, key: str) -> str:
        """A cell as clean text, "" where it is empty."""


@dataclass
class Person:
    """An account to be made, with all its places."""

    email: str
    name: str
    phone: str | None
    posts: list[tuple[int, Role]] = field(default_factory=list)


@dataclass
class Plan:
    """The accounts of a list. ``problems`` are (row, key, code, value)."""

    people: dict[str, Person] = field(default_factory=dict)
    problems: list[tuple[int, str, str, str]] = field(default_factory=list)


def plan(session: Session, rows: Sequence[Row], agencies: Mapping[str, int]) -> Plan:
    """What these rows would make; ``agencies`` gives ids by code and slug. Writes nothing.

    The same address in several rows is one person with several posts.
    """
    taken = set(session.scalars(select(Account.email_key)))
    found = Plan()
    for row in rows:
        given = {key: row.text(key) for key in TITLES.values()}
        roles = [_ROLES.get(fold(word)) for word in given["roles"].split(";") if word.strip()]
        key = email_key(given["email"])
        person = found.people.get(key)
        wrong = _problems(given, roles, given["agency"] in agencies, key in taken)
        if person is not None and person.name != given["name"]:
            wrong.append(("name", "differs"))
        found.problems += [(row.number, name, code, given[name][:80]) for name, code in wrong]
        if wrong:
            continue
        person = person or Person(given["email"], given["name"], given["phone"] or None)
        here = agencies[given["agency"]]
        new = [(here, role) for role in roles if role is not None]
        person.posts += [post for post in dict.fromkeys(new) if post not in person.posts]
        found.people[key] = person
    return found


def write(session: Session, made: Plan, hasher: Hasher, now: datetime) -> list[tuple[Account, str]]:
    """Make the accounts; each with the token of its invitation, to be given to its person."""
    service = PeopleService(session, hasher, now)
    written = []
    for person in made.people.values():
        account = service.register(
            email=person.email,
            name=person.name,
            phone=person.phone,
            password=unknown_password(),
            kind=AccountKind.OFFICIAL,
            memberships=person.posts,
        )
        written.append((account, invite(session, account, now)))
    return written


def _problems(
    given: Mapping[str, str], roles: Sequence[Role | None], is_agency: bool, is_taken: bool
) -> list[tuple[str, str]]:
    wrong = [(key, "required") for key in REQUIRED if not given[key]]
    local, at, host = given["email"].partition("@")
    if given["email"] and not (local and at and "." in host and " " not in given["email"]):
        wrong.append(("email", "bad_email"))
    if len(given["email"]) > MAX_EMAIL or len(given["name"]) > MAX_NAME:
        wrong.append(("email" if len(given["email"]) > MAX_EMAIL else "name", "too_long"))
    if len(given["phone"]) > _MAX_PHONE:
        wrong.append(("phone", "too_long"))
    if is_taken:
        wrong.append(("email", "taken"))
    if given["agency"] and not is_agency:
        wrong.append(("agency", "unknown"))
    if None in roles:
        wrong.append(("roles", "unknown"))
    return wrong
