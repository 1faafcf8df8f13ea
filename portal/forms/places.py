"""The lists of provinces and communes that an address is chosen from."""

from collections.abc import Mapping, Sequence
from typing import Protocol

Named = tuple[str, str]


class PlaceBook(Protocol):
    """Provinces and communes in force, as (code, name) in their order."""

    def provinces(self) -> Sequence[Named]:
        """All provinces."""

    def communes(self, province: str) -> Sequence[Named]:
        """The communes of a province; empty for an unknown code."""

    def province_name(self, code: str) -> str | None:
        """The province's name, or ``None``."""

    def commune_name(self, province: str, code: str) -> str | None:
        """The commune's name within its province, or ``None``."""


class FixedPlaces:
    """A book made of data at hand: {(code, name): [(code, name), …]}."""

    def __init__(self, places: Mapping[Named, Sequence[Named]]) -> None:
        self._provinces = tuple(places)
        self._communes = {code: tuple(places[code, name]) for code, name in places}

    def provinces(self) -> Sequence[Named]:
        """See :class:`PlaceBook`."""
        return self._provinces

    def communes(self, province: str) -> Sequence[Named]:
        """See :class:`PlaceBook`."""
        return self._communes.get(province, ())

    def province_name(self, code: str) -> str | None:
        """See :class:`PlaceBook`."""
        return dict(self._provinces).get(code)

    def commune_name(self, province: str, code: str) -> str | None:
        """See :class:`PlaceBook`."""
        return dict(self.communes(province)).get(code)
