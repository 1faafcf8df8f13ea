"""Dossiers for the pages of reports, written straight into a site: each with its own days."""

from collections.abc import Sequence

from sqlalchemy import insert, select

from content.agencies.models import Agency
from content.dossiers.models import Dossier
from content.procedures.models import Procedure
from tests.content.figures.rows import Made, values
from tests.support.dossiers import WARD, writing
from tests.support.site import Site


def add_settled(site: Site, rows: Sequence[Made], codes: Sequence[str] = ("1.004222",)) -> None:
    """Of the sample's ward, over these procedures in turn."""
    with writing(site) as session:
        ward = session.scalars(select(Agency).where(Agency.slug == WARD)).one()
        found = session.scalars(select(Procedure).where(Procedure.code.in_(codes))).all()
        made = []
        for number, one in enumerate(rows):
            procedure = found[number % len(found)]
            version = procedure.current_version_id or 0
            made.append(values(one, ward.id, procedure.id, version))
        session.execute(insert(Dossier), made)
