"""Issuing papers: a number and a check code, then the bytes, once and for all.

Three steps, so that no lock is held while a PDF is made: :func:`reserve` in one transaction,
:func:`render` in none, :func:`keep` in another. Each bears being done twice. Nothing else
writes ``IssuedPaper``.
"""

import io
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from content.dossiers.slip_numbers import next_slip_number
from content.files import FileService
from content.files.model import StoredFile
from content.letters.from_dossiers import LetterSite
from content.letters.issued import (
    MAX_SYMBOL,
    IssuedPaper,
    PaperPrint,
    new_code,
    slug_of,
    spaced,
)
from content.letters.kinds import PaperKind
from content.letters.render import Letters, SignPlace
from content.letters.values import OfficialLetter, PaperSize
from content.people.models import Account
from content.words import local

PDF = "application/pdf"


@dataclass(frozen=True, kw_only=True)
class Order:
    """A paper to be issued by an agency; ``source`` and kind are its identity."""

    source: str
    kind: PaperKind
    agency_id: int
    letter: OfficialLetter
    dossier_id: int | None = None
    event_number: int | None = None


@dataclass(frozen=True)
class Reserved:
    """A paper with its number, and the letter that says it; nothing to render once issued."""

    paper_id: int
    letter: OfficialLetter | None


@dataclass(frozen=True)
class Rendered:
    """The bytes on both sizes of paper, and where the authority signs on A4."""

    large: bytes
    small: bytes
    place: SignPlace | None


def reserve(session: Session, order: Order, site: LetterSite) -> Reserved:
    """The row of the paper, new or found, with its number; flushes, for callers need the id.

    Two at once meet a unique constraint; the second tries again and finds the first's row.
    """
    query = select(IssuedPaper).where(
        IssuedPaper.source == order.source, IssuedPaper.kind == order.kind
    )
    paper = session.scalars(query).first()
    if paper is None:
        paper = _numbered(session, order)
        session.add(paper)
        session.flush()  # the constraint decides now who of two numbers the paper
    if paper.digest is not None:
        return Reserved(paper.id, None)
    check_url = site.check_url(paper.check_code) if site.check_url else ""
    return Reserved(
        paper.id,
        replace(
            order.letter,
            number=paper.number,
            symbol=paper.symbol,
            check_code=spaced(paper.check_code),
            check_url=check_url,
        ),
    )


def render(letters: Letters, letter: OfficialLetter) -> Rendered:
    """The paper on A4 and on A5."""
    large, place = letters.make_to_sign(replace(letter, paper="a4"))
    return Rendered(large, letters.make(replace(letter, paper="a5")), place)


def keep(
    session: Session, files: FileService, paper_id: int, rendered: Rendered, now: datetime
) -> None:
    """Store the bytes; what somebody else has stored meanwhile stays."""
    paper = session.get_one(IssuedPaper, paper_id, with_for_update=True, populate_existing=True)
    if paper.digest is not None:
        return
    large = _store(files, paper, rendered.large, "a4", now)
    small = _store(files, paper, rendered.small, "a5", now)
    session.flush()  # the paper names the files' ids
    paper.file_id, paper.digest = large.id, large.sha256
    paper.small_file_id, paper.small_digest = small.id, small.sha256
    paper.sign_box = asdict(rendered.place) if rendered.place else None
    paper.issued_at = now


def issue(
    session: Session,
    files: FileService,
    letters: Letters,
    order: Order,
    site: LetterSite,
    now: datetime,
) -> IssuedPaper:
    """All three steps in the caller's transaction; again, it answers with the same paper."""
    reserved = reserve(session, order, site)
    if reserved.letter is not None:
        keep(session, files, reserved.paper_id, render(letters, reserved.letter), now)
    return session.get_one(IssuedPaper, reserved.paper_id)


def count_print(
    session: Session, paper: IssuedPaper, account: Account, size: PaperSize, now: datetime
) -> None:
    """Note a printing: who, when, on which size."""
    session.add(
        PaperPrint(paper_id=paper.id, at=now, account_id=account.id, name=account.name, size=size)
    )


def _numbered(session: Session, order: Order) -> IssuedPaper:
    letter = order.letter
    year, symbol = local(letter.made_at).year, letter.symbol[:MAX_SYMBOL]
    number = letter.number
    if symbol and number is None:
        number = next_slip_number(session, symbol, order.agency_id, year)
    told: dict[str, Any] = letter.sheet()
    return IssuedPaper(
        source=order.source,
        kind=order.kind,
        dossier_id=order.dossier_id,
        event_number=order.event_number,
        agency_id=order.agency_id,
        title=told["title"],
        form=told.get("form"),
        number=number,
        symbol=symbol,
        year=year,
        check_code=new_code(),
        made_at=letter.made_at,
    )


def _store(
    files: FileService, paper: IssuedPaper, content: bytes, size: PaperSize, now: datetime
) -> StoredFile:
    name = f"{slug_of(paper.kind, 1)}-{paper.id}-{size}.pdf"
    return files.keep(io.BytesIO(content), name=name, media_type=PDF, now=now)
