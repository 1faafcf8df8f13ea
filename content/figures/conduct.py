"""Complaints about conduct in the figures: index 7 of TT 01/2018/TT-VPCP, from the book of work."""

from dataclasses import dataclass

from sqlalchemy import case, func, or_, select

from content.dossiers.models import Dossier
from content.figures import indices
from content.figures.question import Question
from content.figures.sql import local_day
from content.figures.which import complained_of, finished_within
from content.workbook import targets


@dataclass(frozen=True)
class Conduct:
    """``held`` complaints were found to be true in the period; ``dossiers`` finished in it had
    one, and ``lost`` is what these would have scored without. ``is_kept``: there is a book."""

    is_kept: bool
    held: int = 0
    dossiers: int = 0
    lost: int = 0
    #: Complaints that name no dossier, of which no score can be made.
    elsewhere: int = 0


def conduct(asked: Question) -> Conduct:
    """What the book of complaints says of a period."""
    session, period, units = asked.session, asked.period, asked.units.ids
    if not targets.keeps_conduct(session, units, period.last.year):
        return Conduct(is_kept=False)
    held = targets.justified(session, units, period.first, period.last)
    early = local_day(Dossier.finished_at) < Dossier.lawful_date
    day = local_day(Dossier.finished_at)
    on_time = or_(Dossier.lawful_date.is_(None), day == Dossier.lawful_date)
    score = case((early, _score(early=True)), (on_time, _score()), else_=0)
    query = select(func.count(Dossier.id), func.sum(score)).where(
        complained_of(period, asked.units), finished_within(period), asked.units.dossiers
    )
    many, lost = session.execute(query).one()
    elsewhere = sum(1 for one in held if not one.values.get("dossier"))
    return Conduct(True, len(held), many, lost or 0, elsewhere)


def _score(*, early: bool = False) -> int:
    return indices.attitude(early=early, on_time=True, complaints_held=0)
