"""Dossiers told to the national portal: QĐ 766/QĐ-TTg, 1.4, and the list of those that are not."""

from collections.abc import Mapping

from sqlalchemy import ColumnElement, and_, exists, func, select

from content.dossiers.models import Dossier
from content.exchange.models import ExchangeLink, ExchangeMessage, MessageState
from content.figures.question import Question
from content.figures.settled import concerns

_LINKED = exists().where(ExchangeLink.dossier_id == Dossier.id)
_UNSENT = exists().where(
    ExchangeLink.dossier_id == Dossier.id,
    ExchangeMessage.link_id == ExchangeLink.id,
    ExchangeMessage.state != MessageState.SENT,
)
#: The national portal knows it, and everything that is to be told of it has left.
IS_TOLD: ColumnElement[bool] = and_(_LINKED.correlate(Dossier), ~_UNSENT.correlate(Dossier))


def told(asked: Question) -> Mapping[str, int]:
    """1.4: of those concerned; nothing is known where there never was an exchange."""
    if asked.session.scalar(select(ExchangeLink.id).limit(1)) is None:
        return {}
    query = select(func.count(Dossier.id)).where(concerns(asked.period, asked.units), IS_TOLD)
    return {"synchronised": asked.session.scalar(query) or 0}
