"""Passwords with argon2id (RFC 9106), at most a few at once: each takes 64 MiB."""

import threading

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

AT_ONCE = 2


class Argon2Hasher:
    """Implements ``content.people.service.Hasher``."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()
        self._gate = threading.BoundedSemaphore(AT_ONCE)
        self._decoy = ""

    def hash(self, password: str) -> str:
        """A salted hash."""
        with self._gate:
            return self._hasher.hash(password)

    def matches(self, password: str, hashed: str) -> bool:
        """Whether the password is the one that was hashed."""
        with self._gate:
            try:
                return self._hasher.verify(hashed, password)
            except (VerificationError, InvalidHashError):
                return False

    def waste_time(self, password: str) -> None:
        """Do the work of a check, so that an unknown address answers as late as a known one."""
        if not self._decoy:
            # Made when first needed: it would add a tenth of a second to every start.
            self._decoy = self._hasher.hash("a password that nobody has")
        self.matches(password, self._decoy)
