"""What the desk does with what arrived, and what the other side has it do."""

from sqlalchemy import select

from content.dossiers.models import Dossier
from content.dossiers.service import DossierService
from content.exchange.models import ArrivalState, ExchangeArrival
from content.files import FileService
from tests.content.dossiers_service.world import filing_rules
from tests.content.exchange.conftest import House
from tests.content.handling_moves.office import Office


def accept(house: House, office: Office) -> None:
    """The desk receives what arrived."""
    with house.ground.writing() as session:
        files = FileService(session, house.store)
        service = DossierService(session, files, house.clock(), filing_rules())
        dossier = session.scalars(select(Dossier)).one()
        service.accept(dossier, session.merge(office.desk))
    house.plan()


def tell(house: House, data: dict[str, object]) -> None:
    """They have something, and it is taken in."""
    house.there.set(waiting=[data])
    house.receiver.collect()
    house.receiver.retry()


def refusals(house: House) -> list[str]:
    with house.ground.reading() as session:
        query = select(ExchangeArrival.error).where(ExchangeArrival.state == ArrivalState.REFUSED)
        return list(session.scalars(query.order_by(ExchangeArrival.id)))
