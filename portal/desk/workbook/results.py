"""Results of measures that are read from reports; the rest stays unknown until somebody counts it.

Of a year up to today, of a unit with all below it.
"""

from collections.abc import Callable
from decimal import Decimal
from statistics import mean

from pyramid.request import Request
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from content.agencies.models import Agency, AgencyKind
from content.calendar.store import load_calendar
from content.dossiers.models import Dossier
from content.figures import periods, readers
from content.figures.question import Question
from content.figures.scope import units_of
from content.figures.settled import settled
from content.figures.shortened import shortened_by_sector
from content.figures.which import received_within
from content.procedures.kinds import Channel
from content.words import local
from content.workbook.measures import Results

HUNDRED = Decimal(100)


def _share(part: int, whole: int) -> Decimal | None:
    """In per cent; nothing where there is nothing to take a share of."""
    return HUNDRED * part / whole if whole else None


def _online(asked: Question) -> Decimal | None:
    found = readers.channels(asked)
    return _share(found["online_dossiers"], found["all_dossiers"])


def _post(asked: Question) -> Decimal | None:
    mine = (received_within(asked.period), asked.units.dossiers)
    by_post = asked.session.scalar(
        select(func.count(Dossier.id)).where(*mine, Dossier.channel == Channel.POST)
    )
    return _share(by_post or 0, readers.channels(asked)["all_dossiers"])


def _on_time(asked: Question) -> Decimal | None:
    found = settled(asked.session, asked.period, asked.units)
    return _share(found.early + found.on_time, found.settled)


def _leads_all(asked: Question) -> bool:
    """Whether the province's centre is among the units: it answers for the whole authority,
    though departments stand beside it in the tree."""
    top = Agency.kind.in_((AgencyKind.PROVINCE_CENTRE, AgencyKind.PROVINCE))
    query = select(Agency.id).where(asked.units.agencies, top, Agency.parent_id.is_(None))
    return asked.session.scalar(query.limit(1)) is not None


def _shortened(asked: Question) -> Decimal | None:
    # Limits are shortened for the whole authority, as of today: no past year, no single unit.
    if not _leads_all(asked) or asked.span.period.last.year < asked.today.year:
        return None
    shares = [share for one in shortened_by_sector(asked.session) for share in one.shares]
    return HUNDRED * Decimal(str(mean(shares))) if shares else None


def results(request: Request) -> Results:
    """What is known as of this request."""
    today, calendar = local(request.now).date(), load_calendar(request.db)

    def of(
        count: Callable[[Question], Decimal | None],
    ) -> Callable[[Session, int, frozenset[int]], Decimal | None]:
        def result(session: Session, year: int, units: frozenset[int]) -> Decimal | None:
            if not periods.FIRST_YEAR <= year <= today.year:
                return None
            span = periods.parse(str(year)).until(today)
            return count(Question(session, span, today, calendar, units_of(session, units)))

        return result

    counted = {"online": _online, "post": _post, "on_time": _on_time, "shortened": _shortened}
    return {key: of(count) for key, count in counted.items()}
