"""Accounts, memberships, sign-in sessions and failed attempts.

Tokens are kept as digests only: who reads the table cannot sign in with it.
"""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Boolean, Index, Integer, String, UniqueConstraint, true
from sqlalchemy.orm import Mapped, mapped_column, relationship

from content.orm import Base, Id, Versioned, by_value, reference
from content.people.roles import Role

MAX_EMAIL = 254
MAX_SIGN_WORDS = 80
MAX_NAME = 120


class AccountKind(StrEnum):
    """Citizens file dossiers, officials handle them."""

    CITIZEN = "citizen"
    OFFICIAL = "official"


class Account(Versioned, Base):
    """A person who signs in. ``email`` is what was typed, ``email_key`` what is compared.

    ``wants_notices``: an officer wants mails about dossiers that come to them. What stands over
    the name where they sign letters: ``sign_title`` ("Phó Chủ tịch"), and ``sign_capacity``
    ("KT. Chủ tịch") where it is not in their own right (NĐ 30/2020).
    """

    __tablename__ = "account"

    id: Mapped[Id]
    kind: Mapped[AccountKind] = mapped_column(by_value(AccountKind))
    name: Mapped[str] = mapped_column(String(MAX_NAME))
    email: Mapped[str] = mapped_column(String(MAX_EMAIL))
    email_key: Mapped[str] = mapped_column(String(MAX_EMAIL), unique=True)
    phone: Mapped[str | None] = mapped_column(String(20))
    national_id: Mapped[str | None] = mapped_column(String(12), index=True)
    password_hash: Mapped[str] = mapped_column(String(255))
    is_active: Mapped[bool] = mapped_column(Boolean, default=True)
    is_sample: Mapped[bool] = mapped_column(Boolean, default=False)
    wants_notices: Mapped[bool] = mapped_column(Boolean, default=True, server_default=true())
    sign_title: Mapped[str | None] = mapped_column(String(MAX_SIGN_WORDS))
    sign_capacity: Mapped[str | None] = mapped_column(String(MAX_SIGN_WORDS))
    created_at: Mapped[datetime]

    memberships: Mapped[list["Membership"]] = relationship(
        back_populates="account", lazy="selectin", cascade="all, delete-orphan"
    )

    @property
    def subject(self) -> str:
        """Its name in audit lines."""
        return f"account:{self.id}"


class Membership(Base):
    """A role of an account in an agency."""

    __tablename__ = "membership"
    __table_args__ = (UniqueConstraint("account_id", "agency_id", "role"),)

    id: Mapped[Id]
    account_id: Mapped[int] = reference("account.id", ondelete="CASCADE")
    agency_id: Mapped[int] = reference("agency.id")
    role: Mapped[Role] = mapped_column(by_value(Role))

    account: Mapped[Account] = relationship(back_populates="memberships")


class SignInSession(Base):
    """A signed-in browser; ended by sign-out, by age or by the owner from elsewhere."""

    __tablename__ = "sign_in_session"

    id: Mapped[Id]
    token_digest: Mapped[str] = mapped_column(String(64), unique=True)
    account_id: Mapped[int] = reference("account.id", ondelete="CASCADE")
    user_agent: Mapped[str] = mapped_column(String(200), default="")
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]

    account: Mapped[Account] = relationship(lazy="joined")


class FailedAttempt(Base):
    """A refused sign-in or another counted act, kept for the window in which it is counted.

    The key is ``kind:digest``, so that each kind has a window of its own.
    """

    __tablename__ = "failed_attempt"
    __table_args__ = (Index("ix__failed_attempt__key_at", "key", "at"),)

    id: Mapped[Id]
    key: Mapped[str] = mapped_column(String(80))
    at: Mapped[datetime]
    weight: Mapped[int] = mapped_column(Integer, default=1)
