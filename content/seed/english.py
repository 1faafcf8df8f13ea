"""Loads what the sample says in English: an article, a page, two procedures."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from content import changes
from content.news import translating as written
from content.news.models import Article, Page
from content.procedures import translating as procedures
from content.procedures.models import Procedure
from content.seed.basics import read_json
from content.writing import translations
from content.writing.models import Translation, TranslationStatus
from content.writing.translations import Source


def seed_english(session: Session, now: datetime) -> Iterator[str]:
    """Add the translations that are missing, published."""
    added = 0
    for one in read_json("english.json"):
        source = _source(session, one)
        if source is None or translations.find(session, source.subject) is not None:
            continue
        session.add(_translation(source, one, now))
        added += 1
    if added:
        changes.advance(session, changes.FRAME)
    yield f"Bản tiếng Anh: thêm {added}."


def _source(session: Session, one: dict[str, Any]) -> Source | None:
    if one["kind"] == "procedure":
        public = select(Procedure).where(
            Procedure.code == one["of"], Procedure.current_version_id.is_not(None)
        )
        procedure = session.scalars(public.order_by(Procedure.id)).first()
        return procedures.source_of(procedure) if procedure else None
    model: Any = Article if one["kind"] == "article" else Page
    found = session.scalars(select(model).where(model.slug == one["of"])).first()
    return written.source_of(session, found) if found else None


def _translation(source: Source, one: dict[str, Any], now: datetime) -> Translation:
    words = one.get("words", {})
    texts = one.get("texts") or {
        piece.key: words[piece.text] for piece in source.pieces if piece.text in words
    }
    return Translation(
        subject=source.subject,
        language=translations.ENGLISH,
        texts=texts,
        source_texts=source.texts,
        source_number=source.number,
        status=TranslationStatus.PUBLISHED,
        translated_at=now,
        updated_at=now,
        published_at=now,
    )
