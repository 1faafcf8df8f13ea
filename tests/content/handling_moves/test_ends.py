"""T9, T12, T13: stopped by the leader, lapsed, withdrawn; what is left in order."""

from datetime import date

import pytest

from content.dossiers.models import Dossier
from content.dossiers.proposals import ProposalKind, Proposals, ProposalState, open_proposal
from content.dossiers.states import Action, Status
from content.dossiers.stopping import Stop, StopService
from content.dossiers.supplement_requests import Outcome, requests_of
from content.dossiers.supplements import SupplementService, Wanted
from content.dossiers.waiting import pauses_of
from content.dossiers.withdrawals import Settlement, WithdrawalService
from content.dossiers.wording import timeline
from content.errors import Conflict, Invalid, InvalidTransition, NotAllowed
from tests.content.dossiers_service.world import HOME_PAPER
from tests.content.handling_moves.office import REASON, Office
from tests.support.clock import StoppedClock

WISH = "Tôi nộp nhầm thủ tục."
NOTHING = Settlement()


def asked(office: Office, clock: StoppedClock) -> Dossier:
    dossier = office.submitted(clock())
    service = office.service(SupplementService, clock())
    service.ask(dossier, office.desk, Wanted({HOME_PAPER: ""}, REASON))
    return dossier


def withdrawing(office: Office, clock: StoppedClock) -> WithdrawalService:
    return office.service(WithdrawalService, clock())


def stopping(office: Office, clock: StoppedClock) -> StopService:
    return office.service(StopService, clock())


def test_the_leader_stops_it(office: Office, clock: StoppedClock) -> None:
    dossier = office.in_progress(clock())
    proposals = office.service(Proposals, clock())
    proposal = proposals.draft(dossier, office.specialist, ProposalKind.REFUSAL, REASON)
    said = Stop(REASON, "Điều 5", "Trả lại bản chính sổ đỏ", "Không thu phí")
    for other in (office.desk, office.specialist, office.head):
        with pytest.raises(NotAllowed):
            stopping(office, clock).stop(dossier, other, said)
    stopping(office, clock).stop(dossier, office.leader, said, revision=dossier.revision)
    assert (dossier.status, dossier.finished_at) == (Status.STOPPED, clock())
    data = dossier.events[-1].data
    assert data["slip"]["text"] == "01/TB-DHS"
    assert (data["papers"], data["money"]) == (said.papers, said.money)
    assert proposal.state is ProposalState.DROPPED
    assert "Giấy tờ trả lại: Trả lại bản chính sổ đỏ." in timeline(dossier)[-1].sentence
    assert office.mails("stopped")[0]["values"]["officer_name"] == "Hoàng Thị Lãnh"
    with pytest.raises(InvalidTransition):
        stopping(office, clock).stop(dossier, office.leader, said)


def test_only_what_is_being_handled_is_stopped(office: Office, clock: StoppedClock) -> None:
    for dossier in (office.submitted(clock()), office.received(clock()), asked(office, clock)):
        with pytest.raises(InvalidTransition):
            stopping(office, clock).stop(dossier, office.leader, Stop(REASON))
    with pytest.raises(Invalid) as refused:
        stopping(office, clock).stop(office.in_progress(clock()), office.leader, Stop(""))
    assert refused.value.problems == {"reason": "required"}


def test_who_waits_in_vain_is_stopped_by_the_clock(office: Office, clock: StoppedClock) -> None:
    office.rule(supplement_wait_days=2)
    dossier = asked(office, clock)
    clock.move(days=3)
    # Thursday 26/11 is the last day.
    service = stopping(office, clock)
    assert list(service.expired()) == []
    assert not service.expire_by_clock(dossier)
    clock.move(days=1)
    service = stopping(office, clock)
    assert list(service.expired()) == [dossier]
    assert service.expire_by_clock(dossier)
    assert dossier.status is Status.STOPPED
    line = dossier.events[-1]
    assert (line.actor_id, line.role) == (None, "system")
    assert "26/11/2026" in line.text
    assert requests_of(office.session, dossier)[0].outcome is Outcome.EXPIRED
    assert pauses_of(office.session, dossier)[0].ends_at == clock()
    assert list(service.expired()) == []
    assert not service.expire_by_clock(dossier), "once"
    assert office.mails("stopped")[0]["values"]["expired"]


def test_or_by_hand_but_not_too_early(office: Office, clock: StoppedClock) -> None:
    office.rule(supplement_wait_days=1)
    dossier = asked(office, clock)
    reason = "Người nộp không bổ sung."
    with pytest.raises(InvalidTransition) as refused:
        stopping(office, clock).expire(dossier, office.desk, reason)
    assert refused.value.code == "still_waiting"
    clock.move(days=3)
    with pytest.raises(Invalid):
        stopping(office, clock).expire(dossier, office.desk, "")
    stopping(office, clock).expire(dossier, office.desk, reason, revision=dossier.revision)
    assert dossier.status is Status.STOPPED


