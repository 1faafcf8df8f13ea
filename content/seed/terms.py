"""Loads the sample's glossary."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from content.seed.basics import read_json
from content.terms.models import Term
from content.text import slugify


def seed_terms(session: Session) -> Iterator[str]:
    """Add the terms, unless there are some."""
    if session.scalars(select(Term.id).limit(1)).first():
        yield "Thuật ngữ: đã có."
        return
    given = read_json("terms.json")
    usual = {"others": [], "bases": [], "is_linked": True}
    session.add_all(Term(slug=slugify(one["name"]), **{**usual, **one}) for one in given)
    yield f"Thuật ngữ: thêm {len(given)}."
