"""Everyone: public figures with their tables, definitions and open data."""

from pyramid.config import Configurator


def includeme(config: Configurator) -> None:
    """Views by scan of this folder only."""
    config.scan("portal.statistics")
