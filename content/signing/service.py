"""Signing: a document is handed out, comes back signed, is looked into, and is kept or refused.

The only writer of ``SigningTask`` and ``SignedVersion``. However a document was signed – by
hand with a token, by a program on the signer's computer, by a remote service, by the seal on
the server – it passes the same examination before it is kept.
"""

import hashlib
import io
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from content import audit
from content.dossiers.locking import lock
from content.errors import Conflict, Invalid, InvalidTransition, NotFound, Unavailable
from content.files import FileService
from content.letters.issued import IssuedPaper
from content.letters.issuing import PDF
from content.people.models import Account
from content.signing import engine, stamping
from content.signing.models import (
    Certificate,
    Purpose,
    SignedVersion,
    SigningState,
    SigningTask,
)
from content.signing.options import SigningOptions
from content.signing.report import Problem, Signature

if TYPE_CHECKING:
    from content.signing.pades import Key, Visible

_MAGIC = b"%PDF-"
#: How far a signer's clock may be off.
TOLERANCE = timedelta(minutes=5)
#: How long a hand-off to a program is open.
HAND_OFF = timedelta(minutes=15)


@dataclass(frozen=True)
class Handed:
    """What is signed next, and the name of the signature's field."""

    content: bytes
    field: str


class SigningService:
    """Documents to be signed of one authority, as of one instant."""

    def __init__(
        self, session: Session, files: FileService, now: datetime, options: SigningOptions
    ) -> None:
        self.session = session
        self.files = files
        self.now = now
        self.options = options

    def ask(self, paper: IssuedPaper, account: Account | None) -> SigningTask:
        """An issued paper is to be signed; a second time it answers with the same task.

        Raises ``InvalidTransition("paper_not_issued")``.
        """
        if paper.file_id is None:
            raise InvalidTransition("paper_not_issued", paper=paper.id)
        subject = subject_of(paper)
        found = self.task_of(subject)
        if found is not None:
            return found
        task = SigningTask(
            subject=subject,
            title=paper.title,
            agency_id=paper.agency_id,
            dossier_id=paper.dossier_id,
            file_id=paper.file_id,
            place=paper.sign_box,
            state=SigningState.OPEN,
            asked_at=self.now,
            asked_by_id=account.id if account else None,
        )
        self.session.add(task)
        self.session.flush()  # the caller's address names the task
        return task

    def task_of(self, subject: str) -> SigningTask | None:
        """The task of a document, if it was asked for."""
        query = select(SigningTask).where(SigningTask.subject == subject)
        return self.session.scalars(query).first()

    def content_of(self, task: SigningTask) -> bytes:
        """The bytes to be signed next. Raises ``FileNotFoundError`` if they are lost."""
        with self.files.open(task.latest) as source:
            return source.read()

    def accept(
        self,
        task: SigningTask,
        content: bytes,
        account: Account | None,
        *,
        purpose: Purpose = Purpose.PERSONAL,
    ) -> SignedVersion:
        """Keep a document that came back signed; the same one again answers with what is kept.

        Raises ``Invalid`` for the field ``file`` with the first ``report.Problem`` and all of
        them in ``data["found"]``; ``Conflict("signed_meanwhile")`` where somebody else's
        signature came first.
        """
        lock(self.session, task)
        digest = hashlib.sha256(content).hexdigest()
        for one in task.versions:
            if one.digest == digest:
                return one
        handed_out = self.content_of(task)
        if not content.startswith(handed_out) and self._is_of_before(task, content):
            raise Conflict("signed_meanwhile")
        signature = self._examined(task, content, handed_out, account, purpose)
        return self._kept(task, content, digest, signature, account, purpose)

    def hand_out(self, task: SigningTask, purpose: Purpose) -> Handed:
        """What a key is to sign next."""
        return Handed(self.content_of(task), f"{purpose.value}_{len(task.versions) + 1}")

    def signed(self, handed: Handed, key: "Key", visible: "Visible | None" = None) -> bytes:
        """Signed with a key that this machine reaches. Asks no database: the key may be far
        away and its owner slow, and nobody else has to wait for them. Raises ``Unavailable``.

        A timestamp authority that does not answer holds up nothing: see ``accept_from_key``.
        """
        content, field, tsa_url = handed.content, handed.field, self.options.tsa_url
        try:
            return engine.sign(content, key, field, self.now, visible=visible, tsa_url=tsa_url)
        except Unavailable as error:
            if error.code != "timestamp_failed":
                raise
            return engine.sign(content, key, field, self.now, visible=visible)

    def accept_from_key(
        self, task: SigningTask, signed: bytes, account: Account | None, *, purpose: Purpose
    ) -> SignedVersion:
        """Examine and keep as ever; a timestamp that is wanted and missing is added later
        (``stamping``)."""
        kept = self.accept(task, signed, account, purpose=purpose)
        if self.options.tsa_url and kept.time_source == "clock":
            stamping.ask_later(self.session, task, self.now)
        return kept

    def hand_off(self, task: SigningTask, account: Account) -> str:
        """A one-time key by which a program of this person fetches and returns the document;
        an earlier one is void."""
        lock(self.session, task)
        token = secrets.token_urlsafe(32)
        task.token_digest = _digest(token)
        task.token_until = self.now + HAND_OFF
        task.token_for_id = account.id
        return token

    def by_token(self, token: str) -> tuple[SigningTask, Account]:
        """Whose task a key opens. Raises ``NotFound`` for a used, old or invented one."""
        query = select(SigningTask).where(SigningTask.token_digest == _digest(token))
        task = self.session.scalars(query).first()
        if task is None or task.token_until is None or task.token_until <= self.now:
            raise NotFound("signing_task")
        account = self.session.get(Account, task.token_for_id)
        if account is None or not account.is_active:
            raise NotFound("signing_task")
        return task, account

    def accept_by_token(self, token: str, content: bytes) -> SignedVersion:
        """The program brings it back; the key is used up only when it is kept."""
        task, account = self.by_token(token)
        kept = self.accept(task, content, account)
        task.token_digest = task.token_until = task.token_for_id = None
        return kept

    def _examined(
        self,
        task: SigningTask,
        content: bytes,
        handed_out: bytes,
        account: Account | None,
        purpose: Purpose,
    ) -> Signature:
        """The new signature, if nothing speaks against it."""
        if not content.startswith(_MAGIC):
            raise _refused([Problem.NOT_A_PDF])
        if not content.startswith(handed_out):
            raise _refused([Problem.CHANGED])
        report = engine.look(content, self.options.trust)
        if len(report.signatures) <= len(task.signatures):
            raise _refused([Problem.UNSIGNED])
        signature = report.signatures[-1]
        found = [*report.problems, *self._in_time(task, signature)]
        found += self._in_register(signature, account, purpose)
        if found:
            raise _refused(found, signature)
        return signature

    def _in_time(self, task: SigningTask, signature: Signature) -> list[Problem]:
        moment = signature.signed_at
        if moment is None:
            return []
        if moment > self.now + TOLERANCE:
            return [Problem.IN_FUTURE]
        # Before these bytes were stored nobody can have signed them.
        return [Problem.TOO_EARLY] if moment < task.latest.created_at - TOLERANCE else []

    def _in_register(
        self, signature: Signature, account: Account | None, purpose: Purpose
    ) -> list[Problem]:
        """Against the register: a revoked certificate, or somebody else's."""
        query = select(Certificate).where(Certificate.fingerprint == signature.fingerprint)
        known = self.session.scalars(query).first()
        if known is None:
            return []
        moment = signature.signed_at or self.now
        if known.revoked_at is not None and moment >= known.revoked_at:
            return [Problem.REVOKED]
        foreign = known.purpose is not purpose or (
            purpose is Purpose.PERSONAL and account is not None and known.account_id != account.id
        )
        return [Problem.OTHERS] if foreign else []

    def _is_of_before(self, task: SigningTask, content: bytes) -> bool:
        """Whether it begins with a document that was handed out before the last signature."""
        for file in (task.file, *(one.file for one in task.versions[:-1])):
            with self.files.open(file) as source:
                if content.startswith(source.read()):
                    return True
        return False

    def _kept(
        self,
        task: SigningTask,
        content: bytes,
        digest: str,
        signature: Signature,
        account: Account | None,
        purpose: Purpose,
    ) -> SignedVersion:
        number = len(task.versions) + 1
        name = f"{task.subject.replace(':', '-')}-{number}.pdf"
        file = self.files.keep(io.BytesIO(content), name=name, media_type=PDF, now=self.now)
        version = SignedVersion(
            number=number,
            file=file,
            digest=digest,
            purpose=purpose,
            signer=signature.signer,
            issuer=signature.issuer,
            fingerprint=signature.fingerprint,
            signed_at=signature.signed_at or self.now,
            time_source="timestamp" if signature.is_timestamped else "clock",
            account_id=account.id if account else None,
            kept_at=self.now,
        )
        task.versions.append(version)
        task.state = SigningState.DONE
        audit.record(
            self.session,
            now=self.now,
            actor_id=account.id if account else None,
            action="document.sign",
            subject=task.subject,
            digest=digest,
        )
        self.session.flush()  # who asks for the version next needs its id
        return version


def subject_of(paper: IssuedPaper) -> str:
    """What an issued paper is called as a document to be signed."""
    return f"paper:{paper.id}"


def _refused(problems: list[Problem], signature: Signature | None = None) -> Invalid:
    told: dict[str, Any] = {"found": tuple(dict.fromkeys(one.value for one in problems))}
    if signature is not None:
        told["signer"] = signature.signer
    return Invalid({"file": problems[0].value}, code="signature_refused", **told)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
