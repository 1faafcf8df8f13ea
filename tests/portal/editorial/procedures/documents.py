"""The draft of a procedure as it is stored."""

from sqlalchemy import select

from content.procedures.models import ProcedureVersion
from tests.support.site import Site


def draft_document(site: Site, procedure_id: int) -> dict:
    with site.database.sessions() as session:
        query = select(ProcedureVersion).where(ProcedureVersion.procedure_id == procedure_id)
        return max(session.scalars(query), key=lambda one: one.number).document
