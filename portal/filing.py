"""The services of filing, put together from settings, database and what is kept in memory.

Only ``portal.services`` calls these; views ask it by class.
"""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Lock
from typing import Any
from urllib.parse import urlencode

from pyramid.request import Request
from sqlalchemy.orm import Session

from content.agencies.places import Places
from content.calendar.store import load_calendar
from content.certification.service import CertificationService
from content.dossiers.apologies import ApologyService
from content.dossiers.chains import ChainService
from content.dossiers.contacts import ContactService
from content.dossiers.conversation import ConversationService
from content.dossiers.counter import CounterService
from content.dossiers.delegating import DelegationService
from content.dossiers.drafts import DraftService
from content.dossiers.labels import LabelService
from content.dossiers.models import Draft
from content.dossiers.obligations import ObligationService
from content.dossiers.opinions import OpinionService
from content.dossiers.owner_secret import OwnerSecrets
from content.dossiers.papers import PaperToGive, papers_to_give
from content.dossiers.post_batches import PostService
from content.dossiers.proposals import Proposals
from content.dossiers.reference import Scheme
from content.dossiers.register import RegisterService
from content.dossiers.results import ResultService
from content.dossiers.returning import ReturnService
from content.dossiers.routing import RoutingService
from content.dossiers.rules import FileLimits, FilingRules
from content.dossiers.service import DossierService
from content.dossiers.stopping import StopService
from content.dossiers.supplements import SupplementService
from content.dossiers.supplying import SupplyService
from content.dossiers.withdrawals import WithdrawalService
from content.dossiers.work import WorkService
from content.exchange import documents as signature
from content.files import FileService
from content.letters.from_dossiers import LetterSite
from content.letters.render import Letters
from content.procedures.form_bindings import StoredForms
from content.procedures.forms import FormDefinition
from content.signing.service import SigningService
from content.words import local
from portal.paper_maker import PaperMaker
from portal.settings import Settings
from portal.signing_parts import signing_service

_PROVINCE = re.compile(r"^.*\b(?:tỉnh|thành phố)\s+", re.IGNORECASE)


#: Lists of papers that a process keeps; more than a province's forms have cases.
MOST_PAPERS = 2_000


class Kept:
    """What every request shares and nobody needs at start: the letters' type, place names."""

    def __init__(self) -> None:
        self._letters: Letters | None = None
        self._places: Places | None = None
        #: Published forms by number.
        self.forms: dict[int, FormDefinition] = {}
        self._papers: dict[tuple[int, str | None, int | None], tuple[PaperToGive, ...]] = {}
        self._turn = Lock()

    def letters(self) -> Letters:
        """The maker of PDFs; reading its type takes a moment, so the first letter waits."""
        with self._turn:
            if self._letters is None:
                self._letters = Letters()
            return self._letters

    def places(self, session: Session, now: datetime) -> Places:
        """The provinces and communes; units change by law, and then a site is started anew."""
        with self._turn:
            if self._places is None or not self._places.provinces():
                self._places = Places.load(session, local(now).date())
            return self._places

    def papers(self, draft: Draft, definition: FormDefinition) -> tuple[PaperToGive, ...]:
        """The papers of a draft. A published version never changes, so that they follow from
        the version, the case and the form for ever; every step of every draft asks for them."""
        key = (draft.version_id, draft.case, draft.form_id)
        known = self._papers.get(key)
        if known is None:
            known = papers_to_give(draft.version, draft.case, definition)
            if len(self._papers) >= MOST_PAPERS:
                self._papers.clear()
            self._papers[key] = known
        return known


def letters(request: Request) -> Letters:
    """Letters as PDF."""
    kept: Kept = request.registry["kept"]
    return kept.letters()


def places(request: Request) -> Places:
    """Provinces and communes by code."""
    kept: Kept = request.registry["kept"]
    return kept.places(request.db, request.now)


def follow_url(request: Request, lookup_code: str) -> str:
    """The absolute address that follows a dossier; it stands in QR codes and mails."""
    path = request.route_path("lookup", _query={"ma": lookup_code})
    return f"{request.site.base_url}{path}"


def stored_forms(request: Request) -> StoredForms:
    """Published forms; what this process has read of them is not read again."""
    kept: Kept = request.registry["kept"]
    return StoredForms(request.db, kept.forms)


def rules(request: Request) -> FilingRules:
    """What filing depends on, as of this request."""
    settings = request.settings
    return FilingRules(
        forms=stored_forms(request),
        calendar=load_calendar(request.db),
        secrets=OwnerSecrets(settings.secret),
        follow_url=lambda code: follow_url(request, code),
        code_scheme=Scheme(settings.dossier_code_scheme),
        places=request.service(Places),
        tells_national=bool(settings.exchange.national_url),
    )


