"""Reminding owners of what is due: one mail for each due day, to official addresses only.

Who could not be told is written down in the entry's history, so that it is seen. Bears being
run again.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from content import outbox
from content.dossiers.notices import MAIL, day_words
from content.words import local
from content.workbook.kinds import BY_KEY
from content.workbook.models import FINISHED, WorkAct, WorkEntry, WorkEvent
from content.workbook.reading import NEAR_DAYS
from content.workbook.wording import code_of

BATCH = 200


def remind(
    session: Session, now: datetime, is_official: Callable[[str], bool], *, limit: int = BATCH
) -> int:
    """Tell the owners of what is due within a week or past its day; returns how many entries
    were seen. The caller commits and asks again until it is 0."""
    latest = local(now).date() + timedelta(days=NEAR_DAYS)
    query = (
        select(WorkEntry)
        .where(
            WorkEntry.status.not_in(FINISHED),
            WorkEntry.due_on <= latest,
            or_(WorkEntry.reminded_for.is_(None), WorkEntry.reminded_for != WorkEntry.due_on),
        )
        .order_by(WorkEntry.due_on, WorkEntry.id)
        .limit(limit)
        .with_for_update(skip_locked=True, of=WorkEntry)
    )
    found = session.scalars(query).all()
    for entry in found:
        _remind(session, entry, now, is_official)
    return len(found)


def _remind(
    session: Session, entry: WorkEntry, now: datetime, is_official: Callable[[str], bool]
) -> None:
    entry.reminded_for = entry.due_on
    owner = entry.owner
    may = owner is not None and owner.is_active and is_official(owner.email)
    act = WorkAct.REMINDED if may else WorkAct.NOT_REMINDED
    text = owner.name if owner else ""
    entry.events.append(WorkEvent(at=now, actor_name="", act=act, text=text, changes=[]))
    if not may or owner is None or entry.due_on is None:
        return
    kind = BY_KEY[entry.kind]
    payload = {
        "to": owner.email,
        "template": "work_due",
        "at": now.isoformat(),
        "values": {
            "person_name": owner.name,
            "code": code_of(entry),
            "kind_name": kind.name,
            # What only some may read stays out of mails.
            "title": None if kind.is_confidential else entry.title,
            "agency_name": entry.agency.name,
            "due_on": day_words(entry.due_on),
            "overdue": entry.due_on < local(now).date(),
            "path": f"/can-bo/so-viec/{kind.slug}/{entry.id}",
        },
    }
    key = f"work:{entry.id}:{entry.due_on}"
    outbox.enqueue(session, MAIL, key, now=now, payload=payload)
