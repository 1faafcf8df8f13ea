"""What each act leaves: the paper says what the log tells, with its number."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from content.dossiers.event_data import (
    Apologised,
    ChargeLine,
    CountedPaper,
    Item,
    MoneyTaken,
    Received,
    RefusedAfterAppraisal,
    ResultReturned,
    Stopped,
    SupplementAsked,
    as_data,
)
from content.dossiers.log import LEAVES_A_PAPER, LETTER
from content.dossiers.reads import view_of
from content.dossiers.states import Action, Actor, Status
from content.letters.from_events import MAKERS
from content.letters.kinds import PaperKind, papers_left
from content.letters.render import Letters
from content.outbox import OutboxJob
from tests.content.dossiers_service.papers import (
    LEADER,
    SITE,
    act,
    check,
    in_progress,
    issued,
    received,
    text,
)
from tests.content.letters.reading import flat, text_of


@pytest.fixture(scope="module")
def letters() -> Letters:
    return Letters()


def test_a_supplement_request_is_numbered_and_says_all_that_is_asked(world, clock, letters) -> None:
    said = SupplementAsked(
        items=(Item(paper="Giấy chứng sinh", remark="Bản chụp mờ"), Item(paper="Tờ khai")),
        legal_basis="Điều 9 Nghị định 123",
        reply_by=date(2026, 12, 8),
        guide_phone="0225 123 456",
    )
    dossier = in_progress(world, clock())
    event = act(world, dossier, Actor.SPECIALIST, Action.REQUEST_SUPPLEMENT_PROCESS, clock(), said)
    check(
        world,
        issued(world, letters, event, clock()),
        "Số: 01/HDHS",
        "Giấy chứng sinh",
        "Bản chụp mờ",
        "Lý do: Lý do đầy đủ.",
        "Căn cứ: Điều 9",
        "hết ngày 08/12/2026",
        "Trần Văn Một, số điện thoại 0225 123 456",
        "H99.12-261123-0001",
    )


def test_before_reception_the_slip_names_the_look_up_code(world, clock, letters) -> None:
    dossier = world.submitted(clock())
    said = SupplementAsked(items=(Item(paper="Tờ khai"),))
    event = act(world, dossier, Actor.ONE_STOP, Action.REQUEST_SUPPLEMENT_INTAKE, clock(), said)
    check(world, issued(world, letters, event, clock()), f"Mã hồ sơ: {dossier.lookup_code}")


def test_the_apology_names_both_dates_and_the_signer(world, clock, letters) -> None:
    said = Apologised(
        old_due=date(2026, 12, 1),
        new_due=date(2026, 12, 8),
        reason="Chờ kết quả xác minh.",
        late_unit="Phòng Kinh tế",
        signed_by=LEADER,
    )
    dossier = in_progress(world, clock())
    event = act(world, dossier, Actor.LEADER, Action.APOLOGISE_AND_EXTEND, clock(), said)
    check(
        world,
        issued(world, letters, event, clock()),
        "VĂN BẢN XIN LỖI VÀ ĐỀ NGHỊ GIA HẠN THỜI GIAN GIẢI QUYẾT",
        "Số: 01/PXL",
        "ngày 01/12/2026",
        "17 giờ 00 phút, ngày 08/12/2026",
        "Phòng Kinh tế chưa trả kết quả",
        "Chờ kết quả xác minh.",
        "KT. CHỦ TỊCH",
        "Hoàng Văn Lãnh",
    )


def test_the_stop_notice_has_its_causes(world, clock, letters) -> None:
    dossier = in_progress(world, clock())
    said = Stopped(stage="Thẩm định", papers_back="01 bản chính", signed_by=LEADER)
    event = act(world, dossier, Actor.LEADER, Action.STOP, clock(), said)
    check(
        world,
        issued(world, letters, event, clock()),
        "THÔNG BÁO DỪNG GIẢI QUYẾT HỒ SƠ",
        "ở bước: Thẩm định",
        "Hoàn trả giấy tờ: 01 bản chính",
    )
    dossier = in_progress(world, clock())
    event = act(world, dossier, Actor.ONE_STOP, Action.WITHDRAW, clock())
    papers = issued(world, letters, event, clock())
    check(world, papers, "Số: 02/TB-DHS", "Ngày 23/11/2026, ông/bà đề nghị dừng", "Đang xử lý")


def test_what_ran_out_before_reception_is_stopped_under_its_look_up_code(
    world, clock, letters
) -> None:
    dossier = world.submitted(clock())
    said = SupplementAsked(items=(Item(paper="Tờ khai"),))
    act(world, dossier, Actor.ONE_STOP, Action.REQUEST_SUPPLEMENT_INTAKE, clock(), said)
    event = act(world, dossier, Actor.SYSTEM, Action.SUPPLEMENT_EXPIRED, clock())
    check(
        world,
        issued(world, letters, event, clock()),
        f"mã tra cứu {dossier.lookup_code}",
        "nhận được hồ sơ",
        "THỦ TRƯỞNG CƠ QUAN",
    )


def test_a_refusal_after_appraisal_is_signed_by_the_leader(world, clock, letters) -> None:
    dossier = in_progress(world, clock())
    said = RefusedAfterAppraisal(legal_basis="Điều 28 Luật Cư trú", signed_by=LEADER)
    event = act(world, dossier, Actor.LEADER, Action.REFUSE_AFTER_APPRAISAL, clock(), said)
    check(
        world,
        issued(world, letters, event, clock()),
        "Mẫu số 03 (Thông tư số 03/2025/TT-VPCP)",
        "không giải quyết hồ sơ này",
        "Căn cứ: Điều 28 Luật Cư trú",
        "PHÓ CHỦ TỊCH",
    )


def test_the_return_slip_lists_what_was_taken_and_never_a_number_of_a_card(
    world, clock, letters
) -> None:
    dossier = in_progress(world, clock())
    act(world, dossier, Actor.CLERK, Action.COMPLETE, clock())
    said = ResultReturned(
        recipient="Lê Văn Con",
        means="trực tiếp",
        proof="Giấy ủy quyền",
        papers=(CountedPaper(name="Xác nhận tạm trú", originals=1),),
        originals_back=(CountedPaper(name="Hợp đồng thuê nhà", originals=1),),
    )
    event = act(world, dossier, Actor.ONE_STOP, Action.HAND_OVER_RESULT, clock(), said)
    check(
        world,
        issued(world, letters, event, clock()),
        "GIẤY BIÊN NHẬN TRẢ KẾT QUẢ",
        "Người nhận kết quả: Lê Văn Con",
        "Giấy tờ xuất trình: Giấy ủy quyền",
        "Xác nhận tạm trú",
        "Bản chính trả lại người nộp",
        "Ngày hẹn trả kết quả: 01/12/2026",
    )


def test_fees_and_charges_are_receipted_apart_with_numbers_of_their_own(
    world, clock, letters
) -> None:
    dossier = in_progress(world, clock())
    act(world, dossier, Actor.ONE_STOP, Action.REQUEST_FEE, clock())
    said = MoneyTaken(
        charges=(
            ChargeLine(name="Phí chứng thực", amount=1_000_000),
            ChargeLine(name="Phí khai thác", amount=5_000),
            ChargeLine(name="Lệ phí hộ tịch", amount=8_000),
        ),
        means="tiền mặt",
    )
    event = act(world, dossier, Actor.CASHIER, Action.PAYMENT_CONFIRMED, clock(), said)
    fee, charge = issued(world, letters, event, clock())
    assert [one.kind for one in (fee, charge)] == [PaperKind.FEE_RECEIPT, PaperKind.CHARGE_RECEIPT]
    assert [one.number_words for one in (fee, charge)] == ["01/BLP", "01/BLLP"]
    assert flat("Một triệu không trăm linh năm nghìn đồng") in text(world, fee)
    assert flat("Tám nghìn đồng") in text(world, charge)


def test_money_that_nobody_listed_gets_no_receipt(world, clock) -> None:
    dossier = in_progress(world, clock())
    act(world, dossier, Actor.ONE_STOP, Action.REQUEST_FEE, clock())
    event = act(world, dossier, Actor.CASHIER, Action.PAYMENT_CONFIRMED, clock())
    assert papers_left(event) == ()


def test_a_reception_at_the_desk_prints_what_was_counted(world, clock, letters) -> None:
    dossier = world.submitted(clock())
    world.dossiers(clock()).accept(dossier, world.officer)
    event = view_of(world.session, dossier).dossier.events[-1]
    said = Received(
        register={"year": 2026, "number": 8, "volume": 2},
        papers=(CountedPaper(name="Sổ hộ khẩu", originals=1, copies=2),),
        charges=(ChargeLine(name="Lệ phí", amount=8_000, paid=True),),
        second_due="Giai đoạn 2: 05 ngày làm việc",
    )
    letter = MAKERS[PaperKind.RECEIPT_SLIP](dossier, replaced(event, as_data(said)), SITE)
    told = text_of(letters.make(letter))
    for phrase in (
        "Quyển số 02, Số thứ tự 08",
        "Sổ hộ khẩu",
        "8.000 đồng (đã nộp)",
        "Giai đoạn 2: 05 ngày làm việc",
    ):
        assert flat(phrase) in told


def replaced(event, data):
    """The same line with other data: lines that are written never change."""
    return type(event)(
        at=event.at, action=event.action, actor_name=event.actor_name, role=event.role, data=data
    )


def test_an_act_promises_its_paper_in_the_same_transaction(world, clock) -> None:
    dossier = received(world, clock())
    query = select(OutboxJob.key).where(OutboxJob.kind == LETTER)
    assert world.session.scalars(query).all() == [f"dossier:{dossier.id}:2"]


def test_every_act_that_promises_a_paper_has_a_maker(world, clock) -> None:
    for action in LEAVES_A_PAPER - {Action.PAYMENT_CONFIRMED}:
        dossier = world.submitted(clock())
        event = view_of(world.session, dossier).dossier.events[-1]
        line = replaced(event, {})
        line.action, line.from_status = action.value, Status.IN_PROGRESS
        assert all(kind in MAKERS for kind in papers_left(line))
        assert papers_left(line)


def test_before_15_september_2025_nothing_was_stopped_by_a_form(world, clock) -> None:
    event = view_of(world.session, world.submitted(clock())).dossier.events[-1]
    line = replaced(event, {})
    line.action, line.from_status = Action.STOP.value, Status.IN_PROGRESS
    assert papers_left(line) == (PaperKind.STOP_NOTICE,)
    line.at = datetime(2025, 9, 14, 3, tzinfo=UTC)
    assert papers_left(line) == ()
    line.at, line.action = clock(), Action.WITHDRAW.value
    line.from_status = Status.SUBMITTED
    assert papers_left(line) == ()
