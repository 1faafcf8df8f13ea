"""What owners see of their dossiers: the list, and one dossier with everything in it.

Reads only. Every function says whose dossiers it looks at; nobody else's come back. The
desk's lists are in ``inbox.py``, looking up without an account in ``lookup.py``.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, load_only, selectinload

from content.dossiers import wording
from content.dossiers.clock_words import history_of
from content.dossiers.models import Attachment, Dossier
from content.dossiers.states import Status
from content.errors import NotFound
from content.procedures.forms import SectionSummary, parse, summary
from content.text import clean

PAGE_SIZE = 20
#: Lists open no document and hold no contacts.
WITHOUT_DOCUMENTS = load_only(
    Dossier.lookup_code,
    Dossier.code,
    Dossier.status,
    Dossier.procedure_name,
    Dossier.agency_id,
    Dossier.agency_name,
    Dossier.applicant_name,
    Dossier.submitted_at,
    Dossier.answer_by,
    Dossier.received_at,
    Dossier.due_date,
    Dossier.finished_at,
)


@dataclass(frozen=True)
class DossierRow:
    """A line of the owner's list."""

    lookup_code: str
    code: str | None
    procedure_name: str
    agency_name: str
    status: Status
    status_words: str
    submitted_at: datetime | None
    due_date: date | None


@dataclass(frozen=True)
class DossierPage:
    """A page of somebody's dossiers, the newest first."""

    rows: tuple[DossierRow, ...]
    number: int
    pages: int
    total: int


@dataclass(frozen=True)
class PaperShown:
    """A paper of the dossier: its files, or why there are none."""

    name: str
    files: tuple[Attachment, ...]
    absence: str | None = None


@dataclass(frozen=True)
class DossierView:
    """One dossier whole, for its owner and for its desk; ``dossier`` has all the columns.

    ``due`` is the day in words or why there is none, ``None`` before reception; ``ledger``
    the lines of ``content.calendar.explain``; ``clock_history`` what moved the date since the
    receipt, empty where nothing did. Times are instants.
    """

    dossier: Dossier
    status_words: str
    timeline: tuple[wording.TimelineEntry, ...]
    sections: tuple[SectionSummary, ...]
    papers: tuple[PaperShown, ...]
    delivery: str
    limit: str | None
    due: str | None
    due_is_estimate: bool
    ledger: tuple[dict[str, Any], ...]
    fees: tuple[str, ...]
    clock_history: tuple[str, ...] = ()


def my_dossiers(session: Session, account_id: int, *, page: int = 1) -> DossierPage:
    """An account's dossiers; a page beyond the last is the last."""
    mine = Dossier.owner_id == account_id
    total, number, pages = count_pages(session, mine, page, PAGE_SIZE)
    query = (
        select(Dossier)
        .options(WITHOUT_DOCUMENTS)
        .where(mine)
        .order_by(Dossier.submitted_at.desc(), Dossier.id.desc())
        .limit(PAGE_SIZE)
        .offset((number - 1) * PAGE_SIZE)
    )
    rows = tuple(_row(one) for one in session.scalars(query))
    return DossierPage(rows, number, pages, total)


def my_dossier(session: Session, account_id: int, lookup_code: str) -> Dossier:
    """One of the account's dossiers. Raises ``NotFound`` for all others."""
    query = select(Dossier).where(
        Dossier.lookup_code == clean(lookup_code), Dossier.owner_id == account_id
    )
    dossier = session.scalars(query).first()
    if dossier is None:
        raise NotFound("dossier")
    return dossier


def view_of(session: Session, dossier: Dossier) -> DossierView:
    """Everything in a dossier, for whoever may see it all."""
    query = select(Dossier).where(Dossier.id == dossier.id)
    loads = (selectinload(Dossier.events), selectinload(Dossier.attachments))
    session.scalars(query.options(*loads).execution_options(populate_existing=True)).one()
    explained = dossier.due_ledger or {}
    return DossierView(
        dossier=dossier,
        status_words=wording.status_words(dossier.status),
        timeline=wording.timeline(dossier),
        sections=summary(parse(dossier.form), dossier.answers, with_blank=False),
        papers=papers_shown(dossier),
        delivery=wording.DELIVERIES[dossier.delivery],
        limit=dossier.time_limit["words"] if dossier.time_limit else None,
        due=wording.due_words(dossier),
        due_is_estimate=bool(explained.get("provisional")),
        ledger=tuple(explained.get("ledger", ())),
        fees=wording.fee_words(dossier.fees) if dossier.received_at else (),
        clock_history=history_of(session, dossier),
    )


def papers_shown(dossier: Dossier) -> tuple[PaperShown, ...]:
    """The papers of a dossier by name, then those that are absent with their reason.

    Files that answer a question stand with their question.
    """
    by_name: dict[str, list[Attachment]] = {}
    for attachment in dossier.attachments:
        if attachment.paper:
            by_name.setdefault(attachment.paper, []).append(attachment)
    there = [PaperShown(name, tuple(files)) for name, files in by_name.items()]
    absent = [
        PaperShown(one["paper"], (), wording.absence_words(one["why"])) for one in dossier.absences
    ]
    return (*there, *absent)


def attachment_of(dossier: Dossier, token: str) -> Attachment:
    """A file of this dossier. Raises ``NotFound``."""
    for attachment in dossier.attachments:
        if attachment.token == token:
            return attachment
    raise NotFound("attachment")


def count_pages(
    session: Session, which: ColumnElement[bool], page: int, size: int
) -> tuple[int, int, int]:
    """(rows in all, the page that is shown, pages): at least one page, none beyond the last."""
    total = session.scalar(select(func.count(Dossier.id)).where(which)) or 0
    pages = max(1, -(-total // size))
    return total, min(max(page, 1), pages), pages


def _row(dossier: Dossier) -> DossierRow:
    return DossierRow(
        lookup_code=dossier.lookup_code,
        code=dossier.code,
        procedure_name=dossier.procedure_name,
        agency_name=dossier.agency_name,
        status=dossier.status,
        status_words=wording.status_words(dossier.status),
        submitted_at=dossier.submitted_at,
        due_date=dossier.due_date,
    )
