"""Accounts of officials as an administrator keeps them: found, opened, described, closed.

Every act is written down with who did it. A closed account keeps its name in all that was done
with it; it signs in no more. Posts, which hang together with dossiers, are left in
``content.dossiers.memberships``.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from content import audit
from content.errors import Conflict, InvalidTransition
from content.people.invitations import Invitation, end_invitations, invite, unknown_password
from content.people.models import Account, AccountKind, Membership, SignInSession
from content.people.roles import Role
from content.people.service import Hasher, PeopleService, sign_out_everywhere
from content.text import fold

PAGE_SIZE = 50


@dataclass(frozen=True)
class Asked:
    """What an administrator looks for; ``None`` and "" are no filter."""

    words: str = ""
    agency_id: int | None = None
    role: Role | None = None
    is_active: bool | None = True
    page: int = 1


@dataclass(frozen=True)
class AccountPage:
    """One page of accounts; ``seen`` says when each was last at work, by id."""

    items: Sequence[Account]
    seen: dict[int, datetime]
    total: int
    page: int
    pages: int


@dataclass(frozen=True)
class Person:
    """What is written down of somebody."""

    name: str
    email: str
    phone: str | None = None


def officials(session: Session, asked: Asked) -> AccountPage:
    """Officials whose name or address has all the words, with or without marks, by name."""
    query = select(Account.id, Account.name, Account.email_key).where(
        Account.kind == AccountKind.OFFICIAL
    )
    if asked.is_active is not None:
        query = query.where(Account.is_active.is_(asked.is_active))
    posts = [
        *([] if asked.agency_id is None else [Membership.agency_id == asked.agency_id]),
        *([] if asked.role is None else [Membership.role == asked.role]),
    ]
    if posts:
        # The role in that agency, not each of them somewhere.
        query = query.where(Account.memberships.any(and_(*posts)))
    wanted = fold(asked.words).split()
    # Thousands at most, and no database folds Vietnamese as we do.
    found = sorted(
        (fold(name.split()[-1] if name.split() else name), fold(name), number)
        for number, name, email in session.execute(query)
        if all(word in f"{fold(name)} {email}" for word in wanted)
    )
    pages = max(1, -(-len(found) // PAGE_SIZE))
    page = min(max(asked.page, 1), pages)
    ids = [number for *_name, number in found[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]]
    by_id = {one.id: one for one in session.scalars(select(Account).where(Account.id.in_(ids)))}
    return AccountPage(
        [by_id[one] for one in ids], last_seen(session, ids), len(found), page, pages
    )


def last_seen(session: Session, ids: Iterable[int]) -> dict[int, datetime]:
    """When somebody was last seen with each account; those never seen are not there."""
    query = (
        select(SignInSession.account_id, func.max(SignInSession.seen_at).label("seen"))
        .where(SignInSession.account_id.in_(list(ids)))
        .group_by(SignInSession.account_id)
    )
    return {row.account_id: row.seen for row in session.execute(query)}


def link_that_waits(session: Session, account: Account, now: datetime) -> Invitation | None:
    """The link behind which a password can still be chosen, if there is one."""
    query = select(Invitation).where(
        Invitation.account_id == account.id,
        Invitation.used_at.is_(None),
        Invitation.expires_at > now,
    )
    return session.scalars(query).first()


class AccountKeeper:
    """What an administrator does with accounts; ``actor_id`` is theirs."""

    def __init__(self, session: Session, hasher: Hasher, now: datetime, actor_id: int) -> None:
        self.session = session
        self.hasher = hasher
        self.now = now
        self.actor_id = actor_id

    def open(self, person: Person, agency_id: int, roles: Iterable[Role]) -> Account:
        """A new account that waits for its person: nobody knows its password.

        Raises ``Conflict("email_taken")``.
        """
        account = PeopleService(self.session, self.hasher, self.now).register(
            email=person.email,
            name=person.name,
            phone=person.phone,
            password=unknown_password(),
            kind=AccountKind.OFFICIAL,
            memberships=[(agency_id, role) for role in dict.fromkeys(roles)],
        )
        self._note(account, "account.opened", agency=agency_id, roles=sorted(roles))
        return account

    def describe(self, account: Account, name: str, phone: str | None, *, revision: int) -> None:
        """Another name or telephone. Raises ``Conflict`` when somebody else was faster."""
        if account.revision != revision:
            raise Conflict("changed_meanwhile")
        account.name, account.phone = name, phone
        self._note(account, "account.described")

    def give_roles(self, account: Account, agency_id: int, roles: Iterable[Role]) -> list[Role]:
        """Roles in an agency beside those the account has; returns those that are new."""
        known = {one.role for one in account.memberships if one.agency_id == agency_id}
        new = [one for one in dict.fromkeys(roles) if one not in known]
        account.memberships += [Membership(agency_id=agency_id, role=role) for role in new]
        if new:
            self._note(account, "account.post_given", agency=agency_id, roles=sorted(new))
        return new

    def close(self, account: Account) -> None:
        """Nobody signs in with it from now on; all browsers and links end.

        Raises ``InvalidTransition("own_account")``.
        """
        if account.id == self.actor_id:
            raise InvalidTransition("own_account")
        account.is_active = False
        sign_out_everywhere(self.session, account.id, self.now)
        end_invitations(self.session, account.id, self.now)
        self._note(account, "account.closed")

    def reopen(self, account: Account) -> None:
        """It may be used again, with the password it had."""
        account.is_active = True
        self._note(account, "account.reopened")

    def sign_out(self, account: Account) -> None:
        """All browsers of the account are signed out."""
        sign_out_everywhere(self.session, account.id, self.now)
        self._note(account, "account.signed_out")

    def invite(self, account: Account) -> str:
        """The token of a new link behind which the password is chosen; those before end.

        Raises ``InvalidTransition("closed")``: a closed account is opened again first.
        """
        if not account.is_active:
            raise InvalidTransition("closed")
        self._note(account, "account.invited")
        return invite(self.session, account, self.now)

    def _note(self, account: Account, action: str, **data: Any) -> None:
        audit.record(
            self.session,
            now=self.now,
            actor_id=self.actor_id,
            action=action,
            subject=account.subject,
            **data,
        )
