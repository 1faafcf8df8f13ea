"""Importing news: JSON lines {slug, title, lead, body_html or body_text, section,
published_at, author, source}, with kicker and tags besides.

All or nothing: every bad line is named and nothing is written. The same file again
changes nothing.
"""

import json
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from content.news.cleaning import sanitise
from content.news.models import MAX_BODY, MAX_SLUG, MAX_TITLE, Article, ArticleStatus, BodyFormat
from content.news.sections import all_sections
from content.text import clean, slugify

KEYS = {
    *("slug", "title", "lead", "body_html", "body_text", "section", "published_at"),
    *("author", "source", "kicker", "tags", "related"),
}


@dataclass(frozen=True)
class Rejection:
    """A line that cannot be taken, and why."""

    line: int
    reason: str


class ImportRefused(Exception):
    """Nothing was written."""

    def __init__(self, rejections: list[Rejection]) -> None:
        super().__init__(f"{len(rejections)} dòng bị từ chối")
        self.rejections = rejections


@dataclass(frozen=True)
class ImportResult:
    """What an import did."""

    added: int
    changed: int
    unchanged: int


def import_news(session: Session, lines: Iterable[str], now: datetime) -> ImportResult:
    """Add and update articles by slug. Raises ``ImportRefused``."""
    records, rejections = [], []
    seen: set[str] = set()
    known = {one.slug for one in all_sections(session)}
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            fields = read_record(line, known)
            if fields["slug"] in seen:
                raise ValueError(f"slug lặp lại: {fields['slug']}")
            seen.add(fields["slug"])
            records.append(fields)
        except ValueError as error:
            rejections.append(Rejection(number, str(error)))
    if rejections:
        raise ImportRefused(rejections)
    return _write(session, records, now)


def read_record(line: str, sections: Container[str]) -> dict[str, Any]:
    """The columns of one line; ``ValueError`` says what is wrong with it. ``sections`` are
    the slugs of those there are."""
    record = json.loads(line)
    if not isinstance(record, dict):
        raise ValueError("không phải một đối tượng JSON")
    problems = list(_problems(record, sections))
    if problems:
        raise ValueError("; ".join(problems))
    is_html = record.get("body_html") is not None
    body = sanitise(record["body_html"]) if is_html else clean(record["body_text"], multiline=True)
    return {
        "slug": record["slug"],
        "section_slug": record["section"],
        "kicker": clean(record.get("kicker") or ""),
        "title": clean(record["title"]),
        "lead": clean(record.get("lead") or "", multiline=True),
        "body": body,
        "body_format": BodyFormat.HTML if is_html else BodyFormat.TEXT,
        "author_line": clean(record.get("author") or ""),
        "source": clean(record.get("source") or ""),
        "tags": [clean(str(tag)) for tag in record.get("tags") or []],
        "published_at": datetime.fromisoformat(record["published_at"]),
    }


def _problems(record: Mapping[str, Any], sections: Container[str]) -> Iterator[str]:
    yield from (f"trường lạ: {key}" for key in sorted(record.keys() - KEYS))
    for key in ("slug", "title", "section", "published_at"):
        if not isinstance(record.get(key), str) or not record[key].strip():
            yield f"thiếu {key}"
    slug = record.get("slug")
    if isinstance(slug, str) and (slug != slugify(slug, limit=MAX_SLUG) or len(slug) > MAX_SLUG):
        yield f"slug không hợp lệ: {slug[:60]!r}"
    if len(str(record.get("title") or "")) > MAX_TITLE:
        yield f"title dài quá {MAX_TITLE} ký tự"
    if record.get("section") not in sections:
        yield f"không có chuyên mục {record.get('section')!r}"
    yield from _date_problems(record.get("published_at"))
    yield from _body_problems(record)


def _date_problems(value: Any) -> Iterator[str]:
    try:
        if datetime.fromisoformat(str(value)).tzinfo is None:
            yield "published_at thiếu múi giờ"
    except ValueError:
        yield "published_at không phải ngày giờ ISO 8601"


def _body_problems(record: Mapping[str, Any]) -> Iterator[str]:
    bodies = [record[key] for key in ("body_html", "body_text") if record.get(key) is not None]
    if len(bodies) != 1 or not isinstance(bodies[0], str):
        yield "cần đúng một trong body_html, body_text"
    elif len(bodies[0]) > MAX_BODY:
        yield f"nội dung dài quá {MAX_BODY} ký tự"


def _write(session: Session, records: list[dict[str, Any]], now: datetime) -> ImportResult:
    slugs = [record["slug"] for record in records]
    query = select(Article).where(Article.slug.in_(slugs))
    known = {article.slug: article for article in session.scalars(query)}
    added = changed = 0
    for fields in records:
        article = known.get(fields["slug"])
        if article is None:
            session.add(
                Article(**fields, status=ArticleStatus.PUBLISHED, created_at=now, updated_at=now)
            )
            added += 1
        elif any(getattr(article, name) != value for name, value in fields.items()):
            for name, value in fields.items():
                setattr(article, name, value)
            article.updated_at = now
            changed += 1
    return ImportResult(added, changed, len(records) - added - changed)
