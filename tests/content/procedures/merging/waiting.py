"""What waits for a decision."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from content.procedures.merging.models import (
    Decision,
    ImportDifference,
)


def waiting(session: Session) -> list[ImportDifference]:
    query = select(ImportDifference).where(ImportDifference.state == Decision.OPEN)
    return list(session.scalars(query.order_by(ImportDifference.id)))
