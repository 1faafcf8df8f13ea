"""The form builder's service: open, change, check, publish, import and bind forms.

Acts on the wording are pure functions (``forms.acts``); here they are stored, guarded
against two editors at once, replayed against recorded answers, and written down.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from content import audit
from content.errors import Conflict, Invalid, InvalidTransition, NotAllowed, NotFound
from content.procedures.form_bindings import (
    FormDefinitionVersion,
    ProcedureForm,
    bind,
    bound_key,
    publish,
)
from content.procedures.form_recordings import Recordings, Replay, outcome
from content.procedures.form_working import WorkingForm
from content.procedures.forms import FormDefinition, marks, parse, to_json
from content.procedures.forms.check import Places
from content.procedures.forms.definition import places as all_questions
from content.procedures.forms.lint import Finding, can_be_published, lint
from content.procedures.forms.patterns import may_hang
from content.procedures.forms.problems import DefinitionError
from content.procedures.kinds import Level
from content.procedures.models import MAX_CODE, Procedure
from content.text import clean, slugify

_KEY_LENGTH = 60
#: Addresses of the builder itself.
RESERVED_KEYS = frozenset({"moi", "nhap-tep"})


@dataclass(frozen=True)
class FormLine:
    """A form in the list: its newest number (0 if never published) and who files on it."""

    key: str
    title: str
    number: int
    published_at: datetime | None
    is_being_changed: bool
    bindings: tuple[ProcedureForm, ...]


class FormBuilder:
    """Forms of one database, as of one instant, changed by one account."""

    def __init__(self, session: Session, now: datetime, actor_id: int | None) -> None:
        self.session = session
        self.now = now
        self.actor_id = actor_id

    def lines(self) -> list[FormLine]:
        """All forms by title, those never published too."""
        versions = self._newest_versions()
        working = {one.key: one for one in self.session.scalars(select(WorkingForm))}
        bound: dict[str, list[ProcedureForm]] = {}
        for one in self.session.scalars(select(ProcedureForm).order_by(ProcedureForm.code)):
            bound.setdefault(one.key, []).append(one)
        lines = [
            _line(key, versions.get(key), working.get(key), tuple(bound.get(key, ())))
            for key in {*versions, *working}
        ]
        return sorted(lines, key=lambda line: (line.title.lower(), line.key))

    def versions(self, key: str) -> list[FormDefinitionVersion]:
        """Published versions of a form, the newest first."""
        form = FormDefinitionVersion
        query = select(form).where(form.key == key).order_by(form.number.desc())
        return list(self.session.scalars(query))

    def bindings(self, key: str) -> list[ProcedureForm]:
        """The procedures filed on a form."""
        query = select(ProcedureForm).where(ProcedureForm.key == key)
        return list(self.session.scalars(query.order_by(ProcedureForm.code)))

    def find(self, key: str) -> WorkingForm:
        """The working wording, or one begun (not yet stored) from the newest version.

        Raises ``NotFound`` for a form that nobody knows.
        """
        found = self.session.scalars(select(WorkingForm).where(WorkingForm.key == key)).first()
        if found is not None:
            return found
        versions = self.versions(key)
        if not versions:
            raise NotFound("form")
        newest = versions[0]
        return WorkingForm(
            key=key,
            definition=newest.definition,
            based_on=newest.number,
            changed_at=newest.published_at,
            revision=0,
            writers=[],
            touched={},
        )

    def create(self, title: str) -> WorkingForm:
        """A new form without any step; its key is made of the title and stays for ever."""
        title = clean(title)
        if not title:
            raise Invalid({"title": "required"})
        key = self._free_key(slugify(title, limit=_KEY_LENGTH) or "bieu-mau")
        return self._begin(FormDefinition(key, title, ()), None, "form.created")

    def take_in(self, data: Any) -> WorkingForm:
        """Import a definition as the working wording of its key, incomplete or not.

        Raises ``DefinitionError`` for what cannot be read, ``Conflict`` when that form is
        being changed already.
        """
        try:
            definition = parse(data)
        except RecursionError:
            raise Invalid({"file": "too_deep"}) from None
        is_key = slugify(definition.id, limit=80) == definition.id
        if not definition.id or not is_key or definition.id in RESERVED_KEYS:
            raise Invalid({"id": "bad_id"})
        versions = self.versions(definition.id)
        query = select(WorkingForm.id).where(WorkingForm.key == definition.id)
        if self.session.scalar(query) is not None:
            raise Conflict("form_being_changed")
        return self._begin(definition, versions[0].number if versions else None, "form.imported")

    def save(self, form: WorkingForm, definition: FormDefinition) -> None:
        """Store a changed wording, and who touched which of its parts.

        Acts on different parts of a form do not disturb each other, so each act is made on
        the wording of now; whether the *part* is still what its editor saw, the caller
        asks (``forms.marks``). Raises ``Invalid`` for a pattern that may hang: not even a
        preview may run it. Two saves at the very same moment: ``StaleDataError``.
        """
        demand_safe(definition)
        definition = replace(definition, id=form.key)
        self._touch(form, marks.changed(parse(form.definition), definition))
        wording = to_json(definition)
        if wording != form.definition:
            form.before, form.definition = form.definition, wording
        form.changed_at = self.now
        form.changed_by = self.actor_id
        self.session.add(form)
        self.session.flush()  # a lost update shows now, not at the end

    def take_back(self, form: WorkingForm) -> None:
        """The wording before one's own last change; taken back again, that change is there.

        Raises ``InvalidTransition("nothing_to_take_back")`` where there is none, or where
        somebody else has changed something since.
        """
        if form.before is None or form.changed_by != self.actor_id:
            raise InvalidTransition("nothing_to_take_back")
        self.save(form, parse(form.before))

    def _touch(self, form: WorkingForm, changed: Iterable[str]) -> None:
        deed = [self.actor_id, self.now.isoformat()]
        form.touched = {**(form.touched or {}), **dict.fromkeys(sorted(changed), deed)}
        if self.actor_id is not None and self.actor_id not in (form.writers or []):
            form.writers = [*(form.writers or []), self.actor_id]

    def discard(self, form: WorkingForm) -> None:
        """Give up the working wording; what was published stays."""
        if form.id is not None:
            self.session.delete(form)
            self._note("form.discarded", form.key)

    def publish(
        self,
        form: WorkingForm,
        *,
        seen: str,
        places: Places | None = None,
        accept_failing: bool = False,
        four_eyes: bool = False,
    ) -> FormDefinitionVersion:
        """Make the working wording an immutable version.

        ``seen`` is the mark (``forms.marks.whole``) of what was shown with the button.
        Raises ``Conflict`` when that is not what would be published, ``NotAllowed`` when
        one of its writers presses with four eyes asked for, ``Invalid`` with faults and
        while a recorded test comes out otherwise, unless that is accepted on purpose.
        """
        definition = parse(form.definition)
        if seen != marks.whole(definition):
            raise Conflict("form_changed")
        if four_eyes and self.actor_id in form.writers:
            raise NotAllowed("four_eyes")
        if not can_be_published(lint(definition)):
            raise Invalid({"form": "has_faults"})
        failed = [one for one in self.replay(form, places) if not one.passed]
        if failed and not accept_failing:
            raise Invalid({"form": "tests_fail"})
        version = publish(self.session, definition, self.now)
        self.session.flush()  # who publishes is told the number
        if form.id is not None:
            self.session.delete(form)
        self._note("form.published", form.key, number=version.number, failing=len(failed))
        return version

    def recordings(self, key: str) -> Recordings:
        """The recorded tests of a form."""
        return Recordings(self.session, key, self.now)

    def replay(self, form: WorkingForm, places: Places | None = None) -> list[Replay]:
        """Every recorded test against the wording of now."""
        return self.recordings(form.key).replay(parse(form.definition), places)

    def bind(self, key: str, code: str, level: Level, *, instead: bool = False) -> None:
        """File a procedure on a form. Raises ``Invalid`` for an unknown one, no version, or,
        unless it is to be filed on this ``instead``, one that is filed on another form."""
        code = clean(code)[:MAX_CODE]
        query = select(Procedure.id).where(Procedure.code == code, Procedure.level == level)
        if self.session.scalar(query.limit(1)) is None:
            raise Invalid({"code": "unknown"})
        if not self.versions(key):
            raise Invalid({"code": "not_published"})
        other = bound_key(self.session, code, level)
        if other not in (None, key) and not instead:
            raise Invalid({"code": "filed_on_another"}, key=other)
        bind(self.session, code, level, key)
        self._note("form.bound", key, code=code, level=level.value, instead_of=other)

    def unbind(self, key: str, code: str, level: Level) -> None:
        """The procedure falls back to the general form; silent if it is not bound."""
        form = ProcedureForm
        same = (form.key == key, form.code == code, form.level == level)
        found = self.session.scalars(select(form).where(*same)).first()
        if found is not None:
            self.session.delete(found)
            self._note("form.unbound", key, code=code, level=level.value)

    def _newest_versions(self) -> dict[str, FormDefinitionVersion]:
        form = FormDefinitionVersion
        query = select(form).order_by(form.key, form.number)
        return {one.key: one for one in self.session.scalars(query)}

    def _free_key(self, stem: str) -> str:
        taken = {line.key for line in self.lines()} | RESERVED_KEYS
        found, number = stem, 2
        while found in taken:
            found, number = f"{stem}-{number}", number + 1
        return found

    def _begin(self, definition: FormDefinition, number: int | None, act: str) -> WorkingForm:
        demand_safe(definition)
        form = WorkingForm(
            key=definition.id,
            definition=to_json(definition),
            based_on=number,
            changed_at=self.now,
            changed_by=self.actor_id,
            writers=[] if self.actor_id is None else [self.actor_id],
            touched={},
        )
        self.session.add(form)
        self.session.flush()  # the revision is what the next page sends back
        self._note(act, form.key)
        return form

    def _note(self, act: str, key: str, **data: Any) -> None:
        audit.record(
            self.session,
            now=self.now,
            actor_id=self.actor_id,
            action=act,
            subject=f"form:{key}",
            **data,
        )


def demand_safe(definition: FormDefinition) -> None:
    """Raises ``Invalid`` if some pattern could stop the server or is none."""
    for _, question, _ in all_questions(definition):
        if question.pattern and not is_safe(question.pattern):
            raise Invalid({question.id: "slow_pattern"}, question=question.id)


def is_safe(pattern: str) -> bool:
    """Whether a pattern can be run on anybody's text."""
    try:
        re.compile(pattern)
    except (re.error, OverflowError, RecursionError):
        return False
    return not may_hang(pattern)


def findings_of(form: WorkingForm) -> list[Finding]:
    """What lint says of the working wording."""
    return lint(parse(form.definition))


def _line(
    key: str,
    version: FormDefinitionVersion | None,
    working: WorkingForm | None,
    bindings: tuple[ProcedureForm, ...],
) -> FormLine:
    document = working.definition if working else version.definition if version else {}
    return FormLine(
        key=key,
        title=str(document.get("title") or key),
        number=version.number if version else 0,
        published_at=version.published_at if version else None,
        is_being_changed=working is not None,
        bindings=bindings,
    )


__all__ = ["DefinitionError", "FormBuilder", "FormLine", "Replay", "findings_of", "outcome"]
