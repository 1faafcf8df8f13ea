"""A record and its flat form: lists apart, the names of agencies as fields of their own."""

from typing import Any

from content.procedures.records import Record
from content.procedures.spreadsheets.layout import (
    EMPTY_LISTS,
    LIMIT_TARGETS,
    MAIN_COLUMNS,
    STEP,
    UNKNOWN_LISTS,
)
from content.procedures.spreadsheets.machine import Exact

_AGENCIES = "agencies."
_NAMES = [c.key.removeprefix(_AGENCIES) for c in MAIN_COLUMNS if c.key.startswith(_AGENCIES)]
_COLUMNS = {column.key for column in MAIN_COLUMNS}


def parted(record: Record) -> Record:
    """A record with the names of agencies as fields, where that loses nothing."""
    agencies = record.get("agencies")
    if not isinstance(agencies, dict) or not set(agencies) <= set(_NAMES):
        return dict(record)
    if not any(value for value in agencies.values()):
        return dict(record)
    flat = {key: value for key, value in record.items() if key != "agencies"}
    return flat | {_AGENCIES + name: value for name, value in agencies.items()}


def joined(record: Record, items: dict[str, list[Any]], exact: Exact) -> Record:
    """A record with its lists and agencies put back; ``exact`` speaks where there are no rows."""
    whole = {key: value for key, value in record.items() if not key.startswith(_AGENCIES)}
    agencies = {name: record[_AGENCIES + name] for name in _NAMES if _AGENCIES + name in record}
    whole |= {"agencies": agencies} if any(agencies.values()) else {}
    whole |= {key: [] for key in EMPTY_LISTS} | dict.fromkeys(UNKNOWN_LISTS)
    whole |= {key: _list_value(key, rows) for key, rows in items.items() if rows}
    for key, kept in exact.items():
        if key in _COLUMNS or items.get(key) or (key == "agencies" and "agencies" in whole):
            continue
        whole.pop(key, None)
        whole |= {key: kept[0]} if kept else {}
    return whole


def _list_value(key: str, items: list[Any]) -> Any:
    if key in LIMIT_TARGETS:
        # Two rows for one limit are a mistake that the format names: a list is no limit.
        limits = [{name: one[name] for name in one if name != "channel"} for one in items]
        return limits[0] if len(limits) == 1 else limits
    return [item.get(STEP) for item in items] if key == "steps" else items
