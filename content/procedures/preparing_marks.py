"""What exactly would be published, as a digest; and who changed it last."""

import hashlib
from dataclasses import fields
from datetime import datetime

from sqlalchemy.orm import Session

from content.procedures.drafting import subject_of
from content.procedures.heading import Heading
from content.procedures.prepared import PreparedDecision
from content.writing import revisions


def mark_of(prepared: PreparedDecision) -> str:
    """The digest of all that would be published: the heading, the file, every line with the
    words of its draft."""
    heading = [str(getattr(prepared, one.name)) for one in fields(Heading)]
    told = [*heading, str(prepared.file_id)]
    for line in prepared.lines:
        words = line.version.digest if line.version else ""
        told.append(
            f"{line.id} {line.kind.value} {line.effective_on} {line.replaced_by_id} {words}"
        )
    return hashlib.sha256("\n".join(told).encode()).hexdigest()[:24]


def last_change(session: Session, prepared: PreparedDecision) -> tuple[int | None, datetime]:
    """Who changed the decision or one of its drafts last, and when."""
    found = [(prepared.updated_by, prepared.updated_at)]
    for line in prepared.lines:
        history = revisions.history(session, subject_of(line.version)) if line.version else []
        found += [(one.written_by, one.written_at) for one in history[:1]]
    # Of two at the same moment the draft is the news.
    return max(reversed(found), key=lambda one: one[1])
