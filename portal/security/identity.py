"""Who a request comes from, as a value that rules can be asked about."""

from dataclasses import dataclass, field

from content.people.models import Account
from content.people.roles import Role


@dataclass(frozen=True)
class Identity:
    """An account (or nobody) and the drafts this browser began before signing in."""

    account_id: int | None = None
    name: str = ""
    email: str = ""
    roles: frozenset[Role] = frozenset()
    agency_ids: frozenset[int] = frozenset()
    draft_digests: frozenset[str] = field(default=frozenset(), repr=False)

    @classmethod
    def of(cls, account: Account | None, drafts: frozenset[str]) -> "Identity":
        """The identity of an account."""
        if account is None:
            return cls(draft_digests=drafts)
        return cls(
            account_id=account.id,
            name=account.name,
            email=account.email,
            roles=frozenset(one.role for one in account.memberships),
            agency_ids=frozenset(one.agency_id for one in account.memberships),
            draft_digests=drafts,
        )
