"""Counts that other subjects give: each reader names what it knows, and zero only where it
counted and found none. What no reader knows is "chưa có dữ liệu", never zero.
"""

from collections import Counter
from collections.abc import Callable, Mapping

from sqlalchemy import ColumnElement, and_, exists, func, select
from sqlalchemy.orm import selectinload

from content.dossiers.models import Dossier
from content.figures import closings, synchronised
from content.figures.question import Question
from content.figures.settled import concerns, settled, was_late
from content.figures.sql import bounds
from content.figures.which import HAS_FILES, received_within
from content.procedures.decisions import PublicationDecision
from content.procedures.duties import DutyKind, Verdict, duties
from content.procedures.kinds import CURRENT, Channel, EntryKind, ServiceLevel, Status
from content.procedures.models import Procedure, ProcedureVersion

Reader = Callable[[Question], Mapping[str, int]]

_ONLINE = (ServiceLevel.FULL, ServiceLevel.PARTIAL)
_PUBLISHING = (EntryKind.NEW, EntryKind.AMENDED)


def settling(asked: Question) -> Mapping[str, int]:
    """2.1: on time of those concerned; more than one request for supplements counts as late
    (QĐ 766, as the national dashboard counts)."""
    session, period = asked.session, asked.period
    whole = settled(session, period, asked.units)
    twice = session.scalar(
        select(func.count(Dossier.id)).where(
            concerns(period, asked.units), Dossier.supplement_count > 1, ~_late(asked)
        )
    )
    on_time = whole.early + whole.on_time + whole.open_within
    return {"received": whole.received, "on_time": on_time - (twice or 0)}


def _late(asked: Question) -> ColumnElement[bool]:
    return func.coalesce(was_late(asked.period), False)


def channels(asked: Question) -> Mapping[str, int]:
    """3.3: dossiers received in the period, and those that came online."""
    mine = and_(received_within(asked.period), asked.units.dossiers)
    query = select(Dossier.channel, func.count(Dossier.id)).where(mine).group_by(Dossier.channel)
    found = dict(asked.session.execute(query).all())
    return {"all_dossiers": sum(found.values()), "online_dossiers": found.get(Channel.ONLINE, 0)}


def digitised(asked: Question) -> Mapping[str, int]:
    """4.2: dossiers with at least one paper as a file."""
    query = select(func.count(Dossier.id)).where(concerns(asked.period, asked.units), HAS_FILES)
    return {"digitised": asked.session.scalar(query) or 0}


def services(asked: Question) -> Mapping[str, int]:
    """3.1, 3.2: procedures in force by online level, and those that had dossiers online."""
    in_force = Procedure.status.in_(CURRENT)
    query = (
        select(Procedure.service_level, func.count(Procedure.id))
        .where(in_force)
        .group_by(Procedure.service_level)
    )
    levels = dict(asked.session.execute(query).all())
    came = exists().where(
        Dossier.procedure_id == Procedure.id,
        Dossier.channel == Channel.ONLINE,
        received_within(asked.period),
    )
    used = select(func.count(Procedure.id)).where(
        in_force, Procedure.service_level.in_(_ONLINE), came
    )
    return {
        "authority": sum(levels.values()),
        "full": levels.get(ServiceLevel.FULL, 0),
        "partial": levels.get(ServiceLevel.PARTIAL, 0),
        "online_services": sum(levels.get(one, 0) for one in _ONLINE),
        "online_with_dossiers": asked.session.scalar(used) or 0,
    }


def publication(asked: Question) -> Mapping[str, int]:
    """1.1 to 1.3: what the decisions signed in the period publish; on time where they were
    signed, and entered into the national database, by the days of NĐ 63/2010 arts 15 and 24;
    procedures in force with nothing missing."""
    signed = PublicationDecision.signed_on
    query = select(PublicationDecision).where(
        signed >= asked.period.first, signed <= asked.period.last
    )
    in_time: Counter[DutyKind] = Counter()
    published = 0
    for one in asked.session.scalars(query.options(selectinload(PublicationDecision.entries))):
        lines = sum(entry.kind in _PUBLISHING for entry in one.entries)
        published += lines
        for duty in duties(one, asked.calendar, asked.today):
            in_time[duty.kind] += lines if duty.verdict is Verdict.IN_TIME else 0
    in_force = Procedure.status == Status.IN_FORCE
    versions = (
        select(ProcedureVersion.missing)
        .join(Procedure, Procedure.current_version_id == ProcedureVersion.id)
        .where(in_force)
    )
    missing = list(asked.session.scalars(versions))
    return {
        "published": published,
        "published_on_time": in_time[DutyKind.PUBLISH],
        "updated_on_time": in_time[DutyKind.ENTER],
        "procedures": len(missing),
        "published_full": len([one for one in missing if not one]),
    }


#: All that is read here; subjects built later add theirs (petitions, ratings,
#: payment by a provider).
READERS: tuple[Reader, ...] = (
    *(settling, channels, digitised, services, publication),
    *(closings.payments, closings.results, synchronised.told),
)


def counts(asked: Question) -> dict[str, int]:
    """Everything that is known."""
    found: dict[str, int] = {}
    for reader in READERS:
        found |= reader(asked)
    return found


def late_online(asked: Question) -> int:
    """Dossiers sent online in the period that are or were late; index 9 wants none."""
    first, _after = bounds(asked.period)
    query = select(func.count(Dossier.id)).where(
        concerns(asked.period, asked.units),
        was_late(asked.period),
        Dossier.channel == Channel.ONLINE,
        Dossier.received_at >= first,
    )
    return asked.session.scalar(query) or 0
