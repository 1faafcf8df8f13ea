"""Settings of signing; read by ``portal.settings`` with all others."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Signing:
    """How documents are signed; everything empty means by download and upload alone, and that
    no signature is believed until ``trust_dir`` says whose.

    ``local_scheme`` is that of deep links to a signing program on officers' computers.
    """

    trust_dir: str = ""
    tsa_url: str = ""
    seal_file: str = ""
    seal_passphrase: str = ""
    seal_picture: str = ""
    remote_url: str = ""
    remote_secret: str = ""
    local_scheme: str = ""


Row = tuple[str, str, Callable[[str], Any], str, str]


def _scheme(value: str) -> str:
    word = value.strip().lower()
    if word and not (word[0].isalpha() and word.replace("-", "").isalnum() and word.isascii()):
        raise ValueError("must be letters, digits and hyphens")
    return word


def address(value: str) -> str:
    """An address of the web, or nothing."""
    given = value.strip()
    if given and not given.startswith(("http://", "https://")):
        raise ValueError("must begin with http:// or https://")
    return given


#: Name, variable, how it is read, default, what it is for.
ROWS: tuple[Row, ...] = (
    (
        "signing.trust_dir",
        "PORTAL_TRUST_DIR",
        str.strip,
        "",
        "Folder with the certificates (.pem, .cer, .crt) of the authorities that are believed",
    ),
    (
        "signing.tsa_url",
        "PORTAL_TSA_URL",
        address,
        "",
        "Timestamp authority (RFC 3161) for signatures made here; one that does not answer holds "
        "up no signature, the timestamp is added later; empty: none",
    ),
    (
        "signing.seal_file",
        "PORTAL_SEAL_FILE",
        str.strip,
        "",
        "PKCS#12 file with the key of the agency's seal; empty: the seal is put on elsewhere",
    ),
    (
        "signing.seal_passphrase",
        "PORTAL_SEAL_PASSPHRASE",
        str,
        "",
        "Passphrase of the seal's key",
    ),
    (
        "signing.seal_picture",
        "PORTAL_SEAL_PICTURE",
        str.strip,
        "",
        "Picture of the seal (PNG, transparent, with its resolution); empty: an unseen seal",
    ),
    (
        "signing.remote_url",
        "PORTAL_REMOTE_SIGNING_URL",
        address,
        "",
        "Remote signing service; empty: none",
    ),
    (
        "signing.remote_secret",
        "PORTAL_REMOTE_SIGNING_SECRET",
        str.strip,
        "",
        "What this installation proves itself with to the remote signing service",
    ),
    (
        "signing.local_scheme",
        "PORTAL_LOCAL_SIGNING_SCHEME",
        _scheme,
        "",
        "Scheme of links to a signing program on officers' computers; empty: none",
    ),
)
