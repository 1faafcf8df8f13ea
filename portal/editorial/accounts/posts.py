"""The posts of accounts in words: which parts at which agency."""

from collections.abc import Iterable, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from content.agencies.models import Agency
from content.people.models import Account
from content.people.roles import ROLE_NAMES, Role

_ORDER = list(Role)


def agency_names(session: Session, accounts: Iterable[Account]) -> dict[int, str]:
    """The names of all agencies at which these accounts have a part."""
    ids = {post.agency_id for one in accounts for post in one.memberships}
    query = select(Agency.id, Agency.name).where(Agency.id.in_(ids))
    return {row.id: row.name for row in session.execute(query)}


def posts_of(account: Account, names: Mapping[int, str]) -> list[tuple[str, list[tuple[int, str]]]]:
    """By agency, each part as (id of the post, words), in the usual order."""
    found: dict[str, list[tuple[int, str]]] = {}
    ordered = sorted(
        account.memberships, key=lambda one: (names[one.agency_id], _ORDER.index(one.role))
    )
    for one in ordered:
        found.setdefault(names[one.agency_id], []).append((one.id, ROLE_NAMES[one.role]))
    return list(found.items())
