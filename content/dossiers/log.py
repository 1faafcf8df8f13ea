"""Writing a dossier's log and moving it: one place, so that no move goes unwritten.

Asks ``moves.check`` and turns its refusals into errors; changes nothing but status,
log and audit.
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from content import audit, outbox
from content.dossiers.models import Dossier, DossierEvent
from content.dossiers.moves import check
from content.dossiers.states import (
    CLOCK_STOPPED,
    ENDED,
    Action,
    Actor,
    Allowed,
    Denied,
    Facts,
    Need,
    Refusal,
    Status,
)
from content.errors import Invalid, InvalidTransition, NotAllowed
from content.people.models import Account

#: The kind of the outbox's jobs that make papers; the key names what they come from.
LETTER = "letter"
#: The kind of the jobs that tell another system of a dossier; the key is the dossier's id.
TELL_OUTSIDE = "exchange"
#: ``Dossier.external_system`` of what the national portal knows too.
NATIONAL_PORTAL = "dvcqg"
#: Acts whose paper is made after commit, so that no paper ever holds up a move.
LEAVES_A_PAPER = frozenset(
    {
        Action.ACCEPT,
        Action.RECEIVE_AT_COUNTER,
        Action.RECEIVE_BY_POST,
        Action.REFUSE_RECEPTION,
        Action.REQUEST_SUPPLEMENT_INTAKE,
        Action.REQUEST_SUPPLEMENT_PROCESS,
        Action.SUPPLEMENT_EXPIRED,
        Action.PAYMENT_CONFIRMED,
        Action.WITHDRAW,
        Action.STOP,
        Action.REFUSE_AFTER_APPRAISAL,
        Action.HAND_OVER_RESULT,
        Action.APOLOGISE_AND_EXTEND,
    }
)


class Record(StrEnum):
    """What is written down of a dossier without moving it."""

    FEES_SETTLED = "fees_settled"
    MONEY_REFUNDED = "money_refunded"
    RESULT_POSTED = "result_posted"
    POST_CAME_BACK = "post_came_back"
    DRAFT_HANDED_OVER = "draft_handed_over"
    DRAFT_SIGNED = "draft_signed"
    DRAFT_SENT_BACK = "draft_sent_back"
    OPINION_ENDED = "opinion_ended"


@dataclass(frozen=True)
class Deed:
    """One act as it goes into the log: who, in what capacity, and what was said.

    ``data`` holds no personal data beyond what the dossier itself has.
    """

    action: Action | Record
    actor: Actor
    account: Account | None
    agency_id: int | None
    text: str = ""
    data: dict[str, Any] = field(default_factory=dict)


def allowed(status: Status | None, action: Action, actor: Actor, facts: Facts) -> Allowed:
    """The move, or the error that says why not.

    ``Invalid`` names what is missing, ``NotAllowed`` is for the wrong capacity, all else is
    ``InvalidTransition`` with the code of ``states.Refusal``.
    """
    answer = check(status, action, actor, facts)
    if isinstance(answer, Allowed):
        return answer
    raise _refused(answer, status)


def move(session: Session, dossier: Dossier, deed: Deed, facts: Facts, now: datetime) -> None:
    """Change the status if the table allows it, and write it down."""
    before = dossier.status
    assert isinstance(deed.action, Action)  # a record moves nothing
    dossier.status = allowed(before, deed.action, deed.actor, facts).target
    dossier.status_since = now
    if dossier.status in CLOCK_STOPPED and before not in CLOCK_STOPPED:
        dossier.previous_status = before
    if dossier.status in ENDED or dossier.status is Status.REFUSED:
        dossier.finished_at = dossier.finished_at or now
    write(session, dossier, deed, before, now)


def write(
    session: Session, dossier: Dossier, deed: Deed, before: Status | None, now: datetime
) -> None:
    """Add a line to the log and to the audit, and promise the paper it leaves; the dossier
    is flushed and locked by us."""
    last = session.scalar(
        select(func.max(DossierEvent.number)).where(DossierEvent.dossier_id == dossier.id)
    )
    number = (last or 0) + 1
    actor_id = deed.account.id if deed.account else None
    session.add(
        DossierEvent(
            dossier=dossier,
            number=number,
            at=now,
            actor_id=actor_id,
            actor_name=deed.account.name if deed.account else "",
            role=deed.actor.value,
            agency_id=deed.agency_id,
            action=deed.action.value,
            from_status=before,
            to_status=dossier.status,
            text=deed.text,
            data=deed.data,
        )
    )
    audit.record(
        session,
        now=now,
        actor_id=actor_id,
        action=f"dossier.{deed.action.value}",
        subject=f"dossier:{dossier.id}",
        status=int(dossier.status),
    )
    # What an older system received has that system's papers.
    if deed.action in LEAVES_A_PAPER and not deed.data.get("imported"):
        outbox.enqueue(session, LETTER, f"dossier:{dossier.id}:{number}", now=now)
    if dossier.external_system == NATIONAL_PORTAL:
        outbox.enqueue(session, TELL_OUTSIDE, str(dossier.id), now=now)


def _refused(denied: Denied, status: Status | None) -> Exception:
    if denied.code in {Refusal.ACTOR, Refusal.ONLY_LEADER_STOPS}:
        return NotAllowed(denied.code.value)
    if denied.code is Refusal.MISSING and Need.AUTHENTICATED in denied.missing:
        return NotAllowed("sign_in_first")
    if denied.code is Refusal.MISSING:
        return Invalid({need.value: "required" for need in sorted(denied.missing)})
    return InvalidTransition(denied.code.value, status=None if status is None else int(status))
