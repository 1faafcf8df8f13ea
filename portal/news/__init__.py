"""Reading news and pages, for everybody; without a session."""

from pyramid.config import Configurator


def includeme(config: Configurator) -> None:
    """Views by scan of this folder only."""
    config.scan("portal.news.views")
    config.scan("portal.news.comments")
    config.scan("portal.news.newsletter")
