"""One act on many dossiers: each is done or refused for itself, and why is written down.

Every item is a savepoint of its own, so that what is refused has written nothing. What the act
is, the caller says; who may, the services decide for each dossier as ever.
"""

import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from content.dossiers.lookup_codes import parse_lookup_code
from content.dossiers.models import Dossier
from content.dossiers.work_models import BulkRun
from content.errors import Conflict, DomainError, Invalid, NotFound
from content.people.models import Account

#: Dossiers of one act; more take longer than a person waits.
MOST_AT_ONCE = 500


class BulkAction(StrEnum):
    """What can be done to many at once; the value is the word of the address."""

    ACCEPT = "tiep-nhan"
    CLAIM = "nhan-xu-ly"
    TRANSFER = "chuyen-xu-ly"
    ASSIGN = "giao-viec"
    RELEASE = "tra-ve-don-vi"
    LABEL = "gan-nhan"
    UNLABEL = "go-nhan"
    PRINT = "in-giay-tiep-nhan"


@dataclass(frozen=True)
class Item:
    """A dossier as it was seen in the list."""

    lookup_code: str
    revision: int


Do = Callable[[Dossier, int], object]


def read_items(texts: Iterable[str]) -> list[Item]:
    """``CODE:REVISION`` of each chosen line, once; what makes no sense is left out."""
    found: dict[str, Item] = {}
    for text in texts:
        code, _colon, revision = text.rpartition(":")
        known = parse_lookup_code(code)
        if known and revision.isascii() and revision.isdigit() and len(revision) < 10:
            found.setdefault(known, Item(known, int(revision)))
    return list(found.values())


def dossiers_of(session: Session, items: Iterable[Item]) -> dict[str, Dossier]:
    """The dossiers of some lines by look-up code; whether one may see them is not asked."""
    codes = [one.lookup_code for one in items]
    query = select(Dossier).where(Dossier.lookup_code.in_(codes))
    return {one.lookup_code: one for one in session.scalars(query)}


def run(
    session: Session,
    officer: Account,
    action: BulkAction,
    items: Iterable[Item],
    do: Do,
    now: datetime,
) -> BulkRun:
    """``do(dossier, revision)`` for each. Raises ``Invalid`` for ``items``: ``required``,
    ``too_many``."""
    wanted = list(items)
    if not wanted:
        raise Invalid({"items": "required"})
    if len(wanted) > MOST_AT_ONCE:
        raise Invalid({"items": "too_many"}, limit=MOST_AT_ONCE)
    known = dossiers_of(session, wanted)
    lines = []
    for one in wanted:
        dossier = known.get(one.lookup_code)
        why = "not_found" if dossier is None else _try(session, dossier, one.revision, do)
        lines.append(
            {
                "lookup_code": one.lookup_code,
                "number": (dossier.code or one.lookup_code) if dossier else one.lookup_code,
                # Who has nothing to do with a dossier is not told whose it is.
                "name": "" if dossier is None or why in _STRANGE else dossier.applicant_name,
                "why": why,
            }
        )
    made = BulkRun(
        key=secrets.token_urlsafe(18),
        account_id=officer.id,
        action=action.value,
        at=now,
        done=sum(one["why"] is None for one in lines),
        lines=lines,
    )
    session.add(made)
    return made


def run_of(session: Session, account_id: int, key: str) -> BulkRun:
    """An officer's own run. Raises ``NotFound`` for all others."""
    query = select(BulkRun).where(BulkRun.key == key, BulkRun.account_id == account_id)
    found = session.scalars(query).first()
    if found is None:
        raise NotFound("bulk_run")
    return found


_STRANGE = frozenset({"not_your_desk", "not_found"})


def _try(session: Session, dossier: Dossier, revision: int, do: Do) -> str | None:
    """``None`` where it was done, else the code of the refusal."""
    try:
        with session.begin_nested():
            do(dossier, revision)
            session.flush()  # what the database refuses is this item's alone
    except Invalid as refused:
        return next(iter(refused.problems.values()))
    except (Conflict, StaleDataError):
        return "dossier_changed"
    except DomainError as refused:
        return refused.code
    return None
