"""Drafts handed to the document management for signature and number (liên thông văn bản).

Each draft is a row with its way: waiting, there, back with number and signed file, or sent
back. Sending and asking happen outside of transactions; while the other system is down drafts
wait, and the desk goes on. The dossier's log says what was sent and what came.
"""

import secrets
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import BinaryIO

from sqlalchemy import CheckConstraint, Date, Integer, String, Text, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from content import audit, outbox
from content.dossiers.handling import HandlingService
from content.dossiers.locking import lock
from content.dossiers.log import Deed, Record
from content.dossiers.models import MAX_FILE_NAME, Dossier
from content.dossiers.result_models import MAX_NUMBER, MAX_SIGNER, MAX_TITLE, ResultKind
from content.dossiers.results import NewFile, Result, ResultService
from content.dossiers.rules import FilingRules
from content.dossiers.signed_files import FileSignature
from content.dossiers.states import CLOCK_RUNS, CLOCK_STOPPED, Actor
from content.errors import Invalid, InvalidTransition
from content.files import FileService
from content.files.model import StoredFile
from content.orm import Base, Id, Versioned, by_value, reference
from content.people.models import Account
from content.text import clean

#: The kind of the outbox's jobs that hand a draft over; the key is its id.
SEND_DRAFT = "exchange.draft"
MAX_NOTE = 2000
#: Who hands drafts over: those who prepare them, and the clerk.
SENDERS = frozenset({Actor.SPECIALIST, Actor.HEAD, Actor.LEADER, Actor.CLERK})
#: Documents are made from the reception until the work is done.
OPEN = CLOCK_RUNS | CLOCK_STOPPED


class DraftState(StrEnum):
    """How far a draft is."""

    WAITING = "waiting"
    THERE = "there"
    SIGNED = "signed"
    SENT_BACK = "sent_back"


STATE_NAMES = {
    DraftState.WAITING: "Chờ gửi sang hệ thống văn bản",
    DraftState.THERE: "Đang trình ký",
    DraftState.SIGNED: "Đã ký, đã cấp số",
    DraftState.SENT_BACK: "Bị trả lại",
}


class DraftHandOff(Versioned, Base):
    """A draft on its way. ``key`` is what it is called to the other side, ``named_there`` what
    it is called there; ``remark`` why it came back."""

    __tablename__ = "draft_hand_off"
    __table_args__ = (
        CheckConstraint(
            "(state = 'signed') = (signed_file_id IS NOT NULL)", name="signed_with_a_file"
        ),
    )

    id: Mapped[Id]
    key: Mapped[str] = mapped_column(String(40), unique=True)
    dossier_id: Mapped[int] = reference("dossier.id")
    title: Mapped[str] = mapped_column(String(MAX_TITLE))
    note: Mapped[str] = mapped_column(Text)
    file_id: Mapped[int] = reference("stored_file.id")
    file_name: Mapped[str] = mapped_column(String(MAX_FILE_NAME))
    state: Mapped[DraftState] = mapped_column(by_value(DraftState))
    asked_at: Mapped[datetime]
    asked_by_id: Mapped[int] = reference("account.id")
    attempts: Mapped[int] = mapped_column(Integer, default=0)
    next_at: Mapped[datetime]
    tried_at: Mapped[datetime | None]
    error: Mapped[str] = mapped_column(Text, default="")
    named_there: Mapped[str | None] = mapped_column(String(MAX_NUMBER))
    sent_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    remark: Mapped[str] = mapped_column(Text, default="")
    number: Mapped[str] = mapped_column(String(MAX_NUMBER), default="")
    symbol: Mapped[str] = mapped_column(String(MAX_NUMBER), default="")
    issued_on: Mapped[date | None] = mapped_column(Date)
    signer_name: Mapped[str] = mapped_column(String(MAX_SIGNER), default="")
    signer_title: Mapped[str] = mapped_column(String(MAX_SIGNER), default="")
    signed_file_id: Mapped[int | None] = reference("stored_file.id")
    signed_name: Mapped[str] = mapped_column(String(MAX_FILE_NAME), default="")

    dossier: Mapped[Dossier] = relationship()
    asked_by: Mapped[Account] = relationship()
    file: Mapped[StoredFile] = relationship(foreign_keys=[file_id])
    signed_file: Mapped[StoredFile | None] = relationship(foreign_keys=[signed_file_id])

    @property
    def number_words(self) -> str:
        """``12/GP-UBND``, or the number alone."""
        return f"{self.number}/{self.symbol}" if self.symbol else self.number


