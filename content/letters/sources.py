"""What papers come from: a source in words (``dossier:12:3``) becomes the papers to issue.

A table whose rows leave papers adds its line to ``SOURCES``; the worker and whoever opens a
paper before it ask here.
"""

from collections.abc import Callable

from sqlalchemy import select
from sqlalchemy.orm import Session

from content.dossiers.models import Dossier, DossierEvent
from content.dossiers.post_batches import batch_source
from content.dossiers.reads import view_of
from content.dossiers.result_models import PostalBatch, PostalItem
from content.dossiers.slip_numbers import issuer_of
from content.errors import NotFound
from content.letters.from_dossiers import LetterSite, office_of_desk
from content.letters.from_events import letter_of
from content.letters.handing import Handed, HandedDossier, HandOverSlip
from content.letters.issuing import Order
from content.letters.kinds import PaperKind, papers_left
from content.words import money

#: Who takes results to people (QĐ 45/2016/QĐ-TTg).
POST = "Bưu chính công ích"

Reader = Callable[[Session, LetterSite, str], tuple[Order, ...]]


def orders_for(session: Session, site: LetterSite, source: str) -> tuple[Order, ...]:
    """The papers of a source. Raises ``NotFound`` for an unknown one, ``Invalid`` where its
    data is not enough for a paper."""
    table, _, rest = source.partition(":")
    if table not in SOURCES:
        raise NotFound("letter", source=source)
    return SOURCES[table](session, site, rest)


def event_source(event: DossierEvent) -> str:
    """The source of a line of a dossier's log; ``content.dossiers.log`` writes the same."""
    return f"dossier:{event.dossier_id}:{event.number}"


def of_event(session: Session, site: LetterSite, rest: str) -> tuple[Order, ...]:
    """What one line of a dossier's log leaves."""
    dossier_id, _, number = rest.partition(":")
    query = select(DossierEvent).where(
        DossierEvent.dossier_id == int(dossier_id), DossierEvent.number == int(number)
    )
    event = session.scalars(query).first()
    if event is None:
        raise NotFound("letter", source=rest)
    dossier = view_of(session, event.dossier).dossier
    return event_orders(dossier, event, site)


def event_orders(dossier: Dossier, event: DossierEvent, site: LetterSite) -> tuple[Order, ...]:
    """The same, of a dossier whose log and files are loaded."""
    found = []
    for kind in papers_left(event):
        letter = letter_of(kind, dossier, event, site)
        agency = dossier.agency if letter.by_desk else issuer_of(dossier, event)
        found.append(
            Order(
                source=event_source(event),
                kind=kind,
                agency_id=agency.id,
                letter=letter,
                dossier_id=dossier.id,
                event_number=event.number,
            )
        )
    return tuple(found)


def of_batch(session: Session, site: LetterSite, rest: str) -> tuple[Order, ...]:
    """The list with which a desk gives results to the post."""
    batch = session.get(PostalBatch, int(rest)) if rest.isdecimal() else None
    if batch is None:
        raise NotFound("letter", source=rest)
    slip = HandOverSlip(
        office=office_of_desk(batch.agency, site),
        made_at=batch.made_at,
        sample=site.sample,
        what=Handed.RESULTS,
        from_name=batch.agency.name,
        to_name=POST,
        given_at=batch.made_at,
        given_by=batch.made_by.name,
        taken_by=batch.taken_by,
        lines=tuple(_parcel(one) for one in batch.items),
    )
    source = batch_source(batch.id)
    kind = PaperKind.HANDOVER_SLIP
    return (Order(source=source, kind=kind, agency_id=batch.agency_id, letter=slip),)


def _parcel(item: PostalItem) -> HandedDossier:
    dossier = item.dossier
    cod = f"; thu hộ {money(item.cod)}" if item.cod else ""
    return HandedDossier(
        code=dossier.code or dossier.lookup_code,
        procedure=dossier.procedure_name,
        applicant=item.recipient,
        remark=f"{item.tracking}{cod}",
    )


SOURCES: dict[str, Reader] = {"dossier": of_event, "postal_batch": of_batch}
