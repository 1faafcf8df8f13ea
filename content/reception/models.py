"""The rules by which leaders receive citizens, what differs on single days, and the guide
to complaints, denunciations and petitions.

Luật Tiếp công dân 42/2013/QH13, Luật Khiếu nại 02/2011/QH13 and Luật Tố cáo 25/2018/QH14, as
amended by Luật 136/2025/QH15.
"""

from datetime import date, time
from enum import StrEnum
from typing import Any

from sqlalchemy import Boolean, Date, Integer, String, Text, Time, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from content.agencies.models import Agency
from content.media.usages import names_media
from content.orm import Base, Document, Id, Versioned, by_value, reference
from content.writing.translatable import translatable
from content.writing.translations import Piece
from content.writing.trash import Trashable, in_use, trashable

MAX_NAME = 200
MAX_PLACE = 300
MAX_NOTE = 500
MAX_PHONE = 40
MAX_EMAIL = 254
MAX_BODY = 8000


class Pattern(StrEnum):
    """On which days a rule falls."""

    WORKING_DAYS = "working_days"
    WEEKLY = "weekly"
    MONTH_DAYS = "month_days"
    MONTH_WEEKDAY = "month_weekday"
    ONCE = "once"


class IfOff(StrEnum):
    """What happens to a day of the rule on which nobody works."""

    NEXT = "next"
    SKIP = "skip"


@trashable("reception_rule", "Lịch tiếp công dân", lambda rule: rule.leader or rule.post)
class ReceptionRule(Versioned, Trashable, Base):
    """Who receives citizens where, at which hours and on which days.

    ``weekday`` (1 is Monday) belongs to weekly and monthly weekdays, ``nth`` (1 to 4, -1 the
    last) to the latter, ``month_days`` to days of the month; ``once`` is ``valid_from``.
    """

    __tablename__ = "reception_rule"

    id: Mapped[Id]
    leader: Mapped[str] = mapped_column(String(MAX_NAME), default="")
    post: Mapped[str] = mapped_column(String(MAX_NAME))
    place: Mapped[str] = mapped_column(String(MAX_PLACE))
    starts: Mapped[time] = mapped_column(Time)
    ends: Mapped[time] = mapped_column(Time)
    pattern: Mapped[Pattern] = mapped_column(by_value(Pattern))
    weekday: Mapped[int | None] = mapped_column(Integer)
    nth: Mapped[int | None] = mapped_column(Integer)
    month_days: Mapped[list[Any]] = mapped_column(Document, default=list)
    valid_from: Mapped[date] = mapped_column(Date)
    valid_to: Mapped[date | None] = mapped_column(Date)
    if_off: Mapped[IfOff] = mapped_column(by_value(IfOff), default=IfOff.NEXT)
    note: Mapped[str] = mapped_column(String(MAX_NOTE), default="")

    changes: Mapped[list["ReceptionChange"]] = relationship(
        back_populates="rule",
        cascade="all, delete-orphan",
        order_by="ReceptionChange.day",
        lazy="selectin",
    )


class ReceptionChange(Versioned, Base):
    """What differs on one day of a rule; ``day`` is the day by the pattern, before it moves.

    What is empty stays as the rule has it.
    """

    __tablename__ = "reception_change"
    __table_args__ = (UniqueConstraint("rule_id", "day"),)

    id: Mapped[Id]
    rule_id: Mapped[int] = reference("reception_rule.id", ondelete="CASCADE")
    day: Mapped[date] = mapped_column(Date)
    is_cancelled: Mapped[bool] = mapped_column(Boolean, default=False)
    moved_to: Mapped[date | None] = mapped_column(Date)
    starts: Mapped[time | None] = mapped_column(Time)
    ends: Mapped[time | None] = mapped_column(Time)
    leader: Mapped[str] = mapped_column(String(MAX_NAME), default="")
    post: Mapped[str] = mapped_column(String(MAX_NAME), default="")
    place: Mapped[str] = mapped_column(String(MAX_PLACE), default="")
    reason: Mapped[str] = mapped_column(String(MAX_NOTE), default="")

    rule: Mapped[ReceptionRule] = relationship(back_populates="changes")


class GuidePart(StrEnum):
    """The texts of the guide, in their order."""

    DIFFERENCE = "difference"
    COMPLAINT = "complaint"
    DENUNCIATION = "denunciation"
    PETITION = "petition"
    REMINDER = "reminder"


TITLES = {
    GuidePart.DIFFERENCE: "Ba việc khác nhau",
    GuidePart.COMPLAINT: "Khiếu nại",
    GuidePart.DENUNCIATION: "Tố cáo",
    GuidePart.PETITION: "Phản ánh, kiến nghị",
    GuidePart.REMINDER: "Cần nhớ",
}


@translatable(
    "guide_text",
    "Đoạn của hướng dẫn khiếu nại, tố cáo",
    lambda one: TITLES[one.part],
    lambda one: (Piece("body", "Nội dung", one.body, "body", is_required=True),),
    lambda: (),
)
@names_media("guide_text", "body", title="", called="Khiếu nại, tố cáo gửi ở đâu")
class GuideText(Versioned, Base):
    """A text of the guide as the authority wrote it, in the place of the usual one."""

    __tablename__ = "guide_text"

    id: Mapped[Id]
    part: Mapped[GuidePart] = mapped_column(by_value(GuidePart), unique=True)
    body: Mapped[str] = mapped_column(Text)


@translatable(
    "receiving_place",
    "Nơi nhận đơn",
    lambda one: one.receiver,
    lambda one: (
        Piece("receiver", "Người, cơ quan nhận", one.receiver, is_required=True),
        Piece("matter", "Về việc", one.matter, "lines", is_required=True),
        Piece("address", "Địa chỉ", one.address, is_exact=True),
    ),
    lambda: (in_use(ReceivingPlace),),
)
@trashable("receiving_place", "Nơi nhận đơn", lambda place: place.receiver)
class ReceivingPlace(Versioned, Trashable, Base):
    """Who takes which matters, and where; an empty address is that of the agency, else that
    of the site."""

    __tablename__ = "receiving_place"

    id: Mapped[Id]
    position: Mapped[int] = mapped_column(Integer, default=0)
    receiver: Mapped[str] = mapped_column(String(MAX_NAME))
    matter: Mapped[str] = mapped_column(String(MAX_NOTE))
    complaints: Mapped[bool] = mapped_column(Boolean, default=False)
    denunciations: Mapped[bool] = mapped_column(Boolean, default=False)
    petitions: Mapped[bool] = mapped_column(Boolean, default=False)
    agency_id: Mapped[int | None] = reference("agency.id", ondelete="SET NULL")
    address: Mapped[str] = mapped_column(String(MAX_PLACE), default="")
    phone: Mapped[str] = mapped_column(String(MAX_PHONE), default="")
    email: Mapped[str] = mapped_column(String(MAX_EMAIL), default="")

    agency: Mapped[Agency | None] = relationship(lazy="joined")
