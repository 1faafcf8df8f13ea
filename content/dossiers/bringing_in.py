"""Open dossiers of an older system, brought in with code, receipt and promised date unchanged.

All or nothing: every bad row is named before anything is written. What the older system knew
of a dossier's way is not made up; its log says that it came from there. Counters go on after
the codes and register numbers that were brought in.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from content import audit
from content.dossiers.deadlines import appointment, calendar_of, limit_of
from content.dossiers.incoming import Incoming
from content.dossiers.log import Deed, move, write
from content.dossiers.lookup_codes import new_lookup_code
from content.dossiers.models import (
    MAX_APPLICANT,
    Dossier,
)
from content.dossiers.numbering import RegisterLine, raise_to
from content.dossiers.rules import FilingRules
from content.dossiers.states import Action, Actor, Facts, Need, Status
from content.procedures.kinds import Channel
from content.text import fold
from content.words import local

_FORM = {
    "id": "he-thong-cu",
    "title": "Hồ sơ chuyển từ hệ thống cũ",
    "sections": [
        {
            "id": "nguoi_nop",
            "title": "Người nộp",
            "questions": [
                {"id": "ho_ten", "kind": "text", "label": "Họ tên", "autocomplete": "name"}
            ],
        }
    ],
}
_RECEIVED_BY = {
    Channel.COUNTER: Action.RECEIVE_AT_COUNTER,
    Channel.POST: Action.RECEIVE_BY_POST,
    Channel.ONLINE: Action.ACCEPT,
}


class BringingIn:
    """Writes dossiers of an older system, as of one instant; nobody commits here."""

    def __init__(self, session: Session, now: datetime, rules: FilingRules) -> None:
        self.session = session
        self.now = now
        self.rules = rules

    def write(self, incoming: Sequence[Incoming]) -> int:
        """Write them all; returns how many."""
        for one in incoming:
            self._write(one)
            audit.record(
                self.session,
                now=self.now,
                actor_id=None,
                action="dossier.import",
                subject=f"dossier:{one.code.text}",
            )
        return len(incoming)

    def _write(self, one: Incoming) -> None:
        dossier = self._dossier(one)
        self.session.add(dossier)
        self.session.flush()  # log, audit and register name the dossier's id
        source = {"imported": True, "system": one.row.text("system") or None}
        action = _RECEIVED_BY[one.channel]
        data: dict[str, Any] = {**source, "papers": []}
        if one.entry is not None:
            data["register"] = self._register(one, dossier)
        before = Status.SUBMITTED if action is Action.ACCEPT else None
        deed = Deed(action, Actor.ONE_STOP, None, one.agency.id, data=data)
        write(self.session, dossier, deed, before, one.received_at)
        if one.status is not Status.RECEIVED:
            deed = Deed(Action.TRANSFER, Actor.ONE_STOP, None, one.agency.id, data=source)
            facts = Facts(given=frozenset({Need.ASSIGNEE}))
            self.session.flush()  # the number of the next line of the log
            move(self.session, dossier, deed, facts, one.received_at)
        if one.finished_at is not None:
            deed = Deed(Action.COMPLETE, Actor.CLERK, None, one.agency.id, data=source)
            facts = Facts(given=frozenset({Need.SIGNED_RESULT}))
            self.session.flush()  # the number of the next line of the log
            move(self.session, dossier, deed, facts, one.finished_at)
        self._count_on(one)

    def _register(self, one: Incoming, dossier: Dossier) -> dict[str, int]:
        year, number = local(one.received_at).year, one.entry or 0
        line = RegisterLine(
            agency_id=one.agency.id,
            year=year,
            number=number,
            dossier=dossier,
            entered_at=one.received_at,
        )
        self.session.add(line)
        raise_to(self.session, "register", str(one.agency.id), str(year), number)
        return {"year": year, "number": number, "volume": 1}

    def _count_on(self, one: Incoming) -> None:
        """New codes of that unit and day begin after this one."""
        code = one.code
        raise_to(self.session, "dossier", code.unit, code.date.isoformat(), code.sequence)

    def _dossier(self, one: Incoming) -> Dossier:
        row, lookup_code = one.row, new_lookup_code()
        limit = limit_of(one.version, one.channel)
        counted = appointment(self.rules.calendar, one.agency, one.received_at, limit)
        # A limit that leads to another day is not the one the receipt was given by.
        agrees = counted.due_date is not None and counted.due_date == one.promised
        hours = calendar_of(self.rules.calendar, one.agency)
        return Dossier(
            lookup_code=lookup_code,
            secret_digest=self.rules.secrets.digest_for(lookup_code),
            code=one.code.text,
            status=Status.RECEIVED,
            status_since=one.received_at,
            procedure=one.procedure,
            version=one.version,
            procedure_code=one.procedure.code,
            procedure_name=one.version.document["name"],
            agency=one.agency,
            agency_name=one.agency.name,
            unit=one.unit,
            applicant_name=row.text("name"),
            applicant_key=fold(row.text("name"))[:MAX_APPLICANT],
            applicant_identity=row.text("identity") or None,
            applicant_born=row.day("born"),
            applicant_phone=row.text("phone") or None,
            applicant_email=row.text("email") or None,
            applicant_address=row.text("address") or None,
            principal_name=row.text("principal") or None,
            channel=one.channel,
            delivery=one.delivery,
            delivery_address=row.text("delivery_address") or None,
            form=_FORM,
            answers={"ho_ten": row.text("name")},
            time_limit=limit if agrees else None,
            submitted_at=one.received_at,
            received_at=one.received_at,
            clock_from=one.received_at,
            due_date=one.promised,
            promised_date=one.promised,
            lawful_date=one.promised,
            due_at=hours.closing(one.promised) if one.promised else None,
            due_ledger=counted.ledger if agrees else None,
            no_due_reason=None if one.promised else "limit_unknown",
            sets=one.sets,
            external_system=row.text("system") or None,
            external_id=row.text("external") or None,
        )
