"""What narrows a list of dossiers: words, people, places and days, as conditions.

Codes are found with or without dots. Names are found from their beginning; in heaps of open
work, which are small, from anywhere within.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, and_, false, or_, select, true
from sqlalchemy.orm import Session

from content.dossiers.lookup import of_code
from content.dossiers.models import Dossier
from content.dossiers.scope import in_units
from content.dossiers.sight import of_agencies
from content.dossiers.states import Status
from content.dossiers.work_models import DossierLabel
from content.procedures.kinds import Channel
from content.procedures.models import Procedure
from content.text import clean, fold
from content.words import LOCAL_ZONE

MAX_QUERY = 200
#: More procedures than a name can mean.
MAX_PROCEDURES = 200
#: Nobody has it.
NOBODY = 0
#: Day and number, without the unit: what people read out.
#: Without a space, and with a digit or a hyphen: no name of a person.
_PART_OF_CODE = re.compile(r"(?=\S*[0-9-])\S+")
_END_OF_CODE = re.compile(r"((?:20)?[0-9]{6})-[0-9]{1,6}")


@dataclass(frozen=True)
class Wanted:
    """Filters of a list; ``None`` and "" are no filter. ``agency_id`` received it, has it or
    decides, ``unit_id`` has it now; ``holder_id`` may be ``NOBODY``; days are included on both
    ends."""

    query: str = ""
    agency_id: int | None = None
    unit_id: int | None = None
    procedure: str = ""
    sector_id: int | None = None
    holder_id: int | None = None
    channel: Channel | None = None
    label_id: int | None = None
    status: Status | None = None
    received_from: date | None = None
    received_to: date | None = None
    due_from: date | None = None
    due_to: date | None = None

    def condition(self, session: Session, *, within: bool) -> ColumnElement[bool]:
        """All of it; ``within``: names are also looked for in the middle."""
        return and_(
            true(),
            matches(self.query, within=within),
            self._of_procedures(session),
            *self._of_columns(),
            *self._of_days(),
        )

    def _of_columns(self) -> list[ColumnElement[bool]]:
        found: list[ColumnElement[bool]] = []
        if self.agency_id is not None:
            found.append(of_agencies([self.agency_id]))
        if self.unit_id is not None:
            found.append(in_units([self.unit_id]))
        if self.holder_id is not None:
            nobody = self.holder_id == NOBODY
            found.append(
                Dossier.holder_id.is_(None) if nobody else Dossier.holder_id == self.holder_id
            )
        if self.channel is not None:
            found.append(Dossier.channel == self.channel)
        if self.status is not None:
            found.append(Dossier.status == self.status)
        if self.label_id is not None:
            labelled = select(DossierLabel.dossier_id).where(DossierLabel.label_id == self.label_id)
            found.append(Dossier.id.in_(labelled))
        return found

    def _of_days(self) -> list[ColumnElement[bool]]:
        found: list[ColumnElement[bool]] = []
        if self.received_from is not None:
            found.append(Dossier.received_at >= _morning(self.received_from))
        if self.received_to is not None:
            found.append(Dossier.received_at < _evening(self.received_to))
        if self.due_from is not None:
            found.append(Dossier.due_date >= self.due_from)
        if self.due_to is not None:
            found.append(Dossier.due_date <= self.due_to)
        return found

    def _of_procedures(self, session: Session) -> ColumnElement[bool]:
        found: list[ColumnElement[bool]] = []
        if self.sector_id is not None:
            of_sector = select(Procedure.id).where(Procedure.sector_id == self.sector_id)
            found.append(Dossier.procedure_id.in_(of_sector))
        text = clean(self.procedure[:MAX_QUERY])
        if text:
            ids = procedures_named(session, text)
            found.append(Dossier.procedure_id.in_(ids) if ids else false())
        return and_(true(), *found)


def procedures_named(session: Session, text: str) -> list[int]:
    """The procedures of a code, or whose name has these words, with or without marks."""
    query = select(Procedure.id).where(or_(Procedure.code == text, Procedure.identity == text))
    exact = list(session.scalars(query))
    if exact:
        return exact
    wanted = fold(text)
    names = session.execute(select(Procedure.id, Procedure.name))
    return [one for one, name in names if wanted in fold(name)][:MAX_PROCEDURES]


def matches(query: str, *, within: bool) -> ColumnElement[bool]:
    """Dossiers that somebody typed: a code in any way of writing it, or the beginning of a
    code or of the applicant's name."""
    text = clean(query[:MAX_QUERY])
    if not text:
        return true()
    coded = of_code(text)
    if coded is not None:
        return coded
    upper, name = text.upper(), fold(text)
    if within:
        return or_(
            Dossier.code.contains(upper, autoescape=True),
            Dossier.lookup_code.contains(upper, autoescape=True),
            Dossier.applicant_key.contains(name, autoescape=True),
        )
    tail = _END_OF_CODE.fullmatch(text)
    if tail is not None and (day := _day_of(tail[1])) is not None:
        began = and_(Dossier.received_at >= _morning(day), Dossier.received_at < _evening(day))
        return and_(began, Dossier.code.endswith(text, autoescape=True))
    if _PART_OF_CODE.fullmatch(text):
        return or_(
            Dossier.code.startswith(upper, autoescape=True),
            Dossier.lookup_code.startswith(upper, autoescape=True),
        )
    return Dossier.applicant_key.like(f"{_escaped(name)}%", escape="/")


def _escaped(text: str) -> str:
    """For ``LIKE``; a whole pattern, so that the index of names is used."""
    return text.replace("/", "//").replace("%", "/%").replace("_", "/_")


def _day_of(digits: str) -> date | None:
    try:
        return datetime.strptime(digits[-6:], "%y%m%d").date()  # noqa: DTZ007 - a day, no instant
    except ValueError:
        return None


def _evening(day: date) -> datetime:
    return _morning(day) + timedelta(days=1)


def _morning(day: date) -> datetime:
    return datetime.combine(day, time.min, LOCAL_ZONE)
