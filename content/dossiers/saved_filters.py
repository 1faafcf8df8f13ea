"""Filters of the inbox that an officer keeps under names of their own."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from content.dossiers.work_models import MAX_FILTER_NAME, SavedFilter
from content.errors import Invalid
from content.people.models import Account
from content.text import clean

#: More than fit on a screen would be no help.
MAX_FILTERS = 20
MAX_VALUE = 200


def filters_of(session: Session, account_id: int) -> list[SavedFilter]:
    """In the order of their names."""
    query = select(SavedFilter).where(SavedFilter.account_id == account_id)
    return list(session.scalars(query.order_by(SavedFilter.name)))


def keep(
    session: Session, officer: Account, name: str, query: Mapping[str, str], now: datetime
) -> SavedFilter:
    """Keep a filter; the same name again replaces it.

    Raises ``Invalid`` for ``name``: ``required``, ``too_long``, ``too_many``.
    """
    words = clean(name)
    if not words:
        raise Invalid({"name": "required"})
    if len(words) > MAX_FILTER_NAME:
        raise Invalid({"name": "too_long"}, limit=MAX_FILTER_NAME)
    kept = {key[:40]: value[:MAX_VALUE] for key, value in query.items()}
    known = {one.name: one for one in filters_of(session, officer.id)}
    if words in known:
        found = known[words]
        found.query, found.kept_at = kept, now
        return found
    if len(known) >= MAX_FILTERS:
        raise Invalid({"name": "too_many"}, limit=MAX_FILTERS)
    made = SavedFilter(account_id=officer.id, name=words, query=kept, kept_at=now)
    session.add(made)
    return made


def forget(session: Session, officer: Account, filter_id: int) -> None:
    """Forget a filter of one's own; what is gone already is gone."""
    found = session.get(SavedFilter, filter_id)
    if found is not None and found.account_id == officer.id:
        session.delete(found)
