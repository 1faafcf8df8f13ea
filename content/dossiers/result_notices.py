"""Notices about results: ready, on its way by post, in one's hands."""

from datetime import datetime

from sqlalchemy.orm import Session

from content.dossiers import wording
from content.dossiers.log import Deed
from content.dossiers.models import Dossier
from content.dossiers.notices import day_words, tell
from content.dossiers.result_models import DossierResult, PostalItem
from content.words import money


def tell_ready(
    session: Session, result: DossierResult, deed: Deed, follow_url: str, now: datetime
) -> None:
    """The result is there, and how it is received; an early one is announced before its day
    (NĐ 61/2018 art. 20.4)."""
    dossier = result.dossier
    tell(
        session,
        dossier,
        "result_ready",
        now,
        title=result.title,
        result_number=result.number_words,
        refusal=result.refusal,
        reason=deed.text,
        legal_basis=deed.data.get("legal_basis", ""),
        early=result.early,
        promised=day_words(dossier.lawful_date),
        delivery=wording.DELIVERIES[dossier.delivery],
        follow_url=follow_url,
    )


def tell_posted(session: Session, item: PostalItem, follow_url: str, now: datetime) -> None:
    """It was given to the post: its number, and what the post takes."""
    tell(
        session,
        item.dossier,
        "result_posted",
        now,
        tracking=item.tracking,
        recipient=item.recipient,
        address=item.address,
        cod=money(item.cod) if item.cod else None,
        follow_url=follow_url,
    )


def tell_returned(
    session: Session, dossier: Dossier, deed: Deed, stored: bool, follow_url: str, now: datetime
) -> None:
    """It was handed over: to whom, in which way; in the own store where it went there."""
    tell(
        session,
        dossier,
        "result_returned",
        now,
        recipient=deed.data.get("recipient", ""),
        means=deed.data.get("means", ""),
        stored=stored,
        follow_url=follow_url,
    )
