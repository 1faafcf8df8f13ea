"""Loads sample entries of the book of work, through the service as officers write them."""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from content.agencies.models import Agency
from content.files import FileService, MemoryStore
from content.people.models import Account
from content.seed.basics import read_json
from content.words import local
from content.workbook.checking import Given
from content.workbook.kinds import BY_KEY
from content.workbook.models import WorkEntry, WorkStatus
from content.workbook.service import WorkBook

#: Days in the sample are days before or after today.
_DAYS = re.compile(r"-\d+")


def seed_workbook(session: Session, now: datetime) -> Iterator[str]:
    """Add all of them, unless there is an entry."""
    if session.scalars(select(WorkEntry.id).limit(1)).first():
        yield "Sổ việc: đã có."
        return
    # No sample entry has a file; the service asks for somewhere to keep one.
    book = WorkBook(session, FileService(session, MemoryStore()), now)
    agencies = {one.slug: one for one in session.scalars(select(Agency))}
    people = {one.email: one for one in session.scalars(select(Account))}
    made: dict[str, WorkEntry] = {}
    given = read_json("workbook.json")
    for number, one in enumerate(given):
        by = people[one["by"]]
        entry = book.begin(
            BY_KEY[one["kind"]],
            agencies[one["unit"]],
            local(now).year,
            _given(one, people, local(now).date()),
            by,
            key=f"sample-{number}",
            parent=made.get(one.get("under", "")),
        )
        made[one.get("key", str(number))] = entry
        for status in (WorkStatus.DOING, WorkStatus.DONE):
            if status.value in one:
                text, revision = one[status.value], entry.revision
                book.remark(entry, by, revision=revision, text=text, status=status)
    yield f"Sổ việc: thêm {len(given)} mục."


def _given(one: dict[str, Any], people: dict[str, Account], today: date) -> Given:
    values = {
        name: (today + timedelta(days=int(value))).isoformat() if _DAYS.fullmatch(value) else value
        for name, value in one["values"].items()
    }
    return Given(
        title=one["title"],
        values=values,
        owner_id=people[one["owner"]].id if "owner" in one else None,
        due_on=today + timedelta(days=one["due"]) if "due" in one else None,
    )
