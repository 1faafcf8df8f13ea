"""Readers' remarks that the page of a procedure is wrong or incomplete.

Kept for editors, who answer or close them; a remark changes nothing by itself (feedback
on rules and conduct is a petition, NĐ 20/2008/NĐ-CP).
"""

from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import Integer, String, Text, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from content import audit, outbox
from content.errors import Invalid, InvalidTransition, TooMany
from content.orm import Base, BigId, Id, by_value, reference
from content.procedures.forms.identity import is_email
from content.procedures.models import Procedure
from content.text import clean

MAX_REMARK = 2000
MAX_CONTACT = 254
MAX_ANSWER = 2000
#: More about one procedure in one day says nothing new, and may be a machine.
MAX_A_DAY = 30
MAX_SHOWN = 100
_DAY = timedelta(days=1)


class RemarkKind(StrEnum):
    """What is the matter with the page."""

    WRONG = "wrong"
    MISSING = "missing"
    UNCLEAR = "unclear"


class Remark(Base):
    """One remark. ``contact`` is personal data, shown to editors only.

    ``answer`` is what was told to the reader, empty where there was nothing to tell.
    """

    __tablename__ = "procedure_remark"

    id: Mapped[Id]
    procedure_id: Mapped[int] = reference("procedure.id", ondelete="CASCADE")
    version_number: Mapped[int] = mapped_column(Integer)
    kind: Mapped[RemarkKind] = mapped_column(by_value(RemarkKind))
    text: Mapped[str] = mapped_column(Text)
    contact: Mapped[str | None] = mapped_column(String(MAX_CONTACT))
    made_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]
    settled_by: Mapped[int | None] = mapped_column(BigId)
    answer: Mapped[str | None] = mapped_column(Text)


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


def settle(
    session: Session,
    remark: Remark,
    *,
    answer: str = "",
    by: int | None,
    now: datetime,
    procedure_name: str = "",
) -> None:
    """Close a remark; an answer is mailed to a reader who left an address.

    Raises ``Invalid`` for an answer that is too long, ``InvalidTransition`` for a remark
    that somebody closed before.
    """
    words = clean(answer, multiline=True)
    if len(words) > MAX_ANSWER:
        raise Invalid({"answer": "too_long"})
    if remark.settled_at is not None:
        raise InvalidTransition("remark_settled", remark=remark.id)
    remark.settled_at = now
    remark.settled_by = by
    remark.answer = words or None
    audit.record(
        session,
        now=now,
        actor_id=by,
        action="procedure.remark_answered" if words else "procedure.remark_closed",
        subject=f"procedure:{remark.procedure_id}",
        remark=remark.id,
    )
    if words and remark.contact and is_email(remark.contact):
        _mail_answer(session, remark, procedure_name, now)


def _mail_answer(session: Session, remark: Remark, procedure_name: str, now: datetime) -> None:
    payload = {
        "to": remark.contact,
        "template": "remark_answered",
        "at": now.isoformat(),
        "values": {
            "procedure_name": procedure_name,
            "remark": remark.text,
            "answer": remark.answer,
        },
    }
    outbox.enqueue(session, "mail", f"remark:{remark.id}:answered", now=now, payload=payload)


def open_counts(session: Session) -> dict[int, int]:
    """How many remarks wait, by procedure."""
    query = (
        select(Remark.procedure_id, func.count(Remark.id))
        .where(Remark.settled_at.is_(None))
        .group_by(Remark.procedure_id)
    )
    return dict(session.execute(query).all())


def remarks_of(session: Session, procedure: Procedure) -> list[Remark]:
    """All remarks about a procedure: those that wait first, then the newest."""
    query = (
        select(Remark)
        .where(Remark.procedure_id == procedure.id)
        .order_by(Remark.settled_at.is_not(None), Remark.made_at.desc(), Remark.id.desc())
        .limit(MAX_SHOWN)
    )
    return list(session.scalars(query))
