"""Chains by their service: begun, handed on, brought back, each agency within its own part."""

from datetime import date, timedelta

import pytest

from content.calendar.pauses import PauseCause
from content.dossiers.apologies import Apology, ApologyService
from content.dossiers.chain_keeping import ChainKeeper
from content.dossiers.chain_models import ChainOrder, PartResult
from content.dossiers.chain_reads import (
    chain_hand_overs,
    late_names,
    my_parts,
    overran,
    parts_of,
)
from content.dossiers.chains import ChainService, ended_at, may_begin
from content.dossiers.handling import capacities
from content.dossiers.moves import check
from content.dossiers.states import Action, Actor, Need, Refusal, Status
from content.dossiers.waiting import begin_waiting, end_waiting
from content.errors import Conflict, Invalid, InvalidTransition, NotAllowed
from content.people.delegations import Delegation
from content.people.roles import Role
from tests.content.chains.conftest import Chain
from tests.content.dossiers_service.world import an_account, filing_rules
from tests.content.month.invariants import hand_overs_are_unbroken
from tests.support.clock import StoppedClock

CALENDAR = filing_rules().calendar


def test_one_after_another_over_three_agencies(chain: Chain, clock: StoppedClock) -> None:
    office, session = chain.office, chain.session
    chain.template(clock(), ChainOrder.ONE_BY_ONE)
    dossier = office.received(clock())
    assert may_begin(office.service(ChainService, clock()), dossier)
    parts = office.service(ChainService, clock()).begin(dossier, office.desk)
    assert dossier.status is Status.IN_PROGRESS
    assert not may_begin(office.service(ChainService, clock()), dossier)
    # Monday 23/11, the 24th is a holiday: 25/11, 30/11, 1/12 – the date of the receipt.
    assert [one.planned_due for one in parts] == [
        date(2026, 11, 25),
        date(2026, 11, 30),
        date(2026, 12, 1),
    ]
    assert parts[-1].planned_due == dossier.promised_date
    # Each sees its own part, and may not act on the whole dossier.
    first, second, third = chain.people
    for officer, count in ((first, 1), (second, 0), (third, 0)):
        mine = my_parts(session, officer, CALENDAR, clock(), open_only=True)
        assert len(mine) == count
    assert not capacities(session, second, dossier, clock())
    # Whoever does an absent colleague's work there has it in the list as well.
    session.add(
        Delegation(
            absent_id=first.id,
            substitute_id=second.id,
            agency_id=parts[0].agency_id,
            role=Role.SPECIALIST,
            starts_on=clock().date(),
            ends_on=clock().date(),
            made_by_id=first.id,
            made_at=clock(),
        )
    )
    session.flush()
    assert len(my_parts(session, second, CALENDAR, clock(), open_only=True)) == 1
    # The desk keeps the whole of it and signs for that, until it comes to who decides.
    hand_overs_are_unbroken(session)
    assert dossier.holder_id == office.desk.id


def test_each_agency_ends_its_own_part_once_and_in_its_turn(
    chain: Chain, clock: StoppedClock
) -> None:
    office = chain.office
    chain.template(clock(), ChainOrder.ONE_BY_ONE)
    first, second, _ = chain.people
    service = office.service(ChainService, clock())
    parts = service.begin(office.received(clock()), office.desk)
    with pytest.raises(NotAllowed):
        service.finish(parts[0], second, PartResult.DONE, "Không phải việc của tôi.")
    with pytest.raises(InvalidTransition):
        service.finish(parts[1], second, PartResult.DONE, "Chưa đến lượt.")
    with pytest.raises(Invalid):
        service.finish(parts[0], first, PartResult.DONE, " ")
    service.receive(parts[0], first)
    with pytest.raises(InvalidTransition):
        service.receive(parts[0], first)
    with pytest.raises(Conflict):
        service.finish(parts[0], first, PartResult.DONE, "Đã thẩm tra.", revision=99)
    service.finish(parts[0], first, PartResult.DONE, "Đã thẩm tra.", revision=parts[0].revision)
    with pytest.raises(InvalidTransition):
        service.finish(parts[0], first, PartResult.DONE, "Lần hai.")


