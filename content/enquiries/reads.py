"""Finding questions and answers, for readers and editors. Reads only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, func, select
from sqlalchemy.orm import Session, selectinload

from content.enquiries.models import Enquiry, EnquiryState, Origin, enquiry_procedure
from content.errors import NotFound
from content.orm import plain_rows
from content.procedures.models import Sector
from content.text import fold
from content.writing.trash import in_use

PAGE_SIZE = 20
MAX_WORDS = 8
#: Entries that the page of a procedure names.
ON_A_PROCEDURE = 8


@dataclass(frozen=True)
class Asked:
    """What somebody looks for; of editors also which pile."""

    words: str = ""
    topic: str = ""
    sector: str = ""
    pile: str = ""
    page: int = 1


@dataclass(frozen=True)
class EnquiryPage:
    """One page of questions."""

    items: Sequence[Enquiry]
    total: int
    page: int
    pages: int


@dataclass(frozen=True)
class Choices:
    """Topics and sectors of what is public."""

    topics: Sequence[str]
    sectors: Sequence[Sector]


@dataclass(frozen=True)
class Waiting:
    """How many citizens wait for an answer, and how many of them too long."""

    total: int
    late: int


_PUBLIC: tuple[ColumnElement[bool], ...] = (in_use(Enquiry), Enquiry.published_at.is_not(None))
#: Piles of the editors' list; a citizen's question waits until it is answered or refused.
PILES: dict[str, tuple[ColumnElement[bool], ...]] = {
    "cho": (Enquiry.state == EnquiryState.WAITING,),
    "da-cong-bo": (Enquiry.published_at.is_not(None),),
    "chua-cong-bo": (Enquiry.published_at.is_(None), Enquiry.state == EnquiryState.ANSWERED),
    "tu-choi": (Enquiry.state == EnquiryState.REFUSED,),
}


def search(session: Session, asked: Asked) -> EnquiryPage:
    """Public questions with all the words, in the editors' order."""
    query = _with_words(select(Enquiry).where(*_PUBLIC), asked)
    if asked.topic:
        query = query.where(Enquiry.topic == asked.topic)
    if asked.sector:
        query = query.where(Enquiry.sector.has(Sector.slug == asked.sector))
    order = (Enquiry.position, Enquiry.published_at.desc(), Enquiry.id)
    return _page(session, query, asked.page, *order)


def queue(session: Session, asked: Asked) -> EnquiryPage:
    """A pile for editors: what waits from the oldest, the rest from the newest."""
    query = _with_words(select(Enquiry).where(in_use(Enquiry), *PILES[asked.pile]), asked)
    oldest_first = asked.pile == "cho"
    when = Enquiry.received_at.asc() if oldest_first else Enquiry.updated_at.desc()
    return _page(session, query, asked.page, when, Enquiry.id)


def _with_words(query: Select[Enquiry], asked: Asked) -> Select[Enquiry]:
    for word in fold(asked.words).split()[:MAX_WORDS]:
        query = query.where(Enquiry.search_key.contains(word, autoescape=True))
    return query


def _page(session: Session, query: Select[Enquiry], wanted: int, *order: Any) -> EnquiryPage:
    total = session.scalar(select(func.count()).select_from(query.subquery())) or 0
    pages = max(1, -(-total // PAGE_SIZE))
    page = min(max(wanted, 1), pages)
    shown = query.order_by(*order).offset((page - 1) * PAGE_SIZE).limit(PAGE_SIZE)
    return EnquiryPage(session.scalars(shown).all(), total, page, pages)


def counts(session: Session) -> dict[str, int]:
    """How many lie on each pile."""
    size = func.count(Enquiry.id)
    return {
        name: session.scalar(select(size).where(in_use(Enquiry), *which)) or 0
        for name, which in PILES.items()
    }


def waiting(session: Session, now: datetime, days: int) -> Waiting:
    """What waits; late is what came more than ``days`` days ago."""
    size = select(func.count(Enquiry.id)).where(in_use(Enquiry), *PILES["cho"])
    late = size.where(Enquiry.received_at < now - timedelta(days=days))
    return Waiting(session.scalar(size) or 0, session.scalar(late) or 0)


def is_late(enquiry: Enquiry, now: datetime, days: int) -> bool:
    """Whether its answer is overdue."""
    waits = enquiry.state is EnquiryState.WAITING and enquiry.origin is Origin.CITIZEN
    return waits and enquiry.received_at < now - timedelta(days=days)


def choices(session: Session) -> Choices:
    """What there is to choose from among public questions."""
    topics = session.scalars(select(Enquiry.topic).where(*_PUBLIC, Enquiry.topic != "").distinct())
    ids = select(Enquiry.sector_id).where(*_PUBLIC)
    sectors = session.scalars(select(Sector).where(Sector.id.in_(ids))).all()
    return Choices(sorted(topics, key=fold), sorted(sectors, key=lambda one: fold(one.name)))


def topics(session: Session) -> Sequence[str]:
    """Every topic in use, for editors to write the same again."""
    query = select(Enquiry.topic).where(in_use(Enquiry), Enquiry.topic != "").distinct()
    return sorted(session.scalars(query), key=fold)


def public(session: Session, slug: str) -> Enquiry:
    """The public question of an address. Raises ``NotFound``."""
    query = select(Enquiry).where(Enquiry.slug == slug, *_PUBLIC)
    found = session.scalars(query.options(selectinload(Enquiry.procedures))).first()
    if found is None:
        raise NotFound("enquiry")
    return found


def of_procedure(session: Session, procedure_id: int) -> Sequence[tuple[str, str]]:
    """Address and title of the first public questions about a procedure."""
    rows = plain_rows(session, _OF_PROCEDURE, {"procedure": procedure_id})
    return [(row.slug, row.title) for row in rows]


# Asked by every page of a procedure, so it is built once.
_OF_PROCEDURE = (
    select(Enquiry.slug, Enquiry.title)
    .join(enquiry_procedure, enquiry_procedure.c.enquiry_id == Enquiry.id)
    .where(enquiry_procedure.c.procedure_id == bindparam("procedure"), *_PUBLIC)
    .order_by(Enquiry.position, Enquiry.id)
    .limit(ON_A_PROCEDURE)
)


def addresses(session: Session, limit: int) -> Sequence[tuple[str, datetime]]:
    """Address and last change of what is public, for the site map."""
    query = select(Enquiry.slug, Enquiry.updated_at).where(*_PUBLIC).order_by(Enquiry.id)
    return [(row.slug, row.updated_at) for row in session.execute(query.limit(limit))]
