"""Languages. Message ids are the Vietnamese texts; translations belong to a version.

The forms' libraries ship no Vietnamese, so their catalogues are ours, and stand after
theirs.
"""

from pyramid.config import Configurator
from pyramid.i18n import TranslationStringFactory

_ = TranslationStringFactory("portal")
DEFAULT = "vi"


def includeme(config: Configurator) -> None:
    """Vietnamese by default."""
    config.add_settings(
        {"pyramid.default_locale_name": DEFAULT, "pyramid.available_languages": [DEFAULT]}
    )
    config.set_locale_negotiator(lambda _request: DEFAULT)
    config.add_translation_dirs("portal:locale")
