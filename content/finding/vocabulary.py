"""When the words that help search change, so that every process reads them again at once.

Knows no table, so that the tables can use it.
"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from content import changes
from content.changes import Generation
from content.terms.linking import COUNTER as TERMS

COUNTER = "finding"
_VALUES = select(Generation.name, Generation.value).where(Generation.name.in_((COUNTER, TERMS)))


def stale(session: Session) -> None:
    """Make what is kept of synonyms and pinned results stale once this transaction commits."""
    changes.advance(session, COUNTER)


def generation(session: Session) -> tuple[int, int]:
    """Grows with every change of synonyms and pinned results, and of terms, whose other
    names are synonyms too. One small query."""
    found = {row.name: row.value for row in session.execute(_VALUES)}
    return found.get(COUNTER, 0), found.get(TERMS, 0)
