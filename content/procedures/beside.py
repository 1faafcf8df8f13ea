"""What few procedures have beside their sheet, asked at once for every page of one.

Most have none of it, and one question costs a page a third of what three do.
"""

from dataclasses import dataclass

from sqlalchemy import bindparam, exists, select
from sqlalchemy.orm import Session

from content.orm import plain_rows
from content.procedures.form_bindings import ProcedureForm
from content.procedures.models import Procedure
from content.procedures.reads import IS_SIBLING
from content.procedures.reception_places import ReceptionPlace


@dataclass(frozen=True)
class Beside:
    """Whether there is the same code at another level, a place of reception, an own form."""

    siblings: bool
    place: bool
    form: bool


def beside(session: Session, procedure: Procedure) -> Beside:
    """What this one has; the parts themselves are read where they are shown."""
    asked = {"id": procedure.id, "code": procedure.code, "level": procedure.level}
    return Beside(*map(bool, plain_rows(session, _BESIDE, asked).one()))


_BESIDE = select(
    exists().where(*IS_SIBLING),
    exists().where(ReceptionPlace.procedure_id == bindparam("id")),
    exists().where(
        ProcedureForm.code == bindparam("code"), ProcedureForm.level == bindparam("level")
    ),
)
