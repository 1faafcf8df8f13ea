"""Keeping the glossary, and reading it in Vietnamese order."""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from content.errors import Invalid
from content.library.models import LegalDocument
from content.terms.linking import Linker, stale
from content.terms.models import MAX_SLUG, Term
from content.text import fold, nfc, slugify, sort_key
from content.writing import saving, trash
from content.writing.trash import in_use

#: Room for the number that tells anchors of one name apart.
_ROOM = 8
#: Marks of tones; those of letters (ă, â, ê, ô, ơ, ư) stay.
_TONES = dict.fromkeys(map(ord, "\u0300\u0309\u0303\u0301\u0323"))
DIGITS = "0–9"


class TermService:
    """The glossary of one site."""

    def __init__(self, session: Session, now: datetime) -> None:
        self.session = session
        self.now = now

    def save(
        self, term: Term, values: Mapping[str, Any], *, revision: int, actor_id: int | None
    ) -> Term:
        """A new term (``revision`` 0) or a changed one. ``Invalid`` with the code
        ``name_taken`` if another term has one of its names; ``Conflict`` if somebody saved
        meanwhile. The anchor stays what it was made once."""
        with self.session.no_autoflush:
            others = [one for one in all_terms(self.session) if one is not term]
            taken = {fold(name) for one in others for name in (one.name, *one.others)}
            if fold(values["name"]) in taken:
                raise Invalid({"name": "name_taken"}, code="name_taken")
            if taken & {fold(name) for name in values["others"]}:
                raise Invalid({"others": "other_taken"}, code="other_taken")
            if not term.slug:
                term.slug = self._free_slug(values["name"])
        saving.write(
            self.session,
            term,
            values,
            revision=revision,
            actor_id=actor_id,
            now=self.now,
            action="term.saved",
        )
        stale(self.session)
        return term

    def delete(self, term: Term, *, by: int | None) -> None:
        """Into the bin."""
        trash.put(self.session, term, by, self.now)
        stale(self.session)

    def _free_slug(self, name: str) -> str:
        wanted = slugify(name, limit=MAX_SLUG - _ROOM) or "thuat-ngu"
        taken, slug, count = set(self.session.scalars(select(Term.slug))), wanted, 1
        while slug in taken:
            count += 1
            slug = f"{wanted}-{count}"
        return slug


def all_terms(session: Session) -> Sequence[Term]:
    """All terms in Vietnamese order."""
    found = session.scalars(select(Term).where(in_use(Term))).all()
    return sorted(found, key=lambda one: sort_key(one.name))


def with_words(terms: Sequence[Term], words: str) -> Sequence[Term]:
    """Those whose names or meaning have all the words, with or without marks."""
    wanted = fold(words).split()
    return [one for one in terms if all(word in _said(one) for word in wanted)]


def _said(term: Term) -> str:
    return fold(" ".join((term.name, *term.others, term.meaning)))


def by_letter(terms: Sequence[Term]) -> Iterator[tuple[str, list[Term]]]:
    """Terms in Vietnamese order under their first letters: Ă, Â, Đ are letters of their own."""
    for letter, group in groupby(terms, key=lambda one: letter_of(one.name)):
        yield letter, list(group)


def letter_of(name: str) -> str:
    """The letter of the alphabet that a name begins with; tones make no other letter."""
    bare = nfc(unicodedata.normalize("NFD", name[:1]).translate(_TONES))
    return DIGITS if bare.isdigit() else bare.upper()


def linker(session: Session) -> Linker:
    """What texts are linked with."""
    terms = [one for one in all_terms(session) if one.is_linked]
    return Linker({name: one.slug for one in terms for name in (one.name, *one.others)})


def documents(session: Session, numbers: set[str]) -> dict[str, str]:
    """Number → address of the public legal documents with these numbers."""
    shown = (in_use(LegalDocument), LegalDocument.published_at.is_not(None))
    query = select(LegalDocument.number, LegalDocument.slug)
    rows = session.execute(query.where(LegalDocument.number.in_(numbers), *shown))
    return {row.number: row.slug for row in rows}
