"""Talking about a dossier: notes among officers, messages between applicant and desk.

Neither moves a dossier nor stops a clock: what an applicant has to bring is a request for a
supplement. Written once, never changed. A mail tells that there is something to read and no
more; files come both ways.
"""

import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, BinaryIO

from sqlalchemy import Boolean, Index, Integer, String, Text, event, select
from sqlalchemy.orm import Mapped, Mapper, Session, mapped_column, relationship, selectinload

from content import audit
from content.dossiers.handling import capacities
from content.dossiers.locking import lock
from content.dossiers.models import MAX_FILE_NAME, MAX_KEY, Dossier
from content.dossiers.notices import tell
from content.dossiers.officer_news import News, tell_holder
from content.dossiers.rules import FileLimits, FilingRules
from content.errors import Invalid, InvalidTransition, NotAllowed, NotFound, TooMany
from content.files import FileService
from content.files.model import StoredFile
from content.orm import Base, Id, reference
from content.people.models import MAX_NAME, Account
from content.text import clean

MAX_TEXT = 4_000
#: Files of one message.
MAX_FILES = 5
#: Messages that an applicant may write before the desk answers.
MAX_UNANSWERED = 10


class StaffNote(Base):
    """What officers tell each other about a dossier; the applicant never reads it."""

    __tablename__ = "staff_note"

    id: Mapped[Id]
    dossier_id: Mapped[int] = reference("dossier.id")
    at: Mapped[datetime]
    author_id: Mapped[int] = reference("account.id")
    author_name: Mapped[str] = mapped_column(String(MAX_NAME))
    text: Mapped[str] = mapped_column(Text)


class Message(Base):
    """A message of the applicant or to them. ``author_name`` is read inside only: the applicant
    reads the name of the agency. ``read_at`` is when the other side opened it first."""

    __tablename__ = "dossier_message"
    __table_args__ = (Index("ix__dossier_message__unread", "from_applicant", "read_at"),)

    id: Mapped[Id]
    dossier_id: Mapped[int] = reference("dossier.id")
    at: Mapped[datetime]
    from_applicant: Mapped[bool] = mapped_column(Boolean)
    author_id: Mapped[int | None] = reference("account.id")
    author_name: Mapped[str] = mapped_column(String(MAX_NAME))
    text: Mapped[str] = mapped_column(Text)
    read_at: Mapped[datetime | None]

    files: Mapped[list["MessageFile"]] = relationship(order_by="MessageFile.position")


class MessageFile(Base):
    """A file of a message."""

    __tablename__ = "message_file"

    id: Mapped[Id]
    token: Mapped[str] = mapped_column(String(MAX_KEY), unique=True)
    message_id: Mapped[int] = reference("dossier_message.id")
    position: Mapped[int] = mapped_column(Integer)
    file_id: Mapped[int] = reference("stored_file.id")
    name: Mapped[str] = mapped_column(String(MAX_FILE_NAME))

    file: Mapped[StoredFile] = relationship(lazy="joined")


@event.listens_for(StaffNote, "before_update")
@event.listens_for(StaffNote, "before_delete")
@event.listens_for(Message, "before_delete")
def _written_once(_mapper: Mapper[Any], _connection: Any, line: StaffNote | Message) -> None:
    raise InvalidTransition("words_stay", line=line.id)


@dataclass(frozen=True)
class GivenFile:
    """A file of a message, looked into before."""

    source: BinaryIO
    name: str
    media_type: str


def notes_of(session: Session, dossier: Dossier) -> list[StaffNote]:
    """The newest first."""
    query = select(StaffNote).where(StaffNote.dossier_id == dossier.id)
    return list(session.scalars(query.order_by(StaffNote.id.desc())))


def messages_of(session: Session, dossier: Dossier) -> list[Message]:
    """In the order in which they were written."""
    query = select(Message).where(Message.dossier_id == dossier.id)
    return list(session.scalars(query.options(selectinload(Message.files)).order_by(Message.id)))


def unread_of(session: Session, dossier_ids: Collection[int]) -> set[int]:
    """Which of some dossiers have messages of the applicant that nobody has opened."""
    query = select(Message.dossier_id).where(
        Message.dossier_id.in_(dossier_ids),
        Message.from_applicant.is_(True),
        Message.read_at.is_(None),
    )
    return set(session.scalars(query))


def message_file(session: Session, dossier: Dossier, token: str) -> MessageFile:
    """A file of this dossier's messages. Raises ``NotFound``."""
    query = select(MessageFile).join(Message, Message.id == MessageFile.message_id)
    query = query.where(Message.dossier_id == dossier.id, MessageFile.token == token[:MAX_KEY])
    found = session.scalars(query).first()
    if found is None:
        raise NotFound("file")
    return found


