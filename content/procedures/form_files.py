"""Original forms as files of our own: found by their names, or placed by hand.

A file fits a form if their names say the same but for marks, case and signs; a code of a
procedure in the name narrows the search to it. What fits nothing, or would replace another
file, waits in a list until somebody chooses.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import String, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from content import audit
from content.files.model import StoredFile
from content.orm import Base, Id, reference
from content.procedures.kinds import PUBLIC
from content.procedures.models import Procedure
from content.procedures.parts import FormFile
from content.text import fold

MAX_NAME = 255
_CODE = re.compile(r"\d\.\d{6}")
_WORD = re.compile(r"[a-z0-9]+")


class FormUpload(Base):
    """A file that waits for somebody to say which form it is."""

    __tablename__ = "form_upload"

    id: Mapped[Id]
    file_id: Mapped[int] = reference("stored_file.id", index=False)
    name: Mapped[str] = mapped_column(String(MAX_NAME))
    created_at: Mapped[datetime]

    file: Mapped[StoredFile] = relationship(lazy="joined")


class Outcome(StrEnum):
    """What became of a file."""

    PLACED = "placed"
    SAME = "same"
    WAITS = "waits"


@dataclass(frozen=True)
class FormRow:
    """A form of what people read, with its procedure."""

    form: FormFile
    code: str | None
    procedure: str
    procedure_id: int

    @property
    def names(self) -> set[str]:
        """The names under which a file may come."""
        form = self.form
        given = (form.file_name and _stem(form.file_name), form.purpose, form.code)
        return {normal(name) for name in given if name} - {""}


def forms(session: Session, code: str | None = None) -> list[FormRow]:
    """The forms of the current versions, of one procedure if a code is given."""
    query = (
        select(FormFile, Procedure.code, Procedure.name, Procedure.id)
        .join(Procedure, Procedure.current_version_id == FormFile.version_id)
        .where(Procedure.status.in_(PUBLIC))
        .order_by(Procedure.code, FormFile.position)
    )
    if code:
        query = query.where(Procedure.code == code)
    return [FormRow(*row) for row in session.execute(query)]


def normal(name: str) -> str:
    """Words without marks, case and signs."""
    return " ".join(_WORD.findall(fold(name)))


def fitting(name: str, known: Iterable[FormRow]) -> list[FormRow]:
    """The forms that a file of this name is; none if its name says too little."""
    found = _CODE.search(name)
    code = found[0] if found else None
    rest = normal(_stem(name.rsplit("/", 1)[-1]).replace(code, "") if code else _stem(name))
    own = [row for row in known if code is None or row.code == code]
    if not rest:
        return own if code and len(own) == 1 else []
    fit = [row for row in own if rest in row.names]
    if code is None:
        # Without a code only the name of the file itself is good enough.
        fit = [
            row for row in fit if row.form.file_name and normal(_stem(row.form.file_name)) == rest
        ]
    return fit


def receive(
    session: Session, stored: StoredFile, name: str, known: Sequence[FormRow], *, now: datetime
) -> Outcome:
    """Place a file at the forms it fits that have none; else let it wait."""
    # A file is compared and pointed to by its row.
    session.flush()
    fit = fitting(name, known)
    free = [row for row in fit if row.form.file_id is None]
    for row in free:
        row.form.file_id = stored.id
    if free:
        return Outcome.PLACED
    held = {row.form.file_id for row in fit}
    same = select(StoredFile.id).where(StoredFile.id.in_(held), StoredFile.sha256 == stored.sha256)
    if fit and session.scalars(same).first() is not None:
        session.delete(stored)
        return Outcome.SAME
    session.add(FormUpload(file_id=stored.id, name=name[:MAX_NAME], created_at=now))
    return Outcome.WAITS


def waiting(session: Session) -> Sequence[FormUpload]:
    """Files for which somebody must choose."""
    return session.scalars(select(FormUpload).order_by(FormUpload.id)).all()


def choose(
    session: Session, upload: FormUpload, form: FormFile, *, actor_id: int | None, now: datetime
) -> None:
    """Put a waiting file at a form, also in place of another."""
    form.file_id = upload.file_id
    session.delete(upload)
    audit.record(
        session,
        now=now,
        actor_id=actor_id,
        action="form_file.chosen",
        subject=f"form_file:{form.id}",
        file=upload.name,
    )


def drop(session: Session, upload: FormUpload) -> None:
    """Throw a waiting file away."""
    session.delete(upload)
    # The row of the file may go once nothing points to it.
    session.flush()
    session.delete(upload.file)


def _stem(name: str) -> str:
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    return last.rsplit(".", 1)[0] if re.search(r"\.[A-Za-z]{2,5}$", last) else last
