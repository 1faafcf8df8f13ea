"""Readers' remarks that the page of a procedure is wrong or incomplete.

Kept for editors; a remark changes nothing by itself and gets no answer of its own
(feedback on rules and conduct is a petition, NĐ 20/2008/NĐ-CP).
"""

from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import Integer, String, Text, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from content.errors import Invalid, TooMany
from content.orm import Base, Id, by_value, reference
from content.procedures.models import Procedure
from content.text import clean

MAX_REMARK = 2000
MAX_CONTACT = 254
#: More about one procedure in one day says nothing new, and may be a machine.
MAX_A_DAY = 30
_DAY = timedelta(days=1)


class RemarkKind(StrEnum):
    """What is the matter with the page."""

    WRONG = "wrong"
    MISSING = "missing"
    UNCLEAR = "unclear"


class Remark(Base):
    """One remark. ``contact`` is personal data, shown to editors only."""

    __tablename__ = "procedure_remark"

    id: Mapped[Id]
    procedure_id: Mapped[int] = reference("procedure.id", ondelete="CASCADE")
    version_number: Mapped[int] = mapped_column(Integer)
    kind: Mapped[RemarkKind] = mapped_column(by_value(RemarkKind))
    text: Mapped[str] = mapped_column(Text)
    contact: Mapped[str | None] = mapped_column(String(MAX_CONTACT))
    made_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]


def leave(
    session: Session,
    procedure: Procedure,
    kind: RemarkKind,
    text: str,
    *,
    contact: str | None = None,
    now: datetime,
) -> Remark:
    """Keep a remark about what the procedure shows now. Raises ``Invalid``, ``TooMany``."""
    words = clean(text, multiline=True)
    reply_to = clean(contact or "") or None
    problems = {}
    if not words:
        problems["text"] = "required"
    elif len(words) > MAX_REMARK:
        problems["text"] = "too_long"
    if reply_to and len(reply_to) > MAX_CONTACT:
        problems["contact"] = "too_long"
    if problems:
        raise Invalid(problems)
    recent = select(func.count(Remark.id)).where(
        Remark.procedure_id == procedure.id, Remark.made_at > now - _DAY
    )
    if (session.scalar(recent) or 0) >= MAX_A_DAY:
        raise TooMany("remarks", retry_after=int(_DAY.total_seconds()))
    version = procedure.current_version
    remark = Remark(
        procedure_id=procedure.id,
        version_number=version.number if version else 0,
        kind=kind,
        text=words,
        contact=reply_to,
        made_at=now,
    )
    session.add(remark)
    return remark
