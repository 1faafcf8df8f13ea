"""Everyone: legal documents, questions and answers, the glossary."""

from pyramid.config import Configurator


def includeme(config: Configurator) -> None:
    """Views by scan of this folder only."""
    config.scan("portal.library")
