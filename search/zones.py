"""Under which terms a document is found, by zone: the same for every engine.

A zone is a part of a document that weighs alike. Changing what is written here
means that existing indexes must be built anew: raise ``VERSION``.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Protocol

from search.documents import SearchDocument
from search.query import name_key
from search.text import code_key, code_keys, terms

VERSION = 1


class Zone(StrEnum):
    """A part of a document, by how much a find in it says."""

    CODE = "code"
    OTHER_CODES = "other_codes"
    CITES = "cites"
    NAME = "name"
    TITLE = "title"
    EXTRA = "extra"
    BODY = "body"


class Postings(Protocol):
    """Where terms are looked up."""

    def postings(self, zone: Zone, term: str) -> int:
        """The set (``search.bits``) of documents that have the term in the zone."""


def terms_of(document: SearchDocument) -> Mapping[Zone, set[str]]:
    """All terms of a document."""
    return {
        Zone.CODE: set(code_keys(document.code)) if document.code else set(),
        Zone.OTHER_CODES: _keys(document.other_codes),
        Zone.CITES: {key for number in document.cites if (key := code_key(number))},
        Zone.NAME: {name_key(name) for name in (document.title, *document.aliases)},
        Zone.TITLE: terms([document.title]),
        Zone.EXTRA: terms([*document.aliases, *document.keywords]),
        Zone.BODY: terms([document.summary, *document.body.splitlines()]),
    }


def _keys(codes: Iterable[str]) -> set[str]:
    return {key for code in codes for key in code_keys(code) if key}
