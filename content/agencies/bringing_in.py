"""Agencies from a list: added with their parents, changed where the list says otherwise.

Takes rows whoever read them; all or nothing is the caller's transaction, every bad row is
named before anything is written.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from content.agencies.models import Agency, AgencyKind
from content.text import fold, slugify

TITLES = {
    "Mã": "code",
    "Tên": "name",
    "Loại": "kind",
    "Mã cấp trên": "parent",
    "Đường dẫn": "slug",
    "Địa chỉ": "address",
    "Điện thoại": "phone",
    "Đường dây nóng": "hotline",
    "Thư điện tử": "email",
}
REQUIRED = ("code", "name", "kind")
KIND_WORDS = {
    "Trung tâm cấp tỉnh": AgencyKind.PROVINCE_CENTRE,
    "Trung tâm cấp xã": AgencyKind.COMMUNE_CENTRE,
    "Cấp tỉnh": AgencyKind.PROVINCE,
    "Sở, ngành": AgencyKind.DEPARTMENT,
    "Cấp xã": AgencyKind.COMMUNE,
}
_KINDS = {fold(words): kind for words, kind in KIND_WORDS.items()} | {
    one.value: one for one in AgencyKind
}
_LIMITS = {"code": 35, "name": 300, "slug": 100, "phone": 40, "hotline": 40, "email": 254}
_FREE = ("address", "phone", "hotline", "email")


class Row(Protocol):
    """A row of a list with named cells."""

    @property
    def number(self) -> int:
        """The row as the program shows it."""

    def text(self, key: str) -> str:
        """A cell as clean text, "" where it is empty."""


@dataclass
class Plan:
    """What a list would do. ``problems`` are (row, key, code, value)."""

    added: list[Mapping[str, str]] = field(default_factory=list)
    changed: list[tuple[Agency, Mapping[str, str]]] = field(default_factory=list)
    unchanged: int = 0
    problems: list[tuple[int, str, str, str]] = field(default_factory=list)


def plan(session: Session, rows: Sequence[Row]) -> Plan:
    """What writing these rows would do; writes nothing.

    A parent stands in the database or in an earlier row; only the authority itself has none.
    """
    known = {one.code: one for one in session.scalars(select(Agency))}
    slugs = {one.slug: one.code for one in known.values()}
    has_root = any(one.parent_id is None for one in known.values())
    found, seen = Plan(), set[str]()
    for row in rows:
        given = {key: row.text(key) for key in TITLES.values()}
        given["slug"] = given["slug"] or (
            known[given["code"]].slug if given["code"] in known else slugify(given["name"])
        )
        wrong = dict(_problems(given, set(known) | seen, seen, slugs))
        if not given["parent"] and given["code"] not in known and (has_root or seen):
            wrong.setdefault("parent", "required")
        found.problems += [(row.number, key, code, given[key][:80]) for key, code in wrong.items()]
        seen.add(given["code"])
        slugs.setdefault(given["slug"], given["code"])
        if not wrong:
            _sort(found, known.get(given["code"]), given)
    return found


def write(session: Session, made: Plan) -> None:
    """Write a plan without problems."""
    by_code = {one.code: one for one in session.scalars(select(Agency))}
    place = max((one.position for one in by_code.values()), default=-1)
    for number, given in enumerate(made.added, start=place + 1):
        agency = Agency(
            code=given["code"],
            slug=given["slug"],
            name=given["name"],
            kind=_KINDS[fold(given["kind"])],
            parent=by_code.get(given["parent"]),
            position=number,
            sessions=[],
            **{key: given[key] or None for key in _FREE},
        )
        by_code[agency.code] = agency
        session.add(agency)
    for agency, given in made.changed:
        agency.name = given["name"]
        for key in _FREE:
            if given[key]:
                setattr(agency, key, given[key])


def _problems(
    given: Mapping[str, str], codes: set[str], seen: set[str], slugs: Mapping[str, str]
) -> list[tuple[str, str]]:
    wrong = [(key, "required") for key in REQUIRED if not given[key]]
    wrong += [(key, "too_long") for key, limit in _LIMITS.items() if len(given[key]) > limit]
    if given["kind"] and fold(given["kind"]) not in _KINDS:
        wrong.append(("kind", "unknown"))
    if given["code"] in seen:
        wrong.append(("code", "twice"))
    if given["parent"] and (given["parent"] not in codes or given["parent"] == given["code"]):
        wrong.append(("parent", "unknown"))
    if given["slug"] != slugify(given["slug"]) or not given["slug"]:
        wrong.append(("slug", "bad_slug"))
    elif slugs.get(given["slug"], given["code"]) != given["code"]:
        wrong.append(("slug", "taken"))
    return wrong


def _sort(found: Plan, agency: Agency | None, given: Mapping[str, str]) -> None:
    if agency is None:
        found.added.append(given)
    elif agency.name != given["name"] or any(
        given[key] and getattr(agency, key) != given[key] for key in _FREE
    ):
        found.changed.append((agency, given))
    else:
        found.unchanged += 1
