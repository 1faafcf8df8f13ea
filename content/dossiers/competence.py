"""Which agency decides a dossier, where that is not the desk that receives it (phi địa giới).

NĐ 118/2025/NĐ-CP: any desk of the province receives, whoever decides. The desk names the
competent agency at reception, or takes the one whose commune stands in the applicant's
address; the transfer (T7) then goes there. Procedures with a chain name theirs in the chain.

The clock runs from acceptance and the receipt promises the day. NĐ 309/2026 lets desks of
other provinces receive too, with the clock starting when the competent agency has it: those
dossiers arrive through the exchange, and are accepted here.
"""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from content.agencies.models import Agency
from content.dossiers.chain_reads import template_of
from content.dossiers.models import Dossier
from content.errors import Invalid
from content.procedures.kinds import Level
from content.text import fold
from content.words import local

#: Choices beside the id of an agency: the one at the desk, the one of the applicant's address.
OWN, BY_ADDRESS = "noi-tiep-nhan", "dia-chi"
_KINDS_OF_COMMUNE = ("phuong ", "xa ", "dac khu ")


def choices(session: Session, desk: Agency, procedure_id: int, today: date) -> list[Agency]:
    """Agencies that may be competent instead of those at the desk; none where a chain of the
    procedure says who does what."""
    if template_of(session, procedure_id) is not None:
        return []
    return [one for one in agencies(session, today) if one is not desk]


def agencies(session: Session, today: date) -> list[Agency]:
    """All agencies of this day."""
    query = select(Agency).where(or_(Agency.valid_to.is_(None), Agency.valid_to >= today))
    return list(session.scalars(query.order_by(Agency.position, Agency.name)))


def by_address(agencies: list[Agency], desk: Agency, address: str | None) -> Agency | None:
    """The only agency whose commune stands in an address; the desk's own commune, several, or
    none answer ``None``."""
    found = _named((desk, *agencies), address)
    return None if found is desk else found


def _named(agencies: Sequence[Agency], address: str | None) -> Agency | None:
    words = f" {fold(address or '')} "
    found = [one for one in agencies if _stands_in(one.name, words)]
    return found[0] if len(found) == 1 else None


def chosen(
    session: Session, desk: Agency, procedure_id: int, agency_id: int | None, now: datetime
) -> Agency | None:
    """The agency of a choice; ``None`` for the desk's own. Raises ``Invalid``
    (``competent``)."""
    if agency_id is None:
        return None
    for one in choices(session, desk, procedure_id, local(now).date()):
        if one.id == agency_id:
            return one
    raise Invalid({"competent": "unknown"})


def of_many(session: Session, dossier: Dossier, choice: str, now: datetime) -> int | None:
    """The same for one of many dossiers received at once under one choice: ``OWN``,
    ``BY_ADDRESS`` or an agency's id; as the id that :func:`chosen` takes.

    Nobody looks at each of many addresses. So where communes decide and the address speaks
    against the choice, the dossier is left for an officer to look at. Raises ``Invalid``
    (``competent``): ``competent_needed``, ``no_commune``, ``competent_not_here``.
    """
    desk, today = dossier.agency, local(now).date()
    others = choices(session, desk, dossier.procedure_id, today)
    if choice not in {OWN, BY_ADDRESS}:
        if choice == str(desk.id):
            return None
        if not any(str(one.id) == choice for one in others):
            raise Invalid({"competent": "competent_not_here"})
        return int(choice)
    if not others or dossier.procedure.level is not Level.COMMUNE:
        return None
    named = _named((desk, *others), dossier.applicant_address)
    if choice == BY_ADDRESS and named is None:
        raise Invalid({"competent": "no_commune"})
    if named is None or named is desk:
        return None
    if choice == OWN:
        raise Invalid({"competent": "competent_needed"}, agency=named.name)
    return named.id


def commune_of(name: str) -> str:
    """``xa dong may`` of a centre's whole name; empty where it names no commune."""
    words = fold(name)
    for kind in _KINDS_OF_COMMUNE:
        at = words.rfind(f" {kind}")
        if at >= 0:
            return words[at + 1 :]
    return ""


def _stands_in(name: str, address: str) -> bool:
    commune = commune_of(name)
    if not commune:
        return False
    end = address.find(f" {commune}")
    return end >= 0 and not address[end + len(commune) + 1 :][:1].isalnum()
