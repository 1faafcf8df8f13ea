"""My page: dossiers, drafts, and where I am signed in."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from content.dossiers.drafts import DraftService
from content.dossiers.holder import Holder
from content.dossiers.models import Draft
from content.dossiers.reads import DossierPage, my_dossiers
from content.dossiers.storehouse import documents_of
from content.people.mailboxes import want_notices
from content.people.models import Account, SignInSession
from content.people.roles import DESK_ROLES, Role
from content.people.service import PeopleService, digest
from portal.http.notices import Notice, say
from portal.http.paging import page_links, page_number
from portal.mail import is_official
from portal.security.permissions import Permission
from portal.security.policy import SIGN_IN_COOKIE

MAX_DIGITS = 18


@dataclass(frozen=True)
class DraftLine:
    """A draft to go on with."""

    name: str
    saved_at: datetime
    expires_at: datetime
    resume_url: str
    drop_url: str


@dataclass(frozen=True)
class SessionLine:
    """A browser that is signed in."""

    id: int
    device: str
    created_at: datetime
    is_this: bool


@view_config(
    route_name="accounts.home",
    renderer="accounts/home.jinja2",
    permission=Permission.ACCOUNT_USE,
    uses_session=True,
)
def home(request: Request) -> dict[str, Any]:
    """My dossiers and drafts."""
    identity = request.identity
    page = my_dossiers(request.db, identity.account_id, page=page_number(request.GET))
    drafts = request.service(DraftService).drafts_of(Holder(account_id=identity.account_id))
    return {
        "who": identity,
        "page": page,
        "rows": _rows(request, page),
        "links": page_links(request, page.number, page.pages),
        "drafts": [_draft_line(request, draft) for draft in drafts],
        "stored": len(documents_of(request.db, identity.account_id)),
        "works_here": bool(identity.roles),
        "notices": _notices(request),
        "signs": _signs(request),
    }


def _signs(request: Request) -> dict[str, Any] | None:
    """How a leader signs letters, and where that is said."""
    if Role.LEADER not in request.identity.roles:
        return None
    account = request.db.get_one(Account, request.identity.account_id)
    told = [one for one in (account.sign_capacity, account.sign_title) if one]
    return {"as": " / ".join(told), "url": request.route_path("accounts.sign_as")}


def _notices(request: Request) -> dict[str, Any] | None:
    """Mails about dossiers, for those who handle them: wanted or not, and whether they can be
    sent at all."""
    if not request.identity.roles & DESK_ROLES:
        return None
    account = request.db.get_one(Account, request.identity.account_id)
    return {
        "wanted": account.wants_notices,
        "official": is_official(request.settings.mail, account.email),
        "url": request.route_path("accounts.notices"),
    }


@view_config(
    route_name="accounts.notices",
    permission=Permission.ACCOUNT_USE,
    methods=("POST",),
    uses_session=True,
)
def notices(request: Request) -> Response:
    """Mails about dossiers on or off."""
    account = request.db.get_one(Account, request.identity.account_id)
    want_notices(request.db, account, request.now, wanted=request.POST.get("nhan") == "1")
    return say(HTTPSeeOther(request.route_path("accounts.home")), Notice.NOTICES_SET)


@view_config(
    route_name="accounts.sessions",
    renderer="accounts/sessions.jinja2",
    permission=Permission.ACCOUNT_USE,
    methods=("GET", "HEAD", "POST"),
    uses_session=True,
)
def sessions(request: Request) -> Any:
    """Where I am signed in; a POST ends one of them, or all others."""
    if request.method == "POST":
        return _end(request)
    people = request.service(PeopleService)
    mine = digest(request.cookies.get(SIGN_IN_COOKIE, ""))
    found = people.sessions(request.identity.account_id)
    return {"lines": [_session_line(one, mine) for one in found]}


def _end(request: Request) -> Response:
    people, account_id = request.service(PeopleService), request.identity.account_id
    asked = request.POST.get("phien", "")
    if asked == "khac":
        people.end_other_sessions(account_id, request.cookies.get(SIGN_IN_COOKIE, ""))
    elif isinstance(asked, str) and asked.isascii() and asked.isdigit():
        people.end_session_by_id(account_id, int(asked[:MAX_DIGITS]))
    target = request.route_path("accounts.sessions")
    return say(HTTPSeeOther(target), Notice.SESSION_ENDED)


def _rows(request: Request, page: DossierPage) -> list[tuple[str, Any]]:
    return [
        (request.route_path("accounts.dossier", number=row.lookup_code), row) for row in page.rows
    ]


def _draft_line(request: Request, draft: Draft) -> DraftLine:
    place = {"code": draft.procedure.key, "draft": draft.key}
    return DraftLine(
        name=draft.version.document["name"],
        saved_at=draft.saved_at,
        expires_at=draft.expires_at,
        resume_url=request.route_path("apply.saved", **place),
        drop_url=request.route_path("apply.drop", **place),
    )


def _session_line(session: SignInSession, mine: str) -> SessionLine:
    return SessionLine(
        id=session.id,
        device=device_words(session.user_agent),
        created_at=session.created_at,
        is_this=session.token_digest == mine,
    )


_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "máy Android"),
    ("Windows", "máy Windows"),
    ("Mac OS", "máy Mac"),
    ("Linux", "máy Linux"),
)
_BROWSERS = (
    ("coc_coc", "Cốc Cốc"),
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)


def device_words(user_agent: str) -> str:
    """ "Chrome trên máy Windows", as far as the browser tells."""
    browser = next((name for sign, name in _BROWSERS if sign in user_agent), "Trình duyệt")
    system = next((name for sign, name in _SYSTEMS if sign in user_agent), None)
    return f"{browser} trên {system}" if system else browser
