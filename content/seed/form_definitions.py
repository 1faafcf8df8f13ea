"""Loads the sample's form definitions and binds them to their procedures at every level."""

import json
from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from content.procedures import form_bindings
from content.procedures.form_bindings import FormDefinitionVersion, ProcedureForm
from content.procedures.forms import FormDefinition, from_json
from content.procedures.models import Procedure
from content.seed.basics import FOLDER


def seed_forms(session: Session, now: datetime) -> Iterator[str]:
    """Add the definitions and bindings that are missing; what a site has changed stays."""
    known = set(session.scalars(select(FormDefinitionVersion.key)))
    bound = set(session.execute(select(ProcedureForm.code, ProcedureForm.level)).all())
    definitions = list(_definitions())
    missing = [one for one in definitions if one.id not in known]
    for one in missing:
        form_bindings.publish(session, one, now)
    added = 0
    for one in definitions:
        levels = select(Procedure.code, Procedure.level)
        for code, level in session.execute(levels.where(Procedure.code.in_(one.procedure_codes))):
            if code and (code, level) not in bound:
                form_bindings.bind(session, code, level, one.id)
                added += 1
    yield f"Biểu mẫu điện tử: thêm {len(missing)}, gắn với {added} thủ tục."


def _definitions() -> Iterator[FormDefinition]:
    for path in sorted((FOLDER / "forms").glob("*.json")):
        yield from_json(json.loads(path.read_text("utf-8")))
