"""The small authority of dossiers serves here too."""

from tests.content.dossiers_service.conftest import world

__all__ = ["world"]
