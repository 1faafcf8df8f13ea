"""Export of the catalogue in the format it was imported in, with everything kept for editors.

The export holds the newest wording that people can read of every procedure, so
that importing it again changes nothing.
"""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from content.procedures.kinds import PUBLIC
from content.procedures.models import Procedure, ProcedureVersion
from content.procedures.records import Record, canonical, dump

_BATCH = 200


def records(session: Session) -> Iterator[Record]:
    """The records of all readable procedures, in the order they came."""
    query = (
        select(ProcedureVersion.document)
        .join(Procedure, Procedure.current_version_id == ProcedureVersion.id)
        .where(Procedure.status.in_(PUBLIC))
        .order_by(Procedure.id)
        .execution_options(yield_per=_BATCH)
    )
    for document in session.scalars(query):
        yield canonical(document)


def json_list(session: Session) -> Iterator[str]:
    """A JSON list, one record a line."""
    separator = "[\n"
    for record in records(session):
        yield separator + dump(record)
        separator = ",\n"
    yield "[]\n" if separator == "[\n" else "\n]\n"


def json_lines(session: Session) -> Iterator[str]:
    """One record a line, nothing else."""
    for record in records(session):
        yield dump(record) + "\n"
