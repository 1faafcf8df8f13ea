"""Timestamps that could not be had when a document was signed: asked for again, by the worker.

A timestamp authority that is down holds nobody up: the document is signed by the clock, and
its timestamp is added behind the signature when the authority answers. No transaction is open
while it is asked.
"""

import hashlib
import io
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from content import audit, outbox
from content.dossiers.locking import lock
from content.errors import Conflict, Unavailable
from content.files import FileService, FileStore
from content.letters.issuing import PDF
from content.outbox import OutboxJob
from content.signing import engine
from content.signing.models import SignedVersion, SigningTask
from content.signing.options import SigningOptions
from content.signing.report import Stamp

#: The kind of the outbox's jobs; the key is the subject of the task.
JOB = "document.timestamp"

Opens = Callable[[], AbstractContextManager[Session]]


def ask_later(session: Session, task: SigningTask, now: datetime) -> None:
    """The last version gets its timestamp when the authority is there."""
    outbox.enqueue(session, JOB, task.subject, now=now)


def awaits_stamp(session: Session, task: SigningTask) -> bool:
    """Whether a timestamp is still to come."""
    query = select(OutboxJob.id).where(OutboxJob.kind == JOB, OutboxJob.key == task.subject)
    return session.scalars(query).first() is not None


def stamp(
    reading: Opens,
    writing: Opens,
    store: FileStore,
    now: datetime,
    options: SigningOptions,
    subject: str,
) -> None:
    """Add the timestamp that a document waits for; run twice, the second time nothing.

    A later signature that has one covers the earlier. Raises ``Unavailable`` while the
    authority does not answer or is not believed, ``Conflict`` where somebody signed meanwhile.
    """
    with reading() as session:
        task = _task(session, subject)
        if not options.tsa_url or task is None or not _lacks_time(task):
            return
        with FileService(session, store).open(task.latest) as source:
            signed = source.read()
    content = engine.timestamp(signed, options.tsa_url)
    found = engine.stamp_of(content, options.trust)
    if found is None:
        raise Unavailable("timestamp_not_believed", subject=subject)
    with writing() as session:
        task = _task(session, subject)
        assert task is not None  # tasks are never deleted
        lock(session, task)
        if task.versions[-1].digest != hashlib.sha256(signed).hexdigest():
            raise Conflict("signed_meanwhile")
        _keep(session, FileService(session, store), task, content, found, now)


def _task(session: Session, subject: str) -> SigningTask | None:
    return session.scalars(select(SigningTask).where(SigningTask.subject == subject)).first()


def _lacks_time(task: SigningTask) -> bool:
    return bool(task.versions) and task.versions[-1].time_source == "clock"


def _keep(
    session: Session,
    files: FileService,
    task: SigningTask,
    content: bytes,
    found: Stamp,
    now: datetime,
) -> None:
    number = len(task.versions) + 1
    name = f"{task.subject.replace(':', '-')}-{number}.pdf"
    digest = hashlib.sha256(content).hexdigest()
    task.versions.append(
        SignedVersion(
            number=number,
            file=files.keep(io.BytesIO(content), name=name, media_type=PDF, now=now),
            digest=digest,
            purpose=task.versions[-1].purpose,
            signer=found.authority,
            issuer=found.issuer,
            fingerprint=found.fingerprint,
            signed_at=found.at,
            time_source="timestamp",
            is_stamp=True,
            kept_at=now,
        )
    )
    audit.record(
        session,
        now=now,
        actor_id=None,
        action="document.timestamp",
        subject=task.subject,
        digest=digest,
    )
