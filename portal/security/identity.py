"""Who a request comes from, as a value that rules can be asked about."""

from dataclasses import dataclass, field

from content.people.models import Account
from content.people.roles import Role


@dataclass(frozen=True)
class Identity:
    """An account (or nobody) and the drafts this browser began before signing in.

    ``posts`` are pairs of agency and role: a role counts where it was given, also to an absent
    colleague for whom the account stands in.
    """

    account_id: int | None = None
    name: str = ""
    email: str = ""
    posts: frozenset[tuple[int, Role]] = frozenset()
    draft_digests: frozenset[str] = field(default=frozenset(), repr=False)

    @classmethod
    def of(
        cls,
        account: Account | None,
        drafts: frozenset[str],
        posts: frozenset[tuple[int, Role]] = frozenset(),
    ) -> "Identity":
        """The identity of an account with the posts it has today."""
        if account is None:
            return cls(draft_digests=drafts)
        return cls(
            account_id=account.id,
            name=account.name,
            email=account.email,
            posts=posts,
            draft_digests=drafts,
        )

    @property
    def roles(self) -> frozenset[Role]:
        """Every role, wherever it was given."""
        return frozenset(role for _, role in self.posts)

    def agencies(self, roles: frozenset[Role]) -> frozenset[int]:
        """The agencies in which one of these roles was given."""
        return frozenset(agency for agency, role in self.posts if role in roles)
