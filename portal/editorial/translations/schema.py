"""The form of a translation: one field for each piece of the original."""

from collections.abc import Mapping

import colander

from content.news.bodies import html_to_text, is_plain
from content.news.models import BodyFormat
from content.news.translating import BODY, format_of
from content.writing.translations import MAX_TEXT, Piece, Source
from portal.forms import fields
from portal.i18n import _

LINE = 2000
IS_LEVEL = "is_level"
BODY_HINT = _(
    "Cách một dòng trống để sang đoạn mới. Dòng bắt đầu bằng “## ” là đề mục, “- ” là gạch đầu "
    "dòng, “1. ” là mục đánh số. Liên kết viết [chữ hiện ra](https://…)."
)
EXACT_HINT = _("Chỉ ghi những con số có trong bản gốc.")


def schema_of(source: Source, *, is_behind: bool) -> colander.SchemaNode:
    """Nothing is obligatory while a translation is being written."""
    schema = colander.SchemaNode(colander.Mapping())
    for piece in source.pieces:
        schema.add(_field(piece))
    if is_behind:
        words = _("Tôi đã sửa bản dịch theo mọi chỗ bản gốc đã đổi")
        schema.add(fields.checkbox(IS_LEVEL, words))
    for name in ("revision", "base", "digest", "body_format"):
        schema.add(fields.hidden(name))
    return schema


def name_of(key: str) -> str:
    """The name of a piece's field."""
    return key.replace(".", "-")


def _field(piece: Piece) -> colander.SchemaNode:
    name, hint = name_of(piece.key), EXACT_HINT if piece.is_exact else None
    if piece.shape == "body":
        return fields.paragraph(
            name, piece.label, rows=18, required=False, max_length=MAX_TEXT, hint=BODY_HINT
        )
    if piece.shape == "lines" or len(piece.text) > 120:
        rows = min(14, max(3, len(piece.text) // 60))
        return fields.paragraph(
            name, piece.label, rows=rows, required=False, max_length=MAX_TEXT, hint=hint
        )
    return fields.text(name, piece.label, required=False, max_length=LINE, hint=hint)


def shown(source: Source, texts: Mapping[str, str]) -> dict[str, str]:
    """Texts as their fields show them."""
    values = {name_of(one.key): texts.get(one.key, "") for one in source.pieces}
    body = texts.get(BODY, "")
    body_format = format_of(body)
    if BODY in values and body_format is BodyFormat.HTML and is_plain(body):
        # Says nothing that plain text could not: people without scripts read it with ease.
        values[BODY], body_format = html_to_text(body), BodyFormat.TEXT
    return values | {"body_format": body_format.value, "digest": source.digest}


def texts_from(source: Source, data: Mapping[str, str | None]) -> dict[str, str]:
    """What was typed, by the keys of the pieces."""
    return {one.key: data[name_of(one.key)] or "" for one in source.pieces}
