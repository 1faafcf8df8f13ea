"""Where a procedure is received, when that is told of it by name; why, when it is not the desk.

Dossiers are handed in at the one-stop desk; a procedure received elsewhere has a reason and a
legal basis, and both are public (NĐ 61/2018/NĐ-CP arts 14, 15).
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Boolean, CheckConstraint, String, Text, select
from sqlalchemy.orm import Mapped, Session, joinedload, mapped_column, relationship

from content import audit, changes
from content.agencies import hours
from content.agencies.models import Agency, AgencyKind
from content.errors import Conflict, Invalid
from content.orm import Base, Id, Versioned, reference
from content.procedures.kinds import CURRENT
from content.procedures.models import Procedure
from content.text import clean

MAX_PLACE = 300
MAX_LINE = 500
MAX_REASON = 2_000
#: Agencies with a one-stop desk.
_DESKS = frozenset({AgencyKind.PROVINCE_CENTRE, AgencyKind.COMMUNE_CENTRE})
FIELDS = ("agency_id", "place", "address", "hours", "phone", "reason", "legal_basis")


class ReceptionPlace(Versioned, Base):
    """The place of one procedure; without a row it is the one-stop desk, whichever.

    An agency, or a ``place`` by name; ``elsewhere``: that is no one-stop desk, and then
    ``reason`` and ``legal_basis`` are there. Address and hours that are empty are those of
    the agency.
    """

    __tablename__ = "reception_place"
    __table_args__ = (
        CheckConstraint("agency_id IS NOT NULL OR place != ''", name="somewhere"),
        CheckConstraint("NOT elsewhere OR (reason != '' AND legal_basis != '')", name="told_why"),
    )

    id: Mapped[Id]
    procedure_id: Mapped[int] = reference("procedure.id", unique=True, index=False)
    agency_id: Mapped[int | None] = reference("agency.id")
    place: Mapped[str] = mapped_column(String(MAX_PLACE), default="")
    address: Mapped[str] = mapped_column(String(MAX_LINE), default="")
    hours: Mapped[str] = mapped_column(String(MAX_LINE), default="")
    phone: Mapped[str] = mapped_column(String(40), default="")
    elsewhere: Mapped[bool] = mapped_column(Boolean, default=False)
    reason: Mapped[str] = mapped_column(Text, default="")
    legal_basis: Mapped[str] = mapped_column(Text, default="")

    procedure: Mapped[Procedure] = relationship()
    agency: Mapped[Agency | None] = relationship()

    @property
    def name(self) -> str:
        """What the place is called."""
        if self.agency is None:
            return self.place
        return f"{self.agency.name}, {self.place}" if self.place else self.agency.name

    @property
    def where(self) -> str:
        """Its address, "" where nobody has told it."""
        return self.address or ((self.agency.address or "") if self.agency else "")

    @property
    def sessions(self) -> list[dict[str, Any]]:
        """The agency's own opening hours, or those above it, where none are told here."""
        if self.hours or self.agency is None:
            return []
        above = self.agency.parent
        return self.agency.sessions or (above.sessions if above else [])

    @property
    def open_hours(self) -> tuple[str, ...]:
        """When it is open, in lines; none where nobody has told it."""
        return tuple(self.hours.splitlines()) or hours.in_words(self.sessions)


def place_of(session: Session, procedure_id: int) -> ReceptionPlace | None:
    """The place told of a procedure; ``None``: any one-stop desk that serves it."""
    query = select(ReceptionPlace).where(ReceptionPlace.procedure_id == procedure_id)
    return session.scalars(query.options(joinedload(ReceptionPlace.agency))).first()


def received_elsewhere(session: Session) -> list[ReceptionPlace]:
    """Procedures in force that no one-stop desk receives, by sector and name."""
    query = (
        select(ReceptionPlace)
        .join(Procedure)
        .where(ReceptionPlace.elsewhere, Procedure.status.in_(CURRENT))
        .options(
            joinedload(ReceptionPlace.procedure).joinedload(Procedure.sector),
            joinedload(ReceptionPlace.agency),
        )
        .order_by(Procedure.name_sort)
    )
    return list(session.scalars(query))


def save_place(
    session: Session,
    procedure: Procedure,
    values: Mapping[str, Any],
    *,
    revision: int,
    actor_id: int | None,
    now: datetime,
) -> ReceptionPlace:
    """A new place (``revision`` 0) or a changed one.

    Raises ``Invalid`` for ``agency_id``, ``place``, ``reason``, ``legal_basis`` and what is too
    long, ``Conflict`` if somebody saved meanwhile.
    """
    found = place_of(session, procedure.id)
    if (found.revision if found else 0) != revision:
        raise Conflict("changed_meanwhile")
    given = {name: values.get(name) for name in FIELDS}
    for name in FIELDS[1:]:
        given[name] = clean(given[name] or "", multiline=name in ("reason", "legal_basis"))
    agency = session.get(Agency, given["agency_id"]) if given["agency_id"] else None
    elsewhere = agency is None or agency.kind not in _DESKS
    problems = _problems(given, agency, elsewhere=elsewhere)
    if problems:
        raise Invalid(problems)
    changed = [name for name in FIELDS if found is None or getattr(found, name) != given[name]]
    found = found or ReceptionPlace(procedure_id=procedure.id)
    for name, value in given.items():
        setattr(found, name, value)
    found.elsewhere = elsewhere
    session.add(found)
    _note(session, procedure, "reception_place.save", actor_id, now, changed)
    return found


def drop_place(
    session: Session, place: ReceptionPlace, *, actor_id: int | None, now: datetime
) -> None:
    """It is received at the one-stop desk again."""
    _note(session, place.procedure, "reception_place.drop", actor_id, now, [])
    session.delete(place)


def _problems(
    given: Mapping[str, Any], agency: Agency | None, *, elsewhere: bool
) -> dict[str, str]:
    problems: dict[str, str] = {}
    if given["agency_id"] and agency is None:
        problems["agency_id"] = "unknown"
    if agency is None and not given["place"]:
        problems["place"] = "required"
    if agency is None and given["place"] and not given["address"]:
        problems["address"] = "required"
    for name in ("reason", "legal_basis"):
        if elsewhere and len(given[name].split()) < 2:
            problems[name] = "required"
    limits = {"place": MAX_PLACE, "phone": 40, "address": MAX_LINE, "hours": MAX_LINE}
    limits |= {"reason": MAX_REASON, "legal_basis": MAX_REASON}
    for name, limit in limits.items():
        if len(given[name]) > limit:
            problems[name] = "too_long"
    return problems


def _note(
    session: Session,
    procedure: Procedure,
    action: str,
    actor_id: int | None,
    now: datetime,
    changed: list[str],
) -> None:
    changes.advance(session)  # public pages show it
    audit.record(
        session,
        now=now,
        actor_id=actor_id,
        action=action,
        subject=f"reception_place:{procedure.id}",
        changed=changed,
    )
