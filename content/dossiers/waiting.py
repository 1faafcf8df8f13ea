"""When a dossier waited, and why: the pauses that the clock leaves out.

Both supplements and payments wait; whoever begins to wait opens a pause, whoever ends the
waiting closes it. Rows are never deleted (domain: every pause is stored with who and why).
"""

from datetime import datetime

from sqlalchemy import CheckConstraint, Text, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from content.calendar.pauses import Pause, PauseCause
from content.dossiers.clock import stand_still
from content.dossiers.models import Dossier
from content.errors import InvalidTransition
from content.orm import Base, Id, by_value, reference


class DossierPause(Base):
    """One stretch of waiting; still open without ``ends_at``."""

    __tablename__ = "dossier_pause"
    __table_args__ = (
        CheckConstraint("ends_at IS NULL OR ends_at >= starts_at", name="ends_after_start"),
    )

    id: Mapped[Id]
    dossier_id: Mapped[int] = reference("dossier.id")
    cause: Mapped[PauseCause] = mapped_column(by_value(PauseCause))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime | None]
    reason: Mapped[str] = mapped_column(Text, default="")
    begun_by_id: Mapped[int | None] = reference("account.id")
    ended_by_id: Mapped[int | None] = reference("account.id")

    dossier: Mapped[Dossier] = relationship()

    def as_pause(self) -> Pause:
        """The same for the calendar."""
        return Pause(self.starts_at, self.ends_at, self.cause)


def pauses_of(session: Session, dossier: Dossier) -> list[DossierPause]:
    """All pauses of a dossier, in their order."""
    query = select(DossierPause).where(DossierPause.dossier_id == dossier.id)
    return list(session.scalars(query.order_by(DossierPause.starts_at, DossierPause.id)))


def begin_waiting(
    session: Session,
    dossier: Dossier,
    cause: PauseCause,
    now: datetime,
    *,
    reason: str = "",
    by: int | None = None,
) -> DossierPause:
    """Open a pause, and the clock stands still. Raises ``InvalidTransition("waiting_already")``
    if one is open."""
    if any(one.ends_at is None for one in pauses_of(session, dossier)):
        raise InvalidTransition("waiting_already", dossier=dossier.id)
    pause = DossierPause(dossier=dossier, cause=cause, starts_at=now, reason=reason, begun_by_id=by)
    session.add(pause)
    stand_still(dossier, now)
    return pause


def end_waiting(
    session: Session, dossier: Dossier, now: datetime, *, by: int | None = None
) -> DossierPause:
    """Close the open pause. Raises ``InvalidTransition("not_waiting")`` without one."""
    for pause in pauses_of(session, dossier):
        if pause.ends_at is None:
            pause.ends_at = now
            pause.ended_by_id = by
            return pause
    raise InvalidTransition("not_waiting", dossier=dossier.id)
