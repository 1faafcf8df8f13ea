"""The web application. Start reading here: :func:`main` lists all its parts."""

import warnings
from typing import Any

# Pyramid 2.1 finds its files through pkg_resources and says so at every start; the
# pinned setuptools still has it.
warnings.filterwarnings("ignore", message="pkg_resources is deprecated")

from pyramid.config import Configurator  # noqa: E402 - the filter must stand before
from pyramid.registry import Registry  # noqa: E402
from pyramid.router import Router  # noqa: E402

from portal.settings import Settings, read_settings  # noqa: E402


def main(_global_config: dict[str, str] | None, **ini: str) -> Any:
    """The WSGI application, as the ``.ini`` file asks for it."""
    from portal.http.kept import around  # noqa: PLC0415 - commands need none of it

    return around(make_app(read_settings(ini)))


def make_app(settings: Settings, **options: Any) -> Router:
    """The WSGI application for ready settings; ``options`` replace services in tests."""
    with configure(settings, **options) as config:
        return config.make_wsgi_app()


def provide(registry: Registry, settings: Settings, **options: Any) -> None:
    """What lives as long as a site does: its settings, its database, what is kept in memory.

    Views find all of it in the registry, at every request.
    """
    from portal import (  # noqa: PLC0415 - commands need none of it
        effect,
        frame,
        linked_terms,
        public_figures,
        services,
        vocabulary,
    )

    registry["settings"] = settings
    services.provide(registry, options)
    for part in (effect, frame, linked_terms, public_figures, vocabulary):
        part.provide(registry)


def configure(settings: Settings, **options: Any) -> Configurator:
    """Everything there is, in an order that matters."""
    config = Configurator(settings={})
    provide(config.registry, settings, **options)
    with config:
        # Defaults of every view, before any view is added.
        config.include("portal.security")
        config.include("portal.http")
        # What requests carry: the database, the clock and services, languages, templates.
        config.include("portal.database")
        config.include("portal.services")
        config.include("portal.effect")
        config.include("portal.i18n")
        config.include("portal.templating")
        config.include("portal.assets")
        config.include("portal.frame")
        config.include("portal.linked_terms")
        config.include("portal.vocabulary")
        # Addresses before views: a view names its route.
        config.include("portal.routes")
        for feature in FEATURES:
            config.include(f"portal.{feature}")
    return config


FEATURES = (
    "catalogue",
    "news",
    "english",
    "authority",
    "library",
    "statistics",
    "apply",
    "accounts",
    "desk",
    "editorial",
    "media",
    "api",
    "ops",
)
