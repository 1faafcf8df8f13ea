"""Results and their way to people: the result, its files, items of the post, the citizen's store.

``results.py`` writes results, ``returning.py`` postal items, ``storehouse.py`` the store.
"""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import BigInteger, CheckConstraint, Date, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from content.agencies.models import Agency
from content.dossiers.models import MAX_FILE_NAME, MAX_KEY, Dossier
from content.files.model import StoredFile
from content.orm import Base, Id, Versioned, by_value, reference
from content.people.models import Account

MAX_TITLE = 300
MAX_NUMBER = 80
MAX_SIGNER = 120


class ResultKind(StrEnum):
    """LoaiKetQua: on paper, electronic, both (domain §11)."""

    ELECTRONIC = "electronic"
    PAPER = "paper"
    BOTH = "both"


KIND_NAMES = {
    ResultKind.ELECTRONIC: "Bản điện tử",
    ResultKind.PAPER: "Bản giấy",
    ResultKind.BOTH: "Bản giấy và bản điện tử",
}


class ItemState(StrEnum):
    """How far an item of the post is."""

    SENT = "sent"
    DELIVERED = "delivered"
    CAME_BACK = "came_back"


ITEM_STATES = {
    ItemState.SENT: "Đang chuyển phát",
    ItemState.DELIVERED: "Đã phát",
    ItemState.CAME_BACK: "Chuyển hoàn",
}


class DossierResult(Base):
    """The signed result (T15): number, symbol, day, signer; never changed once it is there.

    ``refusal`` says that the result is a refusal (T14). ``early``: done before the appointment.
    """

    __tablename__ = "dossier_result"

    id: Mapped[Id]
    dossier_id: Mapped[int] = reference("dossier.id", unique=True, index=False)
    kind: Mapped[ResultKind] = mapped_column(by_value(ResultKind))
    title: Mapped[str] = mapped_column(String(MAX_TITLE))
    number: Mapped[str] = mapped_column(String(MAX_NUMBER))
    symbol: Mapped[str] = mapped_column(String(MAX_NUMBER))
    issued_on: Mapped[date] = mapped_column(Date)
    valid_to: Mapped[date | None] = mapped_column(Date)
    signer_name: Mapped[str] = mapped_column(String(MAX_SIGNER))
    signer_title: Mapped[str] = mapped_column(String(MAX_SIGNER))
    copies: Mapped[int] = mapped_column(Integer)
    refusal: Mapped[bool] = mapped_column(default=False)
    early: Mapped[bool] = mapped_column(default=False)
    completed_at: Mapped[datetime]
    completed_by_id: Mapped[int] = reference("account.id")

    dossier: Mapped[Dossier] = relationship()
    completed_by: Mapped[Account] = relationship()
    files: Mapped[list["ResultFile"]] = relationship(
        back_populates="result", order_by="ResultFile.position", lazy="selectin"
    )

    @property
    def number_words(self) -> str:
        """``12/GP-UBND``, or the number alone."""
        return f"{self.number}/{self.symbol}" if self.symbol else self.number

    @property
    def on_paper(self) -> bool:
        """Whether there is something to put into a hand."""
        return self.kind is not ResultKind.ELECTRONIC


class ResultFile(Base):
    """A file of a result, byte for byte as it was signed."""

    __tablename__ = "result_file"
    __table_args__ = (UniqueConstraint("result_id", "position"),)

    id: Mapped[Id]
    token: Mapped[str] = mapped_column(String(MAX_KEY), unique=True)
    result_id: Mapped[int] = reference("dossier_result.id", index=False)
    position: Mapped[int] = mapped_column(Integer)
    file_id: Mapped[int] = reference("stored_file.id")
    name: Mapped[str] = mapped_column(String(MAX_FILE_NAME))

    result: Mapped[DossierResult] = relationship(back_populates="files")
    file: Mapped[StoredFile] = relationship(lazy="joined")


class PostalBatch(Base):
    """What a desk gave to the post at once (biên bản giao nhận, QĐ 45/2016/QĐ-TTg)."""

    __tablename__ = "postal_batch"

    id: Mapped[Id]
    agency_id: Mapped[int] = reference("agency.id")
    made_at: Mapped[datetime]
    made_by_id: Mapped[int] = reference("account.id")
    taken_by: Mapped[str] = mapped_column(String(MAX_SIGNER), default="")

    agency: Mapped[Agency] = relationship()
    made_by: Mapped[Account] = relationship()
    items: Mapped[list["PostalItem"]] = relationship(
        back_populates="batch", order_by="PostalItem.id"
    )


class PostalItem(Versioned, Base):
    """A result on its way by post. ``cod`` is what the post takes from the recipient, in đồng."""

    __tablename__ = "postal_item"
    __table_args__ = (
        UniqueConstraint("tracking"),
        CheckConstraint("cod >= 0", name="cod_not_negative"),
        CheckConstraint("(state = 'sent') = (ended_at IS NULL)", name="ended_iff_not_sent"),
    )

    id: Mapped[Id]
    dossier_id: Mapped[int] = reference("dossier.id")
    batch_id: Mapped[int | None] = reference("postal_batch.id")
    tracking: Mapped[str] = mapped_column(String(MAX_NUMBER))
    cod: Mapped[int] = mapped_column(BigInteger)
    recipient: Mapped[str] = mapped_column(String(MAX_TITLE))
    address: Mapped[str] = mapped_column(Text)
    state: Mapped[ItemState] = mapped_column(by_value(ItemState))
    sent_at: Mapped[datetime]
    sent_by_id: Mapped[int] = reference("account.id")
    ended_at: Mapped[datetime | None]
    remark: Mapped[str] = mapped_column(Text, default="")

    dossier: Mapped[Dossier] = relationship()
    batch: Mapped[PostalBatch | None] = relationship(back_populates="items")


class StoreSource(StrEnum):
    """Where a stored paper comes from."""

    RESULT = "result"
    SUBMITTED = "submitted"


class StoredDocument(Base):
    """A paper in a person's own store (kho dữ liệu điện tử, domain §11); theirs alone.

    ``name_key`` is the folded name by which a later application finds it. ``removed_at`` is the
    owner's wish not to see it any more; the dossier keeps its own files.
    """

    __tablename__ = "document_store"
    __table_args__ = (UniqueConstraint("owner_id", "file_id"),)

    id: Mapped[Id]
    token: Mapped[str] = mapped_column(String(MAX_KEY), unique=True)
    owner_id: Mapped[int] = reference("account.id", index=False)
    owner_identity: Mapped[str | None] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(Text)
    name_key: Mapped[str] = mapped_column(Text)
    number: Mapped[str] = mapped_column(String(2 * MAX_NUMBER + 1), default="")
    issuer: Mapped[str] = mapped_column(String(MAX_TITLE), default="")
    valid_from: Mapped[date | None] = mapped_column(Date)
    valid_to: Mapped[date | None] = mapped_column(Date)
    source: Mapped[StoreSource] = mapped_column(by_value(StoreSource))
    dossier_id: Mapped[int] = reference("dossier.id")
    file_id: Mapped[int] = reference("stored_file.id")
    file_name: Mapped[str] = mapped_column(String(MAX_FILE_NAME))
    digest: Mapped[str] = mapped_column(String(64))
    added_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]

    owner: Mapped[Account] = relationship()
    dossier: Mapped[Dossier] = relationship()
    file: Mapped[StoredFile] = relationship(lazy="joined")
