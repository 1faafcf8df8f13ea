"""What few procedures have beside their sheet, up to questions asked about them, asked at
once for every page of one.

Most have none of it, and one question costs a page a fifth of what five do.
"""

from dataclasses import dataclass

from sqlalchemy import bindparam, exists, select
from sqlalchemy.orm import Session

from content.enquiries.models import enquiry_procedure
from content.orm import plain_rows
from content.procedures.form_bindings import ProcedureForm
from content.procedures.models import Procedure, ProcedureVersion
from content.procedures.reads import IS_FORM_FILE, IS_SIBLING
from content.procedures.reception_places import ReceptionPlace


@dataclass(frozen=True)
class Beside:
    """Whether there is the same code at another level, a place of reception, an own form,
    a file of ours for a form, a published question."""

    siblings: bool
    place: bool
    form: bool
    files: bool
    enquiries: bool


def beside(session: Session, procedure: Procedure, version: ProcedureVersion) -> Beside:
    """What this one has; the parts themselves are read where they are shown."""
    asked = {
        "id": procedure.id,
        "code": procedure.code,
        "level": procedure.level,
        "version": version.id,
    }
    return Beside(*map(bool, plain_rows(session, _BESIDE, asked).one()))


_BESIDE = select(
    exists().where(*IS_SIBLING),
    exists().where(ReceptionPlace.procedure_id == bindparam("id")),
    exists().where(
        ProcedureForm.code == bindparam("code"), ProcedureForm.level == bindparam("level")
    ),
    exists().where(*IS_FORM_FILE),
    exists().where(enquiry_procedure.c.procedure_id == bindparam("id")),
)
