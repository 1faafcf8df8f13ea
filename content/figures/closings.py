"""Counts of how dossiers end: what was paid and how, which results are electronic; and what
makes a dossier one of those that were counted."""

from collections.abc import Mapping

from sqlalchemy import ColumnElement, and_, exists, func, select

from content.dossiers.models import Dossier
from content.dossiers.money import Charge, ChargeState, Means, Moment, MoneyReceipt
from content.dossiers.result_models import DossierResult, ResultKind, StoredDocument, StoreSource
from content.figures.question import Question
from content.figures.settled import concerns
from content.figures.settling import Period
from content.figures.sql import bounds

#: Something is to be paid for it.
OWES: ColumnElement[bool] = (
    exists()
    .where(
        Charge.dossier_id == Dossier.id,
        Charge.amount > 0,
        Charge.moment != Moment.EXEMPT,
        Charge.state != ChargeState.CANCELLED,
    )
    .correlate(Dossier)
)
PAID_ONLINE: ColumnElement[bool] = (
    exists()
    .where(MoneyReceipt.dossier_id == Dossier.id, MoneyReceipt.means == Means.ONLINE)
    .correlate(Dossier)
)
#: Its result is in the owner's store.
IN_STORE: ColumnElement[bool] = (
    exists()
    .where(
        StoredDocument.dossier_id == Dossier.id,
        StoredDocument.source == StoreSource.RESULT,
    )
    .correlate(Dossier)
)
_ELECTRONIC = DossierResult.kind != ResultKind.PAPER


def has_result(period: Period, *, on_paper_only: bool = False) -> ColumnElement[bool]:
    """Its result was completed in the period. A refusal is no result of this kind."""
    only = (DossierResult.kind == ResultKind.PAPER,) if on_paper_only else ()
    mine = exists().where(DossierResult.dossier_id == Dossier.id, _completed(period), *only)
    return mine.correlate(Dossier)


def _completed(period: Period) -> ColumnElement[bool]:
    first, after = bounds(period)
    return and_(
        DossierResult.completed_at >= first,
        DossierResult.completed_at < after,
        DossierResult.refusal.is_(False),
    )


def payments(asked: Question) -> Mapping[str, int]:
    """3.6: dossiers with something to pay, and those that paid online."""
    mine = and_(concerns(asked.period, asked.units), OWES)
    count = select(func.count(Dossier.id))
    return {
        "fin_obligation": asked.session.scalar(count.where(mine)) or 0,
        "paid_online": asked.session.scalar(count.where(mine, PAID_ONLINE)) or 0,
    }


def results(asked: Question) -> Mapping[str, int]:
    """4.1, 4.4: results completed in the period, those with an electronic copy, those in the
    owner's store."""
    count = (
        select(func.count(DossierResult.id))
        .join(Dossier, Dossier.id == DossierResult.dossier_id)
        .where(_completed(asked.period), asked.units.dossiers)
    )
    return {
        "results": asked.session.scalar(count) or 0,
        "electronic_results": asked.session.scalar(count.where(_ELECTRONIC)) or 0,
        "in_citizen_store": asked.session.scalar(count.where(IN_STORE)) or 0,
    }
