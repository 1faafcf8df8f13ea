"""What operators and machines ask for: health, robots, site map, files of the exchange."""

from pyramid.config import Configurator


def includeme(config: Configurator) -> None:
    """Views by scan of this folder only."""
    config.scan("portal.ops")
