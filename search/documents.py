"""What is found: content objects as flat documents.

One converter for each public class says what of it can be found, by whom and
until when. Nothing here knows an engine, and nothing reads the database.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from functools import singledispatch
from types import MappingProxyType
from typing import Any

NOTHING: Mapping[str, tuple[str, ...]] = MappingProxyType({})


class Kind(StrEnum):
    """What a hit is, as people tell results apart."""

    PROCEDURE = "procedure"
    NEWS = "news"
    PAGE = "page"
    FORM = "form"
    DOCUMENT = "document"
    LIFE_EVENT = "life_event"
    ENQUIRY = "enquiry"


@dataclass(frozen=True, slots=True)
class SearchDocument:
    """One thing that can be found.

    ``key`` is unique in the index (``procedure:12``); ``owner`` names the object
    it was made from when one object makes several documents, so that they are
    replaced together. ``code`` is its own code or number, ``other_codes`` are what
    others call it, ``cites`` the numbers it mentions. ``title``, then ``aliases`` and
    ``keywords``, then ``summary`` and ``body`` weigh less and less. ``facets`` hold
    stable values, not labels. ``is_current`` false means history. Outside
    ``visible_from`` ≤ now < ``visible_to`` it cannot be found. ``published`` orders
    news; ``weight`` multiplies the score, 1 is ordinary.
    """

    key: str
    kind: Kind
    object_id: int
    title: str
    code: str = ""
    other_codes: tuple[str, ...] = ()
    cites: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    summary: str = ""
    body: str = ""
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: NOTHING)
    is_current: bool = True
    visible_from: datetime | None = None
    visible_to: datetime | None = None
    published: date | None = None
    weight: float = 1.0
    owner: str = ""

    @property
    def owner_key(self) -> str:
        """The key of the object the document was made from."""
        return self.owner or self.key


@singledispatch
def to_documents(obj: object) -> Sequence[SearchDocument]:
    """The documents of a content object; none if it is not public.

    Each class of public content registers its converter, see ``search/sources``.
    """
    raise TypeError(f"no search document for {type(obj).__name__}")


def procedure_document(
    record: Mapping[str, Any],
    *,
    object_id: int,
    is_current: bool,
    facets: Mapping[str, Iterable[str]],
    weight: float = 1.0,
    updated: date | None = None,
) -> SearchDocument:
    """A procedure from its frozen document in the catalogue format."""
    variants = record.get("local_variants") or ()
    others = [record.get("local_code"), *(variant.get("code") for variant in variants)]
    return SearchDocument(
        key=f"{Kind.PROCEDURE}:{object_id}",
        kind=Kind.PROCEDURE,
        object_id=object_id,
        title=record["name"],
        code=_text(record.get("code")),
        other_codes=_texts(others),
        cites=_texts([record.get("decision_no"), *_each(record, "legal_bases", "number")]),
        aliases=_texts(record.get("aliases")),
        keywords=_keywords(record),
        summary=_text(record.get("result")),
        body=_procedure_body(record),
        facets={name: _texts(values) for name, values in facets.items()},
        is_current=is_current,
        published=updated,
        weight=weight,
    )


def _keywords(record: Mapping[str, Any]) -> tuple[str, ...]:
    """Short names that people also look for: sector, forms."""
    return _texts(
        [
            record.get("field"),
            record.get("field_group"),
            *_each(record, "forms", "code"),
            *_each(record, "forms", "for"),
        ]
    )


def _procedure_body(record: Mapping[str, Any]) -> str:
    """What is read on the page, in the order of the page; one part a line."""
    limit = record.get("time_limit") or {}
    parts: list[Any] = [
        record.get("requirements"),
        record.get("authority"),
        *_lines(record.get("applicants")),
        limit.get("text"),
        *_each(record, "dossier", "case"),
        *_each(record, "dossier", "name"),
        *_each(record, "fee", "condition"),
        *_each(record, "legal_bases", "number"),
        record.get("ministry"),
    ]
    return "\n".join(_texts(parts))


def _each(record: Mapping[str, Any], part: str, name: str) -> list[Any]:
    return [entry.get(name) for entry in record.get(part) or ()]


def _lines(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else [value]


def _text(value: Any) -> str:
    return value.strip() if isinstance(value, str) else ""


def _texts(values: Iterable[Any] | None) -> tuple[str, ...]:
    """The texts among the values, without blanks, each once, in order."""
    return tuple(dict.fromkeys(text for value in values or () if (text := _text(value))))
