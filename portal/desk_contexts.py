"""What officers work on, found by its address, with the agencies that have it.

As in ``portal/contexts.py`` an address grants nothing: the rules ask for the agency.
"""

from dataclasses import dataclass

from pyramid.request import Request
from sqlalchemy import select

from content.agencies.models import Agency
from content.certification.models import CertificationEntry
from content.dossiers.chain_models import ChainPart
from content.dossiers.counter_models import CounterReception
from content.dossiers.desks import ancestor_ids
from content.dossiers.handling import agencies_in_charge
from content.dossiers.lookup_codes import parse_lookup_code
from content.dossiers.models import Dossier, Draft
from content.dossiers.opinion_models import Opinion
from content.errors import NotFound
from content.procedures.decisions import PublicationDecision
from portal.contexts import agency, decision


@dataclass(frozen=True)
class DeskDossier:
    """A dossier seen from the desk: with the agencies that have it and all above them."""

    dossier: Dossier
    agency_ids: frozenset[int]


def desk_dossier(request: Request) -> DeskDossier:
    """A dossier by its look-up code, which grants nothing: the rules ask for the agency."""
    code = parse_lookup_code(request.matchdict["number"])
    query = select(Dossier).where(Dossier.lookup_code == code)
    found = request.db.scalars(query).first() if code else None
    if found is None:
        raise NotFound("dossier")
    return DeskDossier(found, agencies_in_charge(request.db, found))


@dataclass(frozen=True)
class DeskPart:
    """A part of joint handling seen from its agency, with those above that."""

    part: ChainPart
    agency_ids: frozenset[int]


def desk_part(request: Request) -> DeskPart:
    """A part that has been given to its agency; others are not there yet."""
    found = request.db.get(ChainPart, int(request.matchdict["id"][:18]))
    if found is None or found.given_at is None:
        raise NotFound("part")
    return DeskPart(found, frozenset(ancestor_ids(request.db, found.agency_id)))


@dataclass(frozen=True)
class DeskOpinion:
    """A question seen from the unit that was asked, with those above that."""

    opinion: Opinion
    agency_ids: frozenset[int]


def desk_opinion(request: Request) -> DeskOpinion:
    """A question to a unit; the rules ask for that unit, not for the dossier's."""
    found = request.db.get(Opinion, int(request.matchdict["id"][:18]))
    if found is None:
        raise NotFound("opinion")
    return DeskOpinion(found, frozenset(ancestor_ids(request.db, found.agency_id)))


@dataclass(frozen=True)
class DeskReception:
    """A reception being typed at a desk, finished or not, with the agencies above the desk."""

    reception: CounterReception
    agency_ids: frozenset[int]


def desk_reception(request: Request) -> DeskReception:
    """A reception by the key of its draft, which grants nothing: the rules ask for the desk."""
    query = select(CounterReception).join(Draft, Draft.id == CounterReception.draft_id)
    found = request.db.scalars(query.where(Draft.key == request.matchdict["key"])).first()
    if found is None:
        raise NotFound("reception")
    return DeskReception(found, frozenset(ancestor_ids(request.db, found.agency_id)))


@dataclass(frozen=True)
class DeskCertification:
    """A line of a book of certification, with its desk and the agencies above it."""

    entry: CertificationEntry
    agency_ids: frozenset[int]


def certification_entry(request: Request) -> DeskCertification:
    """A line of a book; the rules ask for the desk."""
    found = request.db.get(CertificationEntry, int(request.matchdict["id"][:18]))
    if found is None:
        raise NotFound("certification")
    return DeskCertification(found, frozenset(ancestor_ids(request.db, found.agency_id)))


@dataclass(frozen=True)
class DeskDecision:
    """A decision as one desk has it, with that desk and all agencies above it."""

    decision: PublicationDecision
    agency: Agency
    agency_ids: frozenset[int]


def desk_decision(request: Request) -> DeskDecision:
    """A decision of the address at the desk of the address; the rules ask for the desk."""
    found, at = decision(request), agency(request)
    return DeskDecision(found, at, frozenset(ancestor_ids(request.db, at.id)))
