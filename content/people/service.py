"""Registering, signing in and out, and who a token belongs to.

Every failed sign-in gives the same error after the same work, whatever the cause:
unknown address, wrong password or a closed account. Attempts are counted in the
database, so the limit holds across processes.
"""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Protocol

from sqlalchemy import ColumnElement, bindparam, delete, func, select, update
from sqlalchemy.orm import Session, joinedload

from content.errors import Conflict, Invalid, NotAllowed, TooMany
from content.people.identity import email_key
from content.people.models import Account, AccountKind, FailedAttempt, Membership, SignInSession
from content.people.roles import Role

WINDOW = timedelta(minutes=15)
MAX_FAILURES = 8
#: What the keys of counted sign-ins begin with; see ``attempts.py`` for other kinds.
_SIGN_IN = "sign-in:"
SESSION_LIFE = timedelta(hours=12)
SEEN_STEP = timedelta(minutes=5)
MIN_PASSWORD = 10
MAX_PASSWORD = 200


# Asked by every page with a session: built once, and the roles come along in one query.
_SIGNED_IN = (
    select(Account)
    .join(SignInSession, SignInSession.account_id == Account.id)
    .where(
        SignInSession.token_digest == bindparam("digest"),
        SignInSession.revoked_at.is_(None),
        SignInSession.expires_at > bindparam("now"),
        Account.is_active,
    )
    .options(joinedload(Account.memberships))
)


class Hasher(Protocol):
    """Hashes and checks passwords."""

    def hash(self, password: str) -> str:
        """A salted hash."""

    def matches(self, password: str, hashed: str) -> bool:
        """Whether the password is the one that was hashed."""

    def waste_time(self, password: str) -> None:
        """Do the work of a check, for an account that does not exist."""


def digest(token: str) -> str:
    """What is kept of a token or of a counted key."""
    return hashlib.sha256(token.encode()).hexdigest()