class ConversationService:
    """Notes and messages, as of one instant."""

    def __init__(
        self,
        session: Session,
        now: datetime,
        rules: FilingRules,
        files: FileService,
        limits: FileLimits,
    ) -> None:
        self.session = session
        self.now = now
        self.rules = rules
        self.files = files
        self.limits = limits

    def note(self, dossier: Dossier, officer: Account, text: str) -> StaffNote:
        """A note for colleagues. Raises ``NotAllowed``, ``Invalid`` (``text``)."""
        self._demand_part(dossier, officer)
        made = StaffNote(
            dossier_id=dossier.id,
            at=self.now,
            author_id=officer.id,
            author_name=officer.name,
            text=_demand(text),
        )
        self.session.add(made)
        self._record(dossier, officer, "note")
        return made

    def write_to_applicant(
        self, dossier: Dossier, officer: Account, text: str, files: Sequence[GivenFile] = ()
    ) -> Message:
        """A message to the applicant, who is told by mail that there is one.

        Raises ``NotAllowed``, ``Invalid`` (``text``, ``files``), ``TooMany``.
        """
        self._demand_part(dossier, officer)
        made = self._add(dossier, officer, text, files, from_applicant=False)
        self._read(dossier, from_applicant=True)
        follow = self.rules.follow_url(dossier.lookup_code)
        tell(self.session, dossier, "message_to_read", self.now, follow_url=follow)
        self._record(dossier, officer, "message")
        return made

    def write_to_desk(
        self, dossier: Dossier, owner: Account | None, text: str, files: Sequence[GivenFile] = ()
    ) -> Message:
        """A message of the applicant; lists of the desk show it until somebody opens it.
        Whether they may, the portal has decided (account or secret).

        Raises ``Invalid`` (``text``, ``files``), ``TooMany("too_many_messages")``.
        """
        lock(self.session, dossier)
        if self._unanswered(dossier) >= MAX_UNANSWERED:
            raise TooMany("too_many_messages", limit=MAX_UNANSWERED)
        made = self._add(dossier, owner, text, files, from_applicant=True)
        self._read(dossier, from_applicant=False)
        self._record(dossier, owner, "message_of_applicant")
        tell_holder(self.session, dossier, News.MESSAGE, self.now, by=owner)
        return made

    def read(self, dossier: Dossier, *, by_applicant: bool) -> None:
        """The other side's messages have been opened."""
        self._read(dossier, from_applicant=not by_applicant)

    def _read(self, dossier: Dossier, *, from_applicant: bool) -> None:
        for one in messages_of(self.session, dossier):
            if one.from_applicant is from_applicant and one.read_at is None:
                one.read_at = self.now

    def _unanswered(self, dossier: Dossier) -> int:
        count = 0
        for one in reversed(messages_of(self.session, dossier)):
            if not one.from_applicant:
                break
            count += 1
        return count

    def _add(
        self,
        dossier: Dossier,
        author: Account | None,
        text: str,
        files: Sequence[GivenFile],
        *,
        from_applicant: bool,
    ) -> Message:
        words = _demand(text)
        if len(files) > MAX_FILES:
            raise Invalid({"files": "too_many"}, limit=MAX_FILES)
        made = Message(
            dossier_id=dossier.id,
            at=self.now,
            from_applicant=from_applicant,
            author_id=author.id if author else None,
            author_name=author.name if author else dossier.applicant_name[:MAX_NAME],
            text=words,
        )
        for place, one in enumerate(files):
            kept = self.files.keep(
                one.source, name=one.name, media_type=one.media_type, now=self.now
            )
            token = secrets.token_urlsafe(24)
            made.files.append(
                MessageFile(token=token, position=place, file=kept, name=one.name[:MAX_FILE_NAME])
            )
        self.session.add(made)
        return made

    def _demand_part(self, dossier: Dossier, officer: Account) -> None:
        if not capacities(self.session, officer, dossier, self.now):
            raise NotAllowed("not_your_desk")

    def _record(self, dossier: Dossier, actor: Account | None, what: str) -> None:
        audit.record(
            self.session,
            now=self.now,
            actor_id=actor.id if actor else None,
            action=f"dossier.{what}",
            subject=f"dossier:{dossier.id}",
        )


def _demand(text: str) -> str:
    words = clean(text, multiline=True)
    if not words:
        raise Invalid({"text": "required"})
    if len(words) > MAX_TEXT:
        raise Invalid({"text": "too_long"}, limit=MAX_TEXT)
    return words
