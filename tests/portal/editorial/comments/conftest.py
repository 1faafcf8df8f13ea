"""A site that takes comments."""

from tests.portal.editorial.comments.talks import talking

__all__ = ["talking"]
