"""Finding legal documents, for readers and editors. Reads only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, extract, func, or_, select
from sqlalchemy.orm import Session, selectinload

from content.errors import NotFound
from content.library.kinds import DocumentKind, Effect
from content.library.models import LegalDocument
from content.procedures.kinds import PUBLIC
from content.procedures.models import Procedure
from content.procedures.parts import LegalBasis
from content.text import fold
from content.writing.trash import in_use

PAGE_SIZE = 20
MAX_WORDS = 8
MAX_CITING = 200


@dataclass(frozen=True)
class Asked:
    """What somebody looks for."""

    words: str = ""
    kind: DocumentKind | None = None
    agency: str = ""
    year: int | None = None
    effect: Effect | None = None
    is_public: bool | None = True
    page: int = 1
    #: Those whose files say the words, as search knows.
    said_by: tuple[int, ...] = ()


@dataclass(frozen=True)
class DocumentPage:
    """One page of documents."""

    items: Sequence[LegalDocument]
    total: int
    page: int
    pages: int


@dataclass(frozen=True)
class Choices:
    """What there is to choose from among public documents."""

    kinds: Sequence[DocumentKind]
    agencies: Sequence[str]
    years: Sequence[int]


def search(session: Session, asked: Asked, day: date) -> DocumentPage:
    """Documents with all the words, the last issued first; the effect is that of ``day``."""
    query = _matching(asked, day)
    total = session.scalar(select(func.count()).select_from(query.subquery())) or 0
    pages = max(1, -(-total // PAGE_SIZE))
    page = min(max(asked.page, 1), pages)
    wanted = query.options(selectinload(LegalDocument.all_files)).order_by(
        LegalDocument.issued_on.desc(), LegalDocument.id.desc()
    )
    items = session.scalars(wanted.offset((page - 1) * PAGE_SIZE).limit(PAGE_SIZE)).all()
    return DocumentPage(items, total, page, pages)


def _matching(asked: Asked, day: date) -> Select[LegalDocument]:
    query = select(LegalDocument).where(in_use(LegalDocument))
    named = [
        LegalDocument.search_key.contains(word, autoescape=True)
        for word in fold(asked.words).split()[:MAX_WORDS]
    ]
    if named:
        query = query.where(or_(and_(*named), LegalDocument.id.in_(asked.said_by)))
    wanted: list[tuple[object, ColumnElement[bool]]] = [
        (asked.kind, LegalDocument.kind == asked.kind),
        (asked.agency, LegalDocument.agency == asked.agency),
        (asked.year, extract("year", LegalDocument.issued_on) == asked.year),
    ]
    for given, condition in wanted:
        if given:
            query = query.where(condition)
    if asked.is_public is not None:
        query = query.where(LegalDocument.published_at.is_not(None) == asked.is_public)
    return query.where(has_effect(asked.effect, day)) if asked.effect else query


def has_effect(effect: Effect, day: date) -> ColumnElement[bool]:
    """The condition that says the same as ``kinds.effect_on``."""
    begins, ends = LegalDocument.effective_on, LegalDocument.expires_on
    not_over = or_(ends.is_(None), ends > day)
    return {
        Effect.ENDED: and_(ends.is_not(None), ends <= day),
        Effect.UNKNOWN: and_(not_over, begins.is_(None)),
        Effect.IN_FORCE: and_(not_over, begins <= day),
        Effect.LATER: and_(not_over, begins > day),
    }[effect]


def choices(session: Session) -> Choices:
    """Kinds, agencies and years of what is public."""
    shown = (in_use(LegalDocument), LegalDocument.published_at.is_not(None))
    kinds = set(session.scalars(select(LegalDocument.kind).where(*shown).distinct()))
    agencies = session.scalars(select(LegalDocument.agency).where(*shown).distinct()).all()
    year = extract("year", LegalDocument.issued_on)
    years = session.scalars(select(year).where(*shown).distinct()).all()
    return Choices(
        [one for one in DocumentKind if one in kinds],
        sorted(agencies, key=fold),
        sorted((int(one) for one in years), reverse=True),
    )


def public(session: Session, slug: str) -> LegalDocument:
    """The public document of an address. Raises ``NotFound``."""
    query = select(LegalDocument).where(
        LegalDocument.slug == slug, in_use(LegalDocument), LegalDocument.published_at.is_not(None)
    )
    found = session.scalars(query.options(selectinload(LegalDocument.all_files))).first()
    if found is None:
        raise NotFound("legal_document")
    return found


def citing(session: Session, number: str) -> Sequence[Procedure]:
    """The public procedures whose version in force names this number as a legal basis."""
    query = (
        select(Procedure)
        .join(LegalBasis, LegalBasis.version_id == Procedure.current_version_id)
        .where(LegalBasis.number == number, Procedure.status.in_(PUBLIC))
        .distinct()
    )
    return session.scalars(query.order_by(Procedure.name, Procedure.id).limit(MAX_CITING)).all()
