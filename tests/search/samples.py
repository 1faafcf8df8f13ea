"""Small documents and short questions for tests of search."""

from datetime import UTC, datetime
from typing import Any

from search.documents import Kind, SearchDocument
from search.index import Found, Index, Search
from search.query import parse

NOW = datetime(2026, 11, 23, 3, tzinfo=UTC)


def document(number: int, title: str, **fields: Any) -> SearchDocument:
    given = {"key": f"procedure:{number}", "kind": Kind.PROCEDURE, "object_id": number, **fields}
    return SearchDocument(title=title, **given)


def ask(index: Index, text: str, **more: Any) -> Found:
    return index.search(Search(parse(text), **{"at": NOW, **more}))


def keys(index: Index, text: str, **more: Any) -> list[str]:
    return [stored.key for stored, _ in ask(index, text, **more).hits]


def titles(index: Index, text: str, **more: Any) -> list[str]:
    return [stored.title for stored, _ in ask(index, text, **more).hits]


def put(index: Index, *documents: SearchDocument) -> None:
    """Each document as the only one of its owner."""
    index.replace({document.owner_key: [document] for document in documents})
