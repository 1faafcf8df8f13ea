"""The citizen: before you start, fill in step by step, papers, check, submit, follow."""

from pyramid.config import Configurator


def includeme(config: Configurator) -> None:
    """Views by scan of this folder only."""
    config.scan("portal.apply")