def rules_of_worker(session: Session, settings: Settings) -> FilingRules:
    """The same where there is no request."""
    base = f"{settings.site.base_url}/tra-cuu?ma="
    return FilingRules(
        forms=StoredForms(session),
        calendar=load_calendar(session),
        secrets=OwnerSecrets(settings.secret),
        follow_url=lambda code: f"{base}{code}",
        code_scheme=Scheme(settings.dossier_code_scheme),
        tells_national=bool(settings.exchange.national_url),
    )


def drafts(request: Request) -> DraftService:
    """Applications being filled in."""
    limits = FileLimits(file=request.settings.limits.file, dossier=request.settings.limits.dossier)
    files = request.service(FileService)
    forms = stored_forms(request)
    life = timedelta(days=request.settings.draft_days)
    return DraftService(request.db, files, request.now, forms, limits, life)


def dossiers(request: Request) -> DossierService:
    """Submitting, accepting, refusing."""
    return DossierService(
        request.db, request.service(FileService), request.now, request.service(FilingRules)
    )


def counter(request: Request) -> CounterService:
    """Receptions at the counter and by post."""
    return CounterService(
        request.db,
        request.service(FileService),
        request.now,
        request.service(FilingRules),
        timedelta(days=request.settings.draft_days),
    )


def handling(kind: type[Any]) -> Callable[[Request], Any]:
    """A service of the desk's handling: session, instant, rules."""
    return lambda request: kind(request.db, request.now, request.service(FilingRules))


def supply(request: Request) -> SupplyService:
    """Answers to requests for supplements."""
    limits = FileLimits(file=request.settings.limits.file, dossier=request.settings.limits.dossier)
    rules_, files = request.service(FilingRules), request.service(FileService)
    return SupplyService(request.db, request.now, rules_, files, limits)


def conversation(request: Request) -> ConversationService:
    """Notes and messages with their files."""
    limits = FileLimits(file=request.settings.limits.file, dossier=request.settings.limits.dossier)
    rules_, files = request.service(FilingRules), request.service(FileService)
    return ConversationService(request.db, request.now, rules_, files, limits)


def opinions(request: Request) -> OpinionService:
    """Opinions asked of other units, with the files of answers."""
    files, rules_ = request.service(FileService), request.service(FilingRules)
    return OpinionService(request.db, request.now, rules_, files)


def results(request: Request) -> ResultService:
    """Results with their files."""
    files, rules_ = request.service(FileService), request.service(FilingRules)
    return ResultService(request.db, files, request.now, rules_)


def signature_drafts(request: Request) -> signature.DraftService:
    """Drafts handed to the document management."""
    files, rules_ = request.service(FileService), request.service(FilingRules)
    return signature.DraftService(request.db, files, request.now, rules_)


def register(request: Request) -> RegisterService:
    """Volumes, cancelled lines and closing of the register."""
    return RegisterService(request.db, request.now)


def certification(request: Request) -> CertificationService:
    """Acts of one visit."""
    return CertificationService(request.db, request.now, request.service(FilingRules))


def letter_site(request: Request) -> LetterSite:
    """What slips say of this installation."""
    return site_of_letters(request.settings)


def site_of_letters(settings: Settings) -> LetterSite:
    """The same for the worker, which has no request."""
    site = settings.site
    return LetterSite(
        authority=site.authority,
        # "Trung tâm … tỉnh Sơn Hà Mẫu" stands in Sơn Hà Mẫu.
        place=_PROVINCE.sub("", site.authority),
        hotline=site.hotline,
        sample=site.sample,
        follow_url=lambda code: f"{site.base_url}/tra-cuu?{urlencode({'ma': code})}",
        check_url=lambda code: f"{site.base_url}/kiem-tra-van-ban?{urlencode({'ma': code})}",
    )


def paper_maker(request: Request) -> PaperMaker:
    """Issuing papers; in transactions of its own, so nobody may wait for ours meanwhile."""
    registry, kept = request.registry, request.registry["kept"]
    site, clock = site_of_letters(request.settings), registry["clock"]
    return PaperMaker(registry["database"], registry["file_store"], site, clock, kept.letters)


FACTORIES: dict[type[Any], Any] = {
    CertificationService: certification,
    CounterService: counter,
    RegisterService: register,
    OpinionService: opinions,
    ResultService: results,
    DraftService: drafts,
    DossierService: dossiers,
    FilingRules: rules,
    LetterSite: letter_site,
    Letters: letters,
    PaperMaker: paper_maker,
    SigningService: signing_service,
    signature.DraftService: signature_drafts,
    Places: places,
    SupplyService: supply,
    **{
        kind: handling(kind)
        for kind in (
            ApologyService,
            ChainService,
            ContactService,
            ObligationService,
            PostService,
            Proposals,
            RoutingService,
            ReturnService,
            StopService,
            SupplementService,
            WithdrawalService,
            WorkService,
        )
    },
    DelegationService: lambda request: DelegationService(request.db, request.now),
    ConversationService: conversation,
    LabelService: lambda request: LabelService(request.db, request.now),
}
