"""A decision that is being prepared."""

import secrets
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy.orm import Session

from content.files.model import StoredFile
from content.procedures import preparing
from content.procedures.heading import Heading
from tests.content.procedures.conftest import NOW


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 3, tzinfo=UTC)


def begin(session: Session, day: date, **fields: Any):
    given = {"number": f"{session.info.setdefault('n', 0) + 1}/QĐ", "agency": "UBND tỉnh"}
    session.info["n"] += 1
    heading = Heading(**{**given, "signed_on": day, **fields})
    prepared = preparing.create(session, heading, by=1, now=at(day))
    preparing.attach(prepared, stored(session, "qd.pdf").id, by=1, now=at(day))
    return prepared


def stored(session: Session, name: str) -> StoredFile:
    """A file that is kept."""
    file = StoredFile(
        key=secrets.token_hex(16), name=name, media_type="application/pdf", size=1,
        sha256="0" * 64, created_at=NOW,
    )  # fmt: skip
    session.add(file)
    session.flush()
    return file
