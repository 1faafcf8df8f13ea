"""A wish to withdraw that came from the national portal: T12, asked there, confirmed by the desk.

It lies on the desk as a wish made here does, and is answered once: with yes when the dossier
has been withdrawn, else with the reason why not.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from content.dossiers.models import Dossier
from content.dossiers.proposals import Proposal, ProposalState
from content.dossiers.rules import FilingRules
from content.dossiers.states import Status
from content.dossiers.withdrawals import WithdrawalService
from content.errors import Conflict, Invalid, InvalidTransition
from content.exchange.answering import refuse, taken, waiting
from content.exchange.arrivals import REASONS, ArrivedWithdrawal, refused
from content.exchange.models import ArrivalState, ExchangeArrival
from content.exchange.planning import link_of, link_of_number
from content.exchange.sending import ROUND

#: How the wish came, before its words.
_THERE = "Đề nghị trên Cổng Dịch vụ công quốc gia: "
_UNTOLD = "người nộp không ghi lý do."
_WHY_NOT = {
    Status.WITHDRAWN: "withdrawn",
    Status.RESOLVED: "resolved",
    Status.RETURNED: "resolved",
}


def lay_on_the_desk(
    session: Session,
    arrival: ExchangeArrival,
    arrived: ArrivedWithdrawal,
    rules: FilingRules,
    now: datetime,
) -> None:
    """The desk sees the wish. Raises ``Invalid`` as ``arrivals.read``."""
    link = link_of_number(session, arrived.number)
    if link is None:
        raise refused("unknown_dossier")
    dossier, words = link.dossier, _THERE + (arrived.reason or _UNTOLD)
    try:
        wish = WithdrawalService(session, now, rules).wish(dossier, words, way="national")
    except InvalidTransition:
        raise refused(_why_not(dossier)) from None
    except Conflict:
        raise refused("withdrawal_asked") from None
    except Invalid:
        raise refused("withdrawal_reason") from None
    session.flush()  # the arrival names the wish's id
    arrival.dossier_id, arrival.proposal_id, arrival.error = dossier.id, wish.id, ""


def decided(session: Session) -> Sequence[int]:
    """Arrivals whose wish the desk, or the dossier's own way, has decided."""
    query = (
        select(ExchangeArrival.id)
        .join(Proposal, Proposal.id == ExchangeArrival.proposal_id)
        .where(ExchangeArrival.state == ArrivalState.WAITING, Proposal.open_kind.is_(None))
    )
    return session.scalars(query.order_by(ExchangeArrival.id).limit(ROUND)).all()


def answer_wish(session: Session, arrival_id: int, now: datetime) -> None:
    """Say what became of a wish that is decided; silent the second time."""
    arrival = waiting(session, arrival_id)
    if arrival is None or arrival.proposal is None or arrival.proposal.is_open:
        return
    wish = arrival.proposal
    dossier, link = wish.dossier, link_of(session, wish.dossier)
    if dossier.status is Status.WITHDRAWN and link is not None:
        taken(session, arrival, link, dossier.lookup_code, now)
    else:
        refuse(session, arrival_id, _declined(wish), now)


def _declined(wish: Proposal) -> str:
    if wish.state is ProposalState.REJECTED:
        return wish.remark
    ended = wish.dossier.finished_at is not None
    return REASONS[_why_not(wish.dossier) if ended else "kept_on"]


def _why_not(dossier: Dossier) -> str:
    return _WHY_NOT.get(dossier.status, "ended")
