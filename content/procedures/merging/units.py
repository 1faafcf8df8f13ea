"""The units in which wordings are compared: a field, an item of a list, a field of an item.

Items are known by what they are, not by their place: a paper by its name and case, a fee
by what it is charged for, a legal basis by its number. ``("fee", "le phi|…", "amount")``.
"""

from collections.abc import Callable
from typing import Any

from content.procedures.records import Record
from content.text import fold

Unit = tuple[str, ...]
Item = dict[str, Any]

#: Who a procedure is, and where a record comes from: never merged.
LEFT_OUT = frozenset(
    {"code", "level", "source", "source_note", "as_of", "missing", "completeness", "dossier_total"}
)


def _folded(*names: str) -> Callable[[Item], str]:
    def mark(item: Item) -> str:
        return "|".join(fold(str(item.get(name) or "")).strip() for name in names)

    return mark


def _fee(item: Item) -> str:
    words = _folded("kind", "currency", "condition", "unit", "valid_from")(item)
    channels = ",".join(sorted(str(one) for one in item.get("channels") or ()))
    return f"{words}|{channels}"


def _form(item: Item) -> str:
    named = next((item[name] for name in ("for", "code", "file") if item.get(name)), "")
    return fold(str(named)).strip()


#: Stands for the key of items that nothing tells apart; they are merged as one.
GROUP = ""

#: How the items of each list are told apart.
MARKS: dict[str, Callable[[Item], str]] = {
    "dossier": _folded("name", "case"),
    "fee": _fee,
    "forms": _form,
    "legal_bases": _folded("number"),
    "time_limit_by_channel": _folded("channel"),
    "local_variants": _folded("place", "code"),
}


def plain(value: Any) -> Any:
    """The value, ``None`` for everything that says nothing."""
    return None if value in ("", [], {}) else value


def same(one: Any, other: Any) -> bool:
    """Whether two values say the same; an absent key says what ``null`` says."""
    if isinstance(one, dict) and isinstance(other, dict):
        return all(same(one.get(key), other.get(key)) for key in {*one, *other})
    return bool(plain(one) == plain(other)) and type(plain(one)) is type(plain(other))


def items(record: Record, key: str) -> dict[str, Item]:
    """The items of a list by their marks; equal ones stand together under ``GROUP``."""
    found: dict[str, list[Item]] = {}
    for item in record.get(key) or ():
        found.setdefault(MARKS[key](item), []).append(item)
    return {mark: of[0] if len(of) == 1 else {GROUP: of} for mark, of in found.items()}


def is_single(item: Item | None) -> bool:
    """Whether it is one item, whose fields can be told apart."""
    return item is not None and GROUP not in item


def value_at(record: Record, unit: Unit) -> Any:
    """What a record says there, ``None`` for nothing."""
    if len(unit) == 1:
        return plain(record.get(unit[0]))
    item = items(record, unit[0]).get(unit[1])
    if item is None or len(unit) == 2:
        return item
    return plain(item.get(unit[2]))


def put(record: Record, unit: Unit, value: Any, model: Record) -> None:
    """Write a unit into a record in place; a new item goes where ``model`` has it."""
    if len(unit) == 1:
        _set(record, unit[0], value)
    elif len(unit) == 3:
        _set(items(record, unit[0])[unit[1]], unit[2], value)
    else:
        _put_item(record, unit[0], unit[1], value, model)


def _set(target: Item, key: str, value: Any) -> None:
    if plain(value) is None:
        target.pop(key, None)
    else:
        target[key] = value


def _put_item(record: Record, key: str, mark: str, value: Item | None, model: Record) -> None:
    held = items(record, key)
    if value is None:
        held.pop(mark, None)
    elif mark in held:
        held[mark] = value
    else:
        order = list(items(model, key))
        before = order[: order.index(mark)] if mark in order else order
        marks = list(held)
        place = max((marks.index(one) + 1 for one in before if one in held), default=0)
        marks.insert(place, mark)
        held = {one: held.get(one, value) for one in marks}
    record[key] = [one for item in held.values() for one in item.get(GROUP, [item])]
