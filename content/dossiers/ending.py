"""What every early end of a dossier leaves in order: pauses closed, requests and drafts too,
the dossier back at the desk.

Called by the services that stop a dossier or let it be withdrawn, before their move.
"""

from datetime import datetime

from sqlalchemy.orm import Session

from content.dossiers.clock import recount
from content.dossiers.models import Dossier
from content.dossiers.money import cancel_owed
from content.dossiers.passing import to_desk
from content.dossiers.proposals import Proposal, Proposals
from content.dossiers.rules import FilingRules
from content.dossiers.step_clock import recount_step
from content.dossiers.supplement_requests import Outcome, close_request, open_request
from content.dossiers.waiting import pauses_of
from content.people.models import Account


def put_in_order(
    proposals: Proposals,
    dossier: Dossier,
    outcome: Outcome,
    by: Account | None,
    *,
    but: Proposal | None = None,
) -> None:
    """Close what is still open; time that was waited away makes nobody late."""
    session, now = proposals.session, proposals.now
    close_request(open_request(session, dossier), outcome, now)
    _close_pause(session, proposals.rules, dossier, now, by)
    proposals.drop_all(dossier, but=but)
    to_desk(session, proposals.rules.calendar, dossier, by, now)
    cancel_owed(session, dossier, now)


def _close_pause(
    session: Session, rules: FilingRules, dossier: Dossier, now: datetime, by: Account | None
) -> None:
    open_ones = [one for one in pauses_of(session, dossier) if one.ends_at is None]
    for pause in open_ones:
        pause.ends_at = now
        pause.ended_by_id = by.id if by else None
    if open_ones and dossier.received_at is not None:
        session.flush()  # the pause that has just ended counts
        recount(rules.calendar, dossier, [one.as_pause() for one in pauses_of(session, dossier)])
        recount_step(session, rules.calendar, dossier)
