"""Where a medium is used. Computed from what refers to it, never stored, so never stale.

A medium is named by its address ``/tep/<key>/…`` in a body, or by its id in a column.
Whoever has such bodies or columns says so once, beside its model, with
:func:`names_media` or :func:`register`; this module knows none of them.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Text, cast, literal, or_, select
from sqlalchemy.orm import Session

from content.media.models import Medium

#: An address of a medium within a text; group 1 is the key.
ADDRESS = re.compile(r"/tep/([0-9a-f]{12})/")


@dataclass(frozen=True)
class Usage:
    """One thing that uses a medium: ``subject`` like "article:12", ``title`` for people."""

    subject: str
    title: str


Provider = Callable[[Session, Medium], Iterable[Usage]]
T = TypeVar("T", bound=type[Any])

_providers: dict[str, Provider] = {}


def register(kind: str, provider: Provider) -> None:
    """Have ``provider`` asked from now on; the same ``kind`` again replaces it."""
    _providers[kind] = provider


def names_media(
    kind: str, *bodies: str, ids: tuple[str, ...] = (), title: str = "title", called: str = ""
) -> Callable[[T], T]:
    """Class decorator of a model: its columns ``bodies`` (text, or lists kept as JSON) may
    hold addresses of media, its columns ``ids`` ids of media; ``title`` is the column that
    names the object, ``called`` what it is called where that is empty."""

    def remember(model: T) -> T:
        def provider(session: Session, medium: Medium) -> Iterator[Usage]:
            named = [names(getattr(model, body), medium) for body in bodies]
            linked = [getattr(model, column) == medium.id for column in ids]
            columns = (model.id, getattr(model, title) if title else literal(""))
            for row in session.execute(select(*columns).where(or_(*named, *linked))):
                yield Usage(f"{kind}:{row[0]}", str(row[1] or called))

        register(kind, provider)
        return model

    return remember


def names(column: Any, medium: Medium) -> ColumnElement[bool]:
    """Whether a column of text or of JSON holds the address of a medium."""
    return cast(column, Text).contains(f"/tep/{medium.key}/")


def usages(session: Session, medium: Medium) -> list[Usage]:
    """Everything that uses the medium, by kind in the order of registration."""
    return [one for provider in _providers.values() for one in provider(session, medium)]


def keys_in(text: str) -> list[str]:
    """The keys of all media that a text names, each once, in their order."""
    return list(dict.fromkeys(ADDRESS.findall(text)))
