"""What holds for every request and response: methods, headers, limits, errors, logs."""

from pyramid.config import Configurator


def includeme(config: Configurator) -> None:
    """Tweens are listed from the outermost in; derivers apply to every view added later."""
    config.include("portal.http.log")
    config.include("portal.http.headers")
    config.include("portal.http.sanity")
    config.include("portal.http.derivers")
    config.include("portal.http.errors")
    config.include("portal.http.pages")
    config.include("portal.http.notices")
