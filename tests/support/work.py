"""The sample's book of work, brought into the year of the tests' clock."""

from sqlalchemy import select

from content.workbook.models import WorkEntry
from tests.support.site import Site

YEAR = 2026


def settle(site: Site) -> None:
    """The sample is of the day it was made; tests stand in November 2026."""
    with site.database.sessions() as session:
        for entry in session.scalars(select(WorkEntry)):
            if entry.only_key:
                entry.only_key = entry.only_key.replace(f":{entry.year}", f":{YEAR}")
            entry.year = YEAR
            if "starts_on" in entry.values and entry.kind == "training":
                days = {"starts_on": f"{YEAR}-09-30", "ends_on": f"{YEAR}-10-01"}
                entry.values = {**entry.values, **days}
        session.commit()
