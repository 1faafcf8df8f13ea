"""Acts on the register (sổ theo dõi hồ sơ): a further volume, a cancelled line, the closing.

Lines are written by receptions alone (``entering``). Nothing is renumbered or deleted; a closed
year cannot be written to (TT 01/2018/TT-VPCP art. 10.2; TT 03/2025/TT-VPCP).
"""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from content import audit
from content.agencies.models import Agency
from content.dossiers.desks import subtree_ids
from content.dossiers.locking import lock
from content.dossiers.numbering import RegisterLine
from content.dossiers.register_books import (
    RegisterClosing,
    RegisterVolume,
    closing_of,
    demand_open,
    last_number,
    volume_of,
    volumes_of,
)
from content.dossiers.register_reads import WITH_RESULT
from content.dossiers.service import MAX_REASON, is_sentence
from content.errors import Invalid, InvalidTransition, NotAllowed
from content.people.delegations import posts_of
from content.people.models import Account
from content.people.roles import Role
from content.text import clean
from content.words import local

#: Who keeps the book, and who closes it.
KEEPERS = frozenset({Role.ONE_STOP, Role.HEAD, Role.LEADER})
CLOSERS = frozenset({Role.HEAD, Role.LEADER})


def books_kept(
    session: Session, officer: Account, now: datetime, roles: frozenset[Role] = KEEPERS
) -> set[int]:
    """The agencies whose register an officer keeps in these roles, also for an absent
    colleague: their own and those below."""
    posts = posts_of(session, officer, local(now).date())
    return subtree_ids(session, [agency for agency, role in posts if role in roles])


class RegisterService:
    """The registers of one authority, as of one instant."""

    def __init__(self, session: Session, now: datetime) -> None:
        self.session = session
        self.now = now

    def open_volume(self, agency: Agency, officer: Account) -> RegisterVolume:
        """The next line of this year begins a new volume; numbers run on.

        Raises ``NotAllowed``, ``InvalidTransition("volume_empty")`` while the newest volume has
        no line, and for a closed year.
        """
        self._take(agency, officer, KEEPERS)
        year = local(self.now).year
        demand_open(self.session, agency.id, year)
        volumes = volumes_of(self.session, agency.id, year)
        last = last_number(self.session, agency.id, year)
        if last == 0 or any(one.first_number > last for one in volumes):
            raise InvalidTransition("volume_empty", year=year)
        volume = RegisterVolume(
            agency_id=agency.id,
            year=year,
            volume=volume_of(volumes, last) + 1,
            first_number=last + 1,
            opened_at=self.now,
            opened_by_id=officer.id,
        )
        self.session.add(volume)
        self._audit(officer, "register.volume", agency, year, volume=volume.volume)
        return volume

    def cancel(self, line: RegisterLine, officer: Account, reason: str) -> None:
        """Cancel a line entered by mistake; it stays, with the reason.

        Only of a dossier that has ended without a result: an open one is withdrawn or
        stopped first, so that none is forgotten, and what has a result was no mistake. Raises
        ``NotAllowed``, ``Invalid``, ``InvalidTransition`` (``dossier_open``, ``has_result``,
        ``cancelled_already``, ``register_closed``).
        """
        lock(self.session, line)
        if line.agency_id not in books_kept(self.session, officer, self.now):
            raise NotAllowed("not_your_desk")
        demand_open(self.session, line.agency_id, line.year)
        if line.cancelled_because is not None:
            raise InvalidTransition("cancelled_already", line=line.number)
        if line.dossier.finished_at is None:
            raise InvalidTransition("dossier_open", line=line.number)
        if line.dossier.status in WITH_RESULT:
            raise InvalidTransition("has_result", line=line.number)
        text = clean(reason, multiline=True)
        if len(text) > MAX_REASON:
            raise Invalid({"reason": "too_long"}, limit=MAX_REASON)
        if not is_sentence(text):
            raise Invalid({"reason": "not_a_sentence"})
        line.cancelled_because = text
        audit.record(
            self.session,
            now=self.now,
            actor_id=officer.id,
            action="register.cancel",
            subject=f"dossier:{line.dossier_id}",
            number=line.number,
        )

    def close(self, agency: Agency, year: int, officer: Account) -> RegisterClosing:
        """Close a year that is over; nobody writes to it any more, and nobody opens it again.

        By the head of the desk or the leader. Raises ``NotAllowed``,
        ``InvalidTransition`` (``year_not_over``, ``register_empty``, ``register_closed``).
        """
        self._take(agency, officer, CLOSERS)
        if year >= local(self.now).year:
            raise InvalidTransition("year_not_over", year=year)
        demand_open(self.session, agency.id, year)
        last = last_number(self.session, agency.id, year)
        if last == 0:
            raise InvalidTransition("register_empty", year=year)
        closing = RegisterClosing(
            agency_id=agency.id,
            year=year,
            last_number=last,
            cancelled=self._cancelled(agency.id, year),
            closed_at=self.now,
            closed_by_id=officer.id,
            closed_by_name=officer.name,
        )
        self.session.add(closing)
        self._audit(officer, "register.close", agency, year, last=last)
        return closing

    def closing(self, agency: Agency, year: int) -> RegisterClosing | None:
        """How a year was closed, if it was."""
        return closing_of(self.session, agency.id, year)

    def _take(self, agency: Agency, officer: Account, roles: frozenset[Role]) -> None:
        """Whoever writes lines or closes the book waits for us, and we for them."""
        if agency.id not in books_kept(self.session, officer, self.now, roles):
            raise NotAllowed("actor")
        lock(self.session, agency)

    def _cancelled(self, agency_id: int, year: int) -> int:
        query = select(func.count(RegisterLine.id)).where(
            RegisterLine.agency_id == agency_id,
            RegisterLine.year == year,
            RegisterLine.cancelled_because.is_not(None),
        )
        return self.session.scalar(query) or 0

    def _audit(self, officer: Account, action: str, agency: Agency, year: int, **data: int) -> None:
        audit.record(
            self.session,
            now=self.now,
            actor_id=officer.id,
            action=action,
            subject=f"register:{agency.id}:{year}",
            **data,
        )