def test_a_late_agency_leaves_the_next_its_own_days(chain: Chain, clock: StoppedClock) -> None:
    office, session = chain.office, chain.session
    chain.template(clock(), ChainOrder.ONE_BY_ONE)
    first, second, third = chain.people
    dossier = office.received(clock())
    parts = office.service(ChainService, clock()).begin(dossier, office.desk)
    # The commune takes three days instead of one; the next has its own three all the same.
    clock.move(days=4)
    service = office.service(ChainService, clock())
    service.finish(parts[0], first, PartResult.DONE, "Đã thẩm tra.")
    assert parts[0].due_date == date(2026, 11, 25)
    clock.move(days=5)
    service = office.service(ChainService, clock())
    service.finish(parts[1], second, PartResult.AGREED, "Đồng ý.")
    # 27/11 + 3 working days = 2/12: in time by its own days, though the date of the chain passed.
    assert parts[1].due_date == date(2026, 12, 2)
    assert [(one.agency, one.days) for one in overran(session, CALENDAR, dossier, clock())] == [
        (chain.agencies[0].name, 2)
    ]
    # The result waits for the last of them, and comes home to the desk.
    facts = service.facts_of(dossier)
    assert facts.chain_open
    denied = check(
        dossier.status,
        Action.COMPLETE,
        Actor.LEADER,
        type(facts)(given=frozenset({Need.SIGNED_RESULT}), chain_open=True),
    )
    assert not denied.allowed
    assert denied.code is Refusal.CHAIN_OPEN
    assert ended_at(parts) is None
    service.finish(parts[2], third, PartResult.DONE, "Đã xác định nghĩa vụ tài chính.")
    assert ended_at(parts) == clock()
    assert not office.service(ChainService, clock()).facts_of(dossier).chain_open
    service.take_home(dossier, office.desk)
    hand_overs_are_unbroken(session)
    assert dossier.due_date == dossier.promised_date == date(2026, 12, 1)
    rows = chain_hand_overs(session, dossier)
    names = [one.name for one in chain.agencies]
    desk = dossier.agency.name
    assert [(one.from_name, one.to_name) for one in rows] == [
        (desk, names[0]),
        (names[0], names[1]),
        (names[1], names[2]),
        (names[2], desk),
    ]
    assert all(one.given_by and one.taken_by and one.taken_at for one in rows)
    rows[0].remark = "khác"
    with pytest.raises(InvalidTransition):
        session.flush()


def test_together_with_one_that_leads(chain: Chain, clock: StoppedClock) -> None:
    office, session = chain.office, chain.session
    chain.template(clock(), ChainOrder.TOGETHER, (2, 5, 3), lead=1)
    dossier = office.received(clock())
    service = office.service(ChainService, clock())
    commune, lead, tax = service.begin(dossier, office.desk)
    assert dossier.competent_agency is chain.agencies[1]
    assert all(one.given_at for one in (commune, lead, tax))
    first, second, third = chain.people
    # Who leads has the dossier, from the signature for its part.
    hand_overs_are_unbroken(session)
    assert (dossier.unit_id, dossier.holder_id) == (lead.agency_id, None)
    service.receive(lead, second)
    hand_overs_are_unbroken(session)
    assert dossier.holder_id == second.id
    with pytest.raises(InvalidTransition) as caught:
        service.finish(lead, second, PartResult.DONE, "Đã xong.")
    assert caught.value.data["agencies"] == [commune.agency_name, tax.agency_name]
    # Waiting for the applicant is nobody's delay.
    begin_waiting(session, dossier, PauseCause.PAYMENT, clock())
    clock.move(days=7)
    end_waiting(session, dossier, clock())
    session.flush()
    service = office.service(ChainService, clock())
    service.finish(commune, first, PartResult.OBJECTED, "Thửa đất có tranh chấp.")
    assert overran(session, CALENDAR, dossier, clock()) == ()
    clock.move(days=10)
    service = office.service(ChainService, clock())
    service.finish(tax, third, PartResult.DONE, "Đã tính thuế.")
    service.finish(lead, second, PartResult.DONE, "Đã tổng hợp.")
    # 30/11 + 3 = 3/12, ended on 10/12: the tax office, and not the one that waited for it.
    assert late_names(session, CALENDAR, dossier, clock()) == tax.agency_name
    assert [one.to_part for one in chain_hand_overs(session, dossier)] == [1, 2, 3, 2, 2, None]


