"""Everyone: legal documents, by kind, agency, year and effect, with their files."""

from pyramid.config import Configurator


def includeme(config: Configurator) -> None:
    """Views by scan of this folder only."""
    config.scan("portal.library")
