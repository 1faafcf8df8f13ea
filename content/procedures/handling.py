"""How dossiers of a procedure are handled where its own law differs from the general rule.

NĐ 61/2018 asks once for supplements, apologises once and counts anew afterwards; a
procedure's law may say otherwise. Each row names that law. Without a row the general rule
holds.
"""

from datetime import date
from enum import StrEnum

from sqlalchemy import Boolean, CheckConstraint, Date, Integer, Text, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from content.orm import Base, Id, Versioned, by_value, reference


class AfterSupplement(StrEnum):
    """How the limit goes on when the missing papers have come (NĐ 61/2018 art. 19.4)."""

    RESTART = "restart"
    PAUSE = "pause"


class HandlingRule(Versioned, Base):
    """The rule of one procedure.

    ``supplement_wait_days`` are the working days an applicant has for a supplement before
    the dossier is stopped, ``None`` without end. ``at_once``: the desk itself may resolve
    in the same visit (T19). ``no_appointment``: its dossiers have no date and are never
    late. ``keeps_hour``: the appointment keeps the hour of the receipt.
    """

    __tablename__ = "handling_rule"
    __table_args__ = (
        CheckConstraint("max_supplements >= 0 AND max_extensions >= 0", name="maxima"),
    )

    id: Mapped[Id]
    procedure_id: Mapped[int] = reference("procedure.id", unique=True, index=False)
    max_supplements: Mapped[int] = mapped_column(Integer, default=1)
    supplement_wait_days: Mapped[int | None] = mapped_column(Integer)
    after_supplement: Mapped[AfterSupplement] = mapped_column(
        by_value(AfterSupplement), default=AfterSupplement.RESTART
    )
    max_extensions: Mapped[int] = mapped_column(Integer, default=1)
    at_once: Mapped[bool] = mapped_column(Boolean, default=False)
    no_appointment: Mapped[bool] = mapped_column(Boolean, default=False)
    keeps_hour: Mapped[bool] = mapped_column(Boolean, default=False)
    legal_basis: Mapped[str | None] = mapped_column(Text)
    valid_from: Mapped[date | None] = mapped_column(Date)


def handling_of(session: Session, procedure_id: int) -> HandlingRule:
    """The rule of a procedure; the general one, not stored, where it has none."""
    query = select(HandlingRule).where(HandlingRule.procedure_id == procedure_id)
    return session.scalars(query).first() or general_rule(procedure_id)


def general_rule(procedure_id: int) -> HandlingRule:
    """Once each, counted anew, with an appointment (NĐ 61/2018 arts 17.2, 19.4, 19.9)."""
    return HandlingRule(
        procedure_id=procedure_id,
        max_supplements=1,
        supplement_wait_days=None,
        after_supplement=AfterSupplement.RESTART,
        max_extensions=1,
        at_once=False,
        no_appointment=False,
        keeps_hour=False,
    )
