"""Editors: writing, previewing, publishing and withdrawing news."""

from pyramid.config import Configurator


def includeme(config: Configurator) -> None:
    """Views by scan of this folder only."""
    config.include("portal.editorial.navigation")
    config.scan("portal.editorial")
