"""Files of forms chosen in a draft: with its publication they become those of its forms.

A draft has no rows of forms yet, so a form is known by its own words (``key_of``). What
people download stays what it was until a decision publishes the draft. A choice without a
file takes the file away. The acts of editors: ``form_choosing.py``.
"""

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import String, UniqueConstraint, exists, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from content.files.model import StoredFile
from content.orm import Base, Id, reference
from content.procedures.form_files import FormUpload
from content.procedures.models import ProcedureVersion
from content.procedures.parts import FormFile

KEY_LENGTH = 16


class FormChoice(Base):
    """The file of one form of one draft; of a draft in the bin while it lies there."""

    __tablename__ = "form_choice"
    __table_args__ = (UniqueConstraint("version_id", "key"),)

    id: Mapped[Id]
    version_id: Mapped[int | None] = reference(
        "procedure_version.id", ondelete="CASCADE", index=False
    )
    discarded_id: Mapped[int | None] = reference("discarded_draft.id", ondelete="CASCADE")
    key: Mapped[str] = mapped_column(String(KEY_LENGTH))
    file_id: Mapped[int | None] = reference("stored_file.id")
    chosen_by: Mapped[int | None] = reference("account.id", index=False)
    chosen_at: Mapped[datetime]

    file: Mapped[StoredFile | None] = relationship(lazy="joined")


def key_of(form: Mapping[str, Any]) -> str:
    """What makes a form of a record the same form: its name, its code, its file's name."""
    words = [form.get(name) or None for name in ("for", "code", "file")]
    text = json.dumps(words, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:KEY_LENGTH]


def let_go(session: Session, file_id: int | None) -> None:
    """Forget a file that no form, no draft and no list of waiting files names any more."""
    if file_id is None:
        return
    tables = (FormFile, FormChoice, FormUpload)
    if not any(session.scalar(select(exists().where(t.file_id == file_id))) for t in tables):
        session.delete(session.get_one(StoredFile, file_id))


def published_files(
    session: Session, procedures: Collection[int]
) -> dict[tuple[int, str], int | None]:
    """(procedure, key of a form) → its file in the newest version that has this form."""
    query = (
        select(ProcedureVersion.procedure_id, FormFile)
        .join(FormFile, FormFile.version_id == ProcedureVersion.id)
        .where(ProcedureVersion.procedure_id.in_(procedures))
        .order_by(ProcedureVersion.number)
    )
    return {
        (owner, key_of({"for": form.purpose, "code": form.code, "file": form.file_name})): (
            form.file_id
        )
        for owner, form in session.execute(query)
    }


def settle(session: Session, versions: Iterable[ProcedureVersion]) -> dict[tuple[int, str], Any]:
    """The choices of drafts that are published now, by version and key; they are used up."""
    owned = [one.id for one in versions]
    rows = session.scalars(select(FormChoice).where(FormChoice.version_id.in_(owned))).all()
    found = {(one.version_id or 0, one.key): one.file_id for one in rows}
    for row in rows:
        session.delete(row)
    return found


def set_aside(session: Session, draft: ProcedureVersion, discarded_id: int) -> None:
    """The draft goes into the bin, and its choices with it."""
    for choice in choices_of(session, draft).values():
        choice.version_id, choice.discarded_id = None, discarded_id
    session.flush()  # else they would end with the draft


def take_back(session: Session, discarded_id: int, draft: ProcedureVersion) -> None:
    """The draft comes back from the bin under another id."""
    session.flush()  # the draft is named by its id
    query = select(FormChoice).where(FormChoice.discarded_id == discarded_id)
    for choice in session.scalars(query).all():
        choice.version_id, choice.discarded_id = draft.id, None
    session.flush()  # else they would end with what lay in the bin


def forget(session: Session, discarded_id: int) -> None:
    """What lay in the bin goes for good, and the files that only it named."""
    query = select(FormChoice).where(FormChoice.discarded_id == discarded_id)
    for choice in session.scalars(query).all():
        number = choice.file_id
        session.delete(choice)
        session.flush()  # else the file still seems to be named
        let_go(session, number)


def choices_of(session: Session, draft: ProcedureVersion) -> dict[str, FormChoice]:
    """The choices of a draft by the key of their form."""
    query = select(FormChoice).where(FormChoice.version_id == draft.id)
    return {one.key: one for one in session.scalars(query)}
