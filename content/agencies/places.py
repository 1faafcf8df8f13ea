"""Places: provinces and communes with their dates of validity.

Since 1/7/2025 there are 34 provinces and 3,321 communal units; codes are those of
QĐ 19/2025/QĐ-TTg, two digits for a province and five for a commune. Provinces that
ended that day stay, each with the code of its successor, so that old addresses are
understood.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import Date, Index, Integer, String, UniqueConstraint, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from content.orm import Base, Id, by_value

Named = tuple[str, str]


class PlaceKind(StrEnum):
    """The kinds of units, in their own words."""

    PROVINCE = "tỉnh"
    CITY = "thành phố"
    WARD = "phường"
    COMMUNE = "xã"
    SPECIAL_ZONE = "đặc khu"


class Place(Base):
    """A province (``province_code`` is ``None``) or a communal unit within one.

    ``position`` is its place in the Vietnamese alphabet. Old and new provinces may share
    a code, never a code and a name.
    """

    __tablename__ = "place"
    __table_args__ = (
        UniqueConstraint("code", "name"),
        Index("ix__place__province_position", "province_code", "position"),
    )

    id: Mapped[Id]
    code: Mapped[str] = mapped_column(String(5))
    name: Mapped[str] = mapped_column(String(120))
    kind: Mapped[PlaceKind] = mapped_column(by_value(PlaceKind))
    province_code: Mapped[str | None] = mapped_column(String(5))
    position: Mapped[int] = mapped_column(Integer)
    valid_from: Mapped[date | None] = mapped_column(Date)
    valid_to: Mapped[date | None] = mapped_column(Date)
    successor_code: Mapped[str | None] = mapped_column(String(5))

    @property
    def full_name(self) -> str:
        """``Tỉnh Cao Bằng``, ``Phường Hoàn Kiếm``."""
        return full_name(self.kind, self.name)


def full_name(kind: PlaceKind, name: str) -> str:
    """Kind and name as they stand at the beginning of a line."""
    return f"{kind.value.capitalize()} {name}"


@dataclass(frozen=True)
class Places:
    """The places of one day as (code, full name), in the order of the alphabet.

    Read once and kept: units change by law, and then a site is started anew.
    """

    _provinces: tuple[Named, ...]
    _communes: Mapping[str, tuple[Named, ...]]

    @classmethod
    def load(cls, session: Session, day: date) -> "Places":
        """All places that exist on a day."""
        query = (
            select(Place.code, Place.name, Place.kind, Place.province_code)
            .where(
                or_(Place.valid_from.is_(None), Place.valid_from <= day),
                or_(Place.valid_to.is_(None), Place.valid_to >= day),
            )
            .order_by(Place.position)
        )
        provinces: list[Named] = []
        communes: dict[str, list[Named]] = {}
        for code, name, kind, province in session.execute(query):
            among = provinces if province is None else communes.setdefault(province, [])
            among.append((code, full_name(kind, name)))
        return cls(tuple(provinces), {code: tuple(named) for code, named in communes.items()})

    def provinces(self) -> Sequence[Named]:
        """All provinces."""
        return self._provinces

    def communes(self, province: str) -> Sequence[Named]:
        """The communes of a province; empty for an unknown code."""
        return self._communes.get(province, ())

    def province_name(self, code: str) -> str | None:
        """The province's full name, or ``None``."""
        return dict(self._provinces).get(code)

    def commune_name(self, province: str, code: str) -> str | None:
        """The commune's full name within its province, or ``None``."""
        return dict(self.communes(province)).get(code)


def successor(session: Session, former_province: str) -> Place | None:
    """The province of today that a province named as before 1/7/2025 belongs to."""
    query = select(Place.successor_code).where(
        Place.name == former_province, Place.successor_code.is_not(None)
    )
    code = session.scalars(query).first()
    current = select(Place).where(
        Place.code == code, Place.province_code.is_(None), Place.valid_to.is_(None)
    )
    return session.scalars(current).first() if code else None
