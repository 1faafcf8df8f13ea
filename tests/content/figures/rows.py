"""Dossiers for reports, written straight into the table: many, with days of their own."""

import itertools
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from content.agencies.models import Agency
from content.dossiers.lookup_codes import new_lookup_code
from content.dossiers.models import Delivery, Dossier
from content.dossiers.states import Status
from content.figures.settling import SettledRow
from content.procedures.kinds import Channel
from content.procedures.models import Procedure
from content.words import LOCAL_ZONE
from tests.content.dossiers_service.world import FORM, World

_numbers = itertools.count(1)
NOON = time(12, 0)


@dataclass(frozen=True)
class Made:
    """A dossier of a report: its days, and the hour at which it came and ended."""

    row: SettledRow
    hour: time = NOON
    status: Status | None = None
    agency_id: int | None = None
    procedure_id: int | None = None
    more: tuple[tuple[str, Any], ...] = ()


def made(
    received: date,
    due: date | None,
    finished: date | None,
    channel: Channel = Channel.COUNTER,
    **more: Any,
) -> Made:
    """One by its days."""
    row = SettledRow(channel=channel, received=received, due=due, finished=finished)
    own = {name: more.pop(name) for name in ("hour", "status", "agency_id") if name in more}
    own |= {"procedure_id": more.pop("procedure_id")} if "procedure_id" in more else {}
    return Made(row, more=tuple(more.items()), **own)


def at(day: date, hour: time) -> datetime:
    """An instant of a day in Việt Nam."""
    return datetime.combine(day, hour, LOCAL_ZONE).astimezone(UTC)


def values(one: Made, agency_id: int, procedure_id: int, version_id: int) -> dict[str, Any]:
    """The columns of a dossier."""
    number, row = next(_numbers), one.row
    received = at(row.received, one.hour)
    finished = at(row.finished, one.hour) if row.finished else None
    status = one.status or (Status.RETURNED if finished else Status.IN_PROGRESS)
    return {
        "lookup_code": new_lookup_code(),
        "secret_digest": "-",
        "code": f"H99.12-{number:09d}",
        "status": status,
        "status_since": finished or received,
        "procedure_id": one.procedure_id or procedure_id,
        "version_id": version_id,
        "procedure_name": "Đăng ký thường trú",
        "agency_id": one.agency_id or agency_id,
        "agency_name": "Trung tâm",
        "applicant_name": "Nguyễn Thị Mẫu",
        "applicant_key": "nguyen thi mau",
        "channel": row.channel,
        "delivery": Delivery.COUNTER,
        "form": FORM,
        "answers": {},
        "absences": [],
        "submitted_at": received,
        "received_at": received,
        "clock_from": received,
        "due_date": row.due,
        "promised_date": row.due,
        "lawful_date": row.due,
        "finished_at": finished,
        "supplement_count": 0,
        "revision": 1,
        **dict(one.more),
    }


def add(session: Session, world: World, all_of_them: Iterable[Made]) -> None:
    """Write them; a core insert, for nothing else may bring a dossier into the middle."""
    version = world.procedure.current_version_id
    assert version is not None
    rows = [values(one, world.commune.id, world.procedure.id, version) for one in all_of_them]
    if rows:
        session.execute(insert(Dossier), rows)


def generated(session: Session, count: int, until: date, *, years: int = 3) -> None:
    """Lawful dossiers of ``years`` before a day, over all agencies and procedures: nineteen in
    twenty are finished, one in forty of them late. The same each time."""
    agencies = list(session.scalars(select(Agency.id).order_by(Agency.id)))
    procedures = session.execute(
        select(Procedure.id, Procedure.current_version_id)
        .where(Procedure.current_version_id.is_not(None))
        .order_by(Procedure.id)
        .limit(200)
    ).all()
    channels, step, span = tuple(Channel), 5_000, 365 * years
    for start in range(0, count, step):
        batch = []
        for number in range(start, min(start + step, count)):
            received = until - timedelta(days=number * span // count)
            due = received + timedelta(days=3 + number % 20)
            end = due + timedelta(days=2 if number % 40 == 7 else -(number % 3))
            finished = None if number % 20 == 3 and number % 3 else end
            one = made(received, due, finished if finished and finished <= until else None)
            procedure, version = procedures[number % len(procedures)]
            channel = {"channel": channels[number % 3]}
            row = values(one, agencies[number % len(agencies)], procedure, version or 0)
            batch.append(row | channel | {"form": {}})
        session.execute(insert(Dossier), batch)
