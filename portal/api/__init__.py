"""The JSON API, version 1: reading what is public. Described by ``openapi.json``.

Errors are problem documents (RFC 9457). Nothing here knows who asks.
"""

from pyramid.config import Configurator


def includeme(config: Configurator) -> None:
    """Views by scan of this folder only."""
    config.scan("portal.api")
