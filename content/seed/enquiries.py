"""Loads the sample's questions and answers: entries of editors, and two of citizens."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from content.enquiries.models import Enquiry
from content.enquiries.service import EnquiryService
from content.enquiries.wording import Wording
from content.procedures.models import Sector
from content.seed.basics import read_json


def seed_enquiries(session: Session, now: datetime) -> Iterator[str]:
    """Add them, unless there are some."""
    if session.scalars(select(Enquiry.id).limit(1)).first():
        yield "Hỏi đáp: đã có."
        return
    given = read_json("enquiries.json")
    sectors = {one.slug: one.id for one in session.scalars(select(Sector))}
    service = EnquiryService(session, now)
    for position, one in enumerate(given["entries"], start=1):
        _publish(service, service.entry(), one, position, sectors)
    for one in given["asked"]:
        enquiry = service.ask(
            one["asked"], name=one.get("name", ""), consent=True, may_publish=True
        )
        if "body" in one:
            session.flush()  # the answer is given to a saved question
            _publish(service, enquiry, one, len(given["entries"]) + 1, sectors)
    yield f"Hỏi đáp: thêm {len(given['entries']) + len(given['asked'])}."


def _publish(
    service: EnquiryService,
    enquiry: Enquiry,
    one: dict[str, Any],
    position: int,
    sectors: dict[str, int],
) -> None:
    wording = Wording(
        title=one["title"],
        details=one.get("details", ""),
        body=one["body"],
        topic=one["topic"],
        sector_id=sectors.get(one.get("sector", "")),
        position=position,
        procedures=tuple(one.get("procedures", ())),
    )
    service.save(enquiry, wording, revision=enquiry.revision or 0, actor_id=None)
    if "asked" in one:
        service.answer(enquiry, revision=enquiry.revision, actor_id=None)
    service.publish(enquiry, by=None)
