"""Agencies: the authority's centre, departments and communes, as a tree.

Codes follow QĐ 20/2020/QĐ-TTg, first level first ("H99.12").
"""

from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import Boolean, Date, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from content.changes import tracked
from content.orm import Base, Document, Id, Versioned, by_value, reference


class AgencyKind(StrEnum):
    """What an agency is; the first two receive dossiers."""

    PROVINCE_CENTRE = "province_centre"
    COMMUNE_CENTRE = "commune_centre"
    PROVINCE = "province"
    DEPARTMENT = "department"
    COMMUNE = "commune"


@tracked("agency")
class Agency(Versioned, Base):
    """One agency.

    ``sessions`` lists opening hours: ``{"days": [1..7, Monday is 1], "from": "07:30",
    "to": "11:30"}``; empty means that of its parent. ``seasons`` lists hours that replace them
    from one day of the year to another, see ``seasons.py``. ``hours_before`` keeps both as they
    were, oldest first, each ``until`` the instant at which they were changed, with the instant
    at which what followed was ``announced``, if it was; ``hours_ahead`` what is announced to
    hold ``from`` a day on, ``known`` since an instant, with that of its being ``dropped``, if
    it was. See ``hours_by_day.py``.
    """

    __tablename__ = "agency"

    id: Mapped[Id]
    slug: Mapped[str] = mapped_column(String(100), unique=True)
    code: Mapped[str] = mapped_column(String(35), unique=True)
    name: Mapped[str] = mapped_column(String(300))
    kind: Mapped[AgencyKind] = mapped_column(by_value(AgencyKind))
    parent_id: Mapped[int | None] = reference("agency.id")
    position: Mapped[int] = mapped_column(Integer, default=0)
    address: Mapped[str | None] = mapped_column(Text)
    phone: Mapped[str | None] = mapped_column(String(40))
    hotline: Mapped[str | None] = mapped_column(String(40))
    email: Mapped[str | None] = mapped_column(String(254))
    sessions: Mapped[list[Any]] = mapped_column(Document, default=list)
    seasons: Mapped[list[Any]] = mapped_column(Document, default=list)
    hours_before: Mapped[list[Any]] = mapped_column(Document, default=list)
    hours_ahead: Mapped[list[Any]] = mapped_column(Document, default=list)
    valid_from: Mapped[date | None] = mapped_column(Date)
    valid_to: Mapped[date | None] = mapped_column(Date)
    is_sample: Mapped[bool] = mapped_column(Boolean, default=False)

    parent: Mapped["Agency | None"] = relationship(
        remote_side="Agency.id", back_populates="children"
    )
    children: Mapped[list["Agency"]] = relationship(
        back_populates="parent", order_by="Agency.position"
    )
