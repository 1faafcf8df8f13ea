"""Why a dossier is late, as the officers say it: one row a dossier, for the report of causes.

TT 01/2020/TT-VPCP asks for the causes in groups and for what was done about them. The
row is not the reason of an apology: that one is said to the applicant.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Text, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from content import audit
from content.dossiers.models import Dossier
from content.errors import Conflict, Invalid, InvalidTransition
from content.orm import Base, Id, Versioned, by_value, reference
from content.people.models import Account
from content.text import clean
from content.words import local

MAX_TEXT = 2000
MIN_TEXT = 10


class Cause(StrEnum):
    """The groups of the statutory report."""

    RULES = "rules"
    AUTHORITY = "authority"
    APPLICANT = "applicant"
    FORCE = "force"


CAUSE_NAMES = {
    Cause.RULES: "Do quy định hành chính",
    Cause.AUTHORITY: "Do cơ quan, cán bộ giải quyết",
    Cause.APPLICANT: "Do người dân, doanh nghiệp",
    Cause.FORCE: "Do thiên tai, dịch bệnh, nguyên nhân khác",
}


class LateReason(Versioned, Base):
    """Cause, account of it, and what is done so that it does not happen again."""

    __tablename__ = "late_reason"

    id: Mapped[Id]
    dossier_id: Mapped[int] = reference("dossier.id", unique=True, index=False)
    cause: Mapped[Cause] = mapped_column(by_value(Cause))
    text: Mapped[str] = mapped_column(Text)
    measure: Mapped[str] = mapped_column(Text, default="")
    written_at: Mapped[datetime]
    written_by_id: Mapped[int] = reference("account.id")

    dossier: Mapped[Dossier] = relationship()
    written_by: Mapped[Account] = relationship()


def is_late(dossier: Dossier, today: date) -> bool:
    """Whether it is past its date, an apology apart, or ended after it."""
    ended = local(dossier.finished_at).date() if dossier.finished_at else today
    return dossier.lawful_date is not None and ended > dossier.lawful_date


def reason_of(session: Session, dossier: Dossier) -> LateReason | None:
    """What was written of a dossier."""
    return session.scalars(select(LateReason).where(LateReason.dossier_id == dossier.id)).first()


@dataclass(frozen=True)
class Explanation:
    """What an officer says of a late dossier."""

    cause: Cause
    text: str
    measure: str = ""


def explain(
    session: Session,
    dossier: Dossier,
    officer: Account,
    said: Explanation,
    now: datetime,
    revision: int | None = None,
) -> LateReason:
    """Write or change the reason.

    Raises ``InvalidTransition("not_late")``, ``Invalid`` for a text that says nothing, and
    ``Conflict("late_reason_changed")`` if somebody wrote since ``revision`` (0: none yet).
    """
    if not is_late(dossier, local(now).date()):
        raise InvalidTransition("not_late", dossier=dossier.id)
    text, measure = clean(said.text, multiline=True), clean(said.measure, multiline=True)
    if len(text) < MIN_TEXT:
        raise Invalid({"text": "too_short"})
    known = reason_of(session, dossier)
    if revision is not None and revision != (known.revision if known else 0):
        raise Conflict("late_reason_changed")
    row = known or LateReason(dossier=dossier)
    row.cause, row.text, row.measure = said.cause, text[:MAX_TEXT], measure[:MAX_TEXT]
    row.written_at, row.written_by_id = now, officer.id
    session.add(row)
    audit.record(
        session,
        now=now,
        actor_id=officer.id,
        action="dossier.explain_lateness",
        subject=f"dossier:{dossier.id}",
        cause=said.cause.value,
    )
    return row
