"""Signing, put together from settings: whom to believe, the seal, the remote service."""

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from pyramid.request import Request

from content.errors import Unavailable
from content.files import FileService
from content.people.models import Account
from content.signing import engine
from content.signing.options import SigningOptions
from content.signing.report import Trust
from content.signing.service import SigningService
from portal.settings import Settings

if TYPE_CHECKING:
    from content.signing.pades import Key


@lru_cache(maxsize=4)
def trust(folder: str) -> Trust:
    """Read once in a process; a new authority needs a restart."""
    return engine.trust_of(Path(folder)) if folder else Trust()


def signing_options(settings: Settings) -> SigningOptions:
    """Whom to believe, and who tells the time."""
    return SigningOptions(trust(settings.signing.trust_dir), settings.signing.tsa_url)


def signing_service(request: Request) -> SigningService:
    """Signing as of this request."""
    files = request.service(FileService)
    return SigningService(request.db, files, request.now, signing_options(request.settings))


def seal_key(settings: Settings) -> "Key":
    """The key of the agency's seal. Raises ``Unavailable``."""
    chosen = settings.signing
    try:
        content = Path(chosen.seal_file).read_bytes()
    except OSError as error:
        raise Unavailable("seal_unusable") from error
    return engine.pkcs12(content, chosen.seal_passphrase)


def seal_picture(settings: Settings) -> bytes | None:
    """The picture of the seal, if one is set. Raises ``Unavailable``."""
    if not settings.signing.seal_picture:
        return None
    try:
        return Path(settings.signing.seal_picture).read_bytes()
    except OSError as error:
        raise Unavailable("seal_unusable") from error


def remote_key(settings: Settings, account: Account) -> "Key":
    """This person's key in the remote service; they are known there by their address."""
    chosen = settings.signing
    return engine.remote(chosen.remote_url, account.email, chosen.remote_secret)
