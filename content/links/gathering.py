"""Where links stand: articles, pages, procedures, menus, banners, answers, documents, finders.

Only what people can read now is looked through. A link is told as written; what leads back
into the same page, and mail and phone addresses, are left out.
"""

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from content.enquiries.models import Enquiry
from content.library.models import LegalDocument
from content.links.models import MAX_TARGET, MAX_TITLE
from content.news import reads as news
from content.news.bodies import to_html
from content.news.models import Article, BodyFormat
from content.procedures.finders import Finder, questions_of
from content.procedures.kinds import PUBLIC
from content.procedures.models import Procedure
from content.site.models import Banner, HomeBlock, MenuItem
from content.site.service import in_order

_HREF = re.compile(r'\b(?:href|src)="([^"]*)"')
_WRITTEN = re.compile(r"""https?://[^\s<>"'()\[\]{}“”]+""")
_LEFT_OUT = ("mailto", "tel", "javascript", "data")


@dataclass(frozen=True)
class Found:
    """One link and the thing it stands in."""

    kind: str
    place_id: int
    title: str
    target: str


def gather(session: Session, now: datetime) -> Iterator[Found]:
    """Every link of what people can read at a moment, each once for each place."""
    for kind, place_id, title, targets in _places(session, now):
        for target in dict.fromkeys(html.unescape(one).strip() for one in targets):
            if target and len(target) <= MAX_TARGET and _leads_away(target):
                yield Found(kind, place_id, title[:MAX_TITLE], target)


def is_outside(target: str, host: str) -> bool:
    """Whether a link leads to another host than this one; what cannot be read does not."""
    try:
        parts = urlsplit(target)
    except ValueError:
        return False
    return bool(parts.netloc) and parts.netloc != host


_Place = tuple[str, int, str, Iterable[str]]


def _places(session: Session, now: datetime) -> Iterator[_Place]:
    yield from _news(session, now)
    yield from _procedures(session)
    yield from _library(session, now)
    yield from _frame(session)


def _news(session: Session, now: datetime) -> Iterator[_Place]:
    for article in session.scalars(news.public(now).order_by(Article.id)):
        pairs = [*(article.gallery or ()), *(article.attachments or ())]
        files = [article.picture, *(str(pair[0]) for pair in pairs if pair)]
        yield (
            "article",
            article.id,
            article.title,
            [*_in_body(article.body, article.body_format), *_written(article.lead), *files],
        )
    for page in session.scalars(news.public_pages(now)):
        targets = [*_in_body(page.body, page.body_format), *_written(page.lead)]
        yield "page", page.id, page.title, targets


def _procedures(session: Session) -> Iterator[_Place]:
    query = (
        select(Procedure)
        .where(Procedure.status.in_(PUBLIC))
        .options(joinedload(Procedure.current_version))
        .order_by(Procedure.id)
    )
    for one in session.scalars(query):
        document = one.current_version.document if one.current_version else {}
        files = [
            f"/thu-tuc/{one.key}/bieu-mau/{form.id}"
            for form in (one.current_version.forms if one.current_version else ())
            if form.file_id is not None
        ]
        yield "procedure", one.id, one.name, [*_texts(document), one.official_url or "", *files]
    for finder in session.scalars(select(Finder).where(Finder.is_public.is_(True))):
        told = [finder.intro]
        for question in questions_of(finder):
            told += [question.hint, *(option.advice for option in question.options)]
        yield "finder", finder.id, finder.title, _texts(told)


def _library(session: Session, now: datetime) -> Iterator[_Place]:
    published = Enquiry.published_at.is_not(None), Enquiry.deleted_at.is_(None)
    for one in session.scalars(select(Enquiry).where(*published)):
        yield "enquiry", one.id, one.title, _in_body(one.body, one.body_format)
    shown = LegalDocument.published_at <= now, LegalDocument.deleted_at.is_(None)
    for document in session.scalars(select(LegalDocument).where(*shown)):
        files = [f"/van-ban/{document.slug}/tep/{file.id}" for file in document.files]
        title = f"{document.number} {document.summary}"
        yield "document", document.id, title, [*_written(document.summary), *files]


def _frame(session: Session) -> Iterator[_Place]:
    for item in session.scalars(in_order(MenuItem).where(MenuItem.address != "")):
        yield "menu", item.id, item.words, [item.address]
    shown = Banner.is_on.is_(True), Banner.deleted_at.is_(None)
    for banner in session.scalars(select(Banner).where(*shown)):
        yield "banner", banner.id, banner.title, [banner.address, *_written(banner.text)]
    for block in session.scalars(in_order(HomeBlock).where(HomeBlock.is_on.is_(True))):
        yield "block", block.id, block.title or "Trang chủ", _in_body(block.text, BodyFormat.TEXT)


def _in_body(body: str, form: BodyFormat) -> list[str]:
    return _HREF.findall(to_html(body, form)) if body else []


def _texts(value: Any) -> Iterator[str]:
    """Addresses written in any text of plain data."""
    if isinstance(value, str):
        yield from _written(value)
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _texts(inner)


def _written(text: str | None) -> list[str]:
    return [one.rstrip(".,;:!?") for one in _WRITTEN.findall(text or "")]


def _leads_away(target: str) -> bool:
    """Whether there is anything to look at; what cannot be read is a link that leads nowhere."""
    try:
        parts = urlsplit(target)
    except ValueError:
        return True
    return parts.scheme not in _LEFT_OUT and bool(parts.path or parts.netloc)
