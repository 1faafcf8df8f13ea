"""Drafts: what is being filled in, kept at every step and found again by its owner.

Each step keeps only its own answers, under a lock, so that two tabs do not lose each
other's. Hidden answers are never kept. Submitting is ``service.py``'s.
"""

import json
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, BinaryIO

from sqlalchemy import select
from sqlalchemy.orm import Session

from content.agencies.models import Agency
from content.dossiers.draft_parts import (
    demand_slot,
    discard,
    excused,
    held_by,
    move_slots,
    set_case,
    slots_after,
    storable,
)
from content.dossiers.holder import Holder
from content.dossiers.locking import lock
from content.dossiers.models import MAX_FILE_NAME, Attachment, Delivery, Draft
from content.dossiers.papers import case_choices
from content.dossiers.rules import FileLimits, FormSource
from content.errors import Conflict, Invalid, InvalidTransition, NotFound, TooMany
from content.files import FileService
from content.procedures.filing import open_filing
from content.procedures.forms import FormDefinition, prune
from content.procedures.forms.check import day_of
from content.procedures.kinds import Filing
from content.procedures.models import Procedure
from content.text import clean

DRAFT_LIFE = timedelta(days=30)
MAX_ANSWERS = 512 * 1024
MAX_ADDRESS = 500
MAX_ID = 1 << 62
_BATCH = 200


