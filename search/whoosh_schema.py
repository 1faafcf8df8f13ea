"""What Whoosh is told: the fields, and how a document is written into them.

Terms are made by ``search.zones``, so Whoosh analyses nothing and only has to
remember which document holds which term. The only two modules that import Whoosh
are this one and ``whoosh_index``.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from whoosh import formats
from whoosh.fields import STORED, FieldType, Schema
from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex
from whoosh.query import Or, Term

from search.documents import SearchDocument
from search.stored import MAX_BODY, digest_of, to_record
from search.zones import VERSION, Zone, terms_of

#: Names the format in the folder's name; Whoosh pickles this schema into every index.
FORMAT = f"w1.{VERSION}"

OWNER = "owner"
RECORD = "record"
DIGEST = "digest"


class Terms(FieldType):  # type: ignore[misc]
    """A field of ready-made terms: held or not held, without positions and weights."""

    def __init__(self) -> None:
        self.format = formats.Existence()
        self.analyzer = None
        self.vector = None
        self.scorable = False
        self.stored = False
        self.unique = False
        self.spelling = False
        self.column_type = None

    def index(self, value: Iterable[str], **_: Any) -> Iterator[tuple[bytes, int, float, bytes]]:
        """Postings of one document, as Whoosh's writers want them."""
        return ((term.encode(), 1, 1.0, b"") for term in sorted(value))

    def clean(self) -> None:
        """Nothing to clean before pickling."""


def new_schema() -> Schema:
    """The fields of an index."""
    return Schema(**{OWNER: Terms(), RECORD: STORED(), **{zone.value: Terms() for zone in Zone}})


def create_index(folder: Path) -> FileIndex:
    """An empty index in an empty folder."""
    return FileStorage(str(folder)).create_index(new_schema())


def open_index(folder: Path) -> FileIndex:
    """The index in a folder, read with our schema instead of the pickled one."""
    return FileStorage(str(folder)).open_index(schema=new_schema())


def add(writer: Any, document: SearchDocument) -> None:
    """Write a document; it can be found after the commit."""
    record = to_record(document) | {"body": document.body[:MAX_BODY], DIGEST: digest_of(document)}
    zones = {zone.value: terms for zone, terms in terms_of(document).items()}
    writer.add_document(**{OWNER: [document.owner_key], RECORD: record, **zones})


def remove(writer: Any, owners: Iterable[str]) -> None:
    """Delete all documents of these owners."""
    terms = [Term(OWNER, owner) for owner in owners]
    if terms:
        writer.delete_by_query(Or(terms))
