"""Rows of a version: cases, papers, fees, limits by channel, forms, legal bases.

They repeat the frozen document in a shape that can be joined, dated and pointed to
(a dossier's attachment points to a required paper). ``projecting.py`` writes them,
once; they change only while their version is a draft.
"""

from datetime import date

from sqlalchemy import BigInteger, Boolean, Date, Float, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from content.orm import Base, Document, Id, by_value, reference
from content.procedures.kinds import Channel, FeeKind, LimitUnit


class _Part:
    """Columns of every row: its version and its place in the document."""

    id: Mapped[Id]
    position: Mapped[int] = mapped_column(Integer)


class ProcedureCase(_Part, Base):
    """A case (trường hợp) with papers of its own.

    ``is_choice`` is false for a mere heading ("Giấy tờ phải nộp"), whose papers all
    applicants bring.
    """

    __tablename__ = "procedure_case"
    __table_args__ = (UniqueConstraint("version_id", "position"),)

    version_id: Mapped[int] = reference("procedure_version.id", ondelete="CASCADE", index=False)
    name: Mapped[str] = mapped_column(Text)
    is_choice: Mapped[bool] = mapped_column(Boolean)


class RequiredPaper(_Part, Base):
    """A paper of the dossier; unknown numbers of originals and copies are ``None``."""

    __tablename__ = "required_paper"
    __table_args__ = (UniqueConstraint("version_id", "position"),)

    version_id: Mapped[int] = reference("procedure_version.id", ondelete="CASCADE", index=False)
    name: Mapped[str] = mapped_column(Text)
    originals: Mapped[int | None] = mapped_column(Integer)
    copies: Mapped[int | None] = mapped_column(Integer)
    form_name: Mapped[str | None] = mapped_column(Text)
    case: Mapped[str | None] = mapped_column("case_name", Text)
    is_obligatory: Mapped[bool] = mapped_column(Boolean)


class Fee(_Part, Base):
    """A fee. ``amount`` is in đồng, or in hundredths of another ``currency``; unknown is ``None``.

    ``channels`` is empty where the fee is the same for all. The fee in force on the day
    of receipt applies.
    """

    __tablename__ = "fee"
    __table_args__ = (UniqueConstraint("version_id", "position"),)

    version_id: Mapped[int] = reference("procedure_version.id", ondelete="CASCADE", index=False)
    kind: Mapped[FeeKind | None] = mapped_column(by_value(FeeKind))
    amount: Mapped[int | None] = mapped_column(BigInteger)
    currency: Mapped[str] = mapped_column(String(3))
    unit: Mapped[str | None] = mapped_column(Text)
    channels: Mapped[list[str]] = mapped_column(Document)
    condition: Mapped[str | None] = mapped_column(Text)
    exempt: Mapped[str | None] = mapped_column(Text)
    valid_from: Mapped[date | None] = mapped_column(Date)
    valid_to: Mapped[date | None] = mapped_column(Date)


class ChannelLimit(_Part, Base):
    """A time limit that holds for one channel."""

    __tablename__ = "channel_limit"
    __table_args__ = (UniqueConstraint("version_id", "position"),)

    version_id: Mapped[int] = reference("procedure_version.id", ondelete="CASCADE", index=False)
    channel: Mapped[Channel] = mapped_column(by_value(Channel))
    value: Mapped[float | None] = mapped_column(Float)
    unit: Mapped[LimitUnit | None] = mapped_column(by_value(LimitUnit))


class FormFile(_Part, Base):
    """A form of the procedure: for which paper, under which code, the file's name at the source.

    ``file_id`` points to a file of our own, attached later; it alone can be downloaded.
    """

    __tablename__ = "form_file"
    __table_args__ = (UniqueConstraint("version_id", "position"),)

    version_id: Mapped[int] = reference("procedure_version.id", ondelete="CASCADE", index=False)
    purpose: Mapped[str | None] = mapped_column(Text)
    code: Mapped[str | None] = mapped_column(Text)
    file_name: Mapped[str | None] = mapped_column(Text)
    file_id: Mapped[int | None] = reference("stored_file.id")


class LegalBasis(_Part, Base):
    """A legal document the procedure rests on."""

    __tablename__ = "legal_basis"
    __table_args__ = (UniqueConstraint("version_id", "position"),)

    version_id: Mapped[int] = reference("procedure_version.id", ondelete="CASCADE", index=False)
    number: Mapped[str] = mapped_column(String(300), index=True)
    issued_on: Mapped[date | None] = mapped_column(Date)
