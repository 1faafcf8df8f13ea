"""Who gets the newsletter, and its issues.

Of a subscriber nothing is kept but the address, and that only while they get the newsletter
(Luật 91/2025/QH15): an address nobody confirmed is erased after some days, one that leaves
at once.
"""

import secrets
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from content.orm import Base, BigId, Document, Id, Versioned, by_value, reference
from content.writing.trash import Trashable, trashable

MAX_EMAIL = 254
MAX_SUBJECT = 200
MAX_INTRO = 4000
MAX_ARTICLES = 30


def new_key() -> str:
    """What stands in the links of one subscriber: nobody guesses it."""
    return secrets.token_urlsafe(24)


class Subscriber(Base):
    """An address. ``key`` opens its links of confirming and leaving; kept here and not signed,
    so that leaving works from mails of any age, whatever becomes of the site's secret."""

    __tablename__ = "newsletter_subscriber"

    id: Mapped[Id]
    email: Mapped[str] = mapped_column(String(MAX_EMAIL))
    email_key: Mapped[str] = mapped_column(String(MAX_EMAIL), unique=True)
    key: Mapped[str] = mapped_column(String(40), unique=True, default=new_key)
    asked_at: Mapped[datetime] = mapped_column(index=True)
    confirmed_at: Mapped[datetime | None]


class IssueState(StrEnum):
    """Being put together, on its way to the addresses, or with all of them."""

    DRAFT = "draft"
    SENDING = "sending"
    SENT = "sent"


@trashable("newsletter_issue", "Số bản tin", lambda issue: issue.subject)
class Issue(Versioned, Trashable, Base):
    """One issue; ``articles`` are ids in their order. ``reached`` is the last subscriber whose
    mail is in the outbox, ``recipients`` how many there were."""

    __tablename__ = "newsletter_issue"

    id: Mapped[Id]
    subject: Mapped[str] = mapped_column(String(MAX_SUBJECT))
    intro: Mapped[str] = mapped_column(Text, default="")
    articles: Mapped[list[Any]] = mapped_column(Document, default=list)
    state: Mapped[IssueState] = mapped_column(by_value(IssueState), default=IssueState.DRAFT)
    written_by: Mapped[int | None] = reference("account.id", index=False)
    updated_at: Mapped[datetime]
    sent_by: Mapped[int | None] = reference("account.id", index=False)
    sent_at: Mapped[datetime | None]
    reached: Mapped[int] = mapped_column(BigId, default=0)
    recipients: Mapped[int] = mapped_column(Integer, default=0)
