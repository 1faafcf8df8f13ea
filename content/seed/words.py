"""Loads the sample's own prose: news and standing pages."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from content.news.importing import import_news
from content.news.models import Article, Page
from content.seed.basics import FOLDER, read_json


def seed_news(session: Session, now: datetime) -> Iterator[str]:
    """Add the sample articles, unless there are articles: editors may have changed them."""
    if session.scalars(select(Article.id).limit(1)).first():
        yield "Tin bài: đã có."
        return
    lines = (FOLDER / "news" / "articles.jsonl").read_text("utf-8").splitlines()
    yield f"Tin bài: thêm {import_news(session, lines, now).added}."


def seed_pages(session: Session, now: datetime) -> Iterator[str]:
    """Add the standing pages that are missing."""
    known = set(session.scalars(select(Page.slug)))
    missing = [
        Page(
            slug=one["slug"],
            title=one["title"],
            lead=one["lead"],
            body=one["body_text"],
            position=position,
            updated_at=now,
        )
        for position, one in enumerate(read_json("pages.json"))
        if one["slug"] not in known
    ]
    session.add_all(missing)
    yield f"Trang: thêm {len(missing)}, đã có {len(known)}."
