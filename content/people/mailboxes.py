"""Mailboxes of officers: who has which address, giving somebody another one, wanting mails.

Which domains are official, the site's settings say; officers are written to nowhere else.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from content import audit
from content.errors import Conflict, Invalid
from content.people.identity import email_key
from content.people.models import MAX_EMAIL, Account, AccountKind
from content.people.service import sign_out_everywhere


def officers(session: Session) -> Sequence[Account]:
    """Accounts of officers that are in use, by name."""
    query = select(Account).where(Account.kind == AccountKind.OFFICIAL, Account.is_active.is_(True))
    return session.scalars(query.order_by(Account.name, Account.id)).all()


def give_address(
    session: Session,
    account: Account,
    email: str,
    *,
    revision: int,
    actor_id: int | None,
    now: datetime,
) -> None:
    """Another address for an officer, with which they sign in from now on; every browser of
    the account is signed out.

    Raises ``Invalid`` (``email``: ``not_an_address``, ``taken``), ``Conflict``.
    """
    if account.revision != revision:
        raise Conflict("changed_meanwhile")
    address, key = email.strip(), email_key(email)
    if "@" not in address or len(address) > MAX_EMAIL:
        raise Invalid({"email": "not_an_address"})
    other = select(Account.id).where(Account.email_key == key, Account.id != account.id)
    if session.scalar(other) is not None:
        raise Invalid({"email": "taken"})
    account.email, account.email_key = address, key
    sign_out_everywhere(session, account.id, now)
    audit.record(
        session,
        now=now,
        actor_id=actor_id,
        action="account.address",
        subject=account.subject,
    )


def want_notices(session: Session, account: Account, now: datetime, *, wanted: bool) -> None:
    """Whether an officer wants mails about dossiers that come to them."""
    account.wants_notices = wanted
    audit.record(
        session,
        now=now,
        actor_id=account.id,
        action="account.notices",
        subject=account.subject,
        wanted=wanted,
    )
