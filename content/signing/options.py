"""How an installation signs."""

from dataclasses import dataclass

from content.signing.report import Trust


@dataclass(frozen=True)
class SigningOptions:
    """Whom this installation trusts, and its timestamp authority if any."""

    trust: Trust
    tsa_url: str = ""
