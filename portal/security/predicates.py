"""Small named questions about an identity and a context, from which rules are made.

The context is whatever the route's factory made of the address. Predicates ask it
for plain attributes and answer ``False`` where these are missing.
"""

from collections.abc import Callable
from typing import Any

from content.people.roles import DESK_ROLES, EDITORIAL_ROLES, Role
from portal.security.identity import Identity

Predicate = Callable[[Identity, Any], bool]


def signed_in(identity: Identity, _context: Any) -> bool:
    """There is an account behind the request."""
    return identity.account_id is not None


def works_at_desk(identity: Identity, _context: Any) -> bool:
    """Has any role that handles dossiers."""
    return bool(identity.roles & DESK_ROLES)


def works_at_counter(identity: Identity, _context: Any) -> bool:
    """Receives dossiers at some desk."""
    return bool(identity.roles & _RECEIVING)


def keeps_cash(identity: Identity, _context: Any) -> bool:
    """Takes money, or answers for those who do."""
    return bool(identity.roles & _CASH)


def is_editor(identity: Identity, _context: Any) -> bool:
    """Writes news and pages."""
    return bool(identity.roles & EDITORIAL_ROLES)


def is_chief_editor(identity: Identity, _context: Any) -> bool:
    """Decides what is published."""
    return Role.CHIEF_EDITOR in identity.roles


def is_administrator(identity: Identity, _context: Any) -> bool:
    """Keeps the settings of the site."""
    return Role.ADMINISTRATOR in identity.roles


def heads(identity: Identity, _context: Any) -> bool:
    """Leads a department or an agency."""
    return bool(identity.roles & _HEADS)


def keeps_the_box(identity: Identity, _context: Any) -> bool:
    """Opens the suggestion box: who leads, who keeps papers, who decides what is published."""
    return bool(identity.roles & _BOX)


def owns(identity: Identity, context: Any) -> bool:
    """The thing belongs to this account, or to this browser's draft token."""
    owner = getattr(context, "owner_id", None)
    if owner is not None:
        return owner == identity.account_id
    token = getattr(context, "owner_token_digest", None)
    return token is not None and token in identity.draft_digests


def is_draft(_identity: Identity, context: Any) -> bool:
    """The dossier has not been submitted."""
    return bool(getattr(context, "is_draft", False))


def handles_here(identity: Identity, context: Any) -> bool:
    """Handles dossiers in the agency that has this one, or in one above it."""
    return bool(_agencies(context) & identity.agencies(DESK_ROLES))


def receives_here(identity: Identity, context: Any) -> bool:
    """Receives dossiers in the agency that has this one, or in one above it."""
    return bool(_agencies(context) & identity.agencies(_RECEIVING))


def keeps_the_seal_here(identity: Identity, context: Any) -> bool:
    """Keeps papers and seal in the agency that has the dossier, or in one above it."""
    return bool(_agencies(context) & identity.agencies(_CLERK))


def opens_book(identity: Identity, context: Any) -> bool:
    """Has a part, anywhere, that reads entries of this book."""
    return bool(identity.roles & getattr(context, "reader_roles", frozenset()))


def begins_in_book(identity: Identity, context: Any) -> bool:
    """Has a part, anywhere, that writes entries of this book."""
    return bool(identity.roles & getattr(context, "writer_roles", frozenset()))


def reads_entry(identity: Identity, context: Any) -> bool:
    """Has such a part in the unit of the entry, or above it."""
    readers: frozenset[Role] = getattr(context, "reader_roles", frozenset())
    return bool(_agencies(context) & identity.agencies(readers))


def writes_entry(identity: Identity, context: Any) -> bool:
    """Has a writing part where entries of this unit are written."""
    writers: frozenset[Role] = getattr(context, "writer_roles", frozenset())
    where: frozenset[int] = getattr(context, "writing_ids", frozenset())
    return bool(where & identity.agencies(writers))


def _agencies(context: Any) -> frozenset[int]:
    """The agency that has the dossier, and all above it."""
    found: frozenset[int] = getattr(context, "agency_ids", frozenset())
    return found


_RECEIVING = frozenset({Role.ONE_STOP})
_HEADS = frozenset({Role.HEAD, Role.LEADER})
_CASH = frozenset({Role.CASHIER, Role.HEAD, Role.LEADER})
_CLERK = frozenset({Role.CLERK})
_BOX = frozenset({Role.LEADER, Role.CLERK, Role.CHIEF_EDITOR, Role.ADMINISTRATOR})
