"""Loads the sample catalogue: the records, the sample decision, filing, life events.

The records are collected from public sources of several provinces and dates. A clearly
marked sample decision adopts those that may still hold; the others stay history.
"""

import json
from collections.abc import Iterator
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from content.procedures import importing, publishing
from content.procedures.decisions import PublicationDecision
from content.procedures.filing import sample_policy
from content.procedures.finders import Finder
from content.procedures.kinds import PUBLIC
from content.procedures.life_events import EventAudience, LifeEvent, LifeEventStep
from content.procedures.models import Procedure
from content.procedures.reading import read_rows
from content.seed.basics import FOLDER, read_json

RECORDS = FOLDER / "procedures.jsonl"
DECISION_NUMBER = "MẪU-01/QĐ-UBND"
_SIGNED_ON = date(2026, 8, 3)
_EFFECTIVE_ON = date(2026, 8, 10)

#: On the home page of the sample: (code, level) of what people come for, in their order.
FEATURED = (
    ("1.001193", "xã"),  # birth
    ("2.000815", "xã"),  # certified copies
    ("1.004222", "xã"),  # residence
    ("1.001612", "xã"),  # household business
    ("1.013978", "xã"),  # land
    ("1.013225", "xã"),  # building
    ("1.000894", "xã"),  # marriage
    ("2.000635", "xã"),  # extracts
)


def sample_decision(number: str = DECISION_NUMBER) -> PublicationDecision:
    """The decision that adopts the records; its name and summary say that it is none."""
    return PublicationDecision(
        number=number,
        signed_on=_SIGNED_ON,
        effective_on=_EFFECTIVE_ON,
        agency="Ủy ban nhân dân tỉnh Sơn Hà Mẫu (cơ quan mẫu, không có thật)",
        summary="Quyết định mẫu để giới thiệu phần mềm, không có giá trị pháp lý",
        is_sample=True,
    )


def seed_catalogue(session: Session, now: datetime) -> Iterator[str]:
    """Import and adopt the records, unless this has been done."""
    known = select(PublicationDecision).where(PublicationDecision.number == DECISION_NUMBER)
    if session.scalars(known).first():
        yield f"Thủ tục: đã có {session.scalar(select(func.count(Procedure.id)))}."
        return
    planned = importing.plan(session, read_rows(RECORDS.read_bytes()))
    written = importing.apply(session, planned, now=now, filing=None)
    adopted = importing.adopt(session, sample_decision(), written, now=now)
    set_sample_filing(session)
    counts = planned.counts
    yield f"Thủ tục: thêm {counts['added']}, công bố theo quyết định mẫu {adopted}."


def set_sample_filing(session: Session) -> None:
    """Decide for every procedure of the sample where it is filed."""
    bound = form_bindings()
    featured = {key: place for place, key in enumerate(FEATURED, start=1)}
    for procedure in session.scalars(select(Procedure).where(Procedure.status.in_(PUBLIC))):
        key = (procedure.code or "", procedure.level.value)
        place = sample_policy(procedure, procedure.code in bound)
        publishing.set_filing(procedure, place.filing, information_only=place.information_only)
        procedure.featured = featured.get(key)


def form_bindings() -> set[str]:
    """The codes of procedures that have a form of our own."""
    definitions = (
        json.loads(path.read_text("utf-8")) for path in (FOLDER / "forms").glob("*.json")
    )
    return {code for one in definitions for code in one.get("procedure_codes", ())}


def seed_finders(session: Session, now: datetime) -> Iterator[str]:
    """Add the finders that are missing."""
    known = set(session.scalars(select(Finder.slug)))
    missing = [one for one in read_json("finders.json") if one["slug"] not in known]
    for position, one in enumerate(missing, start=len(known)):
        session.add(Finder(**one, position=position, is_public=True, updated_at=now))
    yield f"Bộ câu hỏi: thêm {len(missing)}, đã có {len(known)}."


def seed_life_events(session: Session) -> Iterator[str]:
    """Add the life events that are missing."""
    known = set(session.scalars(select(LifeEvent.slug)))
    missing = [
        (position, one)
        for position, one in enumerate(read_json("life_events.json"))
        if one["slug"] not in known
    ]
    for position, one in missing:
        event = LifeEvent(
            slug=one["slug"],
            title=one["title"],
            audience=EventAudience(one["audience"]),
            intro=one["intro"],
            position=position,
        )
        event.steps = [
            LifeEventStep(
                position=place,
                title=step["title"],
                text=step["text"],
                procedures=step.get("procedures", []),
            )
            for place, step in enumerate(one["steps"])
        ]
        session.add(event)
    yield f"Sự kiện: thêm {len(missing)}, đã có {len(known)}."
