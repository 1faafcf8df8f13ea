"""Where a month is played: one transaction at one instant, its services, who does what."""

from dataclasses import dataclass, field
from datetime import datetime
from random import Random
from typing import Protocol, TypeVar

from sqlalchemy.orm import Session

from content.calendar.working import WorkingCalendar
from content.dossiers.models import Dossier
from content.dossiers.results import ResultService, received_by
from content.dossiers.rules import FilingRules
from content.dossiers.supplying import SupplyService
from content.files import FileService
from content.people.models import Account
from content.people.roles import Role
from content.seed.month.cast import Cast
from content.seed.month.courses import Course

S_co = TypeVar("S_co", covariant=True)


class _Made(Protocol[S_co]):
    def __call__(self, session: Session, now: datetime, rules: FilingRules) -> S_co:
        """A service of the desk."""


@dataclass
class Stage:
    """The session of an act, its instant and surroundings."""

    session: Session
    files: FileService
    rules: FilingRules
    cast: Cast
    now: datetime
    #: Held, or the session would forget the dossier and read it again in the same act.
    _dossiers: dict[int | None, Dossier] = field(default_factory=dict)

    @property
    def calendar(self) -> WorkingCalendar:
        """Working time of the authority."""
        return self.rules.calendar

    def service(self, kind: _Made[S_co]) -> S_co:
        """A service of the desk as of this instant."""
        return kind(self.session, self.now, self.rules)

    @property
    def results(self) -> ResultService:
        """Results, which hold files."""
        return ResultService(self.session, self.files, self.now, self.rules)

    @property
    def supplies(self) -> SupplyService:
        """Supplements, which hold files."""
        return SupplyService(self.session, self.now, self.rules, self.files)

    def dossier(self, course: Course) -> Dossier:
        """The dossier of a course that has one."""
        if course.dossier_id not in self._dossiers:
            found = self.session.get_one(Dossier, course.dossier_id)
            self._dossiers[course.dossier_id] = found
        return self._dossiers[course.dossier_id]

    def account(self, account_id: int) -> Account:
        """An account."""
        return self.session.get_one(Account, account_id)

    def somebody(
        self, chance: Random, role: Role, agency_id: int, *, but: int | None = None
    ) -> Account:
        """An officer of a role at an agency, else at the next one above it."""
        found = [one for one in self.cast.people[agency_id, role] if one != but]
        return self.account(chance.choice(found))

    def desk(self, course: Course) -> Account:
        """Who sits at the desk of a dossier."""
        return self.somebody(course.chance, Role.ONE_STOP, course.agency_id)

    def other(self, course: Course, role: Role) -> Account:
        """An officer who did not receive the dossier: duties are parted."""
        received = received_by(self.session, self.dossier(course))
        but = received.actor_id if received else None
        return self.somebody(course.chance, role, course.agency_id, but=but)

    def holder(self, course: Course, role: Role) -> Account:
        """Who has the dossier; where nobody is named, or the desk follows a chain, somebody of
        the role."""
        held = self.dossier(course).holder_id
        holder = self.account(held) if held else None
        if holder is not None and any(one.role is role for one in holder.memberships):
            return holder
        return self.other(course, role)

    def citizen(self, course: Course) -> Account:
        """Whose account an online dossier is filed with."""
        return self.account(course.chance.choice(self.cast.citizens))
