"""What a counterpart has to be able to do, whoever it is and however it is reached.

Both protocols are small, so that another way (the province's integration platform, a test's
own process) needs an adapter and nothing else. Everything that cannot be done now raises
``content.errors.Unavailable``; what the counterpart says no to is an answer, not an error.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Protocol

Data = Mapping[str, Any]


class Verdict(StrEnum):
    """What a counterpart says of a message. ``ELSEWHERE``: another system has confirmed the
    dossier's status, so ours may not."""

    TAKEN = "taken"
    REFUSED = "refused"
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True)
class Receipt:
    """The answer to a message; ``words`` are the counterpart's own, for the administrator."""

    verdict: Verdict
    words: str = ""


@dataclass(frozen=True)
class Outgoing:
    """A message as it goes out. ``key`` is the same each time it is sent; ``kind`` is one of
    ThemMoi, CapNhat, CapNhatTienDo, TraLoi."""

    key: str
    kind: str
    data: Any


class NationalPortal(Protocol):
    """The national portal, or the platform in front of it."""

    def send(self, message: Outgoing) -> Receipt:
        """Hand a message over; the same key twice is taken once. Raises ``Unavailable``."""

    def arrivals(self) -> Sequence[Data]:
        """Dossiers that wait to be fetched, as they are told. Raises ``Unavailable``."""

    def fetch(self, address: str, limit: int) -> bytes:
        """A file of a dossier, at most ``limit`` bytes. Raises ``Unavailable``, ``Invalid``
        for an address that is not the counterpart's and for a larger file."""


@dataclass(frozen=True)
class DraftDocument:
    """A draft that is to be signed and numbered. ``key`` is the same each time it is sent."""

    key: str
    title: str
    agency: str
    dossier_code: str
    asked_by: str
    note: str
    file_name: str
    content: bytes


@dataclass(frozen=True)
class DocumentAnswer:
    """What became of a draft: signed and numbered, or sent back with a reason."""

    key: str
    reference: str
    refused: str = ""
    number: str = ""
    symbol: str = ""
    issued_on: date | None = None
    signer_name: str = ""
    signer_title: str = ""
    address: str = ""
    file_name: str = ""


class DocumentSystem(Protocol):
    """The document management of the authority (phần mềm quản lý văn bản)."""

    def send(self, draft: DraftDocument) -> str:
        """Hand a draft over; returns what it is called there. The same key twice is one
        draft. Raises ``Unavailable``, ``Invalid`` where it is refused."""

    def answers(self) -> Sequence[DocumentAnswer]:
        """What was decided and not confirmed yet. Raises ``Unavailable``."""

    def fetch(self, address: str, limit: int) -> bytes:
        """A signed file, as :meth:`NationalPortal.fetch`."""

    def confirm(self, reference: str) -> None:
        """The answer is kept here. Raises ``Unavailable``."""
