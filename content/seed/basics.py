"""Loads agencies, places and the calendar: what everything else points to."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from content.agencies.models import Agency, AgencyKind
from content.agencies.places import Place, PlaceKind
from content.calendar.store import seed_calendar
from content.procedures.repairs import TWO_TIERS_FROM

FOLDER = Path(__file__).parent
_LAST_DAY = date(2025, 6, 30)


def read_json(name: str) -> Any:
    """A data file of the sample."""
    return json.loads((FOLDER / name).read_text("utf-8"))


def seed_agencies(session: Session) -> Iterator[str]:
    """Add the agencies that are missing; parents stand before children."""
    known = {agency.slug: agency for agency in session.scalars(select(Agency))}
    added = 0
    for position, given in enumerate(read_json("agencies.json")):
        if given["slug"] in known:
            continue
        fields = {key: value for key, value in given.items() if key not in {"parent", "kind"}}
        known[given["slug"]] = agency = Agency(
            **fields,
            kind=AgencyKind(given["kind"]),
            parent=known.get(given.get("parent", "")),
            position=position,
            valid_from=TWO_TIERS_FROM,
            is_sample=True,
        )
        session.add(agency)
        added += 1
    yield f"Cơ quan mẫu: thêm {added}, đã có {len(known) - added}."


def seed_places(session: Session) -> Iterator[str]:
    """Add the provinces and communes, unless some are there: a site keeps its own list."""
    if session.scalars(select(Place.id).limit(1)).first():
        yield "Địa danh: đã có."
        return
    rows = list(_place_rows(read_json("places.json")))
    session.execute(insert(Place), rows)
    yield f"Địa danh: thêm {len(rows)}."


def seed_working_days(session: Session) -> Iterator[str]:
    """Add the known holidays and swapped days of years nobody has touched."""
    yield f"Lịch làm việc: thêm {seed_calendar(session)} ngày."


def _place_rows(given: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for position, (code, kind, name, communes) in enumerate(given["provinces"]):
        yield _place(code, kind, name, position)
        for place, (own_code, own_kind, own_name) in enumerate(communes):
            yield {**_place(own_code, own_kind, own_name, place), "province_code": code}
    for position, (code, name, successor) in enumerate(given["former"]):
        ended = {"valid_from": None, "valid_to": _LAST_DAY, "successor_code": successor}
        yield {**_place(code, PlaceKind.PROVINCE.value, name, position), **ended}


def _place(code: str, kind: str, name: str, position: int) -> dict[str, Any]:
    return {
        "code": code,
        "kind": PlaceKind(kind),
        "name": name,
        "province_code": None,
        "position": position,
        "valid_from": TWO_TIERS_FROM,
        "valid_to": None,
        "successor_code": None,
    }
