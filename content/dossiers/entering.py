"""What every reception does, however the dossier came: the version, limit and fees of the day
are frozen, the code and the line of the register are given, the slip's data is written down.

NĐ 61/2018/NĐ-CP art. 17; TT 01/2018/TT-VPCP arts 10, 19. Decides nothing about who may.
"""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from content.dossiers import deadlines
from content.dossiers.fees import fees_by_answers, fees_on
from content.dossiers.models import Dossier
from content.dossiers.numbering import RegisterLine, next_number
from content.dossiers.reference import format_code
from content.dossiers.register_books import demand_open, volume_of, volumes_of
from content.dossiers.rules import FilingRules
from content.procedures.handling import HandlingRule
from content.procedures.models import Procedure, ProcedureVersion
from content.words import local


def version_in_force(procedure: Procedure, otherwise: ProcedureVersion) -> ProcedureVersion:
    """The version of the day; of an ended procedure the one it was filed under."""
    current = procedure.current_version
    return otherwise if current is None or not procedure.status.is_current else current


def freeze(
    dossier: Dossier,
    version: ProcedureVersion,
    rules: FilingRules,
    rule: HandlingRule,
    now: datetime,
    *,
    fees: list[Any] | None = None,
) -> None:
    """Write down what holds for this dossier from now on, under the rule of its procedure;
    ``fees`` are those that the desk has settled, else the lines in force."""
    limit = deadlines.limit_of(version, dossier.channel)
    due = deadlines.appointment(rules.calendar, dossier.agency, now, limit, rule)
    if limit is not None and rule.keeps_hour:
        limit = {**limit, "keeps_hour": True}
    dossier.version = version
    dossier.procedure_name = version.document["name"]
    dossier.agency_name = dossier.agency.name
    dossier.time_limit = limit
    told = fees or fees_by_answers(dossier.form, dossier.answers)
    dossier.fees = told or fees_on(version, local(now).date(), dossier.channel)
    dossier.due_date = dossier.promised_date = dossier.lawful_date = due.due_date
    dossier.due_at = due.due_at
    dossier.due_ledger = due.ledger
    dossier.no_due_reason = due.no_due_reason


def enter(session: Session, dossier: Dossier, rules: FilingRules, now: datetime) -> RegisterLine:
    """Dossier code and register line, from counters that stay locked until the end.

    Raises ``InvalidTransition("register_closed")``.
    """
    day, agency = local(now).date(), dossier.agency
    demand_open(session, agency.id, day.year)
    number = next_number(session, "dossier", agency.code, day.isoformat())
    entry = next_number(session, "register", str(agency.id), str(day.year))
    dossier.code = format_code(agency.code, day, number, rules.code_scheme)
    dossier.received_at = dossier.clock_from = now
    line = RegisterLine(
        agency_id=agency.id, year=day.year, number=entry, dossier=dossier, entered_at=now
    )
    session.add(line)
    return line


def receipt_data(session: Session, dossier: Dossier, line: RegisterLine) -> dict[str, Any]:
    """What the receipt slip is made from later, beside the dossier's own columns."""
    volumes = volumes_of(session, line.agency_id, line.year)
    volume = volume_of(volumes, line.number)
    return {
        "register": {"year": line.year, "number": line.number, "volume": volume},
        "due_date": dossier.due_date.isoformat() if dossier.due_date else None,
        "no_due_reason": dossier.no_due_reason,
        "version": dossier.version.id,
        "decides": dossier.competent_agency.name if dossier.competent_agency else None,
    }
