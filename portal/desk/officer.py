"""Who works at the desk just now: their account, their agencies, their clocks."""

from pyramid.request import Request
from sqlalchemy import select

from content.agencies.models import Agency
from content.calendar.working import WorkingCalendar
from content.dossiers.deadlines import calendar_of
from content.dossiers.handling import capacities
from content.dossiers.heaps import Heaps
from content.dossiers.rules import FilingRules
from content.dossiers.sight import Sight, sight_of
from content.dossiers.states import Actor
from content.people.models import Account
from portal.desk_contexts import DeskDossier


def officer(request: Request) -> Account:
    """The account behind the request; the permission has made sure that there is one."""
    account = request.db.get(Account, request.identity.account_id)
    assert account is not None
    return account


def sight(request: Request) -> Sight:
    """What the officer has in sight, own parts and those of absent colleagues."""
    if Sight not in request.made:
        request.made[Sight] = sight_of(request.db, officer(request), request.now)
    found: Sight = request.made[Sight]
    return found


def heaps(request: Request) -> Heaps:
    """The heaps of the officer's inbox, as of this request."""
    return Heaps(sight(request), request.service(FilingRules).calendar, request.now)


def agencies_in_sight(request: Request) -> dict[int, Agency]:
    """The agencies in which the officer handles dossiers, and all below them, by id."""
    query = select(Agency).where(Agency.id.in_(sight(request).agency_ids))
    found = request.db.scalars(query.order_by(Agency.position, Agency.name))
    return {one.id: one for one in found}


def parts_of(request: Request, context: DeskDossier) -> frozenset[Actor]:
    """In which parts this officer acts on a dossier now."""
    return capacities(request.db, officer(request), context.dossier, request.now)


class Clocks:
    """Calendars with each agency's own hours, each made once."""

    def __init__(self, calendar: WorkingCalendar) -> None:
        self._calendar = calendar
        self._made: dict[int, WorkingCalendar] = {}

    def of(self, agency: Agency) -> WorkingCalendar:
        """The working time of an agency."""
        if agency.id not in self._made:
            self._made[agency.id] = calendar_of(self._calendar, agency)
        return self._made[agency.id]


def clocks(request: Request) -> Clocks:
    """The authority's calendar, as filing counts with it."""
    return Clocks(request.service(FilingRules).calendar)
