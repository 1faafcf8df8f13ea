"""Everyone: the authority itself - units, duty, reception of citizens, where to write."""

from pyramid.config import Configurator


def includeme(config: Configurator) -> None:
    """Views by scan of this folder only."""
    config.scan("portal.authority")
