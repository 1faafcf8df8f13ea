"""Drafts, dossiers, their papers and their log.

A draft is a table of its own and not a dossier of status 0: it has no code, nobody but
its owner may see it, it follows the version in force, it expires. So no list, report or
message of dossiers can ever show what was only typed, and dossiers are never deleted.
"""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    Date,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    String,
    Text,
    TypeDecorator,
    UniqueConstraint,
    event,
    inspect,
    text,
)
from sqlalchemy.orm import Mapped, Mapper, mapped_column, relationship

from content.agencies.models import Agency
from content.dossiers.states import Status
from content.errors import InvalidTransition
from content.files.model import StoredFile
from content.orm import Base, BigId, Document, Id, Versioned, by_value, reference
from content.people.models import Account
from content.procedures.kinds import Channel
from content.procedures.models import Procedure, ProcedureVersion

MAX_KEY = 40
MAX_CODE = 60
MAX_APPLICANT = 300
MAX_CONTACT = 40
MAX_FILE_NAME = 255
#: What reports count by: when it ended and came, who has it, what it is, when it was due.
REPORTED = (
    *("finished_at", "received_at", "lawful_date", "procedure_id", "channel"),
    *("agency_id", "unit_id", "competent_agency_id", "status"),
)


class StatusCode(TypeDecorator[Status]):
    """A national status code, stored as its number."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: Status | None, dialect: Dialect) -> int | None:
        return None if value is None else int(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> Status | None:
        return None if value is None else Status(value)


class Delivery(StrEnum):
    """How the result is to be received (NĐ 61/2018 art. 20)."""

    COUNTER = "counter"
    POST = "post"
    ONLINE = "online"


class Draft(Versioned, Base):
    """An application being filled in; its owner is an account, or who holds the token.

    ``key`` stands in the address and is no permission. ``version`` is the one whose
    questions and papers the person last agreed to; ``form_id`` the wording of the form it
    is filled in on (``form_moves``), if that is a stored one. ``absences`` says, by slot, why an
    obligatory paper is not attached (``papers.Absence``). Once submitted, ``dossier_id``
    is set and the answers are gone from here.
    """

    __tablename__ = "draft"
    __table_args__ = (
        CheckConstraint(
            "owner_id IS NOT NULL OR token_digest IS NOT NULL OR dossier_id IS NOT NULL",
            name="owned",
        ),
    )

    id: Mapped[Id]
    key: Mapped[str] = mapped_column(String(MAX_KEY), unique=True)
    owner_id: Mapped[int | None] = reference("account.id")
    token_digest: Mapped[str | None] = mapped_column(String(64), index=True)
    procedure_id: Mapped[int] = reference("procedure.id")
    version_id: Mapped[int] = reference("procedure_version.id")
    form_id: Mapped[int | None] = reference("form_definition_version.id")
    case: Mapped[str | None] = mapped_column("case_name", Text)
    agency_id: Mapped[int | None] = reference("agency.id")
    delivery: Mapped[Delivery | None] = mapped_column(by_value(Delivery))
    delivery_address: Mapped[str | None] = mapped_column(Text)
    answers: Mapped[dict[str, Any]] = mapped_column(Document, default=dict)
    absences: Mapped[dict[str, Any]] = mapped_column(Document, default=dict)
    step: Mapped[str | None] = mapped_column(String(80))
    created_at: Mapped[datetime]
    saved_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)
    dossier_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("dossier.id"), unique=True)

    procedure: Mapped[Procedure] = relationship()
    version: Mapped[ProcedureVersion] = relationship()
    agency: Mapped[Agency | None] = relationship()
    dossier: Mapped["Dossier | None"] = relationship()
    attachments: Mapped[list["Attachment"]] = relationship(
        back_populates="draft", order_by="Attachment.position", passive_deletes="all"
    )


class Dossier(Versioned, Base):
    """One dossier (hồ sơ). ``service.py`` alone changes it.

    ``lookup_code`` is given at submission, ``code`` with the reception; neither grants
    access, the secret (kept as digest) or the owner's account does. ``answer_by`` is when
    the desk should have looked at it. Until reception there is no ``due_date``; afterwards
    its absence has a ``no_due_reason``. ``time_limit`` is ``{"value", "unit", "text",
    "source"}``, ``fees`` see ``fees.py``, ``due_ledger`` see ``deadlines.py``.
    ``form`` is the definition it was filed under, ``absences`` the obligatory papers that
    are not attached, ``{"paper", "why"}``. Channel codes: see ``channel_code``. The
    ``principal`` is whose dossier it is, where somebody else hands it in at the counter.

    ``previous_status`` is the state that waiting interrupted. The limit runs from
    ``clock_from``: the reception, or the complete dossier after a supplement.
    ``promised_date`` is the due date of the receipt slip; ``lawful_date`` the same after
    supplements and waiting that the law does not count, by which lateness is judged, ``None``
    while it waits and was not late before;
    ``due_date`` what holds now, ``extended_to`` the new date of an apology. ``unit_id`` and
    ``holder_id`` say who has it now, ``step_key`` at which step of the internal process,
    ``process_id`` which version of it (``None``: the standard rows); see ``routing.py``.
    """

    __tablename__ = "dossier"
    __table_args__ = (
        CheckConstraint("status BETWEEN 1 AND 10", name="status_known"),
        CheckConstraint("(code IS NULL) = (received_at IS NULL)", name="code_iff_received"),
        CheckConstraint("due_date IS NULL OR received_at IS NOT NULL", name="due_if_received"),
        CheckConstraint(
            "(status NOT IN (2, 4, 9, 10) OR code IS NOT NULL)"
            " AND (status NOT IN (1, 3) OR code IS NULL)",
            name="status_fits_code",
        ),
        Index("ix__dossier__inbox", "agency_id", "status", "answer_by"),
        Index("ix__dossier__received", "agency_id", "received_at"),
        Index("ix__dossier__unit", "unit_id", "status", "due_date"),
        Index("ix__dossier__competent", "competent_agency_id", "status"),
        Index("ix__dossier__same", "procedure_id", "applicant_identity"),
        # Reports read nothing else of a dossier, so that the table itself stays closed.
        Index("ix__dossier__report", *REPORTED),
        # Lists of the whole authority: one heap by its dates, and names from their beginning.
        Index("ix__dossier__heap", "status", "due_date"),
        Index("ix__dossier__days", "received_at"),
        Index(
            "ix__dossier__running",
            "due_date",
            postgresql_where=text("status IN (2, 4)"),
            sqlite_where=text("status IN (2, 4)"),
        ),
        # Most have no holder any more: whoever looks for those is not to go through them all.
        Index(
            "ix__dossier__holder",
            "holder_id",
            postgresql_where=text("holder_id IS NOT NULL"),
            sqlite_where=text("holder_id IS NOT NULL"),
        ),
        Index(
            "ix__dossier__name",
            "applicant_key",
            postgresql_ops={"applicant_key": "text_pattern_ops"},
        ),
    )

    id: Mapped[Id]
    lookup_code: Mapped[str] = mapped_column(String(20), unique=True)
    secret_digest: Mapped[str] = mapped_column(String(64))
    submission_key: Mapped[str | None] = mapped_column(String(MAX_KEY), unique=True)
    code: Mapped[str | None] = mapped_column(String(MAX_CODE), unique=True)
    status: Mapped[Status] = mapped_column(StatusCode)
    status_since: Mapped[datetime]
    procedure_id: Mapped[int] = reference("procedure.id")
    version_id: Mapped[int] = reference("procedure_version.id")
    procedure_code: Mapped[str | None] = mapped_column(String(40))
    procedure_name: Mapped[str] = mapped_column(Text)
    case: Mapped[str | None] = mapped_column("case_name", Text)
    agency_id: Mapped[int] = reference("agency.id", index=False)
    agency_name: Mapped[str] = mapped_column(String(300))
    competent_agency_id: Mapped[int | None] = reference("agency.id", index=False)
    owner_id: Mapped[int | None] = reference("account.id")
    applicant_name: Mapped[str] = mapped_column(String(MAX_APPLICANT))
    applicant_key: Mapped[str] = mapped_column(String(MAX_APPLICANT), index=True)
    applicant_identity: Mapped[str | None] = mapped_column(String(MAX_CONTACT))
    applicant_phone: Mapped[str | None] = mapped_column(String(MAX_CONTACT))
    applicant_email: Mapped[str | None] = mapped_column(String(254))
    applicant_address: Mapped[str | None] = mapped_column(Text)
    applicant_born: Mapped[date | None] = mapped_column(Date)
    principal_name: Mapped[str | None] = mapped_column(String(MAX_APPLICANT))
    principal_identity: Mapped[str | None] = mapped_column(String(MAX_CONTACT))
    channel: Mapped[Channel] = mapped_column(by_value(Channel))
    delivery: Mapped[Delivery] = mapped_column(by_value(Delivery))
    delivery_address: Mapped[str | None] = mapped_column(Text)
    form: Mapped[dict[str, Any]] = mapped_column(Document)
    answers: Mapped[dict[str, Any]] = mapped_column(Document)
    absences: Mapped[list[Any]] = mapped_column(Document, default=list)
    time_limit: Mapped[dict[str, Any] | None] = mapped_column(Document)
    fees: Mapped[list[Any] | None] = mapped_column(Document)
    submitted_at: Mapped[datetime | None]
    answer_by: Mapped[datetime | None]
    received_at: Mapped[datetime | None]
    due_date: Mapped[date | None] = mapped_column(Date, index=True)
    due_at: Mapped[datetime | None]
    due_ledger: Mapped[dict[str, Any] | None] = mapped_column(Document)
    no_due_reason: Mapped[str | None] = mapped_column(String(40))
    finished_at: Mapped[datetime | None]
    previous_status: Mapped[Status | None] = mapped_column(StatusCode)
    clock_from: Mapped[datetime | None]
    promised_date: Mapped[date | None] = mapped_column(Date)
    lawful_date: Mapped[date | None] = mapped_column(Date)
    extended_to: Mapped[date | None] = mapped_column(Date)
    extended_at: Mapped[datetime | None]
    supplement_count: Mapped[int] = mapped_column(Integer, default=0, server_default="0")
    extension_count: Mapped[int] = mapped_column(Integer, default=0, server_default="0")
    unit_id: Mapped[int | None] = reference("agency.id", index=False)
    holder_id: Mapped[int | None] = reference("account.id", index=False)
    process_id: Mapped[int | None] = reference("process_version.id")
    step_key: Mapped[str | None] = mapped_column(String(40))
    step_name: Mapped[str | None] = mapped_column(String(200))
    step_due_at: Mapped[datetime | None]
    sets: Mapped[int] = mapped_column(Integer, default=1, server_default="1")
    external_system: Mapped[str | None] = mapped_column(String(40))
    external_id: Mapped[str | None] = mapped_column(String(80), index=True)

    procedure: Mapped[Procedure] = relationship()
    version: Mapped[ProcedureVersion] = relationship()
    agency: Mapped[Agency] = relationship(foreign_keys=[agency_id])
    competent_agency: Mapped[Agency | None] = relationship(foreign_keys=[competent_agency_id])
    unit: Mapped[Agency | None] = relationship(foreign_keys=[unit_id])
    holder: Mapped[Account | None] = relationship(foreign_keys=[holder_id])
    attachments: Mapped[list["Attachment"]] = relationship(
        back_populates="dossier", order_by="Attachment.position", passive_deletes="all"
    )
    events: Mapped[list["DossierEvent"]] = relationship(
        back_populates="dossier", order_by="DossierEvent.number", passive_deletes="all"
    )

    @property
    def channel_code(self) -> int:
        """KenhThucHien of the national exchange: 1 counter, 2 online, 3 post."""
        return CHANNEL_CODES[self.channel]


CHANNEL_CODES = {Channel.COUNTER: 1, Channel.ONLINE: 2, Channel.POST: 3}


class Attachment(Base):
    """A file of a draft or of a dossier, and which paper or question it answers.

    ``slot`` is ``paper:3`` (position of the required paper) or ``answers``: answers name
    their files by ``token``, which stays the same after submission, so that rows of a
    repeat group may move without losing them. ``paper`` is the required paper's name,
    written down at submission, because positions belong to one version.
    """

    __tablename__ = "attachment"
    __table_args__ = (
        CheckConstraint("(draft_id IS NULL) != (dossier_id IS NULL)", name="one_home"),
    )

    id: Mapped[Id]
    token: Mapped[str] = mapped_column(String(MAX_KEY), unique=True)
    draft_id: Mapped[int | None] = reference("draft.id", ondelete="CASCADE")
    dossier_id: Mapped[int | None] = reference("dossier.id")
    slot: Mapped[str] = mapped_column(String(80))
    paper: Mapped[str | None] = mapped_column(Text)
    file_id: Mapped[int] = reference("stored_file.id")
    name: Mapped[str] = mapped_column(String(MAX_FILE_NAME))
    position: Mapped[int] = mapped_column(Integer)
    added_at: Mapped[datetime]

    draft: Mapped[Draft | None] = relationship(back_populates="attachments")
    dossier: Mapped[Dossier | None] = relationship(back_populates="attachments")
    file: Mapped[StoredFile] = relationship(lazy="joined")


class DossierEvent(Base):
    """One line of a dossier's log; written once, never changed (NĐ 61/2018 art. 17, 18).

    ``actor_id`` ``None`` is the system. ``number`` counts from 1 within the dossier, so
    that a missing line shows. ``text`` is what was said to the applicant.
    """

    __tablename__ = "dossier_event"
    __table_args__ = (UniqueConstraint("dossier_id", "number"),)

    id: Mapped[Id]
    dossier_id: Mapped[int] = reference("dossier.id", index=False)
    number: Mapped[int] = mapped_column(Integer)
    at: Mapped[datetime]
    actor_id: Mapped[int | None] = reference("account.id")
    actor_name: Mapped[str] = mapped_column(String(120), default="")
    role: Mapped[str] = mapped_column(String(40))
    agency_id: Mapped[int | None] = reference("agency.id")
    action: Mapped[str] = mapped_column(String(40))
    from_status: Mapped[Status | None] = mapped_column(StatusCode)
    to_status: Mapped[Status] = mapped_column(StatusCode)
    text: Mapped[str] = mapped_column(Text, default="")
    data: Mapped[dict[str, Any]] = mapped_column(Document, default=dict)

    dossier: Mapped[Dossier] = relationship(back_populates="events")


@event.listens_for(DossierEvent, "before_update")
@event.listens_for(DossierEvent, "before_delete")
def _append_only(_mapper: Mapper[Any], _connection: Any, line: DossierEvent) -> None:
    raise InvalidTransition("log_is_append_only", dossier=line.dossier_id)


@event.listens_for(Dossier, "before_delete")
def _never_deleted(_mapper: Mapper[Any], _connection: Any, dossier: Dossier) -> None:
    raise InvalidTransition("dossier_kept", dossier=dossier.id)


#: What stays as it was once given: names from submission on, the rest from reception on.
_FROM_SUBMISSION = ("lookup_code", "secret_digest", "submission_key", "submitted_at", "form")
_FROM_RECEPTION = (
    *("code", "received_at", "version_id", "time_limit", "fees"),
    *("promised_date", "sets"),
)


@event.listens_for(Dossier, "before_update")
def _keep_frozen(_mapper: Mapper[Any], _connection: Any, dossier: Dossier) -> None:
    state = inspect(dossier)
    frozen = list(_FROM_SUBMISSION)
    code = state.attrs.code.history
    if any(code.deleted or code.unchanged or ()):
        frozen += _FROM_RECEPTION
    changed = [name for name in frozen if state.attrs[name].history.deleted]
    if changed:
        raise InvalidTransition("dossier_frozen", dossier=dossier.id, columns=changed)
