"""Where documents come from: each public class of content, how it is read and turned.

To make something new searchable, register a converter and add a line to ``SOURCES``.
Reads the database, never writes.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload
from sqlalchemy.orm.interfaces import ORMOption

from content.enquiries.models import Enquiry
from content.library.models import DocumentFile, LegalDocument
from content.news.bodies import to_text
from content.news.models import Article, ArticleStatus, Page
from content.procedures.facets import AUDIENCES, agencies_of, service_level_slug
from content.procedures.kinds import PUBLIC, Audience, Level, Status
from content.procedures.life_events import LifeEvent
from content.procedures.models import Procedure, ProcedureVersion
from content.procedures.parts import FormFile
from content.words import local
from search.documents import Kind, SearchDocument, procedure_document, to_documents

_BATCH = 100

# Of one name at several levels the nearest to people comes first; what still has to be
# verified after what a decision adopted. Forms come after the procedures they belong to.
_BY_LEVEL = {Level.COMMUNE: 1.0, Level.PROVINCE: 0.97, Level.OTHER: 0.95, Level.DISTRICT: 0.9}
_TO_VERIFY = 0.95
_FORM = 0.8
#: Characters of all files of a legal document together that can be found.
_FILES_TEXT = 1_000_000


@dataclass(frozen=True)
class Source:
    """A class of content; ``kind`` is the first part of its change events."""

    kind: str
    model: type[Any]
    options: tuple[ORMOption, ...] = ()

    def some(self, session: Session, ids: Sequence[int]) -> dict[int, Sequence[SearchDocument]]:
        """The documents of these objects; none for those that are gone or not public."""
        query = select(self.model).where(self.model.id.in_(ids)).options(*self.options)
        found = {obj.id: to_documents(obj) for obj in session.scalars(query)}
        return {one: found.get(one, ()) for one in ids}

    def all(self, session: Session) -> Iterator[SearchDocument]:
        """Every document, a few objects in memory at a time."""
        ids = session.scalars(select(self.model.id).order_by(self.model.id)).all()
        for start in range(0, len(ids), _BATCH):
            for documents in self.some(session, ids[start : start + _BATCH]).values():
                yield from documents
            session.expunge_all()


SOURCES = (
    Source(
        "procedure",
        Procedure,
        (
            joinedload(Procedure.sector),
            joinedload(Procedure.current_version).selectinload(ProcedureVersion.forms),
        ),
    ),
    Source("article", Article),
    Source("page", Page),
    Source("life_event", LifeEvent, (selectinload(LifeEvent.steps),)),
    Source(
        "legal_document",
        LegalDocument,
        (selectinload(LegalDocument.all_files).undefer(DocumentFile.text),),
    ),
    Source("enquiry", Enquiry),
)


@to_documents.register
def _procedure(procedure: Procedure) -> Sequence[SearchDocument]:
    """The procedure as its version in force says, and each of its forms."""
    version = procedure.current_version
    if procedure.status not in PUBLIC or version is None:
        return ()
    verified = _TO_VERIFY if procedure.status is Status.TO_VERIFY else 1.0
    document = procedure_document(
        version.document,
        object_id=procedure.id,
        is_current=procedure.status.is_current,
        facets=_facets(procedure),
        weight=_BY_LEVEL[procedure.level] * verified,
        updated=procedure.status_since,
    )
    return (document, *(_form(document, form) for form in version.forms if _form_title(form)))


def _facets(procedure: Procedure) -> dict[str, list[str]]:
    sector = procedure.sector
    return {
        "sector": [sector.slug] if sector else [],
        "group": [sector.group_slug] if sector else [],
        "level": [procedure.level.slug],
        "agency": [slug for slug, _ in agencies_of(procedure.authority)],
        "service_level": [service_level_slug(procedure.service_level)],
        "audience": [AUDIENCES[group][0] for group in Audience(procedure.audiences)],
    }


def _form(procedure: SearchDocument, form: FormFile) -> SearchDocument:
    """A form of a procedure; ``object_id`` is the form's, ``owner`` the procedure."""
    return SearchDocument(
        key=f"{Kind.FORM}:{form.id}",
        owner=procedure.key,
        kind=Kind.FORM,
        object_id=form.id,
        title=_form_title(form),
        other_codes=(form.code,) if form.code else (),
        keywords=tuple(name for name in (form.code, form.file_name) if name),
        summary=procedure.title,
        facets=procedure.facets,
        is_current=procedure.is_current,
        weight=_FORM * procedure.weight,
    )


def _form_title(form: FormFile) -> str:
    return form.purpose or form.code or ""


@to_documents.register
def _article(article: Article) -> Sequence[SearchDocument]:
    """A news item from its date on, unless it is a draft or withdrawn."""
    if article.status is not ArticleStatus.PUBLISHED or article.published_at is None:
        return ()
    if article.deleted_at is not None:
        return ()
    document = SearchDocument(
        key=f"article:{article.id}",
        kind=Kind.NEWS,
        object_id=article.id,
        title=article.title,
        keywords=tuple(text for text in (article.kicker, *article.tags) if text),
        summary=article.lead,
        body=to_text(article.body, article.body_format),
        facets={"section": (article.section_slug,)},
        visible_from=article.published_at,
        visible_to=article.withdraw_at,
        published=local(article.published_at).date(),
    )
    return (document,)


@to_documents.register
def _page(page: Page) -> Sequence[SearchDocument]:
    """A standing page, unless it is a draft, withdrawn or in the bin."""
    if page.status is not ArticleStatus.PUBLISHED or page.deleted_at is not None:
        return ()
    document = SearchDocument(
        key=f"page:{page.id}",
        kind=Kind.PAGE,
        object_id=page.id,
        title=page.title,
        summary=page.lead,
        body=to_text(page.body, page.body_format),
        visible_from=page.published_at,
        visible_to=page.withdraw_at,
        published=local(page.updated_at).date(),
    )
    return (document,)


@to_documents.register
def _life_event(event: LifeEvent) -> Sequence[SearchDocument]:
    """A life event with its steps."""
    document = SearchDocument(
        key=f"life_event:{event.id}",
        kind=Kind.LIFE_EVENT,
        object_id=event.id,
        title=event.title,
        summary=event.intro,
        body="\n".join(f"{step.title}. {step.text}" for step in event.steps),
    )
    return (document,)


@to_documents.register
def _legal_document(document: LegalDocument) -> Sequence[SearchDocument]:
    """A public legal document: its summary, then what could be read in its files."""
    if document.published_at is None or document.deleted_at is not None:
        return ()
    found = SearchDocument(
        key=f"legal_document:{document.id}",
        kind=Kind.DOCUMENT,
        object_id=document.id,
        title=f"{document.title}: {document.summary}",
        code=document.number,
        keywords=tuple(text for text in (document.agency, document.signer) if text),
        body="\n".join(one.text for one in document.files)[:_FILES_TEXT],
        visible_from=document.published_at,
        published=document.issued_on,
    )
    return (found,)


@to_documents.register
def _enquiry(enquiry: Enquiry) -> Sequence[SearchDocument]:
    """A public question with its answer; who asked stays out."""
    if not enquiry.is_public:
        return ()
    document = SearchDocument(
        key=f"enquiry:{enquiry.id}",
        kind=Kind.ENQUIRY,
        object_id=enquiry.id,
        title=enquiry.title,
        keywords=tuple(
            text for text in (enquiry.topic, enquiry.sector and enquiry.sector.name) if text
        ),
        summary=enquiry.details,
        body=to_text(enquiry.body, enquiry.body_format),
        visible_from=enquiry.published_at,
    )
    return (document,)
