"""What an editor translates of an article or page. A body keeps the shape of its original:
structured text, or HTML cleaned by the same allow-list."""

import re
from collections.abc import Iterator, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from content.media.models import Medium
from content.media.usages import Usage, names, register
from content.news import bodies
from content.news.bodies import pictures_without_words
from content.news.cleaning import sanitise
from content.news.models import Article, BodyFormat
from content.news.service import Written, subject_of
from content.writing import revisions
from content.writing.models import Translation
from content.writing.translations import Piece, Source, own_subject

_TAG = re.compile(r"\s*<[a-z]")

TITLE, LEAD, BODY = "title", "lead", "body"
GALLERY, ATTACHMENT = "gallery", "attachment"


def source_of(session: Session, written: Written) -> Source:
    """The texts as they stand, with the number of the last revision."""
    pieces = [one for one in _pieces(written) if one.text.strip()]
    number = revisions.last_number(session, subject_of(written))
    return Source(subject_of(written), written.title, number, tuple(pieces))


def _pieces(written: Written) -> list[Piece]:
    is_article = isinstance(written, Article)
    pieces = [
        Piece(TITLE, "Tên", written.title, is_required=True),
        Piece(LEAD, "Sa-pô", written.lead, "lines", is_required=is_article),
        Piece(BODY, "Nội dung", written.body, "body", is_required=True),
    ]
    return pieces + _beside(written) if isinstance(written, Article) else pieces


def _beside(article: Article) -> list[Piece]:
    """What stands beside the text of an article."""
    pieces = [
        Piece("kicker", "Dòng trên tên bài", article.kicker),
        Piece("picture_alt", "Mô tả ảnh đại diện", article.picture_alt, is_required=True),
        Piece("picture_caption", "Chú thích ảnh đại diện", article.picture_caption),
    ]
    for kind, label, pairs in (
        (GALLERY, "Ảnh trong bộ ảnh", article.gallery),
        (ATTACHMENT, "Tệp đính kèm", article.attachments),
    ):
        pieces += [
            Piece(f"{kind}.{number}", f"{label} {number + 1}", words)
            for number, (_address, words) in enumerate(pairs)
        ]
    return [*pieces, Piece("correction", "Đính chính", article.correction, "lines")]


def format_of(body: str) -> BodyFormat:
    """How a translated body is written: cleaned HTML begins with a tag. Either way of
    showing it is safe."""
    return BodyFormat.HTML if _TAG.match(body) else BodyFormat.TEXT


def readable(text: str) -> str:
    """A text to be read and compared: no tags."""
    return bodies.readable(text, format_of(text))


def cleaned(texts: Mapping[str, str]) -> dict[str, str]:
    """Texts as they may be kept."""
    body = texts.get(BODY, "")
    return {**texts, BODY: sanitise(body)} if format_of(body) is BodyFormat.HTML else dict(texts)


def silent_pictures(texts: Mapping[str, str]) -> int:
    """How many pictures of a translated body have no words (WCAG 2.2 SC 1.1.1)."""
    body = texts.get(BODY, "")
    return pictures_without_words(body, format_of(body))


def _in_translations(session: Session, medium: Medium) -> Iterator[Usage]:
    """Translations of which a body shows a medium: ``translation:article-12``."""
    query = select(Translation).where(names(Translation.texts, medium))
    for one in session.scalars(query.order_by(Translation.id)):
        title = one.texts.get(TITLE) or one.source_texts.get(TITLE, "")
        yield Usage(own_subject(one.subject), f"{title} (bản tiếng Anh)")


register("translation", _in_translations)
