"""Who holds a draft: an account, or a visitor with a token in a cookie."""

from dataclasses import dataclass

from content.dossiers.models import Draft


@dataclass(frozen=True)
class Holder:
    """The visitor of a request; ``token_digest`` is the SHA-256 of their cookie's token."""

    account_id: int | None = None
    token_digest: str | None = None

    def holds(self, draft: Draft) -> bool:
        """Whether the draft is this visitor's. An account's draft needs the account."""
        if draft.owner_id is not None:
            return draft.owner_id == self.account_id
        return draft.token_digest is not None and draft.token_digest == self.token_digest
