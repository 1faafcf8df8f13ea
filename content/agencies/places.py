"""Places: provinces and communes with their dates of validity.

Since 1/7/2025 there are 34 provinces and 3,321 communal units; codes are those of
QĐ 19/2025/QĐ-TTg, two digits for a province and five for a commune.
"""

from datetime import date
from enum import StrEnum

from sqlalchemy import Date, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from content.orm import Base, by_value


class PlaceKind(StrEnum):
    """The kinds of units, in their own words."""

    PROVINCE = "tỉnh"
    CITY = "thành phố"
    WARD = "phường"
    COMMUNE = "xã"
    SPECIAL_ZONE = "đặc khu"


class Place(Base):
    """A province (``province_code`` is ``None``) or a communal unit within one."""

    __tablename__ = "place"
    __table_args__ = (Index("ix__place__province_sort", "province_code", "position"),)

    code: Mapped[str] = mapped_column(String(5), primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    kind: Mapped[PlaceKind] = mapped_column(by_value(PlaceKind))
    province_code: Mapped[str | None] = mapped_column(String(5))
    position: Mapped[int]
    valid_from: Mapped[date] = mapped_column(Date)
    valid_to: Mapped[date | None] = mapped_column(Date)
