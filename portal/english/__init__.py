"""Everyone: what is published in English – articles, pages, procedures – and a list of it."""

from pyramid.config import Configurator


def includeme(config: Configurator) -> None:
    """Views by scan of this folder only."""
    config.scan("portal.english")
