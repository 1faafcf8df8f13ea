"""Pyramid's security policy: cookie → identity, rules → allowed or denied."""

from typing import Any

from pyramid.request import Request
from pyramid.response import Response
from pyramid.security import Allowed, Denied

from content.people.delegations import posts_of
from content.people.models import Account, AccountKind
from content.people.roles import Role
from content.people.service import SESSION_LIFE, PeopleService, digest
from content.words import local
from portal.security.identity import Identity
from portal.security.permissions import Permission
from portal.security.rules import RULES

SIGN_IN_COOKIE = "phien"
DRAFT_COOKIE = "ban_nhap"
MAX_DRAFT_TOKENS = 5
_DAY = 24 * 3600


class SessionNotDeclared(RuntimeError):
    """A view asked who is there without declaring ``uses_session=True``."""


class SecurityPolicy:
    """Default deny; identity only where the view declared that it uses the session."""

    def identity(self, request: Request) -> Identity:
        """Who is there; nobody is an identity too."""
        if not request.environ.get("portal.session_allowed"):
            raise SessionNotDeclared(request.path)
        known: Identity | None = request.made.get(Identity)
        if known is None:
            token = request.cookies.get(SIGN_IN_COOKIE, "")
            account = request.service(PeopleService).account_of(token) if token else None
            drafts = frozenset(map(digest, draft_tokens(request)))
            known = Identity.of(account, drafts, _posts(request, account))
            request.made[Identity] = known
        return known

    def authenticated_userid(self, request: Request) -> int | None:
        """The account's id."""
        return self.identity(request).account_id

    def permits(self, request: Request, context: Any, permission: Permission) -> Allowed | Denied:
        """Whether the rules grant the permission on this context."""
        identity = self.identity(request)
        for conditions in RULES[Permission(permission)]:
            if all(holds(identity, context) for holds in conditions):
                return Allowed("%s granted", permission)
        return Denied("%s not granted", permission)

    def remember(self, request: Request, _userid: str, **_options: Any) -> list[Any]:
        """Unused: signing in goes through :func:`set_sign_in_cookie`."""
        raise NotImplementedError

    def forget(self, request: Request, **_options: Any) -> list[Any]:
        """Unused, see ``remember``."""
        raise NotImplementedError


def _posts(request: Request, account: Account | None) -> frozenset[tuple[int, Role]]:
    """What the account is today; only officials stand in for others."""
    if account is None:
        return frozenset()
    if account.kind is not AccountKind.OFFICIAL:
        return frozenset((one.agency_id, one.role) for one in account.memberships)
    return posts_of(request.db, account, local(request.now).date())


def set_sign_in_cookie(request: Request, response: Response, token: str) -> None:
    """Give a browser its sign-in token."""
    _set_cookie(request, response, SIGN_IN_COOKIE, token, int(SESSION_LIFE.total_seconds()))


def clear_sign_in_cookie(response: Response) -> None:
    """Take the token back."""
    response.delete_cookie(SIGN_IN_COOKIE, path="/")


def draft_tokens(request: Request) -> list[str]:
    """Tokens of the drafts that this browser began without an account."""
    return [one for one in request.cookies.get(DRAFT_COOKIE, "").split(".") if one]


def add_draft_cookie(request: Request, response: Response, token: str) -> None:
    """Let this browser own one more draft; the oldest of too many is let go."""
    others = [one for one in draft_tokens(request) if one != token]
    kept = [*others, token][-MAX_DRAFT_TOKENS:]
    life = request.settings.draft_days * _DAY
    _set_cookie(request, response, DRAFT_COOKIE, ".".join(kept), life)


def _set_cookie(request: Request, response: Response, name: str, value: str, max_age: int) -> None:
    response.set_cookie(
        name,
        value,
        max_age=max_age,
        path="/",
        httponly=True,
        samesite="Lax",
        secure=request.settings.secure_cookies,
    )
