"""Fills an empty site with the sample authority; run again, it adds only what is missing."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy.orm import Session

from content.people.service import Hasher
from content.seed.authority import seed_authority
from content.seed.basics import seed_agencies, seed_places, seed_working_days
from content.seed.catalogue import seed_catalogue, seed_finders, seed_life_events
from content.seed.decisions import seed_decisions
from content.seed.english import seed_english
from content.seed.enquiries import seed_enquiries
from content.seed.form_definitions import seed_forms
from content.seed.frame import seed_banners
from content.seed.handling import seed_handling, seed_reception_elsewhere
from content.seed.library import seed_library
from content.seed.people import seed_people
from content.seed.terms import seed_terms
from content.seed.words import seed_news, seed_pages
from content.seed.workbook import seed_workbook


def seed(session: Session, now: datetime, hasher: Hasher) -> Iterator[str]:
    """Load everything; yields one line on each part. The caller commits."""
    yield from seed_agencies(session)
    yield from seed_places(session)
    yield from seed_working_days(session)
    # Accounts ask the database for the root agency.
    session.flush()
    yield from seed_people(session, now, hasher)
    yield from seed_catalogue(session, now)
    yield from seed_decisions(session, now)
    yield from seed_handling(session)
    yield from seed_reception_elsewhere(session, now)
    yield from seed_forms(session, now)
    yield from seed_life_events(session)
    yield from seed_finders(session, now)
    yield from seed_news(session, now)
    yield from seed_pages(session, now)
    yield from seed_banners(session, now)
    yield from seed_authority(session, now)
    yield from seed_library(session, now)
    yield from seed_enquiries(session, now)
    yield from seed_terms(session)
    yield from seed_workbook(session, now)
    # What is translated has to have its number.
    session.flush()
    yield from seed_english(session, now)
