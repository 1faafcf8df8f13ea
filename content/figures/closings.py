"""Counts of how dossiers end: what was paid and how, which results are electronic."""

from collections.abc import Mapping

from sqlalchemy import and_, exists, func, select

from content.dossiers.models import Dossier
from content.dossiers.money import Charge, ChargeState, Means, Moment, MoneyReceipt
from content.dossiers.result_models import DossierResult, ResultKind, StoredDocument, StoreSource
from content.figures.question import Question
from content.figures.settled import concerns
from content.figures.sql import bounds


def payments(asked: Question) -> Mapping[str, int]:
    """3.6: dossiers with something to pay, and those that paid online."""
    owes = (
        exists()
        .where(
            Charge.dossier_id == Dossier.id,
            Charge.amount > 0,
            Charge.moment != Moment.EXEMPT,
            Charge.state != ChargeState.CANCELLED,
        )
        .correlate(Dossier)
    )
    online = (
        exists()
        .where(MoneyReceipt.dossier_id == Dossier.id, MoneyReceipt.means == Means.ONLINE)
        .correlate(Dossier)
    )
    mine = and_(concerns(asked.period, asked.units), owes)
    count = select(func.count(Dossier.id))
    return {
        "fin_obligation": asked.session.scalar(count.where(mine)) or 0,
        "paid_online": asked.session.scalar(count.where(mine, online)) or 0,
    }


def results(asked: Question) -> Mapping[str, int]:
    """4.1, 4.4: results completed in the period, those with an electronic copy, those in the
    owner's store. A refusal is no result of this kind."""
    first, after = bounds(asked.period)
    mine = (
        DossierResult.completed_at >= first,
        DossierResult.completed_at < after,
        DossierResult.refusal.is_(False),
        asked.units.dossiers,
    )
    stored = (
        exists()
        .where(
            StoredDocument.dossier_id == DossierResult.dossier_id,
            StoredDocument.source == StoreSource.RESULT,
        )
        .correlate(DossierResult)
    )
    count = select(func.count(DossierResult.id)).join(
        Dossier, Dossier.id == DossierResult.dossier_id
    )
    electronic = DossierResult.kind != ResultKind.PAPER
    return {
        "results": asked.session.scalar(count.where(*mine)) or 0,
        "electronic_results": asked.session.scalar(count.where(*mine, electronic)) or 0,
        "in_citizen_store": asked.session.scalar(count.where(*mine, stored)) or 0,
    }
