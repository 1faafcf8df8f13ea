"""Numbers of slips by their symbol: ``05/HDHS``, from 1 each year at each agency.

NĐ 30/2020/NĐ-CP: arabic, with a leading zero below 10. The number goes into the data of the
event that issues the slip, and the slip is made from there.
"""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy.orm import Session

from content.agencies.models import Agency
from content.dossiers.numbering import next_number
from content.words import local


class Symbol(StrEnum):
    """Which slip: supplement request, apology, notice of stopping."""

    SUPPLEMENT = "HDHS"
    APOLOGY = "PXL"
    STOP = "TB-DHS"


def issue_number(session: Session, symbol: Symbol, agency: Agency, now: datetime) -> dict[str, Any]:
    """The next number of this slip at this agency, as it is kept in an event."""
    year = local(now).year
    number = next_number(session, symbol.value, str(agency.id), str(year))
    return {
        "number": number,
        "symbol": symbol.value,
        "year": year,
        "text": f"{number:02d}/{symbol.value}",
        "agency": agency.id,
        "agency_name": agency.name,
    }
