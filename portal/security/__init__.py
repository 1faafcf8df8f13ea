"""Who may do what: identity from a cookie, one table of rules, default deny."""

from pyramid.config import Configurator

from portal.security.permissions import Permission
from portal.security.policy import SecurityPolicy


def includeme(config: Configurator) -> None:
    """A view that names no permission is refused to everybody."""
    config.set_security_policy(SecurityPolicy())
    config.set_default_permission(Permission.NOBODY)
    config.include("portal.security.csrf")
