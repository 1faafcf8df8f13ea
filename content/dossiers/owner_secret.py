"""The secret of a dossier: shown to its owner as often as needed, kept nowhere.

It is derived from the installation's key and the look-up code, so a second click on
"Gửi hồ sơ" and the printed acknowledgement show the same one, while the database holds
a digest only. After a change of the key old secrets still open their dossiers; they just
cannot be shown again.
"""

import hashlib
import hmac

from content.dossiers.lookup_codes import ALPHABET, secret_digest, secret_matches

_SIGNS = 16
_GROUP = 4


class OwnerSecrets:
    """Makes the secrets of one installation; ``key`` is its secret key."""

    def __init__(self, key: str) -> None:
        self._key = key.encode()

    def secret_for(self, lookup_code: str) -> str:
        """The secret that belongs to a look-up code, as printed: ``7KQ2-M9XR-HF3T-W8YN``."""
        message = b"dossier owner:" + lookup_code.encode()
        number = int.from_bytes(hmac.digest(self._key, message, hashlib.sha256))
        signs = ""
        for _ in range(_SIGNS):
            number, place = divmod(number, len(ALPHABET))
            signs += ALPHABET[place]
        return "-".join(signs[at : at + _GROUP] for at in range(0, _SIGNS, _GROUP))

    def digest_for(self, lookup_code: str) -> str:
        """What the dossier keeps of it."""
        return secret_digest(self.secret_for(lookup_code))

    def again(self, lookup_code: str, digest: str) -> str | None:
        """The secret once more, or ``None`` if the key has changed since."""
        secret = self.secret_for(lookup_code)
        return secret if secret_matches(secret, digest) else None
