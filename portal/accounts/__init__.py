"""Signing up, in and out; my sessions, my drafts, my dossiers."""

from pyramid.config import Configurator


def includeme(config: Configurator) -> None:
    """Views by scan of this folder only."""
    config.scan("portal.accounts")
