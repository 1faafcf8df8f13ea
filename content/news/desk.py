"""What waits on the editors' desks: whose drafts, what is to be reviewed. Reads only."""

from sqlalchemy import ColumnElement, String, cast, func, literal, select
from sqlalchemy.orm import Session

from content.news.models import Article, ArticleStatus, Page, ReviewState, WorkingCopy
from content.writing.models import Revision
from content.writing.trash import in_use

Written = type[Article] | type[Page]
Conditions = tuple[ColumnElement[bool], ...]


def drafts_of(model: Written, account_id: int) -> Conditions:
    """The conditions of drafts in which somebody wrote."""
    own = select(Revision.id).where(
        Revision.subject == _subject(model), Revision.written_by == account_id
    )
    return in_use(model), model.status == ArticleStatus.DRAFT, own.exists()


def in_review(model: Written, state: ReviewState) -> Conditions:
    """The conditions of what stands in a state of the review."""
    return in_use(model), model.review == state


def with_copies(model: Written) -> Conditions:
    """The conditions of what readers see and a working copy of which waits for another."""
    copy = select(WorkingCopy.subject).where(WorkingCopy.subject == _subject(model))
    return in_use(model), copy.exists()


def _subject(model: Written) -> ColumnElement[str]:
    kind = "page" if model is Page else "article"
    return literal(f"{kind}:") + cast(model.id, String)


def count(session: Session, model: Written, conditions: Conditions) -> int:
    """How many there are."""
    return session.scalar(select(func.count(model.id)).where(*conditions)) or 0
