"""What readers say about an article: off until an editor opens it, hidden until approved.

The address of a reader is for asking back only and is never shown. What is shown and what
is hidden are both decisions of an editor, written down.
"""

import re
from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Date, Index, Integer, String, Text, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from content import audit
from content.errors import Invalid, InvalidTransition
from content.news.models import Article
from content.orm import Base, Id, by_value, reference
from content.text import clean
from content.words import local

PAGE_SIZE = 50
MAX_NAME = 100
MAX_EMAIL = 254
MAX_TEXT = 2000
#: A reader may show one source; more links than that are advertising.
MAX_LINKS = 1
#: Reports of readers after which a shown comment waits for an editor again.
HIDING_REPORTS = 3
_LINK = re.compile(r"https?://|www\.", re.IGNORECASE)


class CommentState(StrEnum):
    """Waiting for an editor, seen by readers, or kept from them."""

    WAITING = "waiting"
    SHOWN = "shown"
    HIDDEN = "hidden"


class Discussion(Base):
    """That an article takes comments, until the end of a day if one is set."""

    __tablename__ = "article_discussion"

    article_id: Mapped[int] = reference(
        "article.id", ondelete="CASCADE", primary_key=True, index=False
    )
    closes_on: Mapped[date | None] = mapped_column(Date)

    article: Mapped[Article] = relationship(lazy="joined")


class Comment(Base):
    """One comment. ``email`` is personal data, for editors only."""

    __tablename__ = "article_comment"
    __table_args__ = (Index("ix__article_comment__queue", "state", "made_at"),)

    id: Mapped[Id]
    article_id: Mapped[int] = reference("article.id", ondelete="CASCADE")
    name: Mapped[str] = mapped_column(String(MAX_NAME))
    email: Mapped[str] = mapped_column(String(MAX_EMAIL))
    text: Mapped[str] = mapped_column(Text)
    state: Mapped[CommentState] = mapped_column(by_value(CommentState))
    reports: Mapped[int] = mapped_column(Integer, default=0)
    made_at: Mapped[datetime]
    decided_by: Mapped[int | None] = reference("account.id", index=False)
    decided_at: Mapped[datetime | None]

    article: Mapped[Article] = relationship(lazy="joined")


def is_open(session: Session, article: Article, now: datetime) -> bool:
    """Whether comments are taken today."""
    found = session.get(Discussion, article.id)
    if found is None:
        return False
    return found.closes_on is None or local(now).date() <= found.closes_on


def set_open(
    session: Session, article: Article, closes_on: date | None, *, by: int | None, now: datetime
) -> None:
    """Take comments from now on, to the end of a day. ``Invalid`` for a day that is over."""
    if closes_on is not None and closes_on < local(now).date():
        raise Invalid({"closes_on": "in_the_past"})
    found = session.get(Discussion, article.id)
    if found is None:
        found = Discussion(article_id=article.id)
        session.add(found)
    found.closes_on = closes_on
    _note(session, f"article:{article.id}", "article.comments_opened", by, now)


def set_closed(session: Session, article: Article, *, by: int | None, now: datetime) -> None:
    """Take no more comments; what is shown stays."""
    found = session.get(Discussion, article.id)
    if found is not None:
        session.delete(found)
        _note(session, f"article:{article.id}", "article.comments_closed", by, now)


def leave(
    session: Session, article: Article, *, name: str, email: str, text: str, now: datetime
) -> Comment:
    """Keep a comment for an editor to look at. Raises ``Invalid``, ``InvalidTransition``."""
    if not is_open(session, article, now):
        raise InvalidTransition("comments_closed", article=article.id)
    words = clean(text, multiline=True)
    given = {
        "name": (clean(name), MAX_NAME),
        "email": (clean(email), MAX_EMAIL),
        "text": (words, MAX_TEXT),
    }
    problems = {key: "required" for key, (value, _most) in given.items() if not value}
    problems |= {key: "too_long" for key, (value, most) in given.items() if len(value) > most}
    if len(_LINK.findall(words)) > MAX_LINKS or _LINK.search(given["name"][0]):
        problems["text"] = "too_many_links"
    if problems:
        raise Invalid(problems)
    comment = Comment(
        article_id=article.id,
        name=given["name"][0],
        email=given["email"][0],
        text=words,
        state=CommentState.WAITING,
        reports=0,
        made_at=now,
    )
    session.add(comment)
    return comment


def decide(
    session: Session, comment: Comment, *, shown: bool, by: int | None, now: datetime
) -> None:
    """Show it or keep it from readers; may be decided anew."""
    comment.state = CommentState.SHOWN if shown else CommentState.HIDDEN
    comment.reports = 0
    comment.decided_by, comment.decided_at = by, now
    _note(session, f"comment:{comment.id}", f"comment.{comment.state.value}", by, now)


def report(comment: Comment) -> None:
    """A reader finds it improper; some reports send it back to the editors."""
    if comment.state is not CommentState.SHOWN:
        return
    comment.reports += 1
    if comment.reports >= HIDING_REPORTS:
        comment.state = CommentState.WAITING


def shown(session: Session, article: Article) -> Sequence[Comment]:
    """What readers see, oldest first."""
    query = select(Comment).where(
        Comment.article_id == article.id, Comment.state == CommentState.SHOWN
    )
    return session.scalars(query.order_by(Comment.made_at, Comment.id)).all()


def find_shown(session: Session, article: Article, comment_id: int) -> Comment | None:
    """A comment that readers see under this article."""
    found = session.get(Comment, comment_id)
    if found is None or found.article_id != article.id or found.state is not CommentState.SHOWN:
        return None
    return found


def queue(
    session: Session, state: CommentState, *, page: int = 1, size: int = PAGE_SIZE
) -> Sequence[Comment]:
    """A page of comments for editors: those that wait from the oldest, others from the
    newest."""
    order = Comment.made_at.asc() if state is CommentState.WAITING else Comment.made_at.desc()
    query = select(Comment).where(Comment.state == state).order_by(order, Comment.id)
    return session.scalars(query.offset((page - 1) * size).limit(size)).all()


def counts(session: Session) -> dict[CommentState, int]:
    """How many comments stand in each state."""
    query = select(Comment.state, func.count(Comment.id)).group_by(Comment.state)
    return {row.state: row[1] for row in session.execute(query)}


def open_discussions(session: Session) -> Sequence[Discussion]:
    """The articles that take comments."""
    return session.scalars(select(Discussion).order_by(Discussion.article_id.desc())).all()


def _note(session: Session, subject: str, action: str, by: int | None, now: datetime) -> None:
    audit.record(session, now=now, actor_id=by, action=action, subject=subject)