class PeopleService:
    """Accounts of one authority."""

    def __init__(self, session: Session, hasher: Hasher, now: datetime) -> None:
        self.session = session
        self.hasher = hasher
        self.now = now

    def register(
        self,
        *,
        email: str,
        name: str,
        password: str,
        kind: AccountKind = AccountKind.CITIZEN,
        phone: str | None = None,
        memberships: Iterable[tuple[int, Role]] = (),
        is_sample: bool = False,
    ) -> Account:
        """A new account. Raises ``Conflict`` if the address is taken, ``Invalid`` if weak."""
        check_password(password, email)
        key = email_key(email)
        if self.session.scalar(select(Account.id).where(Account.email_key == key)):
            raise Conflict("email_taken")
        account = Account(
            kind=kind,
            name=name,
            email=email.strip(),
            email_key=key,
            phone=phone,
            password_hash=self.hasher.hash(password),
            is_sample=is_sample,
            is_active=True,
            created_at=self.now,
        )
        account.memberships = [
            Membership(agency_id=agency, role=role) for agency, role in memberships
        ]
        self.session.add(account)
        self.session.flush()  # the caller needs the id
        return account

    def set_password(self, account: Account, password: str) -> None:
        """Another password, as an administrator sets it; every browser is signed out.

        Raises ``Invalid`` for a weak one.
        """
        check_password(password, account.email)
        account.password_hash = self.hasher.hash(password)
        sign_out_everywhere(self.session, account.id, self.now)

    def authenticate(self, email: str, password: str, *, address: str) -> Account:
        """The account, or ``NotAllowed``; ``TooMany`` after repeated failures.

        The caller commits failed attempts in a transaction of their own.
        """
        counted = ("email:" + email_key(email), "address:" + address)
        keys = (_SIGN_IN + digest(counted[0]), _SIGN_IN + digest(counted[1]))
        self._refuse_if_tired(keys)
        query = select(Account).where(Account.email_key == email_key(email))
        account = self.session.scalars(query).first()
        if account is None:
            self.hasher.waste_time(password)
        elif self.hasher.matches(password, account.password_hash) and account.is_active:
            return account
        raise NotAllowed("bad_credentials", keys=keys)

    def note_failure(self, keys: Iterable[str]) -> None:
        """Count a failed sign-in and forget those outside the window."""
        for key in keys:
            self.session.add(FailedAttempt(key=key, at=self.now))
        ours = FailedAttempt.key.startswith(_SIGN_IN)
        old = FailedAttempt.at < self.now - WINDOW
        self.session.execute(delete(FailedAttempt).where(ours, old))

    def _refuse_if_tired(self, keys: tuple[str, str]) -> None:
        since = self.now - WINDOW
        counted = select(FailedAttempt.key, func.count()).where(
            FailedAttempt.key.in_(keys), FailedAttempt.at >= since
        )
        for key, count in self.session.execute(counted.group_by(FailedAttempt.key)):
            # One address may stand for a whole commune's desk or café.
            limit = MAX_FAILURES if key == keys[0] else MAX_FAILURES * 5
            if count >= limit:
                raise TooMany("too_many_attempts", retry_after=int(WINDOW.total_seconds()))

    def start_session(self, account: Account, *, user_agent: str) -> str:
        """Sign a browser in; returns the token to give to it."""
        token = secrets.token_urlsafe(32)
        self.session.add(
            SignInSession(
                token_digest=digest(token),
                account_id=account.id,
                user_agent=user_agent[:200],
                created_at=self.now,
                seen_at=self.now,
                expires_at=self.now + SESSION_LIFE,
            )
        )
        return token

    def account_of(self, token: str) -> Account | None:
        """Who is signed in with this token, if anybody."""
        asked = {"digest": digest(token), "now": self.now}
        return self.session.scalars(_SIGNED_IN, asked).unique().first()

    def end_session(self, token: str) -> None:
        """Sign this browser out."""
        self._revoke(SignInSession.token_digest == digest(token))

    def end_other_sessions(self, account_id: int, token: str) -> None:
        """Sign all other browsers of the account out."""
        self._revoke(
            SignInSession.account_id == account_id, SignInSession.token_digest != digest(token)
        )

    def end_session_by_id(self, account_id: int, session_id: int) -> None:
        """Sign one browser of the account out."""
        self._revoke(SignInSession.account_id == account_id, SignInSession.id == session_id)

    def sessions(self, account_id: int) -> list[SignInSession]:
        """The account's live sessions, newest first."""
        query = (
            select(SignInSession)
            .where(
                SignInSession.account_id == account_id,
                SignInSession.revoked_at.is_(None),
                SignInSession.expires_at > self.now,
            )
            .order_by(SignInSession.id.desc())
        )
        return list(self.session.scalars(query))

    def _revoke(self, *which: ColumnElement[bool]) -> None:
        _revoke(self.session, self.now, *which)


def sign_out_everywhere(session: Session, account_id: int, now: datetime) -> None:
    """Every browser of an account is signed out."""
    _revoke(session, now, SignInSession.account_id == account_id)


def _revoke(session: Session, now: datetime, *which: ColumnElement[bool]) -> None:
    live = (*which, SignInSession.revoked_at.is_(None))
    session.execute(update(SignInSession).where(*live).values(revoked_at=now))


def check_password(password: str, email: str) -> None:
    """Long enough, not the address itself, not one character; raises ``Invalid``.

    Length rather than composition, after NIST SP 800-63B section 3.1.1.
    """
    if len(password) < MIN_PASSWORD:
        raise Invalid({"password": "password_short"}, minimum=MIN_PASSWORD)
    if len(password) > MAX_PASSWORD:
        raise Invalid({"password": "password_long"}, maximum=MAX_PASSWORD)
    if len(set(password)) < 4 or email_key(email).split("@")[0] == password.lower():
        raise Invalid({"password": "password_guessable"})
