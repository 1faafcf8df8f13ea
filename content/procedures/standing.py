"""The standing of a procedure on a day, computed from its versions alone.

Pure: reads versions, knows no session. ``publishing.py`` writes the result down.
"""

from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import NamedTuple

from content.procedures.kinds import EntryKind, Level, Status, VersionState
from content.procedures.models import Procedure, ProcedureVersion
from content.procedures.repairs import TWO_TIERS_FROM, is_historical
from content.words import local

_DAY = timedelta(days=1)


class Standing(NamedTuple):
    """Status, the day it began, and the version that shows it (none for a mere draft)."""

    status: Status
    since: date | None
    version: ProcedureVersion | None


def today(now: datetime) -> date:
    """The day it is in Viet Nam."""
    return local(now).date()


def status_on(procedure: Procedure, day: date) -> Status:
    """The standing of a procedure on one day."""
    return standing_on(procedure, day).status


def published_versions(procedure: Procedure) -> list[ProcedureVersion]:
    """What decisions adopted, in the order in which it comes into force."""
    dated = [one for one in procedure.versions if one.state is VersionState.PUBLISHED]
    return sorted(dated, key=lambda one: (one.valid_from or date.min, one.number))


def newest_wording(procedure: Procedure) -> ProcedureVersion | None:
    """What the next version is written on: what was adopted last, though it may only begin
    later, else what people read. Written on anything older, it would undo what is coming."""
    published = published_versions(procedure)
    return published[-1] if published else procedure.current_version


def coming_version(procedure: Procedure, day: date) -> ProcedureVersion | None:
    """The version that was adopted and begins after ``day``, the last of them; else none."""
    newest = newest_wording(procedure)
    is_coming = newest is not None and newest.valid_from is not None and newest.valid_from > day
    return newest if is_coming else None


def coming_end(procedure: Procedure, day: date) -> date | None:
    """The day from which a procedure holds no more, as a decision has settled already."""
    newest = newest_wording(procedure)
    if newest is None or not newest.ended_by or newest.valid_to is None or newest.valid_to < day:
        return None
    return newest.valid_to + _DAY


def chain(procedure: Procedure) -> None:
    """Each published version ends the day before the next one begins."""
    published = published_versions(procedure)
    for version, following in pairwise(published):
        if not version.ended_by and following.valid_from:
            version.valid_to = following.valid_from - _DAY


def standing_on(procedure: Procedure, day: date) -> Standing:
    """Status, since when, and the version that shows it."""
    begun = [
        one for one in published_versions(procedure) if one.valid_from and one.valid_from <= day
    ]
    if begun:
        return _published_standing(begun[-1], day)
    coming = published_versions(procedure)
    if coming:
        return Standing(Status.NOT_YET, coming[0].valid_from, coming[0])
    collected = [one for one in procedure.versions if one.state is VersionState.COLLECTED]
    if not collected:
        return Standing(Status.DRAFT, None, None)
    return _collected_standing(procedure, collected[-1], day)


def _published_standing(version: ProcedureVersion, day: date) -> Standing:
    if version.ended_by and version.valid_to and version.valid_to < day:
        return Standing(_ended(version.ended_by), version.valid_to + _DAY, version)
    return Standing(Status.IN_FORCE, version.valid_from, version)


def _collected_standing(procedure: Procedure, version: ProcedureVersion, day: date) -> Standing:
    if version.ended_by and version.valid_to and version.valid_to < day:
        return Standing(_ended(version.ended_by), version.valid_to + _DAY, version)
    if procedure.level is Level.DISTRICT and day >= TWO_TIERS_FROM:
        return Standing(Status.EXPIRED, TWO_TIERS_FROM, version)
    if is_historical(version.as_of):
        return Standing(Status.HISTORICAL, None, version)
    return Standing(Status.TO_VERIFY, None, version)


def _ended(kind: EntryKind) -> Status:
    return Status.ABOLISHED if kind is EntryKind.ABOLISHED else Status.EXPIRED
