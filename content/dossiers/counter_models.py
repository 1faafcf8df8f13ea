"""A reception that is being typed at the desk; it is no dossier yet and has no code.

The draft holds version, files and the answers to a typed form; it belongs to the desk, not to
a person: its token is known to nobody, so no citizen's page ever opens it.
"""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Mapped, mapped_column, relationship

from content.agencies.models import Agency
from content.dossiers.models import Draft
from content.orm import Base, Document, Id, Versioned, by_value, reference
from content.people.models import Account
from content.procedures.kinds import Channel


class CounterReception(Versioned, Base):
    """What an officer types for a person at the counter, or from an envelope; ``officer`` is
    who typed last.

    ``answers`` are those to the desk's own questions (``counter_form``), ``scans`` the marks of
    files taken from the scanner's folder, so that the next reception does not offer them.
    """

    __tablename__ = "counter_reception"

    id: Mapped[Id]
    draft_id: Mapped[int] = reference("draft.id", ondelete="CASCADE", index=False, unique=True)
    agency_id: Mapped[int] = reference("agency.id")
    officer_id: Mapped[int] = reference("account.id")
    channel: Mapped[Channel] = mapped_column(by_value(Channel))
    types_form: Mapped[bool] = mapped_column(default=False)
    answers: Mapped[dict[str, Any]] = mapped_column(Document, default=dict)
    scans: Mapped[list[Any]] = mapped_column(Document, default=list)
    begun_at: Mapped[datetime]

    draft: Mapped[Draft] = relationship(lazy="joined")
    agency: Mapped[Agency] = relationship()
    officer: Mapped[Account] = relationship()
