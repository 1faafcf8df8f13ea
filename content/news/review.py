"""From a draft to readers and back: sending for review, comments, publishing, withdrawing.

The states are few and the table of what is lawful is short, so each act checks for itself.
Who may do it the portal's rules say; four eyes are asked for here.
"""

from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from content import audit
from content.errors import Invalid, InvalidTransition, NotAllowed
from content.news.completeness import missing_of
from content.news.models import Article, ArticleStatus, Page, ReviewComment, ReviewState
from content.news.service import W, Written, kind_of, subject_of
from content.writing import revisions


class ReviewService:
    """The way of one text. ``four_eyes``: who wrote last does not publish."""

    def __init__(self, session: Session, now: datetime, *, four_eyes: bool = False) -> None:
        self.session = session
        self.now = now
        self.four_eyes = four_eyes

    def send(self, written: Written, note: str, *, actor_id: int) -> None:
        """Ask the head of the board to look; ``note`` tells what to look at."""
        if written.status is ArticleStatus.PUBLISHED or written.review is ReviewState.WAITING:
            raise InvalidTransition("not_to_review", id=written.id)
        written.review, written.review_note = ReviewState.WAITING, note
        self._note(written, actor_id, "sent_for_review")

    def send_back(self, written: Written, words: str, *, actor_id: int) -> None:
        """Give it back with what has to be done."""
        if written.review is not ReviewState.WAITING:
            raise InvalidTransition("not_in_review", id=written.id)
        if not words.strip():
            raise Invalid({"text": "required"}, code="no_reason")
        written.review = ReviewState.RETURNED
        self.comment(written, words, actor_id=actor_id)
        self._note(written, actor_id, "sent_back")

    def comment(self, written: Written, words: str, *, actor_id: int) -> ReviewComment:
        """Say something about it to the board."""
        if not words.strip():
            raise Invalid({"text": "required"}, code="no_words")
        comment = ReviewComment(
            subject=subject_of(written), account_id=actor_id, text=words, written_at=self.now
        )
        self.session.add(comment)
        return comment

    def comments(self, written: Written) -> list[ReviewComment]:
        """What was said, in order."""
        query = select(ReviewComment).where(ReviewComment.subject == subject_of(written))
        return list(self.session.scalars(query.order_by(ReviewComment.id)))

    def publish(
        self,
        written: Written,
        *,
        actor_id: int | None,
        at: datetime | None = None,
        until: datetime | None = None,
    ) -> None:
        """Show it from ``at`` (now) until ``until``. ``Invalid`` names what is missing,
        ``NotAllowed`` if the same person wrote it and four eyes are asked for."""
        if written.status is ArticleStatus.PUBLISHED:
            raise InvalidTransition("already_published", id=written.id)
        if missing := missing_of(written):
            raise Invalid(dict.fromkeys(missing, "required"), code="article_incomplete")
        if self.is_own(written, actor_id):
            raise NotAllowed("four_eyes")
        self._check_dates(at or self.now, until)
        before = written.published_at
        if at is not None:
            written.published_at = at
        elif before is None or before > self.now or written.status is ArticleStatus.DRAFT:
            written.published_at = self.now
        written.withdraw_at = until
        written.status, written.review = ArticleStatus.PUBLISHED, ReviewState.NONE
        written.updated_at = self.now
        self._note(written, actor_id, "published")

    def reschedule(
        self,
        written: Written,
        *,
        actor_id: int | None,
        at: datetime | None,
        until: datetime | None,
    ) -> None:
        """Show what is published from ``at`` (as before) until ``until`` (for good)."""
        if written.status is not ArticleStatus.PUBLISHED:
            raise InvalidTransition("not_published", id=written.id)
        begins = at or written.published_at
        self._check_dates(begins or self.now, until)
        written.published_at, written.withdraw_at = begins, until
        written.updated_at = self.now
        self._note(written, actor_id, "rescheduled")

    def withdraw(self, written: Written, *, actor_id: int | None) -> None:
        """Take it back; it stays for editors."""
        if written.status is not ArticleStatus.PUBLISHED:
            raise InvalidTransition("not_published", id=written.id)
        written.status = ArticleStatus.WITHDRAWN
        written.withdraw_at = None
        written.updated_at = self.now
        self._note(written, actor_id, "withdrawn")

    def is_own(self, written: Written, actor_id: int | None) -> bool:
        """Whether four eyes are asked for and these two wrote it last."""
        if not self.four_eyes:
            return False
        history = revisions.history(self.session, subject_of(written))
        return bool(history) and history[0].written_by == actor_id

    def _check_dates(self, at: datetime, until: datetime | None) -> None:
        if until is not None and until <= max(at, self.now):
            raise Invalid({"until": "before_start"}, code="ends_before_it_begins")

    def _note(self, written: Written, actor_id: int | None, act: str) -> None:
        audit.record(
            self.session,
            now=self.now,
            actor_id=actor_id,
            action=f"{kind_of(written)}.{act}",
            subject=subject_of(written),
        )


def take_back_what_is_over(session: Session, now: datetime) -> int:
    """Withdraw what was to be shown until now; returns how many. For the worker."""
    over = [*session.scalars(_over(Article, now)), *session.scalars(_over(Page, now))]
    for written in over:
        ReviewService(session, now).withdraw(written, actor_id=None)
    return len(over)


def _over(model: type[W], now: datetime) -> Select[W]:
    shown = model.status == ArticleStatus.PUBLISHED
    return select(model).where(shown, model.withdraw_at <= now)
