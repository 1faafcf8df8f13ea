"""Documents to be signed, their signed versions, and the register of certificates."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Boolean, CheckConstraint, Integer, String, Text, UniqueConstraint, event
from sqlalchemy.orm import Mapped, Mapper, mapped_column, relationship

from content.agencies.models import Agency
from content.errors import InvalidTransition
from content.files.model import StoredFile
from content.orm import Base, Document, Id, Versioned, by_value, reference
from content.people.models import Account

MAX_SUBJECT = 80
MAX_NAME = 300
MAX_NOTE = 500


class Purpose(StrEnum):
    """Whose certificate it is: a person's, or the seal of an agency."""

    PERSONAL = "personal"
    SEAL = "seal"


class SigningState(StrEnum):
    """How far a document to be signed is."""

    OPEN = "open"
    DONE = "done"


class SigningTask(Versioned, Base):
    """A document to be signed. ``subject`` is what it is (``paper:12``, ``result:5``), once;
    ``place`` where the authority signs on it (``content.letters.render.SignPlace``).

    ``token_digest`` is of the one-time key by which a program on the signer's own computer
    fetches the document and brings it back; it is the signer's, until ``token_until``.
    """

    __tablename__ = "signing_task"
    __table_args__ = (
        CheckConstraint("(token_digest IS NULL) = (token_until IS NULL)", name="token_whole"),
    )

    id: Mapped[Id]
    subject: Mapped[str] = mapped_column(String(MAX_SUBJECT), unique=True)
    title: Mapped[str] = mapped_column(Text)
    agency_id: Mapped[int] = reference("agency.id")
    dossier_id: Mapped[int | None] = reference("dossier.id")
    file_id: Mapped[int] = reference("stored_file.id")
    place: Mapped[dict[str, Any] | None] = mapped_column(Document)
    state: Mapped[SigningState] = mapped_column(by_value(SigningState))
    asked_at: Mapped[datetime]
    asked_by_id: Mapped[int | None] = reference("account.id")
    token_digest: Mapped[str | None] = mapped_column(String(64), unique=True)
    token_until: Mapped[datetime | None]
    token_for_id: Mapped[int | None] = reference("account.id")

    agency: Mapped[Agency] = relationship()
    file: Mapped[StoredFile] = relationship(foreign_keys=[file_id])
    versions: Mapped[list["SignedVersion"]] = relationship(
        back_populates="task", order_by="SignedVersion.number"
    )

    @property
    def latest(self) -> StoredFile:
        """What is to be signed next: the last signed version, or the document itself."""
        return self.versions[-1].file if self.versions else self.file

    @property
    def signatures(self) -> list["SignedVersion"]:
        """The versions that added a signature."""
        return [one for one in self.versions if not one.is_stamp]


class SignedVersion(Base):
    """A document with one more signature, byte for byte as it came, and what was found in it.

    ``time_source`` is ``timestamp`` or ``clock``, the signer's own. ``is_stamp``: it adds no
    signature but the timestamp of an authority, which ``signer`` then names.
    """

    __tablename__ = "signed_version"
    __table_args__ = (UniqueConstraint("task_id", "number"),)

    id: Mapped[Id]
    task_id: Mapped[int] = reference("signing_task.id", index=False)
    number: Mapped[int] = mapped_column(Integer)
    file_id: Mapped[int] = reference("stored_file.id")
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    purpose: Mapped[Purpose] = mapped_column(by_value(Purpose))
    signer: Mapped[str] = mapped_column(String(MAX_NAME))
    issuer: Mapped[str] = mapped_column(String(MAX_NAME))
    fingerprint: Mapped[str] = mapped_column(String(64))
    signed_at: Mapped[datetime]
    time_source: Mapped[str] = mapped_column(String(10))
    is_stamp: Mapped[bool] = mapped_column(Boolean, default=False)
    account_id: Mapped[int | None] = reference("account.id")
    kept_at: Mapped[datetime]

    task: Mapped[SigningTask] = relationship(back_populates="versions")
    file: Mapped[StoredFile] = relationship()


class Certificate(Versioned, Base):
    """A certificate of an officer or an agency, for the register and for believing signatures.

    ``content`` is PEM. Revoked ones stay, with the day from which they count no more.
    """

    __tablename__ = "certificate"
    __table_args__ = (
        CheckConstraint("purpose = 'seal' OR account_id IS NOT NULL", name="a_person_or_a_seal"),
    )

    id: Mapped[Id]
    purpose: Mapped[Purpose] = mapped_column(by_value(Purpose))
    account_id: Mapped[int | None] = reference("account.id")
    agency_id: Mapped[int] = reference("agency.id")
    subject: Mapped[str] = mapped_column(String(MAX_NAME))
    issuer: Mapped[str] = mapped_column(String(MAX_NAME))
    serial: Mapped[str] = mapped_column(String(64))
    fingerprint: Mapped[str] = mapped_column(String(64), unique=True)
    content: Mapped[str] = mapped_column(Text)
    valid_from: Mapped[datetime]
    valid_to: Mapped[datetime] = mapped_column(index=True)
    revoked_at: Mapped[datetime | None]
    note: Mapped[str] = mapped_column(String(MAX_NOTE), default="")
    added_at: Mapped[datetime]
    reminded_for: Mapped[int | None] = mapped_column(Integer)

    account: Mapped[Account | None] = relationship()
    agency: Mapped[Agency] = relationship()


@event.listens_for(SignedVersion, "before_update")
@event.listens_for(SignedVersion, "before_delete")
def _kept(_mapper: Mapper[Any], _connection: Any, version: SignedVersion) -> None:
    raise InvalidTransition("signed_version_is_kept", version=version.id)