class DraftService:
    """Drafts of one visitor's request."""

    def __init__(
        self,
        session: Session,
        files: FileService,
        now: datetime,
        forms: FormSource,
        limits: FileLimits | None = None,
        life: timedelta = DRAFT_LIFE,
    ) -> None:
        self.session = session
        self.files = files
        self.now = now
        self.forms = forms
        self.limits = limits or FileLimits()
        self.life = life

    def begin(self, procedure: Procedure, holder: Holder, *, case: str | None = None) -> Draft:
        """A new draft under the version in force.

        Raises ``InvalidTransition("not_filed_here")`` where nothing can be filed, and
        ``Invalid`` for an unknown case.
        """
        version = procedure.current_version
        if open_filing(procedure) is not Filing.LOCAL or version is None:
            raise InvalidTransition("not_filed_here", procedure=procedure.id)
        draft = Draft(
            key=secrets.token_urlsafe(16),
            owner_id=holder.account_id,
            token_digest=None if holder.account_id else holder.token_digest,
            procedure=procedure,
            version=version,
            form_id=self.forms.stored_for(procedure),
            answers={},
            absences={},
            created_at=self.now,
            saved_at=self.now,
            expires_at=self.now + self.life,
        )
        set_case(draft, case)
        self.session.add(draft)
        self.session.flush()  # attachments and addresses need the id and the key
        return draft

    def find(self, key: str, holder: Holder) -> Draft:
        """The holder's draft, submitted ones included. Raises ``NotFound`` for all others."""
        draft = self.session.scalars(select(Draft).where(Draft.key == clean(key))).first()
        gone = draft is not None and draft.dossier_id is None and draft.expires_at <= self.now
        if draft is None or gone or not holder.holds(draft):
            raise NotFound("draft")
        return draft

    def drafts_of(self, holder: Holder) -> list[Draft]:
        """What the holder has begun and not sent, the last touched first."""
        query = select(Draft).where(
            held_by(holder), Draft.dossier_id.is_(None), Draft.expires_at > self.now
        )
        return list(self.session.scalars(query.order_by(Draft.saved_at.desc(), Draft.id.desc())))

    def definition(self, draft: Draft) -> FormDefinition:
        """The form the draft fills in."""
        return self.forms.definition_for(draft.procedure, draft.form_id)

    def choose(
        self,
        draft: Draft,
        *,
        case: str | None,
        agency_id: int | None,
        delivery: Delivery | None = None,
        delivery_address: str | None = None,
    ) -> None:
        """Which case it is, who shall receive it, how the result is wanted."""
        self._lock(draft)
        set_case(draft, case)
        if agency_id is not None and not self._is_agency(agency_id):
            raise Invalid({"agency": "unknown"})
        address = clean(delivery_address or "")
        if len(address) > MAX_ADDRESS:
            raise Invalid({"delivery_address": "too_long"}, limit=MAX_ADDRESS)
        draft.agency_id = agency_id
        draft.delivery = delivery
        draft.delivery_address = address or None
        self._touch(draft)

    def keep(self, draft: Draft, step: str, answers: Mapping[str, Any]) -> None:
        """Keep the answers of one step (a section of the form), complete or not.

        Raises ``NotFound`` for an unknown step, ``TooMany`` for answers beyond all measure.
        """
        self._lock(draft)
        definition = self.definition(draft)
        try:
            section = definition.section(step)
        except KeyError:
            raise NotFound("step") from None
        own = {question.id for question in section.questions}
        others = {name: value for name, value in draft.answers.items() if name not in own}
        given = {name: storable(value) for name, value in answers.items() if name in own}
        today = day_of(self.now)
        merged = prune(definition, others | given, keep_blank_rows=True, today=today)
        if len(json.dumps(merged)) > MAX_ANSWERS:
            raise TooMany("answers_too_large", limit=MAX_ANSWERS)
        draft.answers = merged
        draft.step = step
        self._touch(draft)

    def excuse(self, draft: Draft, absences: Mapping[str, str]) -> None:
        """Say why papers are not attached: slot → ``Absence``; "" takes it back."""
        self._lock(draft)
        draft.absences = excused(draft, absences)
        self._touch(draft)

    def attach(
        self, draft: Draft, source: BinaryIO, *, name: str, media_type: str, slot: str
    ) -> Attachment:
        """Keep a file (already looked into) for a paper's slot or for the answers.

        Raises ``Invalid`` for an empty one and for a slot that nobody asks for, ``TooMany``
        beyond the limits of size and number.
        """
        size = source.seek(0, 2)
        source.seek(0)
        if size == 0:
            raise Invalid({"file": "file_empty"})
        if size > self.limits.file:
            raise TooMany("file_too_large", limit=self.limits.file)
        self._lock(draft)
        demand_slot(draft, slot)
        kept = self.attachments(draft)
        if len(kept) >= self.limits.count:
            raise TooMany("too_many_files", limit=self.limits.count)
        if size + sum(one.file.size for one in kept) > self.limits.dossier:
            raise TooMany("files_too_large", limit=self.limits.dossier)
        name = clean(name)[:MAX_FILE_NAME]
        file = self.files.keep(
            source, name=name, media_type=media_type, now=self.now, owner_id=draft.owner_id
        )
        attachment = Attachment(
            token=secrets.token_urlsafe(24),
            draft=draft,
            slot=slot,
            file=file,
            name=name,
            position=max((one.position for one in kept), default=0) + 1,
            added_at=self.now,
        )
        self.session.add(attachment)
        self._touch(draft)
        self.session.flush()  # the answer that names the file needs its digest and size
        return attachment

    def attachments(self, draft: Draft, slot: str | None = None) -> list[Attachment]:
        """The draft's files in the order they came, of one slot if given."""
        query = select(Attachment).where(Attachment.draft_id == draft.id)
        if slot is not None:
            query = query.where(Attachment.slot == slot)
        return list(self.session.scalars(query.order_by(Attachment.position)))

    def attachment(self, draft: Draft, token: str) -> Attachment | None:
        """The draft's file of that token; other people's do not exist here."""
        query = select(Attachment).where(
            Attachment.draft_id == draft.id, Attachment.token == clean(token)
        )
        return self.session.scalars(query).first()

    def detach(self, draft: Draft, token: str) -> None:
        """Take a file away; silent if it is not there. Its bytes are swept later."""
        self._lock(draft)
        attachment = self.attachment(draft, token)
        if attachment is not None:
            discard(self.session, attachment)
            self._touch(draft)

    def follow(self, draft: Draft) -> None:
        """Go over to the version in force, as the person has agreed; what it no longer
        asks is dropped. The case goes if the new version does not know it."""
        self._lock(draft)
        version = draft.procedure.current_version
        if open_filing(draft.procedure) is not Filing.LOCAL or version is None:
            raise InvalidTransition("not_filed_here", procedure=draft.procedure_id)
        moves = slots_after(draft.version, version)
        move_slots(self.session, draft, self.attachments(draft), moves)
        draft.version = version
        if draft.case not in case_choices(version):
            draft.case = None
        draft.form_id = self.forms.stored_for(draft.procedure)
        draft.answers = prune(self.definition(draft), draft.answers, keep_blank_rows=True)
        self._touch(draft)

    def adopt(self, token_digest: str, account_id: int) -> int:
        """Give the drafts begun before signing in to the account; returns how many."""
        query = select(Draft).where(Draft.token_digest == token_digest)
        drafts = self.session.scalars(query.with_for_update()).all()
        for draft in drafts:
            draft.owner_id = account_id
            draft.token_digest = None
        return len(drafts)

    def drop(self, draft: Draft) -> None:
        """Delete a draft with its files, as its owner wishes."""
        self._lock(draft)
        self._delete(draft)

    def purge_expired(self) -> int:
        """Delete up to a batch of drafts whose time is over, with their files; their number.

        The caller commits and asks again until it is 0, so that no lock is held for long.
        """
        query = select(Draft).where(Draft.expires_at <= self.now).order_by(Draft.id).limit(_BATCH)
        drafts = self.session.scalars(query.with_for_update(skip_locked=True)).all()
        for draft in drafts:
            self._delete(draft)
        return len(drafts)

    def _delete(self, draft: Draft) -> None:
        for attachment in self.attachments(draft):
            discard(self.session, attachment)
        self.session.delete(draft)

    def _lock(self, draft: Draft) -> None:
        """See what others have just written, and make them wait for us."""
        lock(self.session, draft)
        if draft.dossier_id is not None:
            raise Conflict("draft_submitted")

    def _is_agency(self, agency_id: int) -> bool:
        return 0 < agency_id < MAX_ID and self.session.get(Agency, agency_id) is not None

    def _touch(self, draft: Draft) -> None:
        draft.saved_at = self.now
        draft.expires_at = self.now + self.life