def test_the_apology_names_who_overran(chain: Chain, clock: StoppedClock) -> None:
    office = chain.office
    chain.template(clock(), ChainOrder.ONE_BY_ONE)
    dossier = office.received(clock())
    office.service(ChainService, clock()).begin(dossier, office.desk)
    clock.move(days=4)
    service = office.service(ApologyService, clock())
    said = Apology("Xã thẩm tra chậm so với hạn.", date(2026, 12, 4))
    proposal = service.propose(dossier, office.specialist, said)
    assert proposal.data["late_unit"] == chain.agencies[0].name
    before = dossier.due_date
    service.sign(proposal, office.leader)
    assert (before, dossier.due_date) == (date(2026, 12, 1), date(2026, 12, 4))
    assert dossier.promised_date == before


def test_the_competent_agency_is_named_at_the_desk(chain: Chain, clock: StoppedClock) -> None:
    office, session = chain.office, chain.session
    template = chain.template(clock(), ChainOrder.ONE_BY_ONE)
    keeper = ChainKeeper(session, clock(), None)
    task = template.tasks[0]
    values = {"agency_id": None, "task": task.task, "working_days": 1, "leads": False}
    keeper.save_task(template, task, values, revision=template.revision)
    session.flush()
    assert not template.in_use
    keeper.put_in_use(template, revision=template.revision)
    session.flush()
    dossier = office.received(clock())
    service = office.service(ChainService, clock())
    with pytest.raises(Invalid) as caught:
        service.begin(dossier, office.desk)
    assert caught.value.problems == {"agency_1": "required"}
    assert parts_of(session, dossier) == []
    stranger = an_account(
        "la@example.vn", "Người Lạ", clock(), (chain.agencies[2].id, Role.ONE_STOP)
    )
    session.add(stranger)
    session.flush()
    with pytest.raises(NotAllowed):
        service.begin(dossier, stranger, {1: chain.agencies[0].id})
    parts = service.begin(dossier, office.desk, {1: chain.agencies[0].id})
    assert parts[0].agency is chain.agencies[0]


@pytest.mark.parametrize(
    ("order", "days", "lead", "code"),
    [
        (ChainOrder.ONE_BY_ONE, (1, 1, 1), None, "sum_differs"),
        (ChainOrder.TOGETHER, (5, 5, 5), None, "lead_missing"),
        (ChainOrder.TOGETHER, (5, 3, 1), 1, "lead_too_short"),
    ],
)
def test_a_chain_that_does_not_fit_is_not_put_in_use(
    chain: Chain, clock: StoppedClock, order: ChainOrder, days: tuple[int, ...], lead, code: str
) -> None:
    with pytest.raises(Invalid) as caught:
        chain.template(clock(), order, days, lead=lead)
    assert caught.value.problems == {"chain": code}


def test_a_supplement_that_restarts_the_limit_restarts_who_has_it(
    chain: Chain, clock: StoppedClock
) -> None:
    office, session = chain.office, chain.session
    chain.template(clock(), ChainOrder.ONE_BY_ONE)
    dossier = office.received(clock())
    office.service(ChainService, clock()).begin(dossier, office.desk)
    clock.move(days=14)
    assert late_names(session, CALENDAR, dossier, clock()) == chain.agencies[0].name
    dossier.clock_from = clock() - timedelta(hours=1)
    session.flush()
    assert late_names(session, CALENDAR, dossier, clock()) == ""
