"""What waits on the editors' desks: whose drafts, what is to be reviewed. Reads only."""

from sqlalchemy import ColumnElement, String, cast, func, literal, select
from sqlalchemy.orm import Session

from content.news.models import Article, ArticleStatus, Page, ReviewState
from content.writing.models import Revision
from content.writing.trash import in_use

Written = type[Article] | type[Page]


def drafts_of(model: Written, account_id: int) -> tuple[ColumnElement[bool], ...]:
    """The conditions of drafts in which somebody wrote."""
    kind = "page" if model is Page else "article"
    subject = literal(f"{kind}:") + cast(model.id, String)
    own = select(Revision.id).where(Revision.subject == subject, Revision.written_by == account_id)
    return in_use(model), model.status == ArticleStatus.DRAFT, own.exists()


def in_review(model: Written, state: ReviewState) -> tuple[ColumnElement[bool], ...]:
    """The conditions of what stands in a state of the review."""
    return in_use(model), model.review == state


def count(session: Session, model: Written, conditions: tuple[ColumnElement[bool], ...]) -> int:
    """How many there are."""
    return session.scalar(select(func.count(model.id)).where(*conditions)) or 0
