"""Between a section of a record and the values of its form.

What the form does not know (keys that a newer source added) is kept; a field that was
absent and stays empty stays absent, so that opening and saving changes nothing.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from content.procedures.drafting import part_of
from content.procedures.forms.conditions import number
from content.procedures.labels import SECTIONS
from content.procedures.projecting import case_names
from content.procedures.records import Record

#: The section of other provinces' fees and limits.
ELSEWHERE = "noi-khac"
_TEXT_LISTS = frozenset({"steps", "applicants"})
_ROWS = frozenset({"fee", "dossier", "forms", "legal_bases", "time_limit_by_channel"})
_NUMBERS = frozenset({"amount", "originals", "copies", "value", "sets", "dossier_total"})
_GROUPS = frozenset({"time_limit", "local_limit", "agencies"})
_PLACE = re.compile(r"[0-9]{1,4}")
_OBLIGATORY = {True: "co", False: "khong"}


def values_of(record: Record, section: str) -> dict[str, Any]:
    """A section as its form shows it."""
    if section == "truong-hop":
        names = case_names(record)
        return {"cases": [{"was": str(place), "name": one} for place, one in enumerate(names)]}
    if section == ELSEWHERE:
        return _elsewhere_shown(record.get("local_variants") or [])
    return {key: _shown(key, value) for key, value in part_of(record, section).items()}


def part_from(data: Mapping[str, Any], section: str, base: Record) -> Record:
    """What the form says, as the section's keys; ``base`` is the record it was opened with."""
    if section == ELSEWHERE:
        found = _elsewhere_from(data, base.get("local_variants") or [])
        return {"local_variants": found} if found or base.get("local_variants") else {}
    keys = SECTIONS[section][1]
    part = {key: _kept(key, data.get(key), base.get(key)) for key in keys if key in data}
    # An empty list where the record says nothing says nothing either.
    return {key: value for key, value in part.items() if value != [] or base.get(key)}


def cases_from(
    data: Mapping[str, Any], base: Record
) -> tuple[dict[str, str | None], list[tuple[str, str]]]:
    """New names by old ones (``None`` for cases taken out), and cases to add."""
    names = case_names(base)
    renamed: dict[str, str | None] = dict.fromkeys(names)
    added = []
    for row in data["cases"]:
        place = row.get("was")
        if isinstance(place, str) and place.isdigit() and int(place) < len(names):
            renamed[names[int(place)]] = row["name"]
        else:
            added.append((row["name"], row.get("paper") or ""))
    changed = {old: new for old, new in renamed.items() if old != new}
    return changed, added


def places_of(variants: Iterable[Mapping[str, Any]]) -> list[str]:
    """What places are called where one of them is to be chosen: no two alike."""
    names: list[str] = []
    for one in variants:
        name = str(one.get("place") or "")
        same = sum(1 for other in names if other == name or other.startswith(f"{name} – lần "))
        names.append(f"{name} – lần {same + 1}" if same else name)
    return names


def _elsewhere_shown(variants: list[Record]) -> dict[str, Any]:
    """Places, and the fees of all of them in one list, each with its place."""
    rows, fees = [], []
    for nth, (place, variant) in enumerate(zip(places_of(variants), variants, strict=True)):
        told = {name: _plain(name, one) for name, one in variant.items() if name != "fee"}
        limit = variant.get("time_limit") or {}
        told["time_limit"] = {name: _plain(name, one) for name, one in limit.items()}
        rows.append({"was": str(nth), **told})
        for at, fee in enumerate(variant.get("fee") or ()):
            shown = {name: _plain(name, one) for name, one in fee.items()}
            fees.append({"was": f"{nth}.{at}", "place": place, **shown})
    return {"local_variants": rows, "variant_fee": fees}


def _elsewhere_from(data: Mapping[str, Any], base: list[Record]) -> list[Record]:
    rows, before = data.get("local_variants") or [], places_of(base)
    now = places_of(rows)
    fees: dict[str, list[Record]] = {}
    for row in data.get("variant_fee") or ():
        given = {name: value for name, value in row.items() if name not in ("was", "place")}
        fees.setdefault(row["place"], []).append(_row(given, _fee_before(row.get("was"), base)))
    found = []
    for at, row in enumerate(rows):
        was = place_of(row)
        old = base[was] if was is not None and was < len(base) else {}
        kept = _row({name: value for name, value in row.items() if name != "time_limit"}, old)
        limit = _kept("time_limit", row.get("time_limit"), old.get("time_limit"))
        if limit is not None or "time_limit" in old:
            kept["time_limit"] = limit
        own = fees.get(before[was] if old and was is not None else now[at], [])
        if own or "fee" in old:
            kept["fee"] = own
        found.append(kept)
    return found


def _fee_before(was: Any, base: list[Record]) -> Record:
    nth, _dot, at = was.partition(".") if isinstance(was, str) else ("", "", "")
    if not (_PLACE.fullmatch(nth) and _PLACE.fullmatch(at)) or int(nth) >= len(base):
        return {}
    fees = base[int(nth)].get("fee") or []
    return dict(fees[int(at)]) if int(at) < len(fees) else {}


def _shown(key: str, value: Any) -> Any:
    if key in _TEXT_LISTS:
        return [{"was": str(place), "text": one} for place, one in enumerate(value or ())]
    if key in _ROWS:
        return [
            {"was": str(place), **{name: _plain(name, one) for name, one in row.items()}}
            for place, row in enumerate(value or ())
        ]
    if key in _GROUPS:
        return {name: _plain(name, one) for name, one in (value or {}).items()}
    return _plain(key, value)


def _plain(name: str, value: Any) -> Any:
    if name == "obligatory":
        return _OBLIGATORY.get(value)
    if isinstance(value, list) or value is None:
        return value
    return str(value)


def _kept(key: str, given: Any, base: Any) -> Any:
    if key in _TEXT_LISTS:
        return [row["text"] for row in given or ()]
    if key in _ROWS:
        return [_row(row, _before(row, base)) for row in given or ()]
    if key in _GROUPS:
        filled = _row(given or {}, base if isinstance(base, dict) else {})
        return filled if any(value is not None for value in filled.values()) else None
    return _typed(key, given, base)


def place_of(row: Mapping[str, Any]) -> int | None:
    """Where a row of the form stood in the record it was opened with; ``None`` for new ones."""
    place = row.get("was")
    if not isinstance(place, str) or not _PLACE.fullmatch(place):
        return None
    return int(place)


def _before(row: Mapping[str, Any], base: Any) -> Record:
    place, rows = place_of(row), base or []
    return dict(rows[place]) if place is not None and place < len(rows) else {}


def _row(row: Mapping[str, Any], before: Record) -> Record:
    kept = dict(before)
    for name, given in row.items():
        value = _typed(name, given, before.get(name))
        is_absent = name not in before and value in (None, [])
        if name != "was" and not is_absent:
            kept[name] = value
    return kept


def _typed(name: str, given: Any, before: Any) -> Any:
    if given in (None, ""):
        return None
    if isinstance(given, list):
        # Boxes have an order of their own; the same ones ticked are no change.
        return before if isinstance(before, list) and set(before) == set(given) else given
    if name == "obligatory":
        return given == "co"
    if name in _NUMBERS:
        found = number(given)
        if found is None:
            return given
        return int(found) if found == found.to_integral_value() else float(found)
    # What was no text (an old level as a number) stays as it was while nobody changes it.
    return before if before is not None and str(before) == given else given
