"""The one-stop desk: the officers' inbox, a dossier, acceptance and refusal."""

from pyramid.config import Configurator


def includeme(config: Configurator) -> None:
    """Views by scan of this folder only."""
    config.include("portal.desk.navigation")
    config.scan("portal.desk")
