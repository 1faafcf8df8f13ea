"""Names that stay: slugs of procedures and the book of sectors.

A procedure's slug is made once and never changes with its name. Without a national
code it is the address, so no code is ever invented.
"""

import hashlib

from sqlalchemy import select
from sqlalchemy.orm import Session

from content.procedures.kinds import Level
from content.procedures.models import MAX_SLUG, Procedure, Sector
from content.procedures.records import Record
from content.text import slugify

_NAME_LENGTH = 80
_MARK_LENGTH = 6


def slug_of(record: Record) -> str:
    """The slug a record gets: its code and level, or its name.

    It does not depend on what else is in the catalogue: a name too long for an address
    is cut and gets a mark made from the whole of it, and the districts of old, which
    often share a name with a commune's procedure, name their level.
    """
    level = Level(record["level"])
    if record.get("code"):
        return f"{record['code']}-{level.slug}"
    whole = slugify(record["name"], limit=len(record["name"]) * 4 + 1)
    if len(whole) > _NAME_LENGTH:
        whole = marked(slugify(record["name"], limit=_NAME_LENGTH), record)
    slug = whole or marked("thu-tuc", record)
    return f"{slug}-cap-{level.slug}" if level is Level.DISTRICT else slug


def marked(slug: str, record: Record) -> str:
    """The slug with a short mark that tells this record from others."""
    told = f"{record['name']}|{record['level']}|{record.get('local_code')}"
    mark = hashlib.sha256(told.encode()).hexdigest()[:_MARK_LENGTH]
    return f"{slug[: MAX_SLUG - _MARK_LENGTH - 1]}-{mark}"


class SlugBook:
    """Gives each new procedure a slug nobody has."""

    def __init__(self, session: Session) -> None:
        self._taken = set(session.scalars(select(Procedure.slug)))

    def take(self, record: Record) -> str:
        """A free slug, now taken."""
        slug = slug_of(record)
        number = 1
        while slug in self._taken:
            slug = marked(slug_of(record), record) + (f"-{number}" if number > 1 else "")
            number += 1
        self._taken.add(slug)
        return slug


class SectorBook:
    """Finds or makes the sector a record names; a record without field goes by its group."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._by_name = {sector.name: sector for sector in session.scalars(select(Sector))}
        self._slugs = {sector.slug for sector in self._by_name.values()}

    def of(self, record: Record) -> Sector | None:
        """The sector, ``None`` if the record names neither field nor group."""
        group = record.get("field_group") or record.get("field")
        name = record.get("field") or group
        if not name or not group:
            return None
        return self._by_name.get(name) or self._make(name, group)

    def _make(self, name: str, group: str) -> Sector:
        slug = base = slugify(name) or "linh-vuc"
        number = 2
        while slug in self._slugs:
            slug = f"{base}-{number}"
            number += 1
        sector = Sector(slug=slug, name=name, group=group, group_slug=slugify(group) or "khac")
        self._session.add(sector)
        self._slugs.add(slug)
        self._by_name[name] = sector
        return sector
