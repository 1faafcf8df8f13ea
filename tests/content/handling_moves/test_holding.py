"""Who acts on a dossier inside: whoever has it; and the clerk only after the leader."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from content.dossiers.apologies import Apology, ApologyService
from content.dossiers.hand_overs import hand_overs_of
from content.dossiers.heaps import Heaps, Tab
from content.dossiers.inbox import Asked, inbox
from content.dossiers.models import Dossier
from content.dossiers.money import ChargeKind
from content.dossiers.obligations import Asked as MoneyAsked
from content.dossiers.obligations import ObligationService
from content.dossiers.proposals import ProposalKind, ProposalState, open_proposal
from content.dossiers.routing import Receiver, RoutingService
from content.dossiers.sight import sight_of
from content.dossiers.states import Status
from content.dossiers.supplements import SupplementService, Wanted
from content.errors import Conflict, InvalidTransition, NotAllowed
from content.people.delegations import Delegation
from content.people.models import Account
from content.people.roles import Role
from tests.content.dossiers_service.world import HOME_PAPER, an_account, calendar
from tests.content.handling_moves.closing import Closing, closing_of, said
from tests.content.handling_moves.office import REASON, Office
from tests.support.clock import StoppedClock

MONEY = MoneyAsked(((ChargeKind.FEE, 20_000),), "Kho bạc, tài khoản 000", "Luật Phí và lệ phí")
NOTE = "Chuyển bước theo quy trình."


@pytest.fixture
def end(office: Office, clock: StoppedClock) -> Closing:
    return closing_of(office, clock())


def transferred(end: Closing, clock: StoppedClock) -> Dossier:
    """At the first step inside: the head assigns."""
    office = end.office
    dossier = office.received(clock())
    to = Receiver(office.world.centre.id)
    office.service(RoutingService, clock()).transfer(dossier, office.desk, to)
    return dossier


def forward(end: Closing, clock: StoppedClock, dossier: Dossier, by: Account, to: Account) -> None:
    receiver = Receiver(end.office.world.centre.id, to.id)
    end.office.service(RoutingService, clock()).forward(dossier, by, receiver, NOTE)


def acts_of(
    end: Closing, clock: StoppedClock, dossier: Dossier
) -> dict[str, Callable[[Account], object]]:
    """What a specialist does with a dossier, each by whoever is named."""
    office, results = end.office, end.results(clock())
    wanted = Wanted({HOME_PAPER: "bản chụp mờ"}, REASON)
    return {
        "result": lambda who: results.propose(dossier, who, REASON, refusal=False),
        "refusal": lambda who: results.propose(dossier, who, REASON, refusal=True),
        "supplement": lambda who: office.service(SupplementService, clock()).propose(
            dossier, who, wanted
        ),
        "money": lambda who: office.service(ObligationService, clock()).ask(dossier, who, MONEY),
    }


def test_nobody_proposes_what_somebody_else_has(end: Closing, clock: StoppedClock) -> None:
    office = end.office
    dossier = transferred(end, clock)
    other = an_account(
        "other@example.vn", "Tạ Văn Xét", clock(), (office.world.centre.id, Role.SPECIALIST)
    )
    office.session.add(other)
    office.session.flush()
    acts = acts_of(end, clock, dossier)

    def all_refused(who: Account) -> None:
        for name, act in acts.items():
            with pytest.raises(NotAllowed) as refused:
                act(who)
            assert refused.value.code == "not_holder", name

    all_refused(office.specialist)  # it waits for the head, who assigns it
    forward(end, clock, dossier, office.head, office.specialist)
    all_refused(other)
    assert open_proposal(office.session, dossier, ProposalKind.RESULT) is None
    assert dossier.status is Status.IN_PROGRESS
    acts["result"](office.specialist)
    acts["refusal"](office.head)  # who leads the unit may always

    # It went on to the head: the specialist has had their turn.
    forward(end, clock, dossier, office.specialist, office.head)
    with pytest.raises(NotAllowed):
        acts["supplement"](office.specialist)


def test_what_was_looked_at_before_is_no_ground_to_propose(
    end: Closing, clock: StoppedClock
) -> None:
    office = end.office
    dossier = transferred(end, clock)
    stale = dossier.revision
    forward(end, clock, dossier, office.head, office.specialist)
    office.session.flush()
    apologies = office.service(ApologyService, clock())
    said = Apology(REASON, date(2026, 12, 9))
    for act in (
        lambda: end.results(clock()).propose(
            dossier, office.specialist, REASON, refusal=False, revision=stale
        ),
        lambda: apologies.draft(dossier, office.specialist, said, revision=stale),
        lambda: apologies.propose(dossier, office.specialist, said, revision=stale),
    ):
        with pytest.raises(Conflict):
            act()
    apologies.propose(dossier, office.specialist, said, revision=dossier.revision)


def test_a_substitute_has_what_the_absent_one_has(end: Closing, clock: StoppedClock) -> None:
    office, today = end.office, clock().date()
    dossier = transferred(end, clock)
    forward(end, clock, dossier, office.head, office.specialist)
    substitute = an_account(
        "thay@example.vn", "Lý Thị Thay", clock(), (office.world.centre.id, Role.CLERK)
    )
    office.session.add(substitute)
    office.session.flush()
    office.session.add(
        Delegation(
            absent_id=office.specialist.id,
            substitute_id=substitute.id,
            agency_id=office.world.centre.id,
            role=Role.SPECIALIST,
            starts_on=today,
            ends_on=today + timedelta(days=3),
            made_by_id=office.head.id,
            made_at=clock(),
        )
    )
    office.session.flush()
    acts_of(end, clock, dossier)["result"](substitute)
    assert open_proposal(office.session, dossier, ProposalKind.RESULT)


def test_the_clerk_comes_after_the_leader(end: Closing, clock: StoppedClock) -> None:
    office, today = end.office, clock().date()
    dossier = transferred(end, clock)

    def too_early() -> None:
        with pytest.raises(InvalidTransition) as refused:
            end.results(clock()).complete(dossier, end.clerk, said(today))
        assert refused.value.code == "leader_first"
        assert dossier.status is Status.IN_PROGRESS

    too_early()
    forward(end, clock, dossier, office.head, office.specialist)
    forward(end, clock, dossier, office.specialist, office.head)
    forward(end, clock, dossier, office.head, office.leader)
    too_early()  # it is on the leader's table, not yet signed
    forward(end, clock, dossier, office.leader, end.clerk)
    end.results(clock()).complete(dossier, end.clerk, said(today))
    assert dossier.status is Status.RESOLVED


def test_an_agreed_result_or_the_leader_need_no_step(end: Closing, clock: StoppedClock) -> None:
    office, today = end.office, clock().date()
    first = transferred(end, clock)
    forward(end, clock, first, office.head, office.specialist)
    results = end.results(clock())
    results.sign(results.propose(first, office.specialist, REASON, refusal=False), office.leader)
    office.session.flush()
    # Signed, it is the clerk's: in their list, with a line of the control slip from the leader.
    last = hand_overs_of(office.session, first)[-1]
    assert (first.step_key, first.holder_id, last.given_by) == ("b7", None, office.leader.name)
    assert (last.from_step, last.to_performer) == ("b4", "clerk")
    heaps = Heaps(sight_of(office.session, end.clerk, clock()), calendar(), clock())
    assert [one.lookup_code for one in inbox(office.session, heaps, Asked(Tab.UNCLAIMED)).rows] == [
        first.lookup_code
    ]
    results.complete(first, end.clerk, said(today))
    second = transferred(end, clock)
    results.complete(second, office.leader, said(today))
    assert {first.status, second.status} == {Status.RESOLVED}


def test_what_was_agreed_with_and_sent_back_is_proposed_anew(
    end: Closing, clock: StoppedClock
) -> None:
    office = end.office
    dossier = transferred(end, clock)
    forward(end, clock, dossier, office.head, office.specialist)
    results, routing = end.results(clock()), office.service(RoutingService, clock())
    first = results.propose(dossier, office.specialist, REASON, refusal=False)
    results.sign(first, office.leader)
    office.session.flush()
    with pytest.raises(InvalidTransition):
        routing.take_back(dossier, office.leader)  # the signature would stay
    routing.send_back(dossier, end.clerk, "b6", "Dự thảo ghi sai ngày sinh của người nộp.")
    office.session.flush()
    assert first.state is ProposalState.DROPPED
    with pytest.raises(InvalidTransition) as refused:
        end.results(clock()).complete(dossier, end.clerk, said(clock().date()))
    assert refused.value.code == "leader_first"
    results.propose(dossier, office.head, REASON, refusal=False)
