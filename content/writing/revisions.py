"""Revisions: what was said after each act of writing, and how two of them differ.

A snapshot is plain data; what it means, and how it is restored, its subject knows.
"""

import re
from collections.abc import Mapping
from datetime import datetime
from difflib import SequenceMatcher
from typing import Any, Literal

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from content.errors import NotFound
from content.writing.models import MAX_NOTE, Revision

Kind = Literal["same", "added", "removed"]
Part = tuple[Kind, str]

_WORD = re.compile(r"\s+|\w+|[^\w\s]")


def keep(
    session: Session,
    subject: str,
    snapshot: Mapping[str, Any],
    *,
    by: int | None,
    now: datetime,
    note: str = "",
) -> Revision:
    """Keep a snapshot as the subject's next revision, numbered from 1."""
    revision = Revision(
        subject=subject,
        number=(last_number(session, subject) or 0) + 1,
        snapshot=dict(snapshot),
        written_by=by,
        written_at=now,
        note=note[:MAX_NOTE],
    )
    session.add(revision)
    session.flush()  # the next of the same transaction takes the next number
    return revision


def of_form(subject: str) -> str:
    """What the states that a subject's form showed are called; the revisions of a subject
    that keeps its own are another affair."""
    return f"form:{subject}"


def forget_form(session: Session, subject: str) -> None:
    """The row is gone for good: what its form showed goes with it."""
    session.execute(delete(Revision).where(Revision.subject == of_form(subject)))


def last_number(session: Session, subject: str) -> int | None:
    """The number of the newest; ``None`` where nothing was kept yet."""
    return session.scalar(select(func.max(Revision.number)).where(Revision.subject == subject))


def history(session: Session, subject: str) -> list[Revision]:
    """All revisions, the newest first."""
    query = select(Revision).where(Revision.subject == subject)
    return list(session.scalars(query.order_by(Revision.number.desc())))


def find(session: Session, subject: str, number: int) -> Revision:
    """One revision. Raises ``NotFound``."""
    query = select(Revision).where(Revision.subject == subject, Revision.number == number)
    found = session.scalars(query).first()
    if found is None:
        raise NotFound("revision", subject=subject)
    return found


def words(before: str, after: str) -> list[Part]:
    """What was taken out and put in, word by word; the parts in order give both texts."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    parts: list[Part] = []
    for tag, start, end, new_start, new_end in SequenceMatcher(
        None, old, new, autojunk=len(old) > 2000
    ).get_opcodes():
        if tag == "equal":
            _add(parts, "same", "".join(old[start:end]))
            continue
        _add(parts, "removed", "".join(old[start:end]))
        _add(parts, "added", "".join(new[new_start:new_end]))
    return parts


def _add(parts: list[Part], kind: Kind, text: str) -> None:
    if text:
        parts.append((kind, text))
