"""Editors: writing, previewing, publishing and withdrawing news."""

from pyramid.config import Configurator


def includeme(config: Configurator) -> None:
    """Views by scan of this folder only."""
    config.scan("portal.editorial")
