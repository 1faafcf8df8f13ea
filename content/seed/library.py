"""Loads the sample's legal documents: true ones that many of its procedures rest on."""

from collections.abc import Iterator
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from content.library.kinds import DocumentKind
from content.library.models import LegalDocument
from content.procedures.models import Sector
from content.seed.basics import read_json
from content.text import fold, slugify

_DAYS = ("issued_on", "effective_on")


def seed_library(session: Session, now: datetime) -> Iterator[str]:
    """Add the documents, unless there are some."""
    if session.scalars(select(LegalDocument.id).limit(1)).first():
        yield "Văn bản pháp luật: đã có."
        return
    sectors = {one.slug: one for one in session.scalars(select(Sector))}
    given = read_json("library.json")
    for one in given:
        days = {name: date.fromisoformat(one[name]) for name in _DAYS}
        words = {name: one[name] for name in ("number", "summary", "agency")}
        document = LegalDocument(
            **words,
            **days,
            slug=slugify(one["number"]),
            kind=DocumentKind(one["kind"]),
            sector=sectors.get(one.get("sector", "")),
            search_key=fold(" ".join(words.values())),
            published_at=now,
        )
        session.add(document)
    yield f"Văn bản pháp luật: thêm {len(given)}."
