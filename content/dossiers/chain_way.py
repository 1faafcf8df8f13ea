"""Who has the whole dossier while agencies handle their parts of it, as lines of the control slip.

Beside the hand-overs between agencies (``chains.py``): where all work at once, the one that
leads has it from the beginning (NĐ 61/2018/NĐ-CP art. 19.6); where one works after another the
desk keeps it and follows the parts, until it comes to the agency that decides (art. 19.7).
"""

from datetime import datetime

from sqlalchemy.orm import Session

from content.agencies.models import Agency
from content.calendar.working import WorkingCalendar
from content.dossiers.chain_models import ChainPart
from content.dossiers.hand_overs import HandOverKind, last_hand_over
from content.dossiers.models import Dossier
from content.dossiers.passing import Passing, pass_on, sign
from content.dossiers.processes import adopt, graph_of
from content.people.models import Account
from content.processes.graph import Step


def leave_desk(
    session: Session,
    authority: WorkingCalendar,
    dossier: Dossier,
    lead: ChainPart | None,
    by: Account,
    now: datetime,
) -> None:
    """The line of T7: to the agency that leads, or signed by the officer who follows the parts.

    The process of the day is adopted, as by every transfer. Before the move is logged.
    """
    adopt(session, dossier, now)
    if lead is not None:
        passing = _to_lead(session, dossier, HandOverKind.TRANSFER, lead, f"Chủ trì: {lead.task}")
        pass_on(session, authority, dossier, passing, by, now)
        return
    remark = "Theo dõi các cơ quan làm lần lượt"
    passing = Passing(HandOverKind.TRANSFER, None, dossier.agency, by, remark)
    sign(pass_on(session, authority, dossier, passing, by, now), by, now)


def come_to_lead(
    session: Session,
    authority: WorkingCalendar,
    dossier: Dossier,
    part: ChainPart,
    by: Account,
    now: datetime,
) -> None:
    """Its turn has come: the agency that decides has the dossier from now on."""
    remark = f"Liên thông, đến lượt: {part.task}"
    passing = _to_lead(session, dossier, HandOverKind.FORWARD, part, remark)
    pass_on(session, authority, dossier, passing, by, now)


def sign_for_lead(session: Session, part: ChainPart, officer: Account, now: datetime) -> None:
    """Who signs for the part that leads signs for the dossier: one paper, one signature."""
    dossier = part.dossier
    row = last_hand_over(session, dossier)
    if part.leads and row is not None and row.taken_at is None and _is_at(row.to_agency, part):
        sign(row, officer, now)
        dossier.holder_id = officer.id


def _is_at(agency: Agency, part: ChainPart) -> bool:
    return agency.id == part.agency_id


def _to_lead(
    session: Session, dossier: Dossier, kind: HandOverKind, part: ChainPart, remark: str
) -> Passing:
    steps: tuple[Step, ...] = graph_of(session, dossier).entries()
    return Passing(kind, steps[0] if steps else None, part.agency, None, remark)
