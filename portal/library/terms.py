"""The glossary for readers: all terms from A to Y, or those with some words."""

import re
from collections.abc import Sequence
from typing import Any

from pyramid.request import Request
from pyramid.security import NO_PERMISSION_REQUIRED
from pyramid.view import view_config

from content.terms import service
from content.terms.models import Term
from content.text import clean, slugify
from portal.i18n import listed

MAX_WORDS = 200
_NUMBER = re.compile(r"\d+/(?:\d{4}/)?[A-ZĐ0-9-]+")

#: Words before a number, the number, where it leads, words after it.
Basis = tuple[str, str, str | None, str]


@view_config(
    route_name="library.terms", renderer="library/terms.jinja2", permission=NO_PERMISSION_REQUIRED
)
def terms(request: Request) -> dict[str, Any]:
    """The glossary."""
    words = clean(request.GET.get("q", ""))[:MAX_WORDS]
    everything = service.all_terms(request.db)
    found = service.with_words(everything, words)
    addresses = _addresses(request, found)
    return {
        "alternates": listed(request),
        "words": words,
        "total": len(found),
        "groups": [
            (letter, f"chu-{_anchor(letter)}", group) for letter, group in service.by_letter(found)
        ],
        "bases": {one.id: [_basis(basis, addresses) for basis in one.bases] for one in found},
    }


def _anchor(letter: str) -> str:
    """Ă and Â need anchors of their own."""
    return slugify(letter) if letter.isascii() else f"u{ord(letter[0]):x}"


def _addresses(request: Request, found: Sequence[Term]) -> dict[str, str]:
    numbers = {match[0] for one in found for basis in one.bases for match in _numbers(basis)}
    known = service.documents(request.db, numbers) if numbers else {}
    return {
        number: request.route_path("library.document", slug=slug) for number, slug in known.items()
    }


def _numbers(basis: str) -> list[re.Match[str]]:
    return list(_NUMBER.finditer(basis))


def _basis(basis: str, addresses: dict[str, str]) -> Basis:
    """A legal basis with its number as a link, where the document is in the library."""
    match = _NUMBER.search(basis)
    if match is None:
        return basis, "", None, ""
    return basis[: match.start()], match[0], addresses.get(match[0]), basis[match.end() :]
