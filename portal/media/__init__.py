"""Everybody: pictures, documents and recordings of the media library."""

from pyramid.config import Configurator


def includeme(config: Configurator) -> None:
    """Views by scan of this folder only."""
    config.scan("portal.media")
