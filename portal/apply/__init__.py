"""The citizen's journey: what to know first, steps, papers, check, submission, following.

Everything typed is kept before it is judged; a POST leads on with 303 or shows the page
again with what is wrong. Rules of filing are ``content.dossiers``'s; nothing here decides.
"""

from pyramid.config import Configurator


def includeme(config: Configurator) -> None:
    """Views by scan of this folder only."""
    config.scan("portal.apply")
