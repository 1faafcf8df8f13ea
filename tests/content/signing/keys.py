"""Signing with a key in one go, where nobody else waits."""

from content.people.models import Account
from content.signing.models import Purpose, SignedVersion, SigningTask
from content.signing.pades import Key, Visible
from content.signing.service import SigningService


def sign_with(
    signing: SigningService,
    task: SigningTask,
    key: Key,
    account: Account | None,
    *,
    purpose: Purpose,
    visible: Visible | None = None,
) -> SignedVersion:
    """Handed out, signed, examined and kept."""
    signed = signing.signed(signing.hand_out(task, purpose), key, visible)
    return signing.accept_from_key(task, signed, account, purpose=purpose)
