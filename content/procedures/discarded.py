"""Drafts of procedures that an editor threw away: they lie in the bin with what was written.

A draft that comes back is a new draft with the old wording. Never touches what people read.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import Text
from sqlalchemy.orm import Mapped, Session, mapped_column

from content.errors import Conflict
from content.orm import Base, Id, reference
from content.procedures import editing, form_choices
from content.procedures.kinds import VersionState
from content.procedures.models import Procedure, ProcedureVersion
from content.procedures.translating import subject_of
from content.writing import translations, trash
from content.writing.trash import Trashable, trashable

OPEN = (VersionState.DRAFT, VersionState.AWAITING)


def _write_again(session: Session, discarded: "DiscardedDraft", now: datetime) -> None:
    """Raises ``Conflict`` while another draft is open, or where another took the identity."""
    procedure = session.get(Procedure, discarded.procedure_id or 0)
    if procedure is None:
        if editing.find_same(session, discarded.document) is not None:
            raise Conflict("procedure_exists")
        draft = editing.new_procedure(session, discarded.document, now=now)
    else:
        if any(one.state in OPEN for one in procedure.versions):
            raise Conflict("draft_open", procedure=procedure.id)
        draft = editing.add_draft(procedure, discarded.document, now)
    form_choices.take_back(session, discarded.id, draft)
    session.delete(discarded)


def _end(session: Session, discarded: "DiscardedDraft") -> None:
    form_choices.forget(session, discarded.id)


@trashable(
    "discarded_draft",
    "Bản nháp thủ tục",
    lambda draft: draft.name,
    revive=_write_again,
    purging=_end,
)
class DiscardedDraft(Trashable, Base):
    """What a draft said; without ``procedure_id`` its procedure went with it."""

    __tablename__ = "discarded_draft"

    id: Mapped[Id]
    procedure_id: Mapped[int | None] = reference("procedure.id", ondelete="SET NULL")
    name: Mapped[str] = mapped_column(Text)
    document: Mapped[dict[str, Any]]


def throw_away(session: Session, draft: ProcedureVersion, *, by: int | None, now: datetime) -> None:
    """Put the wording into the bin and end the draft; a procedure that never had another
    goes too."""
    procedure = draft.procedure
    is_last = len(procedure.versions) == 1
    kept = DiscardedDraft(
        procedure_id=None if is_last else procedure.id,
        name=procedure.name,
        document=draft.document,
    )
    session.add(kept)
    session.flush()  # the audit line names its id
    trash.put(session, kept, by, now)
    form_choices.set_aside(session, draft, kept.id)
    editing.discard_draft(session, draft)
    if is_last:
        translations.forget(session, subject_of(procedure))
        session.delete(procedure)
