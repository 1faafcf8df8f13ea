"""What an index keeps of a document to show and to weigh it, and how it is written down.

Documents become plain dictionaries of JSON values, so that no file of an index
depends on the classes of this package.
"""

import json
from collections.abc import Mapping
from dataclasses import fields
from datetime import date, datetime
from hashlib import blake2b
from typing import Any

from search.documents import Kind, SearchDocument
from search.index import Stored

#: Characters of body kept to make snippets from.
MAX_BODY = 2_000


def stored_of(document: SearchDocument) -> Stored:
    """What is kept to show a hit."""
    return Stored(
        key=document.key,
        kind=document.kind,
        object_id=document.object_id,
        title=document.title,
        code=document.code,
        facets=document.facets,
        is_current=document.is_current,
        published=document.published,
        summary=document.summary,
        body=document.body[:MAX_BODY],
    )


def digest_of(document: SearchDocument) -> str:
    """Equal for equal documents; another for another content."""
    text = json.dumps(to_record(document), sort_keys=True, ensure_ascii=True)
    return blake2b(text.encode(), digest_size=9).hexdigest()


def to_record(document: SearchDocument) -> dict[str, Any]:
    """The whole document as JSON values."""
    record = {part.name: _plain(getattr(document, part.name)) for part in fields(document)}
    return record | {"facets": dict(document.facets), "kind": document.kind.value}


def from_record(record: Mapping[str, Any]) -> SearchDocument:
    """The document again."""
    parts = dict(record)
    parts["kind"] = Kind(parts["kind"])
    for name in ("other_codes", "cites", "aliases", "keywords"):
        parts[name] = tuple(parts[name])
    parts["facets"] = {name: tuple(values) for name, values in parts["facets"].items()}
    for name in ("visible_from", "visible_to"):
        parts[name] = parts[name] and datetime.fromisoformat(parts[name])
    parts["published"] = parts["published"] and date.fromisoformat(parts["published"])
    return SearchDocument(**parts)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | datetime) else value
