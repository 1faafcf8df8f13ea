"""Fees settled, obligations asked and paid, refunds; duties are parted (T10, T11)."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content.dossiers.charging import Settled, standing_of
from content.dossiers.money import (
    NEXT,
    Charge,
    ChargeKind,
    ChargeState,
    Means,
    Moment,
    charges_of,
    open_obligation,
)
from content.dossiers.obligations import Asked, Payment, ProviderNotice, money_facts
from content.dossiers.states import Status
from content.dossiers.stopping import Stop, StopService
from content.dossiers.waiting import pauses_of
from content.dossiers.withdrawals import Settlement, WithdrawalService
from content.dossiers.wording import timeline
from content.errors import Conflict, Invalid, InvalidTransition, NotAllowed
from content.letters.from_events import letter_of
from content.letters.kinds import PaperKind, papers_left
from content.letters.receipts import FeeReceipt
from content.people.models import Membership
from content.people.roles import Role
from tests.content.dossiers_service.papers import SITE
from tests.content.handling_moves.closing import Closing, closing_of
from tests.content.handling_moves.office import REASON, Office
from tests.support.clock import StoppedClock

ASKED = Asked(
    [(ChargeKind.FEE, 150_000), (ChargeKind.CHARGE, 20_000)],
    "3713.0.1 Kho bạc Nhà nước",
    "Thông tư 85/2019/TT-BTC",
    "Nộp phí thẩm định trước khi cấp phép.",
    date(2026, 12, 10),
)


@pytest.fixture
def end(office: Office, clock: StoppedClock) -> Closing:
    return closing_of(office, clock())


def test_what_is_owed_follows_from_the_frozen_fees(end: Closing, clock: StoppedClock) -> None:
    dossier = end.office.received(clock())
    assert money_facts(end.office.session, dossier) == {
        "paid": False,
        "refund_settled": False,
        "fee_after_unpaid": True,
        "fees_unsettled": False,
    }
    for other in (end.office.desk, end.clerk, end.office.leader):
        with pytest.raises(NotAllowed):
            end.money(clock()).confirm(dossier, other, Payment(Means.CASH))
    with pytest.raises(Invalid):
        end.money(clock()).confirm(dossier, end.cashier, Payment(Means.TRANSFER))
    seen = dossier.revision
    (receipt,) = end.pay(dossier, clock())
    end.office.session.flush()
    assert (receipt.words, receipt.amount) == ("01/BLLP-2026", 10_000)
    assert dossier.status is Status.RECEIVED, "taking money moves nothing"
    assert dossier.revision > seen, "whoever looked before looks again"
    assert money_facts(end.office.session, dossier)["paid"]
    with pytest.raises(InvalidTransition) as refused:
        end.pay(dossier, clock())
    assert refused.value.code == "nothing_owed"
    end.office.session.refresh(dossier)
    assert "Đã thu 10.000 đồng (tiền mặt)." in timeline(dossier)[-1].sentence
    assert end.office.mails("payment_received")[0]["values"]["receipts"] == [
        "Lệ phí: 10.000 đồng, biên lai số 01/BLLP-2026"
    ]


def test_the_desk_settles_which_line_applies(end: Closing, clock: StoppedClock) -> None:
    dossier = end.office.received(clock())
    money = end.money(clock())
    for wrong in (
        Settled([5], Moment.AFTER),
        Settled([0], Moment.AFTER, times=0),
        Settled([0], Moment.EXEMPT),
        Settled([], Moment.BEFORE),
        Settled([0], Moment.EXEMPT, exempt_group="Người cao tuổi"),
    ):
        with pytest.raises(Invalid):
            money.settle(dossier, end.office.desk, wrong)
    with pytest.raises(NotAllowed):
        money.settle(dossier, end.cashier, Settled([0], Moment.AFTER))
    money.settle(dossier, end.office.desk, Settled([0], Moment.AFTER, times=3))
    end.office.session.flush()
    with pytest.raises(Conflict):
        money.settle(dossier, end.office.desk, Settled([0], Moment.AFTER), revision=1)
    assert standing_of(end.office.session, dossier).owed == 30_000
    said = Settled([0], Moment.EXEMPT, exempt_group="Người cao tuổi", proof="Thẻ căn cước")
    money.settle(dossier, end.office.desk, said)
    lines = charges_of(end.office.session, dossier)
    assert [one.state for one in lines] == [ChargeState.CANCELLED, ChargeState.UNPAID]
    assert (lines[1].amount, lines[1].exempt_reason) == (0, "Người cao tuổi")
    facts = money_facts(end.office.session, dossier)
    assert not facts["fee_after_unpaid"]
    assert not facts["paid"]


def test_who_was_late_before_waiting_stays_late(end: Closing, clock: StoppedClock) -> None:
    dossier = end.office.in_progress(clock())
    assert dossier.lawful_date == date(2026, 12, 1)
    clock.move(days=9)
    end.money(clock()).ask(dossier, end.office.specialist, ASKED)
    assert dossier.lawful_date == date(2026, 12, 1)


def test_an_obligation_stops_the_clock_until_it_is_paid(end: Closing, clock: StoppedClock) -> None:
    office = end.office
    dossier = office.in_progress(clock())
    before = dossier.due_date
    for wrong in (
        Asked([], "a", "b"),
        Asked([(ChargeKind.FEE, 0)], "a", "b"),
        Asked([(ChargeKind.FEE, 5)], "", "b"),
        Asked([(ChargeKind.FEE, 5)], "a", ""),
        Asked([(ChargeKind.FEE, 5)], "a", "b", pay_by=date(2026, 1, 1)),
    ):
        with pytest.raises(Invalid):
            end.money(clock()).ask(dossier, office.specialist, wrong)
    with pytest.raises(NotAllowed):
        end.money(clock()).ask(dossier, office.leader, ASKED)
    obligation = end.money(clock()).ask(dossier, office.specialist, ASKED)
    assert (dossier.status, dossier.previous_status) == (
        Status.PAYMENT_ASKED,
        Status.IN_PROGRESS,
    )
    assert dossier.lawful_date is None, "no day to be late after while it waits"
    told = office.mails("payment_asked")[0]["values"]
    assert told["in_words"] == "Một trăm bảy mươi nghìn đồng"
    clock.move(days=7)
    receipts = end.pay(dossier, clock(), payer="Nguyễn Văn Nộp")
    assert [one.words for one in receipts] == ["01/BLP-2026", "01/BLLP-2026"]
    assert (dossier.status, obligation.is_paid) == (Status.IN_PROGRESS, True)
    assert dossier.lawful_date == dossier.due_date
    assert open_obligation(office.session, dossier) is None
    assert pauses_of(office.session, dossier)[0].ends_at == clock()
    assert before is not None
    assert dossier.due_date is not None
    assert dossier.due_date > before
    assert dossier.promised_date == before
    office.session.flush()
    office.session.refresh(dossier)
    event = dossier.events[-1]
    assert papers_left(event) == (PaperKind.FEE_RECEIPT, PaperKind.CHARGE_RECEIPT)
    for kind, symbol in ((PaperKind.FEE_RECEIPT, "BLP"), (PaperKind.CHARGE_RECEIPT, "BLLP")):
        letter = letter_of(kind, dossier, event, SITE)
        assert isinstance(letter, FeeReceipt)
        assert (letter.number, letter.symbol, letter.payer) == (1, symbol, "Nguyễn Văn Nộp")
    # The next receipt of each kind goes on counting.
    other = office.received(clock())
    assert end.pay(other, clock())[0].words == "02/BLLP-2026"


def test_nobody_confirms_what_they_asked_for(end: Closing, clock: StoppedClock) -> None:
    office = end.office
    centre = office.world.centre.id
    end.cashier.memberships.append(Membership(agency_id=centre, role=Role.ONE_STOP))
    office.session.flush()
    dossier = office.received(clock())
    end.money(clock()).settle(dossier, end.cashier, Settled([0], Moment.BEFORE))
    with pytest.raises(InvalidTransition) as refused:
        end.pay(dossier, clock())
    assert refused.value.code == "own_amount"
    end.money(clock()).settle(dossier, office.desk, Settled([0], Moment.BEFORE))
    end.pay(dossier, clock())
    with pytest.raises(InvalidTransition) as refused:
        end.money(clock()).refund(dossier, end.cashier, REASON, "Tiền mặt")
    assert refused.value.code == "own_receipt"
    assert end.money(clock()).refund(dossier, office.leader, REASON, "Tiền mặt tại quầy") == 10_000
    facts = money_facts(office.session, dossier)
    assert (facts["paid"], facts["refund_settled"]) == (False, True)
    assert office.mails("payment_refunded")[0]["values"]["amount"] == "10.000 đồng"
    with pytest.raises(InvalidTransition):
        end.money(clock()).refund(dossier, office.leader, REASON, "Tiền mặt")


def test_a_provider_is_believed_once(end: Closing, clock: StoppedClock) -> None:
    office = end.office
    dossier = office.received(clock())
    end.money(clock()).ask(dossier, office.desk, ASKED)
    money = end.money(clock())
    with pytest.raises(Invalid):
        money.confirm_from_provider(dossier, ProviderNotice("dvcqg", "TX1", 5))
    assert money.confirm_from_provider(dossier, ProviderNotice("dvcqg", "TX1", 170_000))
    assert not money.confirm_from_provider(dossier, ProviderNotice("dvcqg", "TX1", 170_000))
    office.session.refresh(dossier)
    assert (dossier.status, dossier.events[-1].role) == (Status.RECEIVED, "system")


def test_an_early_end_owes_nothing_and_money_goes_back(end: Closing, clock: StoppedClock) -> None:
    office = end.office
    dossier = office.in_progress(clock())
    end.money(clock()).ask(dossier, office.specialist, ASKED)
    office.service(StopService, clock()).stop(dossier, office.leader, Stop(REASON))
    assert {one.state for one in charges_of(office.session, dossier)} == {ChargeState.CANCELLED}
    assert open_obligation(office.session, dossier) is None

    paid = office.received(clock())
    end.pay(paid, clock())
    service = office.service(WithdrawalService, clock())
    with pytest.raises(InvalidTransition) as refused:
        service.withdraw(paid, office.desk, "Tôi nộp nhầm.", "counter", Settlement())
    assert refused.value.code == "refund_not_settled"
    settled = Settlement(refund="Quyết định 12/QĐ, 10.000 đồng")
    service.withdraw(paid, office.desk, "Tôi nộp nhầm.", "counter", settled)
    assert paid.status is Status.WITHDRAWN
    assert money_facts(office.session, paid)["refund_settled"]
    # Refunded before, the withdrawal needs no further decision.
    again = office.received(clock())
    end.pay(again, clock())
    end.money(clock()).refund(again, office.desk, REASON, "Chuyển khoản 0123")
    service.withdraw(again, office.desk, "Tôi nộp nhầm.", "counter", Settlement())
    assert again.status is Status.WITHDRAWN


@settings(max_examples=40)
@given(st.lists(st.sampled_from(list(ChargeState)), max_size=8))
def test_money_goes_only_lawful_ways(wishes: list[ChargeState]) -> None:
    charge = Charge(state=ChargeState.UNPAID, amount=1)
    way = [charge.state]
    for wish in wishes:
        try:
            charge.become(wish)
        except InvalidTransition:
            assert wish not in NEXT[way[-1]]
        else:
            assert wish in NEXT[way[-1]]
            way.append(wish)
    # Money goes back only where it came in, once; what is over stays over.
    assert way.count(ChargeState.PAID) <= 1
    if ChargeState.REFUNDED in way:
        assert way[-2:] == [ChargeState.PAID, ChargeState.REFUNDED]
    if ChargeState.CANCELLED in way:
        assert way[-1] is ChargeState.CANCELLED
        assert ChargeState.PAID not in way