@dataclass(frozen=True)
class NewDraft:
    """A draft as the officer hands it over; the file has been looked into."""

    title: str
    note: str
    source: BinaryIO
    name: str
    media_type: str


@dataclass(frozen=True)
class AsResult:
    """How a signed document becomes the dossier's result."""

    kind: ResultKind
    copies: int = 1
    valid_to: date | None = None
    #: What was found in the signed file.
    signatures: tuple[FileSignature, ...] = ()


def drafts_of(session: Session, dossier: Dossier) -> list[DraftHandOff]:
    """All drafts of a dossier, the newest first."""
    query = select(DraftHandOff).where(DraftHandOff.dossier_id == dossier.id)
    return list(session.scalars(query.order_by(DraftHandOff.id.desc())))


class DraftService(HandlingService):
    """Handing drafts over, and using what came back."""

    def __init__(
        self, session: Session, files: FileService, now: datetime, rules: FilingRules
    ) -> None:
        super().__init__(session, now, rules)
        self.files = files

    def hand_over(
        self, dossier: Dossier, officer: Account, new: NewDraft, *, revision: int | None = None
    ) -> DraftHandOff:
        """Put a draft into the queue. Raises ``Invalid`` (``title``, ``note``), ``NotAllowed``,
        ``InvalidTransition("wrong_state")``, ``Conflict``."""
        actor = self.take_part(dossier, officer, SENDERS, revision)
        if dossier.status not in OPEN:
            raise InvalidTransition("wrong_state", status=int(dossier.status))
        title, note = clean(new.title), clean(new.note, multiline=True)
        problems = {} if title else {"title": "required"}
        problems |= {"title": "too_long"} if len(title) > MAX_TITLE else {}
        problems |= {"note": "too_long"} if len(note) > MAX_NOTE else {}
        if problems:
            raise Invalid(problems)
        kept = self.files.keep(new.source, name=new.name, media_type=new.media_type, now=self.now)
        draft = DraftHandOff(
            key=secrets.token_hex(16),
            dossier=dossier,
            title=title,
            note=note,
            file=kept,
            file_name=new.name,
            state=DraftState.WAITING,
            asked_at=self.now,
            next_at=self.now,
            asked_by=officer,
        )
        self.session.add(draft)
        self.session.flush()  # the job names the draft's id
        data = {"title": title, "draft": draft.id}
        deed = Deed(Record.DRAFT_HANDED_OVER, actor, officer, dossier.unit_id, data=data)
        self.write_down(dossier, deed)
        outbox.enqueue(self.session, SEND_DRAFT, str(draft.id), now=self.now)
        return draft

    def use(
        self, draft: DraftHandOff, officer: Account, chosen: AsResult, *, revision: int | None
    ) -> None:
        """T15 with what came back: number, day, signer and the signed file itself.

        Raises ``InvalidTransition("not_signed")``, else as ``ResultService.complete``.
        """
        if draft.state is not DraftState.SIGNED or draft.signed_file is None:
            raise InvalidTransition("not_signed", draft=draft.id)
        assert draft.issued_on is not None  # a signed one has its day
        with self.files.open(draft.signed_file) as source:
            kind = draft.signed_file.media_type
            file = NewFile(source, draft.signed_name, kind, chosen.signatures)
            said = Result(
                kind=chosen.kind,
                title=draft.title,
                number=draft.number,
                symbol=draft.symbol,
                issued_on=draft.issued_on,
                signer_name=draft.signer_name,
                signer_title=draft.signer_title or "Người ký",
                copies=chosen.copies,
                valid_to=chosen.valid_to,
                files=(file,),
            )
            service = ResultService(self.session, self.files, self.now, self.rules)
            service.complete(draft.dossier, officer, said, revision=revision, signed_elsewhere=True)


def send_draft_again(session: Session, draft: DraftHandOff, by: Account, now: datetime) -> None:
    """Try a draft that waits once more, now."""
    lock(session, draft)
    if draft.state is DraftState.WAITING:
        draft.next_at = now
        outbox.enqueue(session, SEND_DRAFT, str(draft.id), now=now)
        subject = f"draft:{draft.id}"
        audit.record(
            session, now=now, actor_id=by.id, action="exchange.send_again", subject=subject
        )
