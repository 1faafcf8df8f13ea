"""Units, the people in them, and who is on duty.

Only what the authority publishes of its staff on duty: name, post, room, office phone and
office address. No birthdays, no private numbers: there are no columns for them (Luật Bảo vệ
dữ liệu cá nhân 91/2025/QH15).
"""

from datetime import date
from typing import Any

from sqlalchemy import Boolean, CheckConstraint, Date, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from content.agencies.models import Agency
from content.media.models import Medium
from content.media.usages import names_media
from content.orm import Base, Document, Id, Versioned, reference
from content.words import short_date
from content.writing.translatable import translatable
from content.writing.translations import Piece
from content.writing.trash import Trashable, in_use, trashable

MAX_NAME = 200
MAX_PLACE = 300
MAX_PHONE = 40
MAX_EMAIL = 254
MAX_TEXT = 3000


@translatable(
    "unit",
    "Đơn vị",
    lambda one: one.name,
    lambda one: (
        Piece("name", "Tên", one.name, is_required=True),
        Piece("function", "Nhiệm vụ", one.function, "lines"),
        Piece("address", "Địa chỉ", one.address, is_exact=True),
    ),
    lambda: (in_use(Unit),),
)
@trashable("unit", "Đơn vị", lambda unit: unit.name)
class Unit(Versioned, Trashable, Base):
    """A part of the authority: an office, a division, a desk.

    ``sessions`` are opening hours as agencies have them; empty means those of the agency it
    stands for, else of the unit above.
    """

    __tablename__ = "staff_unit"

    id: Mapped[Id]
    parent_id: Mapped[int | None] = reference("staff_unit.id", ondelete="SET NULL")
    position: Mapped[int] = mapped_column(Integer, default=0)
    name: Mapped[str] = mapped_column(String(MAX_NAME))
    function: Mapped[str] = mapped_column(Text, default="")
    address: Mapped[str] = mapped_column(String(MAX_PLACE), default="")
    phone: Mapped[str] = mapped_column(String(MAX_PHONE), default="")
    email: Mapped[str] = mapped_column(String(MAX_EMAIL), default="")
    sessions: Mapped[list[Any]] = mapped_column(Document, default=list)
    agency_id: Mapped[int | None] = reference("agency.id", ondelete="SET NULL")

    agency: Mapped[Agency | None] = relationship(lazy="joined")


@trashable("staff_member", "Cán bộ", lambda member: member.name)
@names_media("staff_member", ids=("photo_id",), title="name")
class StaffMember(Versioned, Trashable, Base):
    """One person as the authority shows them."""

    __tablename__ = "staff_member"

    id: Mapped[Id]
    unit_id: Mapped[int | None] = reference("staff_unit.id", ondelete="SET NULL")
    position: Mapped[int] = mapped_column(Integer, default=0)
    name: Mapped[str] = mapped_column(String(MAX_NAME))
    post: Mapped[str] = mapped_column(String(MAX_NAME))
    room: Mapped[str] = mapped_column(String(MAX_NAME), default="")
    phone: Mapped[str] = mapped_column(String(MAX_PHONE), default="")
    email: Mapped[str] = mapped_column(String(MAX_EMAIL), default="")
    at_desk: Mapped[bool] = mapped_column(Boolean, default=False)
    photo_id: Mapped[int | None] = reference("medium.id", ondelete="SET NULL")

    photo: Mapped[Medium | None] = relationship(lazy="joined")


@trashable(
    "duty_turn",
    "Lượt trực",
    lambda turn: f"{turn.task}: {turn.name}, từ {short_date(turn.starts_on)}",
)
class DutyTurn(Versioned, Trashable, Base):
    """Who is on duty from one day to another, both included.

    Name and number are written out, so that the roster of last year stays as it was.
    """

    __tablename__ = "duty_turn"
    __table_args__ = (CheckConstraint("ends_on >= starts_on", name="days_in_order"),)

    id: Mapped[Id]
    starts_on: Mapped[date] = mapped_column(Date, index=True)
    ends_on: Mapped[date] = mapped_column(Date, index=True)
    task: Mapped[str] = mapped_column(String(MAX_NAME))
    name: Mapped[str] = mapped_column(String(MAX_NAME))
    phone: Mapped[str] = mapped_column(String(MAX_PHONE))
    hours: Mapped[str] = mapped_column(String(MAX_NAME), default="")
