"""Numbers of slips by their symbol: ``05/HDHS``, from 1 each year at each agency.

NĐ 30/2020/NĐ-CP: arabic, with a leading zero below 10. A number is given once: by the act,
into the data of its event, or when the paper is issued; both take it from the same series.
"""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy.orm import Session, object_session

from content.agencies.models import Agency
from content.dossiers.desks import receives
from content.dossiers.models import Dossier, DossierEvent
from content.dossiers.numbering import next_number
from content.words import local


class Symbol(StrEnum):
    """Which slip: supplement request, apology, notice of stopping, refusal."""

    SUPPLEMENT = "HDHS"
    APOLOGY = "PXL"
    STOP = "TB-DHS"
    REFUSAL = "TCHS"


def next_slip_number(session: Session, symbol: str, agency_id: int, year: int) -> int:
    """The next number of a symbol at an agency in a year; there is no other series of it."""
    return next_number(session, f"so:{symbol}", str(agency_id), str(year))


def deciding_agency(dossier: Dossier) -> Agency:
    """Who signs letters about a dossier: the competent agency, else who has it now; for a
    desk, whoever the desk belongs to."""
    agency = dossier.competent_agency or dossier.unit or dossier.agency
    if receives(agency) and agency.parent is not None and not receives(agency.parent):
        return agency.parent
    return agency


def issuer_of(dossier: Dossier, event: DossierEvent) -> Agency:
    """Who signs the letter that an act left: the agency that numbered it then, whoever has the
    dossier by the time the letter is made; without a number the deciding agency."""
    slip, session = event.data.get("slip"), object_session(event)
    known = slip.get("agency") if isinstance(slip, Mapping) else None
    found = session.get(Agency, known) if session is not None and known else None
    return found or deciding_agency(dossier)


def issue_number(session: Session, symbol: Symbol, agency: Agency, now: datetime) -> dict[str, Any]:
    """The next number of this slip at this agency, as it is kept in an event."""
    year = local(now).year
    number = next_slip_number(session, symbol.value, agency.id, year)
    return {
        "number": number,
        "symbol": symbol.value,
        "year": year,
        "text": f"{number:02d}/{symbol.value}",
        "agency": agency.id,
        "agency_name": agency.name,
    }
