"""An issued paper and people with certificates."""

import pytest
from sqlalchemy.orm import Session

from content.letters.issued import IssuedPaper
from content.letters.issuing import issue
from content.letters.render import Letters
from content.letters.sources import orders_for
from content.signing.options import SigningOptions
from content.signing.report import Trust
from content.signing.service import SigningService
from tests.content.dossiers_service.papers import SITE
from tests.content.dossiers_service.world import World, build
from tests.content.signing.making import Authority, authority
from tests.support.clock import StoppedClock


@pytest.fixture(scope="session")
def ca() -> Authority:
    return authority(StoppedClock()())


@pytest.fixture(scope="session")
def printer() -> Letters:
    return Letters()


@pytest.fixture
def world(any_session: Session, clock: StoppedClock) -> World:
    return build(any_session, clock())


@pytest.fixture
def paper(world: World, clock: StoppedClock, printer: Letters) -> IssuedPaper:
    """A receipt slip, issued."""
    dossier = world.submitted(clock())
    world.dossiers(clock()).accept(dossier, world.officer)
    world.session.flush()
    (order,) = orders_for(world.session, SITE, f"dossier:{dossier.id}:2")
    return issue(world.session, world.files, printer, order, SITE, clock())


@pytest.fixture
def signing(world: World, clock: StoppedClock, ca: Authority) -> SigningService:
    options = SigningOptions(Trust(roots=(ca.root.der,)))
    return SigningService(world.session, world.files, clock(), options)