def test_without_a_limit_nobody_is_stopped(office: Office, clock: StoppedClock) -> None:
    dossier = asked(office, clock)
    clock.move(days=300)
    assert list(stopping(office, clock).expired()) == []
    assert not stopping(office, clock).expire_by_clock(dossier)
    with pytest.raises(InvalidTransition):
        stopping(office, clock).expire(dossier, office.desk, REASON)


def test_waiting_makes_nobody_late(office: Office, clock: StoppedClock) -> None:
    office.rule(supplement_wait_days=20)
    dossier = office.in_progress(clock())
    service = office.service(SupplementService, clock())
    wanted = Wanted({HOME_PAPER: ""}, REASON)
    service.approve(service.propose(dossier, office.specialist, wanted), office.leader)
    clock.move(days=40)
    assert stopping(office, clock).expire_by_clock(dossier)
    assert dossier.due_date is not None
    assert dossier.due_date > clock().date()
    assert dossier.promised_date == date(2026, 12, 1)


def test_a_wish_waits_for_the_desk(office: Office, clock: StoppedClock) -> None:
    dossier = office.in_progress(clock())
    with pytest.raises(Invalid):
        withdrawing(office, clock).wish(dossier, "")
    wish = withdrawing(office, clock).wish(dossier, WISH)
    assert dossier.status is Status.IN_PROGRESS
    with pytest.raises(Conflict):
        withdrawing(office, clock).wish(dossier, WISH)
    with pytest.raises(NotAllowed):
        withdrawing(office, clock).confirm(wish, office.leader, NOTHING)
    clock.move(hours=2)
    settled = Settlement(papers="Đã trả bản chính")
    withdrawing(office, clock).confirm(wish, office.desk, settled, seen=wish.revision)
    assert (dossier.status, wish.state) == (Status.WITHDRAWN, ProposalState.DONE)
    line = dossier.events[-1]
    assert (line.action, line.role, line.text) == (Action.WITHDRAW.value, "one_stop", WISH)
    assert line.data["way"] == "online"
    assert office.mails("withdrawn")[0]["values"]["papers"] == "Đã trả bản chính"


def test_a_wish_is_taken_back_or_declined(office: Office, clock: StoppedClock) -> None:
    dossier = office.received(clock())
    service = withdrawing(office, clock)
    wish = service.wish(dossier, WISH)
    service.keep_on(dossier)
    assert wish.state is ProposalState.DROPPED
    service.keep_on(dossier)
    wish = service.wish(dossier, WISH)
    service.decline(wish, office.desk, "Kết quả đã ký, mời ông/bà đến nhận.")
    assert (wish.state, dossier.status) == (ProposalState.REJECTED, Status.RECEIVED)
    assert office.mails("withdrawal_declined")[0]["values"]["officer_name"] == "Trần Văn Một"
    assert open_proposal(office.session, dossier, ProposalKind.WITHDRAWAL) is None


@pytest.mark.parametrize("way", ["counter", "letter", "phone"])
def test_the_desk_writes_down_a_wish(office: Office, clock: StoppedClock, way: str) -> None:
    dossier = asked(office, clock)
    service = withdrawing(office, clock)
    with pytest.raises(Invalid):
        service.withdraw(dossier, office.desk, WISH, "hearsay", NOTHING)
    service.withdraw(dossier, office.desk, WISH, way, NOTHING, revision=dossier.revision)
    assert dossier.status is Status.WITHDRAWN
    assert requests_of(office.session, dossier)[0].outcome is Outcome.ENDED
    assert pauses_of(office.session, dossier)[0].ends_at == clock()
    with pytest.raises(InvalidTransition):
        service.wish(dossier, WISH)


def test_money_goes_back_first(office: Office, clock: StoppedClock) -> None:
    from content.dossiers.log import Deed, write
    from content.dossiers.states import Actor

    dossier = office.received(clock())
    deed = Deed(Action.PAYMENT_CONFIRMED, Actor.SYSTEM, None, dossier.agency_id)
    write(office.session, dossier, deed, dossier.status, clock())
    office.session.flush()
    office.session.refresh(dossier)
    service = withdrawing(office, clock)
    with pytest.raises(InvalidTransition) as refused:
        service.withdraw(dossier, office.desk, WISH, "counter", NOTHING)
    assert refused.value.code == "refund_not_settled"
    settled = Settlement(refund="Quyết định hoàn trả số 12/QĐ, 10.000 đồng")
    service.withdraw(dossier, office.desk, WISH, "counter", settled)
    assert dossier.status is Status.WITHDRAWN
