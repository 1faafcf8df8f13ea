"""An office with a chain over three agencies, on both databases."""

from dataclasses import dataclass
from datetime import datetime

import pytest
from sqlalchemy.orm import Session

from content.agencies.models import Agency, AgencyKind
from content.dossiers.chain_keeping import ChainKeeper
from content.dossiers.chain_models import ChainOrder, ChainTemplate
from content.people.models import Account
from content.people.roles import Role
from tests.content.dossiers_service.world import an_account
from tests.content.handling_moves.office import Office, open_office
from tests.support.clock import StoppedClock

#: Working days of commune, department and tax office; together the limit of five.
DAYS = (1, 3, 1)


@dataclass
class Chain:
    """The office, its three agencies in their order, one specialist at each."""

    office: Office
    agencies: list[Agency]
    people: list[Account]

    @property
    def session(self) -> Session:
        return self.office.session

    def template(
        self,
        now: datetime,
        order: ChainOrder,
        days: tuple[int, ...] = DAYS,
        *,
        lead: int | None = None,
    ) -> ChainTemplate:
        """The chain of the world's procedure, in use."""
        keeper = ChainKeeper(self.session, now, None)
        chain = keeper.save(self.office.world.procedure, order, "Điều 19", revision=0)
        self.session.flush()
        for number, (agency, working_days) in enumerate(zip(self.agencies, days, strict=True)):
            values = {
                "agency_id": agency.id,
                "task": f"Việc {number + 1}",
                "working_days": working_days,
                "leads": number == lead,
            }
            keeper.save_task(chain, None, values, revision=chain.revision)
            self.session.flush()
        keeper.put_in_use(chain, revision=chain.revision)
        self.session.flush()
        return chain


@pytest.fixture
def chain(any_session: Session, clock: StoppedClock) -> Chain:
    """Commune, department, tax office: each below the centre, each with its own specialist."""
    office = open_office(any_session, clock())
    centre = office.world.centre
    department, tax = (
        Agency(
            slug=slug, code=code, name=name, kind=AgencyKind.DEPARTMENT, parent=centre, sessions=[]
        )
        for slug, code, name in (
            ("so-xay-dung", "H99.05", "Sở Xây dựng"),
            ("thue", "H99.06", "Thuế cơ sở 1"),
        )
    )
    any_session.add_all([department, tax])
    any_session.flush()
    agencies = [office.world.commune, department, tax]
    people = [
        an_account(f"cb{number}@example.vn", f"Cán bộ {number}", clock(), (one.id, Role.SPECIALIST))
        for number, one in enumerate(agencies, 1)
    ]
    any_session.add_all(people)
    any_session.flush()
    return Chain(office, agencies, people)
