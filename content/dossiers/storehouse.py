"""A person's own store of electronic papers: results and papers they sent, theirs alone.

Kho quản lý dữ liệu điện tử của tổ chức, cá nhân (NĐ 118/2025, NĐ 310/2026; domain §11). What is
here is offered when a later application asks for the same paper. Removing takes a paper out of
sight; the dossier it came from keeps its own.
"""

import secrets
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from content import audit
from content.dossiers.drafts import DraftService
from content.dossiers.models import Attachment, Dossier, Draft
from content.dossiers.result_models import (
    MAX_TITLE,
    DossierResult,
    StoredDocument,
    StoreSource,
)
from content.dossiers.slip_numbers import deciding_agency
from content.errors import NotFound
from content.files.model import StoredFile
from content.text import clean, fold
from content.words import local

#: A shorter name fits too many papers ("Đơn").
MIN_NAME = 8


def keep_all(
    session: Session, dossier: Dossier, result: DossierResult | None, now: datetime
) -> int:
    """Put the result's files and the papers that were sent into the owner's store; how many
    files of the result. Nobody without an account has a store."""
    if dossier.owner_id is None:
        return 0
    known = set(
        session.scalars(
            select(StoredDocument.file_id).where(StoredDocument.owner_id == dossier.owner_id)
        )
    )
    for one in _sent(session, dossier):
        if one.file_id not in known and one.paper:
            values = {"name": one.paper, "source": StoreSource.SUBMITTED, "file_name": one.name}
            _add(session, dossier, one.file, values, now)
    files = result.files if result is not None else []
    for kept in files:
        if kept.file_id not in known and result is not None:
            _add(session, dossier, kept.file, _of_result(result, kept.name), now)
    return len(files)


def documents_of(session: Session, owner_id: int) -> list[StoredDocument]:
    """What the owner sees, results first, the newest first."""
    query = select(StoredDocument).where(
        StoredDocument.owner_id == owner_id, StoredDocument.removed_at.is_(None)
    )
    order = (StoredDocument.source != StoreSource.RESULT, StoredDocument.id.desc())
    return list(session.scalars(query.order_by(*order)))


def document_of(session: Session, owner_id: int, token: str) -> StoredDocument:
    """One paper of this owner. Raises ``NotFound`` for everybody else's."""
    query = select(StoredDocument).where(
        StoredDocument.owner_id == owner_id,
        StoredDocument.token == clean(token)[:40],
        StoredDocument.removed_at.is_(None),
    )
    found = session.scalars(query).first()
    if found is None:
        raise NotFound("document")
    return found


def remove(session: Session, document: StoredDocument, now: datetime) -> None:
    """Out of the owner's sight, for good."""
    document.removed_at = now
    audit.record(
        session,
        now=now,
        actor_id=document.owner_id,
        action="store.remove",
        subject=f"dossier:{document.dossier_id}",
    )


def fitting(documents: list[StoredDocument], paper_name: str, today: date) -> list[StoredDocument]:
    """Those that are the paper asked for: the same name, or a result whose title the paper's
    name contains ("Bản sao Giấy phép xây dựng"); never one that has expired."""
    asked = fold(paper_name)
    return [
        one
        for one in documents
        if (one.valid_to is None or one.valid_to >= today) and _fits(one, asked)
    ]


def reuse(drafts: DraftService, draft: Draft, document: StoredDocument, slot: str) -> Attachment:
    """Give a stored paper to an application; the draft has its own copy of the bytes.

    Raises ``NotFound`` if the bytes are lost, ``Invalid``, ``TooMany`` as attaching does.
    """
    try:
        source = drafts.files.open(document.file)
    except FileNotFoundError:
        raise NotFound("file") from None
    with source:
        return drafts.attach(
            draft,
            source,
            name=document.file_name,
            media_type=document.file.media_type,
            slot=slot,
        )


def _fits(document: StoredDocument, asked: str) -> bool:
    if document.name_key == asked:
        return True
    is_result = document.source is StoreSource.RESULT
    return is_result and len(document.name_key) >= MIN_NAME and document.name_key in asked


def _sent(session: Session, dossier: Dossier) -> list[Attachment]:
    query = select(Attachment).where(Attachment.dossier_id == dossier.id)
    return list(session.scalars(query.order_by(Attachment.position)))


def _of_result(result: DossierResult, file_name: str) -> dict[str, Any]:
    return {
        "name": result.title,
        "number": result.number_words,
        "issuer": deciding_agency(result.dossier).name[:MAX_TITLE],
        "valid_from": result.issued_on,
        "valid_to": result.valid_to,
        "source": StoreSource.RESULT,
        "file_name": file_name,
    }


def _add(
    session: Session, dossier: Dossier, file: StoredFile, values: dict[str, Any], now: datetime
) -> None:
    values.setdefault("valid_from", local(dossier.submitted_at or now).date())
    session.add(
        StoredDocument(
            token=secrets.token_urlsafe(24),
            owner_id=dossier.owner_id,
            owner_identity=dossier.applicant_identity,
            name_key=fold(values["name"]),
            dossier=dossier,
            file_id=file.id,
            digest=file.sha256,
            added_at=now,
            **values,
        )
    )
