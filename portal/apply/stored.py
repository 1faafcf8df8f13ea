"""Papers from the own store for an application: what fits is offered, one press takes it."""

from dataclasses import dataclass
from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from content.dossiers.drafts import DraftService
from content.dossiers.storehouse import document_of, documents_of, fitting, reuse
from content.errors import Invalid, NotFound, TooMany
from content.words import local
from portal.apply.journey import PAPERS, Journey, draft_url, journey_of, to_attach
from portal.contexts import DraftContext
from portal.http.notices import Notice, say
from portal.http.pages import posted
from portal.security.permissions import Permission

PAPER, SLOT = "giay", "cho"


@dataclass(frozen=True)
class Offer:
    """A stored paper for a paper that is asked for and has no file yet."""

    paper: str
    slot: str
    token: str
    name: str
    number: str


def offers(request: Request, journey: Journey) -> list[Offer]:
    """What the owner's store has for this application; nothing without an account."""
    me = request.identity.account_id
    if me is None or journey.draft.owner_id != me:
        return []
    mine = documents_of(request.db, me)
    if not mine:
        return []
    there = {one.slot for one in request.service(DraftService).attachments(journey.draft)}
    today = local(request.now).date()
    return [
        Offer(paper.name, paper.slot, one.token, one.name, one.number)
        for paper in to_attach(journey.papers)
        if paper.slot not in there
        for one in fitting(mine, paper.name, today)[:3]
    ]


@view_config(
    route_name="apply.stored",
    permission=Permission.DRAFT_EDIT,
    methods=("POST",),
    uses_session=True,
)
def take(context: DraftContext, request: Request) -> Response:
    """Copy a stored paper into the application."""
    me, draft = request.identity.account_id, context.draft
    if me is None or draft.owner_id != me:
        raise NotFound("document")
    document = document_of(request.db, me, posted(request, PAPER))
    journey = journey_of(request, draft)
    back: Any = HTTPSeeOther(_papers_url(request, journey))
    slots = {one.slot: one.name for one in to_attach(journey.papers)}
    slot = posted(request, SLOT)
    if slot not in slots or not fitting([document], slots[slot], local(request.now).date()):
        raise NotFound("document")
    try:
        reuse(request.service(DraftService), draft, document, slot)
    except (Invalid, TooMany):
        # Beyond the draft's limits; the page shows what is there.
        return back
    return say(back, Notice.STORED_REUSED)


def _papers_url(request: Request, journey: Journey) -> str:
    here = journey.at(PAPERS)
    return here.url if here is not None else draft_url(request, journey.draft, "papers")
