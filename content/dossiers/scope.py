"""Which dossiers belong to units: those they have now, and those nobody has taken yet.

Two conditions rather than one expression, so that each finds its index.
"""

from collections.abc import Collection

from sqlalchemy import ColumnElement, and_, or_

from content.dossiers.models import Dossier


def in_units(units: Collection[int]) -> ColumnElement[bool]:
    """Dossiers that one of these units has, or received and has not handed on."""
    return or_(
        Dossier.unit_id.in_(units),
        and_(Dossier.unit_id.is_(None), Dossier.agency_id.in_(units)),
    )
