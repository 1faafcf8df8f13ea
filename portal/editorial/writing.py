"""What all writing screens share: typed text is kept, locks are shown, both by one macro.

A view calls :func:`begin` when it shows a form and :func:`finish` when the text was saved;
its template calls ``writing_notes`` of ``macros/writing.jinja2``.
"""

import base64
import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pyramid.httpexceptions import HTTPBadRequest, HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from content.words import clock_and_day
from content.writing import autosave, locks
from content.writing.locks import Holder
from content.writing.models import Autosave
from portal.http.headers import POLICY
from portal.http.pages import local_path
from portal.security.permissions import Permission

RESTORE = "khoi-phuc"
#: What a form carries along: the counter of its subject, the last text that was saved.
REVISION, BASE = "revision", "base"
POST_ONLY = ("POST",)


@dataclass(frozen=True)
class Writing:
    """What a page says around its form."""

    subject: str
    kept: Autosave | None
    #: Whether the subject was saved since.
    is_older: bool
    restored: bool
    holder: Holder | None
    restore_url: str
    drop_url: str
    take_url: str
    back: str


def begin(
    request: Request,
    subject: str,
    form: Any,
    updated_at: datetime | None,
    *,
    lock: bool = True,
) -> Writing:
    """Take the lock if it is free, offer what was kept, and have the script keep more.

    ``form`` is an ``AccessibleForm`` filled already; with ``?khoi-phuc=1`` it shows what
    was kept instead. ``updated_at`` is when the subject was last saved, ``None`` if never.
    ``lock=False`` for what does not exist yet (``article:new``), which each has alone.
    """
    me: int = request.identity.account_id
    kept = autosave.find(request.db, subject, me)
    # Whoever saves forgets what they had kept: what is still there was never saved.
    is_older = kept is not None and updated_at is not None and kept.saved_at <= updated_at
    restored = kept is not None and RESTORE in request.GET
    if kept is not None and restored:
        _restore(form, kept.fields)
    holder = None
    if lock and locks.hold(request.db, subject, me, request.now) is None:
        holder = locks.holder(request.db, subject, request.now)
    attach(request, form, subject)
    return Writing(
        subject=subject,
        kept=kept,
        is_older=is_older,
        restored=restored,
        holder=holder,
        restore_url=f"{request.path}?{RESTORE}=1",
        drop_url=request.route_path("editorial.autosave.drop", subject=subject),
        take_url=request.route_path("editorial.lock.take", subject=subject),
        back=request.path,
    )


def asked_back(request: Request, subject: str) -> dict[str, str]:
    """What was kept, where the address asks to have it back; for forms whose fields depend
    on what stands in them."""
    me: int = request.identity.account_id
    kept = autosave.find(request.db, subject, me) if RESTORE in request.GET else None
    return dict(kept.fields) if kept else {}


def _restore(form: Any, fields: dict[str, Any]) -> None:
    """Show what was kept. What the form carries along unseen and was not kept, such as the
    revision, stays as it is now; where it was kept from another text than what stands there
    by now, no revision is that of the form, so that saving compares and merges."""
    carried = {child.name: child.cstruct for child in form.deform.children if child.widget.hidden}
    form.fill(fields)
    for name, value in carried.items():
        if name not in fields:
            form.deform[name].cstruct = value
    if REVISION in carried and fields.get(BASE, carried.get(BASE)) != carried.get(BASE):
        form.deform[REVISION].cstruct = "0"


def attach(request: Request, form: Any, subject: str) -> None:
    """Have ``autosave.js`` keep what is typed into this form."""
    address = request.route_path("editorial.autosave", subject=subject)
    form.deform.data_attributes = (
        *form.deform.data_attributes,
        ("autosave", subject),
        ("autosave-url", address),
    )


#: The rich-text editor marks where it scrolls to with an element of exactly this style.
SCROLL_MARK = "display: inline-block;"


def allow_scroll_mark(request: Request) -> None:
    """Widen this page's policy by that one style, named by its hash, and nothing else."""
    digest = base64.b64encode(hashlib.sha256(SCROLL_MARK.encode()).digest()).decode()
    styles = f"style-src 'self' 'unsafe-hashes' 'sha256-{digest}'"
    policy = POLICY.replace("style-src 'self'", styles)

    def widen(_request: Request, response: Response) -> None:
        response.headers["Content-Security-Policy"] = policy

    request.add_response_callback(widen)


def finish(request: Request, subject: str, *, leave: bool = True) -> None:
    """The text was saved: forget what was kept and, leaving the form, give the lock back."""
    autosave.drop(request.db, subject, request.identity.account_id)
    if leave:
        locks.release(request.db, subject, request.identity.account_id)


@view_config(
    route_name="editorial.autosave",
    permission=Permission.WRITING_KEEP,
    methods=POST_ONLY,
    uses_session=True,
)
def keep(request: Request) -> Response:
    """Keep ``{"fields": {name: text}}``; answers when, and who else has the lock."""
    subject, me = request.matchdict["subject"], request.identity.account_id
    autosave.keep(request.db, subject, me, _fields(request), request.now)
    holder = None
    is_new = subject.endswith(":new")
    if not is_new and locks.hold(request.db, subject, me, request.now) is None:
        holder = locks.holder(request.db, subject, request.now)
    answer = {"saved_at": clock_and_day(request.now)[:5], "holder": holder.name if holder else None}
    return Response(json_body=answer)


def _fields(request: Request) -> dict[str, str]:
    try:
        fields = request.json_body["fields"]
    except (ValueError, KeyError, TypeError, UnicodeDecodeError):
        raise HTTPBadRequest from None
    if not isinstance(fields, dict) or not all(isinstance(one, str) for one in fields.values()):
        raise HTTPBadRequest
    return fields


@view_config(
    route_name="editorial.autosave.drop",
    permission=Permission.WRITING_KEEP,
    methods=POST_ONLY,
    uses_session=True,
)
def drop(request: Request) -> Response:
    """Forget what was kept, and go back to the form."""
    autosave.drop(request.db, request.matchdict["subject"], request.identity.account_id)
    return _back(request)


@view_config(
    route_name="editorial.lock.take",
    permission=Permission.WRITING_KEEP,
    methods=POST_ONLY,
    uses_session=True,
)
def take(request: Request) -> Response:
    """Take the lock from whoever has it; the audit says so."""
    subject, me = request.matchdict["subject"], request.identity.account_id
    locks.take_over(request.db, subject, me, request.now)
    return _back(request)


def _back(request: Request) -> Response:
    home = request.route_path("editorial.home")
    return HTTPSeeOther(local_path(request.POST.get("ve"), home))
