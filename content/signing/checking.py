"""Is this paper ours, unchanged, signed by whom and when – for anybody, by code or by file.

By file nothing is read but its bytes: a paper of ours has the digest we stored. What stands
here is what the paper's holder sees on it and no personal data beyond.
"""

import hashlib
import re
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from content.dossiers.models import Dossier
from content.dossiers.result_models import DossierResult, ResultFile
from content.dossiers.signed_files import FileSignature, signatures_of
from content.dossiers.slip_numbers import deciding_agency
from content.dossiers.states import Status
from content.files.model import StoredFile
from content.letters.issued import CODE_LENGTH, IssuedPaper, spaced
from content.signing.models import SignedVersion, SigningTask
from content.signing.service import subject_of

_NOT_CODE = re.compile(r"[^0-9A-Z]")


@dataclass(frozen=True)
class SignedBy:
    """One signature as the public page tells it."""

    signer: str
    is_seal: bool
    at: datetime
    is_timestamped: bool
    is_stamp: bool = False


@dataclass(frozen=True)
class CheckedResult:
    """A file of a result: whose, of which day, and the signatures found when it was written
    down, ``None`` where nobody looked. The bytes are those the agency stores."""

    title: str
    number: str
    agency: str
    issued_on: date
    signatures: tuple[FileSignature, ...] | None


@dataclass(frozen=True)
class Checked:
    """A paper of ours. ``is_this_file``: the very bytes were shown, not only the code."""

    title: str
    number: str
    code: str
    agency: str
    made_at: datetime
    issued_at: datetime | None
    signatures: tuple[SignedBy, ...]
    is_this_file: bool = False
    is_latest: bool = True


def by_code(session: Session, typed: str) -> Checked | None:
    """The paper with this check code, however it was typed."""
    code = _NOT_CODE.sub("", typed.upper())
    if len(code) != CODE_LENGTH:
        return None
    query = select(IssuedPaper).where(IssuedPaper.check_code == code)
    paper = session.scalars(query.options(joinedload(IssuedPaper.agency))).first()
    if paper is None or paper.digest is None:
        return None
    return _told(paper, _versions(session, paper))


def by_file(session: Session, content: bytes) -> Checked | None:
    """The paper of which these are the bytes, unsigned or with any of its signatures."""
    digest = hashlib.sha256(content).hexdigest()
    version = session.scalars(select(SignedVersion).where(SignedVersion.digest == digest)).first()
    if version is not None:
        return _of_version(session, version)
    query = select(IssuedPaper).where(
        or_(IssuedPaper.digest == digest, IssuedPaper.small_digest == digest)
    )
    paper = session.scalars(query.options(joinedload(IssuedPaper.agency))).first()
    if paper is None:
        return None
    later = _versions(session, paper)
    return _told(paper, [], is_this_file=True, is_latest=not later)


def result_by_file(session: Session, content: bytes) -> CheckedResult | None:
    """The result of which these are the bytes, once it was handed over."""
    digest = hashlib.sha256(content).hexdigest()
    query = (
        select(ResultFile)
        .join(ResultFile.file)
        .join(ResultFile.result)
        .join(DossierResult.dossier)
        .where(StoredFile.sha256 == digest, Dossier.status == Status.RETURNED)
        .order_by(ResultFile.id)
    )
    found = session.scalars(query).first()
    if found is None:
        return None
    result, signed = found.result, signatures_of(session, found.result.dossier)
    return CheckedResult(
        title=result.title,
        number=result.number_words,
        agency=deciding_agency(result.dossier).name,
        issued_on=result.issued_on,
        signatures=None if signed is None else signed[found.position],
    )


def signers_of(session: Session, paper_ids: list[int]) -> dict[int, tuple[str, ...]]:
    """Who has signed which of these papers, in their order; only those that are signed."""
    subjects = {f"paper:{one}": one for one in paper_ids}
    if not subjects:
        return {}
    query = (
        select(SigningTask.subject, SignedVersion.signer)
        .join(SigningTask.versions)
        .where(SigningTask.subject.in_(subjects), SignedVersion.is_stamp.is_(False))
        .order_by(SignedVersion.number)
    )
    found: dict[int, tuple[str, ...]] = {}
    for subject, signer in session.execute(query):
        found[subjects[subject]] = (*found.get(subjects[subject], ()), signer)
    return found


def signed_file(session: Session, paper: IssuedPaper) -> StoredFile | None:
    """The paper with all its signatures; ``None`` while nobody has signed."""
    versions = _versions(session, paper)
    return versions[-1].file if versions else None


def _of_version(session: Session, version: SignedVersion) -> Checked | None:
    table, _, key = version.task.subject.partition(":")
    paper = session.get(IssuedPaper, int(key)) if table == "paper" else None
    versions = list(version.task.versions)
    upto = versions[: version.number]
    latest = version.number == len(versions)
    if paper is not None:
        return _told(paper, upto, is_this_file=True, is_latest=latest)
    task = version.task
    return Checked(
        title=task.title,
        number="",
        code="",
        agency=task.agency.name,
        made_at=task.asked_at,
        issued_at=version.kept_at,
        signatures=tuple(_signed(one) for one in upto),
        is_this_file=True,
        is_latest=latest,
    )


def _versions(session: Session, paper: IssuedPaper) -> list[SignedVersion]:
    query = select(SigningTask).where(SigningTask.subject == subject_of(paper))
    task = session.scalars(query.options(selectinload(SigningTask.versions))).first()
    return list(task.versions) if task else []


def _told(
    paper: IssuedPaper,
    versions: list[SignedVersion],
    *,
    is_this_file: bool = False,
    is_latest: bool = True,
) -> Checked:
    return Checked(
        title=paper.title,
        number=paper.number_words,
        code=spaced(paper.check_code),
        agency=paper.agency.name,
        made_at=paper.made_at,
        issued_at=paper.issued_at,
        signatures=tuple(_signed(one) for one in versions),
        is_this_file=is_this_file,
        is_latest=is_latest,
    )


def _signed(version: SignedVersion) -> SignedBy:
    return SignedBy(
        signer=version.signer,
        is_seal=version.purpose.value == "seal",
        at=version.signed_at,
        is_timestamped=version.time_source == "timestamp",
        is_stamp=version.is_stamp,
    )
