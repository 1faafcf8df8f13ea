"""Stopping a dossier: T13 by the leader, T9 when nobody answered a request in time.

Both leave a notice of stopping (TT 03/2025, form 05) that says why, what becomes of the
papers and of the money. The only writer of these moves.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import select

from content.dossiers import handling_notices
from content.dossiers.ending import put_in_order
from content.dossiers.handling import HandlingService
from content.dossiers.log import Deed, allowed, move
from content.dossiers.models import Dossier
from content.dossiers.proposals import Proposals
from content.dossiers.reasons import demand_reason, demand_short
from content.dossiers.slip_numbers import Symbol, deciding_agency, issue_number
from content.dossiers.states import Action, Actor, Facts, Status
from content.dossiers.supplement_requests import (
    Outcome,
    SupplementRequest,
    open_request,
    the_open_request,
)
from content.people.models import Account
from content.people.signing_as import signs_as
from content.words import local, short_date


@dataclass(frozen=True)
class Stop:
    """What the notice says: the reason, its legal basis, what of papers and money goes back."""

    reason: str
    legal_basis: str = ""
    papers: str = ""
    money: str = ""


class StopService(HandlingService):
    """Ends without a result, as of one instant."""

    def stop(
        self, dossier: Dossier, leader: Account, said: Stop, *, revision: int | None = None
    ) -> None:
        """T13. Raises ``Invalid`` (``reason``, ``legal_basis``, ``papers``, ``money``),
        ``NotAllowed``, ``InvalidTransition``, ``Conflict``."""
        actor = self.take_up(dossier, leader, Action.STOP, revision)
        facts = replace(self.facts_of(dossier), reason=demand_reason(said.reason))
        allowed(dossier.status, Action.STOP, actor, facts)
        data = {
            "legal_basis": demand_short(said.legal_basis, "legal_basis"),
            "papers": demand_short(said.papers, "papers"),
            "money": demand_short(said.money, "money"),
        }
        self._end(dossier, Deed(Action.STOP, actor, leader, None, facts.reason, data), facts)

    def expire(
        self, dossier: Dossier, officer: Account, reason: str, *, revision: int | None = None
    ) -> None:
        """T9 by hand. Raises ``InvalidTransition("still_waiting")`` before the day is over,
        and always where the procedure sets no limit."""
        actor = self.take_up(dossier, officer, Action.SUPPLEMENT_EXPIRED, revision)
        facts = self._expiry_facts(dossier, demand_reason(reason))
        allowed(dossier.status, Action.SUPPLEMENT_EXPIRED, actor, facts)
        self._expire(dossier, actor, officer, facts)

    def expire_by_clock(self, dossier: Dossier) -> bool:
        """T9 by the timer; whether the dossier was stopped. Somebody may have been faster."""
        self.session.refresh(dossier, with_for_update=True)
        request = open_request(self.session, dossier)
        if request is None or request.reply_by is None:
            return False
        reason = (
            f"Quá hạn bổ sung hồ sơ ngày {short_date(request.reply_by)} "
            "mà chưa nhận được giấy tờ, nội dung đã yêu cầu."
        )
        facts = self._expiry_facts(dossier, reason)
        if not facts.supplement_wait_over or dossier.status is not Status.SUPPLEMENT_ASKED:
            return False
        self._expire(dossier, Actor.SYSTEM, None, facts)
        return True

    def expired(self, limit: int = 100) -> Iterator[Dossier]:
        """Dossiers whose applicants were waited for in vain, at most ``limit``."""
        query = (
            select(Dossier)
            .join(SupplementRequest, SupplementRequest.dossier_id == Dossier.id)
            .where(
                SupplementRequest.outcome.is_(None),
                SupplementRequest.reply_by < local(self.now).date(),
                Dossier.status == Status.SUPPLEMENT_ASKED,
            )
            .order_by(SupplementRequest.reply_by, Dossier.id)
            .limit(limit)
        )
        yield from self.session.scalars(query).all()

    def _expiry_facts(self, dossier: Dossier, reason: str) -> Facts:
        request = open_request(self.session, dossier)
        by: date | None = request.reply_by if request else None
        over = by is not None and local(self.now).date() > by
        return replace(self.facts_of(dossier), reason=reason, supplement_wait_over=over)

    def _expire(self, dossier: Dossier, actor: Actor, who: Account | None, facts: Facts) -> None:
        request = the_open_request(self.session, dossier)
        data = {
            "request": request.number,
            "reply_by": request.reply_by.isoformat() if request.reply_by else None,
        }
        deed = Deed(Action.SUPPLEMENT_EXPIRED, actor, who, None, facts.reason, data)
        self._end(dossier, deed, facts, Outcome.EXPIRED)

    def _end(
        self, dossier: Dossier, deed: Deed, facts: Facts, outcome: Outcome = Outcome.ENDED
    ) -> None:
        issuer = deciding_agency(dossier)
        slip = issue_number(self.session, Symbol.STOP, issuer, self.now)
        data: dict[str, Any] = {**deed.data, "from": int(dossier.status), "slip": slip}
        data["stage"] = dossier.step_name or ""
        if deed.actor is Actor.LEADER and deed.account is not None:
            data["signed_by"] = signs_as(deed.account)
        proposals = Proposals(self.session, self.now, self.rules)
        put_in_order(proposals, dossier, outcome, deed.account)
        done = replace(deed, agency_id=issuer.id, data=data)
        move(self.session, dossier, done, facts, self.now)
        follow = self.rules.follow_url(dossier.lookup_code)
        handling_notices.tell_stopped(self.session, dossier, done, follow, self.now)
