"""Invitations: an account made by an administrator, whose person chooses the password, the first
one or another in place of one forgotten.

The link holds a token that is kept as a digest, is good once, and ends after some days. Until
then nobody can sign in to the account, for its password is known to nobody.
"""

import secrets
from datetime import datetime, timedelta

from sqlalchemy import String, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from content import audit
from content.errors import NotFound
from content.orm import Base, Id, reference
from content.people.models import Account
from content.people.service import Hasher, check_password, digest, sign_out_everywhere

LIFE = timedelta(days=7)


class Invitation(Base):
    """A link that lets the person of an account choose a password."""

    __tablename__ = "invitation"

    id: Mapped[Id]
    token_digest: Mapped[str] = mapped_column(String(64), unique=True)
    account_id: Mapped[int] = reference("account.id", ondelete="CASCADE")
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]

    account: Mapped[Account] = relationship(lazy="joined")


def unknown_password() -> str:
    """A password that nobody knows, for an account that waits for its person."""
    return secrets.token_urlsafe(48)


def invite(session: Session, account: Account, now: datetime) -> str:
    """A new link's token; links given before end with it."""
    end_invitations(session, account.id, now)
    token = secrets.token_urlsafe(32)
    session.add(
        Invitation(
            token_digest=digest(token),
            account_id=account.id,
            created_at=now,
            expires_at=now + LIFE,
        )
    )
    return token


def end_invitations(session: Session, account_id: int, now: datetime) -> None:
    """No link given so far is good any more."""
    waiting = (Invitation.account_id == account_id, Invitation.used_at.is_(None))
    session.execute(update(Invitation).where(*waiting).values(used_at=now))


def invited(session: Session, token: str, now: datetime) -> Invitation:
    """The invitation of a link. Raises ``NotFound`` for one that was used, ended, or never was."""
    query = select(Invitation).where(Invitation.token_digest == digest(token))
    found = session.scalars(query.with_for_update(of=Invitation)).first()
    over = found is not None and (found.used_at is not None or found.expires_at <= now)
    if found is None or over or not found.account.is_active:
        raise NotFound("invitation")
    return found


def accept(session: Session, token: str, password: str, hasher: Hasher, now: datetime) -> Account:
    """Set the password; all browsers of the account are signed out.

    Raises ``NotFound`` as above, ``Invalid`` for a weak password.
    """
    found = invited(session, token, now)
    account = found.account
    check_password(password, account.email)
    account.password_hash = hasher.hash(password)
    found.used_at = now
    sign_out_everywhere(session, account.id, now)
    audit.record(
        session,
        now=now,
        actor_id=account.id,
        action="account.invitation_accepted",
        subject=account.subject,
    )
    return account
