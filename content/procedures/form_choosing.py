"""An editor gives the forms of a draft their files, or takes them away.

Each act is guarded by what the page showed, kept among the saves of the draft and written
into the audit. A form whose words change keeps its file (``follow``).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from content import audit
from content.errors import Conflict, NotFound
from content.files.model import StoredFile
from content.procedures.drafting import subject_of
from content.procedures.form_choices import (
    FormChoice,
    choices_of,
    key_of,
    let_go,
    published_files,
)
from content.procedures.form_files import FormUpload
from content.procedures.models import ProcedureVersion
from content.procedures.records import Record
from content.writing import revisions


@dataclass(frozen=True)
class FormInDraft:
    """A form of a draft: its file now, and the choice that changed it, if there is one."""

    key: str
    name: str
    file: StoredFile | None
    choice: FormChoice | None

    @property
    def mark(self) -> str:
        """What a page shows of it, for its buttons to carry."""
        return str(self.file.id) if self.file else ""


def forms_of(session: Session, draft: ProcedureVersion) -> list[FormInDraft]:
    """The forms of a draft as it was last saved."""
    published = published_files(session, [draft.procedure_id])
    choices = choices_of(session, draft)
    found = {}
    for form in draft.document.get("forms") or ():
        key = key_of(form)
        choice = choices.get(key)
        number = published.get((draft.procedure_id, key))
        file = choice.file if choice else session.get(StoredFile, number) if number else None
        name = form.get("for") or form.get("file") or form.get("code") or "(chưa có tên)"
        found[key] = FormInDraft(key, name, file, choice)
    return list(found.values())


def find(session: Session, draft: ProcedureVersion, key: str) -> FormInDraft:
    """One form of a draft. Raises ``NotFound``."""
    for one in forms_of(session, draft):
        if one.key == key:
            return one
    raise NotFound("form")


@dataclass(frozen=True)
class FormChoices:
    """Choosing, as of one moment, for one editor."""

    session: Session
    now: datetime
    editor_id: int | None

    def put(
        self, draft: ProcedureVersion, form: FormInDraft, file: StoredFile | None, *, seen: str
    ) -> None:
        """Give a form this file, or none. ``seen`` is the mark of what the page showed.

        Raises ``Conflict`` (``by``: who) if somebody changed it since.
        """
        if seen != form.mark:
            by = form.choice.chosen_by if form.choice else None
            raise Conflict("file_changed", by=by)
        before = form.choice.file_id if form.choice else None
        self._set(draft, form.key, file.id if file else None)
        let_go(self.session, before)
        revisions.keep(
            self.session,
            subject_of(draft),
            draft.document,
            by=self.editor_id,
            now=self.now,
            note=f"{'Đổi tệp' if file else 'Gỡ tệp'} của mẫu {form.name}",
        )
        audit.record(
            self.session,
            now=self.now,
            actor_id=self.editor_id,
            action="form_file.drafted",
            subject=f"procedure:{draft.procedure_id}",
            form=form.name,
            file=file.name if file else None,
        )

    def take_waiting(
        self, draft: ProcedureVersion, form: FormInDraft, upload: FormUpload, *, seen: str
    ) -> None:
        """Give a form one of the files that wait for somebody to choose. Raises as ``put``."""
        self.put(draft, form, upload.file, seen=seen)
        self.session.delete(upload)

    def follow(self, draft: ProcedureVersion, moved: Mapping[str, str]) -> None:
        """A form whose words changed (its key before → now) keeps its file."""
        published = published_files(self.session, [draft.procedure_id])
        choices = choices_of(self.session, draft)
        found: dict[str, int | None] = {}
        for before, now in moved.items():
            choice = choices.pop(before, None)
            found[now] = choice.file_id if choice else published.get((draft.procedure_id, before))
            if choice is not None:
                self.session.delete(choice)
        # Two forms may have changed their names with each other.
        self.session.flush()
        for now, number in found.items():
            if now not in choices and number != published.get((draft.procedure_id, now)):
                self._set(draft, now, number)

    def _set(self, draft: ProcedureVersion, key: str, file_id: int | None) -> None:
        choice = choices_of(self.session, draft).get(key)
        if choice is None:
            choice = FormChoice(version_id=draft.id, key=key)
            self.session.add(choice)
        choice.file_id, choice.chosen_by, choice.chosen_at = file_id, self.editor_id, self.now
        # Whether a file is still needed is asked of the rows.
        self.session.flush()


def moved_keys(before: Record, rows: Iterable[tuple[int | None, Record]]) -> dict[str, str]:
    """Keys that changed: ``rows`` are the forms of now with their place in ``before``."""
    old = before.get("forms") or []
    pairs = ((key_of(old[at]), key_of(row)) for at, row in rows if at is not None and at < len(old))
    return {was: now for was, now in pairs if was != now}
