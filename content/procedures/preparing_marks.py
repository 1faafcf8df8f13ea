"""What exactly would be published, as a digest; and who changed it last."""

import hashlib
from dataclasses import fields
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from content.files.model import StoredFile
from content.procedures.drafting import subject_of
from content.procedures.form_choices import FormChoice
from content.procedures.heading import Heading
from content.procedures.prepared import PreparedDecision
from content.writing import revisions


def mark_of(session: Session, prepared: PreparedDecision) -> str:
    """The digest of all that would be published: the heading, the file, every line with the
    words of its draft and the files chosen for its forms."""
    heading = [str(getattr(prepared, one.name)) for one in fields(Heading)]
    told = [*heading, str(prepared.file_id)]
    for line in prepared.lines:
        words = line.version.digest if line.version else ""
        told.append(
            f"{line.id} {line.kind.value} {line.effective_on} {line.replaced_by_id} {words}"
        )
    told += _form_files(session, prepared)
    return hashlib.sha256("\n".join(told).encode()).hexdigest()[:24]


def _form_files(session: Session, prepared: PreparedDecision) -> list[str]:
    """Draft, form and key of the file of every choice an editor made, in a steady order."""
    drafts = [line.version.id for line in prepared.lines if line.version is not None]
    query = (
        select(FormChoice.version_id, FormChoice.key, StoredFile.key)
        .outerjoin(StoredFile, StoredFile.id == FormChoice.file_id)
        .where(FormChoice.version_id.in_(drafts))
        .order_by(FormChoice.version_id, FormChoice.key)
    )
    return [f"{version} {form} {file}" for version, form, file in session.execute(query)]


def last_change(session: Session, prepared: PreparedDecision) -> tuple[int | None, datetime]:
    """Who changed the decision or one of its drafts last, and when."""
    found = [(prepared.updated_by, prepared.updated_at)]
    for line in prepared.lines:
        history = revisions.history(session, subject_of(line.version)) if line.version else []
        found += [(one.written_by, one.written_at) for one in history[:1]]
    # Of two at the same moment the draft is the news.
    return max(reversed(found), key=lambda one: one[1])
