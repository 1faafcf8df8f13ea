"""From search hits to what they lead to: the index gives ids, the database the rest.

What is gone or no longer public is dropped; the index may be a moment behind. A page of
hits costs at most one query for each kind found. Shared by the pages and the API.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from pyramid.request import Request
from sqlalchemy import select

from content.enquiries.models import Enquiry
from content.library.models import LegalDocument
from content.news.models import Article, Page
from content.news.reads import public, public_pages
from content.procedures.kinds import PUBLIC
from content.procedures.life_events import LifeEvent
from content.procedures.listing import Card, cards
from content.procedures.models import Procedure
from content.procedures.parts import FormFile
from content.words import local
from content.writing.trash import in_use
from search.documents import Kind


@dataclass(frozen=True)
class Target:
    """Where a hit leads; ``card`` is there for procedures, ``note`` says more of others."""

    url: str
    slug: str
    title: str
    note: str = ""
    card: Card | None = None


Targets = dict[int, Target]


def procedure_path(request: Request, address: str) -> str:
    """The path of a procedure's page; the address may name its level."""
    return f"{request.route_path('catalogue.listing')}/{address}"


class Found(Protocol):
    """What leads to something public: a hit, or a result that editors pinned."""

    @property
    def kind(self) -> Kind:
        """What it is."""

    @property
    def object_id(self) -> int:
        """Its number in the database."""


F = TypeVar("F", bound=Found)


def targets_of(request: Request, hits: Iterable[F]) -> Iterator[tuple[F, Target]]:
    """The hits that can still be shown, in their order, with their targets."""
    found = list(hits)
    targets: dict[Kind, Targets] = {}
    for kind in {hit.kind for hit in found}:
        load = _LOADERS.get(kind)
        ids = [hit.object_id for hit in found if hit.kind is kind]
        targets[kind] = load(request, ids) if load else {}
    for hit in found:
        target = targets[hit.kind].get(hit.object_id)
        if target is not None:
            yield hit, target


def _procedures(request: Request, ids: Sequence[int]) -> Targets:
    return {
        card.id: Target(procedure_path(request, card.address), card.slug, card.name, card=card)
        for card in cards(request.db, ids)
    }


def _forms(request: Request, ids: Sequence[int]) -> Targets:
    """A form leads to its place on the page of its procedure."""
    query = (
        select(FormFile.id, Procedure)
        .join(Procedure, Procedure.current_version_id == FormFile.version_id)
        .where(FormFile.id.in_(ids), Procedure.status.in_(PUBLIC))
    )
    return {
        form_id: Target(
            f"{procedure_path(request, one.address)}#bieu-mau", one.slug, one.name, note=one.name
        )
        for form_id, one in request.db.execute(query)
    }


def _articles(request: Request, ids: Sequence[int]) -> Targets:
    found = request.db.scalars(public(request.now).where(Article.id.in_(ids)))
    return {
        one.id: Target(
            request.route_path("news.article", section=one.section_slug, slug=one.slug),
            one.slug,
            one.title,
            note=one.section.name,
        )
        for one in found
    }


def _pages(request: Request, ids: Sequence[int]) -> Targets:
    found = request.db.scalars(public_pages(request.now).where(Page.id.in_(ids)))
    return {
        one.id: Target(request.route_path("news.page", slug=one.slug), one.slug, one.title)
        for one in found
    }


def _life_events(request: Request, ids: Sequence[int]) -> Targets:
    query = select(LifeEvent.id, LifeEvent.slug, LifeEvent.title).where(LifeEvent.id.in_(ids))
    return {
        one: Target(request.route_path("catalogue.life_event", slug=slug), slug, title)
        for one, slug, title in request.db.execute(query)
    }


def _documents(request: Request, ids: Sequence[int]) -> Targets:
    shown = (in_use(LegalDocument), LegalDocument.published_at.is_not(None))
    query = select(LegalDocument).where(LegalDocument.id.in_(ids), *shown)
    today = local(request.now).date()
    return {
        one.id: Target(
            request.route_path("library.document", slug=one.slug),
            one.slug,
            one.title,
            note=one.effect(today).label,
        )
        for one in request.db.scalars(query)
    }


def _enquiries(request: Request, ids: Sequence[int]) -> Targets:
    shown = (in_use(Enquiry), Enquiry.published_at.is_not(None))
    columns = (Enquiry.id, Enquiry.slug, Enquiry.title, Enquiry.topic)
    query = select(*columns).where(Enquiry.id.in_(ids), *shown)
    return {
        one: Target(request.route_path("library.enquiry", slug=slug), slug, title, note=topic)
        for one, slug, title, topic in request.db.execute(query)
    }


_LOADERS: dict[Kind, Callable[[Request, Sequence[int]], Targets]] = {
    Kind.PROCEDURE: _procedures,
    Kind.FORM: _forms,
    Kind.NEWS: _articles,
    Kind.PAGE: _pages,
    Kind.LIFE_EVENT: _life_events,
    Kind.DOCUMENT: _documents,
    Kind.ENQUIRY: _enquiries,
}
