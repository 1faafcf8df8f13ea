"""A dossier of the national portal is withdrawn there: the desk decides, the answer goes back."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from content.dossiers.models import Dossier
from content.dossiers.proposals import Proposal, ProposalState
from content.dossiers.states import Status
from content.dossiers.withdrawals import Settlement, WithdrawalService
from content.errors import Invalid
from content.exchange.answering import TAKE, take_again
from content.exchange.arrivals import read_withdrawal
from content.exchange.models import ArrivalState, ExchangeArrival
from content.outbox import OutboxJob
from tests.content.dossiers_service.world import filing_rules
from tests.content.exchange.at_the_desk import accept, refusals, tell
from tests.content.exchange.conftest import NUMBER, House
from tests.content.handling_moves.office import Office

pytestmark = pytest.mark.enable_socket
WISH = {"MaHoSo": NUMBER, "MaRutHoSo": "RUT-1", "LyDo": "Nộp nhầm thủ tục"}
REMARK = "Kết quả đã trình ký, mời ông/bà đến nhận."


def answers(house: House) -> list[tuple[str, str, str]]:
    """Which wishes were answered how, as the other side has it."""
    house.plan()
    house.courier.retry()
    told = [one["DuLieu"] for one in house.there.kept()["messages"] if "KetQua" in one["DuLieu"]]
    return [(one["MaRutHoSo"], one["KetQua"], one["LyDo"]) for one in told if one["MaRutHoSo"]]


def at_desk(house: House, office: Office, do: Callable[..., None]) -> None:
    """``do(service, dossier, officer, wish)`` in a transaction, then a round of the worker."""
    with house.ground.writing() as session:
        service = WithdrawalService(session, house.clock(), filing_rules())
        dossier = session.scalars(select(Dossier)).one()
        wish = session.scalars(select(Proposal).order_by(Proposal.id.desc())).first()
        do(service, dossier, session.merge(office.desk), wish)
    house.receiver.retry()


def test_the_desk_confirms_and_both_answer_and_status_go_back(any_house: House) -> None:
    house = any_house
    office = house.open()
    house.arrive()
    accept(house, office)
    tell(house, WISH)
    # It lies on the desk like any other wish; work goes on, nothing has been answered.
    with house.ground.reading() as session:
        wish = session.scalars(select(Proposal)).one()
        assert (wish.state, wish.data["way"]) == (ProposalState.AWAITING, "national")
        assert wish.text == "Đề nghị trên Cổng Dịch vụ công quốc gia: Nộp nhầm thủ tục"
        assert wish.dossier.status is Status.RECEIVED
    assert answers(house) == []
    # Told again and again it is one wish, and pressing a button changes nothing.
    house.clock.move(hours=1)
    tell(house, WISH)
    with house.ground.writing() as session:
        arrival = session.scalars(select(ExchangeArrival).order_by(ExchangeArrival.id.desc()))
        take_again(session, arrival.first(), session.merge(office.desk), house.clock())
        assert not session.scalars(
            select(OutboxJob).where(OutboxJob.kind == TAKE, OutboxJob.created_at == house.clock())
        ).all()
        assert len(session.scalars(select(Proposal)).all()) == 1
    settled = Settlement(papers="Đã trả bản chính")
    at_desk(house, office, lambda do, _dossier, desk, wish: do.confirm(wish, desk, settled))
    assert answers(house) == [("RUT-1", "1", "")]
    told = [one["DuLieu"] for one in house.there.kept()["messages"]]
    states = [one["HoSo"]["TrangThaiHoSo"] for one in told if "HoSo" in one]
    assert states == ["2", "7"]
    # Once, for ever; a second wish finds it withdrawn.
    tell(house, WISH)
    assert len(answers(house)) == 1
    tell(house, {**WISH, "MaRutHoSo": "RUT-2"})
    assert answers(house)[1:] == [("RUT-2", "0", "Hồ sơ đã được rút trước đó.")]
    assert not house.waiting()


def test_what_the_desk_declines_goes_back_with_its_reason(house: House) -> None:
    office = house.open()
    house.arrive()
    tell(house, {**WISH, "LyDo": ""})
    tell(house, {**WISH, "MaRutHoSo": "RUT-2"})
    assert answers(house) == [
        ("RUT-2", "0", "Đã có một đề nghị rút hồ sơ này đang chờ nơi tiếp nhận xác nhận.")
    ]
    # The other side is away when the desk decides: the answer waits for it.
    house.there.stop()
    at_desk(house, office, lambda do, _dossier, desk, wish: do.decline(wish, desk, REMARK))
    house.courier.retry()
    house.there.start()
    house.clock.move(hours=1)
    assert answers(house) == [("RUT-1", "0", REMARK)]
    # The applicant's change of mind, here, is an answer too; so is the desk's own withdrawal.
    tell(house, {**WISH, "MaRutHoSo": "RUT-3"})
    at_desk(house, office, lambda do, dossier, _desk, _wish: do.keep_on(dossier))
    assert answers(house)[-1] == ("RUT-3", "0", "Người nộp đã đề nghị tiếp tục giải quyết hồ sơ.")
    tell(house, {**WISH, "MaRutHoSo": "RUT-4"})
    by_phone = (REMARK, "phone", Settlement())
    at_desk(house, office, lambda do, dossier, desk, _wish: do.withdraw(dossier, desk, *by_phone))
    assert answers(house)[-1] == ("RUT-4", "1", "")


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (Status.REFUSED, "đã kết thúc"),
        (Status.STOPPED, "đã kết thúc"),
        (Status.RESOLVED, "đã có kết quả"),
        (Status.RETURNED, "đã có kết quả"),
    ],
)
def test_a_state_that_allows_no_withdrawal_is_told(
    house: House, status: Status, words: str
) -> None:
    office = house.open()
    house.arrive()
    if status is not Status.REFUSED:
        accept(house, office)
    with house.ground.writing() as session:
        dossier = session.scalars(select(Dossier)).one()
        dossier.status, dossier.finished_at = status, house.clock()
    tell(house, WISH)
    [(_wish, result, reason)] = answers(house)
    assert result == "0"
    assert words in reason
    with house.ground.reading() as session:
        assert session.scalars(select(Proposal)).all() == []
        last = session.scalars(select(ExchangeArrival).order_by(ExchangeArrival.id.desc()))
        assert last.first().state is ArrivalState.REFUSED


def test_a_wish_for_what_is_not_ours_or_cannot_be_read(house: House) -> None:
    house.open()
    tell(house, {**WISH, "MaHoSo": "G09-khac"})
    assert refusals(house) == ["Cơ quan không có hồ sơ mang mã này."]
    house.arrive()
    tell(house, {**WISH, "LyDo": "x" * 3990})
    assert refusals(house)[-1] == "Lý do rút hồ sơ quá dài."
    with pytest.raises(Invalid):
        read_withdrawal({**WISH, "MaBoSung": "BS-1"})
