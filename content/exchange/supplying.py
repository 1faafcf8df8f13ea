"""A supplement that came from the national portal: T6 by the applicant, as if sent here.

All that was asked for must be there, or it is refused with the reason and the dossier waits.
"""

from datetime import datetime

from sqlalchemy.orm import Session

from content.dossiers.models import Dossier
from content.dossiers.papers import ANSWERS_SLOT
from content.dossiers.states import Status
from content.dossiers.supplement_requests import SupplementRequest, open_request
from content.dossiers.supply_form import paper_items, staging_slot
from content.dossiers.supplying import Supply, SupplyService
from content.errors import Invalid, InvalidTransition, TooMany
from content.exchange.arrivals import ArrivedSupplement, refused
from content.exchange.fetching import Fetched, Intake
from content.exchange.models import ExchangeLink
from content.exchange.planning import link_of_number
from content.files import FileService
from content.text import fold


def link_that_waits(session: Session, number: str) -> ExchangeLink:
    """The dossier of this number, if it waits for a supplement. Raises ``Invalid`` as
    ``arrivals.read``."""
    link = link_of_number(session, number)
    if link is None:
        raise refused("unknown_dossier")
    if link.dossier.status is not Status.SUPPLEMENT_ASKED:
        raise refused("not_waiting")
    return link


def supply(
    session: Session,
    arrived: ArrivedSupplement,
    files: list[Fetched],
    intake: Intake,
    now: datetime,
) -> ExchangeLink:
    """Put the files in and send it off. Raises ``Invalid`` as ``arrivals.read``; the caller's
    transaction then ends without a trace."""
    link = link_that_waits(session, arrived.number)
    dossier = link.dossier
    kept = FileService(session, intake.store)
    service = SupplyService(session, now, intake.rules(session), kept, intake.limits)
    request = open_request(session, dossier)
    if request is None:
        raise refused("not_waiting")
    try:
        for one in files:
            _stage(service, dossier, request, one)
        service.supply_online(dossier, Supply({}, note=arrived.note), None, request_id=request.id)
    except InvalidTransition:
        raise refused("not_waiting") from None
    except (Invalid, TooMany):
        raise refused("incomplete") from None
    return link


def _stage(
    service: SupplyService, dossier: Dossier, request: SupplementRequest, one: Fetched
) -> None:
    """A file for the paper it names; one that nobody asked for stands under its own name."""
    if one.problem:
        raise refused("incomplete")
    wanted = {fold(item["name"]): item["key"] for item in paper_items(request)}
    key = one.paper if one.paper in wanted.values() else wanted.get(fold(one.paper))
    slot = staging_slot(request, key) if key else ANSWERS_SLOT
    attachment = service.stage(
        dossier, one.source(), name=one.name, media_type=one.media_type, slot=slot
    )
    if key is None:
        attachment.paper = one.paper
