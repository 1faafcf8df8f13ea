"""An address becomes an object before the view runs, or a 404.

Each factory loads what its route names. There are no optional ones: a view never
meets ``None``. ``KeyError`` and ``NotFound`` become the same page.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pyramid.httpexceptions import HTTPMovedPermanently, HTTPSeeOther
from pyramid.request import Request
from sqlalchemy import bindparam, or_, select
from sqlalchemy.orm import joinedload

from content.agencies.models import Agency
from content.dossiers.locking import locked
from content.dossiers.lookup_codes import parse_lookup_code
from content.dossiers.models import Dossier, Draft
from content.enquiries import reads as enquiry_reads
from content.enquiries.models import Enquiry
from content.errors import NotFound
from content.letters.packs import PostingPack
from content.library import reads as library_reads
from content.library.models import LegalDocument
from content.media.models import MediaFolder, Medium
from content.news import reads as news_reads
from content.news import sections
from content.news.models import Article, Page
from content.news.sections import Section
from content.people.models import Account, AccountKind
from content.procedures import reads as procedure_reads
from content.procedures.decisions import PublicationDecision
from content.procedures.finders import Finder
from content.procedures.kinds import LEVEL_BY_SLUG
from content.procedures.life_events import LifeEvent
from content.procedures.merging.models import ImportRun
from content.procedures.models import Procedure
from content.procedures.prepared import PreparedDecision
from content.site.models import Banner, HomeBlock, MenuItem
from content.writing.models import MAX_SUBJECT
from portal.database import SAFE_METHODS


def procedure(request: Request) -> Procedure:
    """A procedure by code or slug, at the level the address names or the one in force."""
    level = LEVEL_BY_SLUG.get(request.matchdict.get("level", ""))
    found = procedure_reads.find(request.db, request.matchdict["code"], level)
    if found is None:
        raise NotFound("procedure")
    return found


def procedure_to_file(request: Request) -> Procedure:
    """A procedure at the level the query names (``cap``), or the one in force."""
    level = LEVEL_BY_SLUG.get(request.GET.get("cap", ""))
    found = procedure_reads.find(request.db, request.matchdict["code"], level)
    if found is None:
        raise NotFound("procedure")
    return found


@dataclass(frozen=True)
class DraftContext:
    """An application being filled in, and what rules ask of it."""

    draft: Draft
    owner_id: int | None
    owner_token_digest: str | None
    is_draft: bool
    #: Locking the draft forgets it; held here, it is not read again.
    procedure: Procedure | None = None


# Asked by every step of an application, so they are built once.
_DRAFT = select(Draft).where(Draft.key == bindparam("key")).options(joinedload(Draft.procedure))
_DRAFT_TO_CHANGE = _DRAFT.with_for_update(of=Draft)


def draft(request: Request) -> DraftContext:
    """The draft of an address, sent or not. The key in the address is no permission."""
    reads = request.method in SAFE_METHODS
    query = _DRAFT if reads else _DRAFT_TO_CHANGE
    found = request.db.scalars(query, {"key": request.matchdict["draft"]}).first()
    is_over = found is not None and not found.dossier_id and found.expires_at <= request.now
    if found is None or is_over or found.procedure.key != request.matchdict["code"]:
        raise NotFound("draft")
    if not reads:
        locked(request.db, found)
    is_draft = found.dossier_id is None
    return DraftContext(found, found.owner_id, found.token_digest, is_draft, found.procedure)


def open_draft(request: Request) -> DraftContext:
    """A draft that can still be changed; one that was sent leads to its acknowledgement,
    as when a person goes back or has a second tab."""
    found = draft(request)
    if not found.is_draft:
        code = found.draft.procedure.key
        raise HTTPSeeOther(request.route_path("apply.sent", code=code, draft=found.draft.key))
    return found


@dataclass(frozen=True)
class DossierContext:
    """A dossier seen from the side of its owner."""

    dossier: Dossier
    owner_id: int | None


def own_dossier(request: Request) -> DossierContext:
    """A dossier by its look-up code or dossier code; whether it is the visitor's own, the
    rules say."""
    number = request.matchdict["number"]
    same = or_(Dossier.lookup_code == parse_lookup_code(number), Dossier.code == number)
    found = request.db.scalars(select(Dossier).where(same)).first()
    if found is None:
        raise NotFound("dossier")
    return DossierContext(found, found.owner_id)


def life_event(request: Request) -> LifeEvent:
    """A life event."""
    query = select(LifeEvent).where(LifeEvent.slug == request.matchdict["slug"])
    found = request.db.scalars(query).first()
    if found is None:
        raise NotFound("life_event")
    return found


def agency(request: Request) -> Agency:
    """An agency."""
    query = select(Agency).where(Agency.slug == request.matchdict["slug"])
    found = request.db.scalars(query).first()
    if found is None:
        raise NotFound("agency")
    return found


def section(request: Request) -> Section:
    """A section of the news."""
    found = sections.find(request.db, request.matchdict["section"])
    if found is None:
        raise NotFound("section")
    return found


def article(request: Request) -> Article:
    """A public article; one that moved leads to its address of today, even out of a section
    that is no more."""
    slug = request.matchdict["slug"]
    try:
        return news_reads.article(request.db, request.now, slug)
    except NotFound:
        found = news_reads.moved(request.db, "article", slug)
        one = request.db.get(Article, found) if found else None
        if one is None:
            raise
        now_at = {"section": one.section_slug, "slug": one.slug}
        raise HTTPMovedPermanently(request.route_path("news.article", **now_at)) from None


def page(request: Request) -> Page:
    """A standing page; one that moved leads to its address of today."""
    slug = request.matchdict["slug"]
    try:
        return news_reads.page(request.db, slug, request.now)
    except NotFound:
        found = news_reads.moved(request.db, "page", slug)
        one = request.db.get(Page, found) if found else None
        if one is None:
            raise
        raise HTTPMovedPermanently(request.route_path("news.page", slug=one.slug)) from None


def legal_document(request: Request) -> LegalDocument:
    """A public legal document."""
    return library_reads.public(request.db, request.matchdict["slug"])


def enquiry(request: Request) -> Enquiry:
    """A public question with its answer."""
    return enquiry_reads.public(request.db, request.matchdict["slug"])


def row(kind: type[Any], name: str) -> Callable[[Request], Any]:
    """A factory: the row with the id of the address; what lies in the bin is not there."""

    def factory(request: Request) -> Any:
        found = request.db.get(kind, int(request.matchdict["id"][:18]))
        if found is None or getattr(found, "deleted_at", None) is not None:
            raise NotFound(name)
        return found

    return factory


#: What editors work on, drafts and history too.
medium = row(Medium, "medium")
media_folder = row(MediaFolder, "media_folder")
banner = row(Banner, "banner")
menu_item = row(MenuItem, "menu_item")
home_block = row(HomeBlock, "home_block")
editorial_article = row(Article, "article")
editorial_page = row(Page, "page")
editorial_procedure = row(Procedure, "procedure")
editorial_finder = row(Finder, "finder")
prepared_decision = row(PreparedDecision, "decision")
decision = row(PublicationDecision, "decision")
posting_pack = row(PostingPack, "posting_pack")
import_run = row(ImportRun, "import_run")


def official(request: Request) -> Account:
    """The account of an official, for administrators; citizens' accounts are their own."""
    found = request.db.get(Account, int(request.matchdict["id"][:18]))
    if found is None or found.kind is not AccountKind.OFFICIAL:
        raise NotFound("account")
    return found


def finder(request: Request) -> Finder:
    """A finder that readers see."""
    query = select(Finder).where(Finder.slug == request.matchdict["slug"], Finder.is_public)
    found = request.db.scalars(query).first()
    if found is None:
        raise NotFound("finder")
    return found


def subject(request: Request) -> str:
    """What is being written (``article:12``); it need not exist yet."""
    found: str = request.matchdict["subject"]
    if len(found) > MAX_SUBJECT:
        raise NotFound("subject")
    return found
