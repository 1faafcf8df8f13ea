"""Whose a dossier is in reports: the unit and the person who worked on it.

Where a dossier is now says little once it is ended: its result lies at the desk, with whoever
hands it out. So reports ask the hand-overs who had it before.
"""

from typing import Any

from sqlalchemy import ColumnElement, func, select

from content.dossiers.hand_overs import HandOver
from content.dossiers.models import Dossier
from content.processes.graph import Performer

_PERSON = func.coalesce(HandOver.taken_by_id, HandOver.to_person_id)
_AROUND = (Performer.ONE_STOP.value, Performer.CLERK.value)


def _of(what: ColumnElement[Any], which: ColumnElement[bool], *, last: bool) -> ColumnElement[Any]:
    """Of the first or last hand-over of this kind that was not taken back."""
    number = HandOver.number
    return (
        select(what)
        .where(HandOver.dossier_id == Dossier.id, HandOver.undone_at.is_(None), which)
        .order_by(number.desc() if last else number)
        .limit(1)
        .correlate(Dossier)
        .scalar_subquery()
    )


#: The last unit that had it for its work; the desk for what never left it.
working_unit: ColumnElement[int] = func.coalesce(
    _of(HandOver.to_agency_id.expression, HandOver.to_performer != Performer.ONE_STOP, last=True),
    Dossier.unit_id,
    Dossier.agency_id,
)
#: Who appraised it last; where no specialist did, who had it first inside the house; at the
#: desk who has it. Nobody where nobody signed for it.
handler: ColumnElement[int | None] = func.coalesce(
    _of(_PERSON, HandOver.to_performer == Performer.SPECIALIST, last=True),
    _of(_PERSON, HandOver.to_performer.not_in(_AROUND), last=False),
    Dossier.holder_id,
)
