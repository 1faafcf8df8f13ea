"""A vector that notices what nobody looked at, so that no field is silently ignored."""

from typing import Any

#: Texts for people; they explain a case and expect nothing.
PROSE = frozenset({"id", "note"})


class Vector:
    """One case of the file; every field must be taken before ``finish``."""

    def __init__(self, data: Any, prose: frozenset[str] = PROSE) -> None:
        assert isinstance(data, dict), f"a vector must be an object, not {data!r}"
        self._data = data
        self._left = set(data) - prose
        self._parts: list[Vector] = []

    def __contains__(self, key: str) -> bool:
        return key in self._data

    def take(self, key: str) -> Any:
        """A field that must be there."""
        assert key in self._data, f"the vector lacks {key!r}"
        self._left.discard(key)
        return self._data[key]

    def get(self, key: str, default: Any = None) -> Any:
        """A field that may be missing."""
        return self.take(key) if key in self._data else default

    def part(self, key: str) -> "Vector":
        """A field that is an object of its own."""
        part = Vector(self.take(key), frozenset())
        self._parts.append(part)
        return part

    def keys(self) -> list[str]:
        """All fields, for objects whose fields are the cases."""
        return list(self._data)

    def expect(self, **known: Any) -> None:
        """Holds the fields that are there against what the rules gave."""
        for key in list(self._left):
            assert key in known, f"unknown field {key!r}"
            assert self.take(key) == known[key], key

    def finish(self) -> None:
        """Nothing may be left unread."""
        assert not self._left, f"fields nobody understands: {sorted(self._left)}"
        for part in self._parts:
            part.finish()
