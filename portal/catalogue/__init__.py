"""The catalogue for everybody: home, lists, one procedure, search, life events, places.

Pages without a session, so that they may be kept by caches; the one exception is the
report of an error. Views read through ``content.procedures`` and ``search`` and hand
prepared values to ``templates/catalogue`` and ``templates/search``.
"""

from pyramid.config import Configurator


def includeme(config: Configurator) -> None:
    """Views by scan of this folder only."""
    config.scan("portal.catalogue")
