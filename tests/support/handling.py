"""Dossiers of a site brought to where a page's test begins, by the services themselves."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import select
from sqlalchemy.orm import Session

from content.dossiers.log import Deed, move
from content.dossiers.models import Dossier
from content.dossiers.states import Action, Actor, Facts, Need
from content.procedures.handling import HandlingRule
from tests.support.dossiers import Filed, accept, account, file_all, writing
from tests.support.site import Site

PHONE = "0912345678"


@contextmanager
def opened(site: Site, code: str) -> Iterator[tuple[Session, Dossier]]:
    """A dossier to change."""
    with writing(site) as session:
        yield session, session.scalars(select(Dossier).where(Dossier.lookup_code == code)).one()


def in_progress(site: Site, filed: Filed | None = None) -> str:
    """Accepted and handed over to the sample's specialist; its look-up code."""
    code = file_all(site, filed or Filed())[0]
    accept(site, code)
    hand_over(site, code)
    return code


def hand_over(site: Site, code: str) -> None:
    """From the desk to the sample's specialist (T7)."""
    with opened(site, code) as (session, dossier):
        desk = account(session, "motcua@example.vn")
        deed = Deed(Action.TRANSFER, Actor.ONE_STOP, desk, dossier.agency_id)
        facts = Facts(given=frozenset({Need.ASSIGNEE}))
        move(session, dossier, deed, facts, site.clock())
        dossier.holder = account(session, "chuyenvien@example.vn")


def rule(site: Site, code: str, **values: object) -> None:
    """How dossiers of this one's procedure are handled."""
    with opened(site, code) as (session, dossier):
        session.add(HandlingRule(procedure_id=dossier.procedure_id, **values))
