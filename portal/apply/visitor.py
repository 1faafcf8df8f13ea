"""Who is filling in: an account, or a browser that holds the token of its drafts."""

import secrets
from datetime import timedelta

from pyramid.request import Request
from pyramid.response import Response

from content.dossiers.drafts import DraftService
from content.dossiers.holder import Holder
from content.dossiers.models import Draft
from content.people.attempts import Attempts
from content.people.models import Account
from content.people.service import digest
from portal.security.policy import add_draft_cookie, draft_tokens

HOUR = timedelta(hours=1)


def account_of(request: Request) -> Account | None:
    """The account that is signed in, if there is one."""
    account_id = request.identity.account_id
    return request.db.get(Account, account_id) if account_id is not None else None


def refuse_too_many(request: Request) -> None:
    """Count a draft that is begun without an account; raises ``TooMany`` for an address that
    began too many. One address may stand for a whole commune's café, so it is generous."""
    limit = request.settings.limits.drafts
    if request.identity.account_id is not None or not limit:
        return
    begun = Attempts(
        request.db, kind="drafts", limit=limit, now=request.now, window=HOUR, code="too_many_drafts"
    )
    begun.refuse_if_tired(request.client_addr or "")
    begun.note(request.client_addr or "")


def begin_as(request: Request) -> tuple[Holder, str | None]:
    """Who a new draft shall belong to, and the token to give to a browser without account.

    A browser keeps one token for all its drafts, so that none is forgotten.
    """
    account_id: int | None = request.identity.account_id
    if account_id is not None:
        return Holder(account_id=account_id), None
    known = draft_tokens(request)
    token = known[-1] if known else secrets.token_urlsafe(32)
    return Holder(token_digest=digest(token)), token


def remember(request: Request, response: Response, token: str | None) -> Response:
    """Let the browser find its draft again; returns the response."""
    if token is not None:
        add_draft_cookie(request, response, token)
    return response


def unfinished(request: Request, procedure_id: int) -> Draft | None:
    """The visitor's last draft of a procedure, to go on with instead of a new one."""
    identity = request.identity
    holders = [Holder(account_id=identity.account_id)]
    holders += [Holder(token_digest=one) for one in identity.draft_digests]
    service = request.service(DraftService)
    found = [
        draft
        for holder in holders
        for draft in service.drafts_of(holder)
        if draft.procedure_id == procedure_id
    ]
    return max(found, key=lambda draft: draft.saved_at, default=None)
