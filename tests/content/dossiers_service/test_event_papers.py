"""Every act that leaves a paper: made from the log, numbered, stored once, never anew."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

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
    SignedBy,
    Stopped,
    SupplementAsked,
    as_data,
)
from content.dossiers.log import LEAVES_A_PAPER, LETTER, Deed, move
from content.dossiers.models import Dossier
from content.dossiers.reads import view_of
from content.dossiers.states import Action, Actor, Facts, Need, Status
from content.errors import Invalid, InvalidTransition, NotFound
from content.letters.from_dossiers import LetterSite
from content.letters.from_events import MAKERS
from content.letters.issued import IssuedPaper, prints_of
from content.letters.issuing import Order, count_print, issue, keep, render, reserve
from content.letters.kinds import PaperKind, papers_left
from content.letters.listing import paper_lines
from content.letters.render import Letters
from content.letters.sources import event_source, orders_for
from content.outbox import OutboxJob
from tests.content.dossiers_service.world import World, follow_url
from tests.content.letters.reading import flat, text_of

SITE = LetterSite(
    authority="Ủy ban nhân dân tỉnh Mẫu",
    place="Mẫu",
    hotline="1900 0000",
    sample=False,
    follow_url=follow_url,
    check_url=lambda code: f"https://dichvucong.example.vn/kiem-tra-van-ban?ma={code}",
)
LEADER = SignedBy(name="Hoàng Văn Lãnh", title="Phó Chủ tịch", capacity="KT. Chủ tịch")
EVERYTHING = frozenset(Need)


@pytest.fixture(scope="module")
def letters() -> Letters:
    return Letters()


def act(world: World, dossier: Dossier, actor: Actor, action: Action, now, said: Any = None):
    """One lawful move with its data, and the line it wrote."""
    told = Facts(
        given=EVERYTHING,
        reason="Lý do đầy đủ.",
        supplement_wait_over=True,
        previous=dossier.previous_status,
    )
    data = as_data(said) if said is not None else {}
    deed = Deed(action, actor, world.officer, dossier.agency_id, text="Lý do đầy đủ.", data=data)
    move(world.session, dossier, deed, told, now)
    world.session.flush()
    return view_of(world.session, dossier).dossier.events[-1]


def received(world: World, now) -> Dossier:
    dossier = world.submitted(now)
    world.dossiers(now).accept(dossier, world.officer)
    world.session.flush()
    return dossier


def in_progress(world: World, now) -> Dossier:
    dossier = received(world, now)
    act(world, dossier, Actor.ONE_STOP, Action.TRANSFER, now)
    return dossier


def issued(world: World, letters: Letters, event, now) -> list[IssuedPaper]:
    orders = orders_for(world.session, SITE, event_source(event))
    return [issue(world.session, world.files, letters, one, SITE, now) for one in orders]


def text(world: World, paper: IssuedPaper) -> str:
    assert paper.file is not None
    with world.files.open(paper.file) as source:
        return text_of(source.read())


def check(world: World, papers: list[IssuedPaper], *phrases: str) -> None:
    (paper,) = papers
    told = text(world, paper)
    for phrase in phrases:
        assert flat(phrase) in told, phrase


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
        "hết ngày: 08/12/2026",
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


def test_bytes_are_stored_once_and_are_never_made_anew(world, clock, letters) -> None:
    dossier = received(world, clock())
    event = view_of(world.session, dossier).dossier.events[-1]
    (paper,) = issued(world, letters, event, clock())
    first, code = paper.digest, paper.check_code
    assert paper.file is not None
    assert paper.file.sha256 == first
    assert paper.small_digest not in (None, first)
    assert paper.sign_box is not None
    # Even if what stands in the dossier were another thing today.
    dossier.applicant_phone = "0999999999"
    (again,) = issued(world, letters, event, clock() + timedelta(days=400))
    assert (again.id, again.digest, again.check_code) == (paper.id, first, code)
    assert again.issued_at == clock()
    assert flat(code[:4]) in text(world, paper)


def test_an_issued_paper_never_changes_and_is_never_deleted(world, clock, letters) -> None:
    dossier = received(world, clock())
    event = view_of(world.session, dossier).dossier.events[-1]
    (paper,) = issued(world, letters, event, clock())
    world.session.flush()
    for name, value in {"number": 7, "digest": "0" * 64, "title": "Khác"}.items():
        with pytest.raises(InvalidTransition), world.session.begin_nested():
            changed(world, paper, name, value)
        world.session.refresh(paper)
    with pytest.raises(InvalidTransition), world.session.begin_nested():
        deleted(world, paper)


def changed(world: World, paper: IssuedPaper, name: str, value: Any) -> None:
    setattr(paper, name, value)
    world.session.flush()


def deleted(world: World, paper: IssuedPaper) -> None:
    world.session.delete(paper)
    world.session.flush()


def slip_order(world: World, clock, source: str, **changes: Any) -> Order:
    dossier = world.submitted(clock())
    event = act(
        world,
        dossier,
        Actor.ONE_STOP,
        Action.REQUEST_SUPPLEMENT_INTAKE,
        clock(),
        SupplementAsked(items=(Item(paper="Tờ khai"),)),
    )
    (order,) = orders_for(world.session, SITE, event_source(event))
    return replace(order, source=source, letter=replace(order.letter, **changes))


def test_numbers_run_by_symbol_agency_and_year(world, clock) -> None:
    next_year = datetime(2026, 12, 31, 17, 0, tzinfo=UTC)  # midnight in Việt Nam
    numbers = []
    for source, changes in (
        ("a", {}),
        ("b", {}),
        ("c", {"symbol": "KHAC"}),
        ("d", {"made_at": next_year}),
    ):
        order = slip_order(world, clock, source, **changes)
        paper = world.session.get(IssuedPaper, reserve(world.session, order, SITE).paper_id)
        numbers.append((paper.number, paper.symbol, paper.year))
    assert numbers == [(1, "HDHS", 2026), (2, "HDHS", 2026), (1, "KHAC", 2026), (1, "HDHS", 2027)]
    order = replace(slip_order(world, clock, "e"), agency_id=world.centre.id)
    paper = world.session.get(IssuedPaper, reserve(world.session, order, SITE).paper_id)
    assert paper.number == 1


def test_a_paper_whose_making_was_cut_short_is_made_later_with_its_number(
    world, clock, letters
) -> None:
    order = slip_order(world, clock, "a")
    first = reserve(world.session, order, SITE)
    second = reserve(world.session, order, SITE)
    assert first.paper_id == second.paper_id
    assert second.letter is not None
    assert second.letter.number == 1
    rendered = render(letters, second.letter)
    keep(world.session, world.files, second.paper_id, rendered, clock())
    keep(world.session, world.files, second.paper_id, rendered, clock() + timedelta(days=1))
    paper = world.session.get(IssuedPaper, second.paper_id)
    assert paper.issued_at == clock()
    assert reserve(world.session, order, SITE).letter is None


def test_lists_say_what_is_issued_what_waits_and_what_is_in_trouble(world, clock, letters) -> None:
    dossier = in_progress(world, clock())
    said = SupplementAsked(items=(Item(paper="Tờ khai"),))
    asked = act(world, dossier, Actor.SPECIALIST, Action.REQUEST_SUPPLEMENT_PROCESS, clock(), said)
    lines = paper_lines(world.session, dossier)
    assert [(one.slug, one.is_issued, one.trouble) for one in lines] == [
        ("giay-tiep-nhan", False, False),
        ("phieu-bo-sung", False, False),
    ]
    job = world.session.scalars(select(OutboxJob).where(OutboxJob.key == event_source(asked))).one()
    job.last_error = "hỏng"
    issued(world, letters, dossier.events[1], clock())
    lines = paper_lines(world.session, dossier)
    assert [(one.is_issued, one.trouble) for one in lines] == [(True, False), (False, True)]


def test_printings_are_counted_with_who_and_when(world, clock, letters) -> None:
    dossier = received(world, clock())
    (paper,) = issued(world, letters, view_of(world.session, dossier).dossier.events[-1], clock())
    assert prints_of(world.session, [paper.id]) == {}
    count_print(world.session, paper, world.officer, "a4", clock())
    world.session.flush()
    count_print(world.session, paper, world.officer, "a5", clock() + timedelta(hours=1))
    world.session.flush()
    found = prints_of(world.session, [paper.id])[paper.id]
    assert (found.count, found.last_by) == (2, "Trần Văn Một")
    assert found.last_at == clock() + timedelta(hours=1)


def test_what_is_not_there_is_not_made(world, clock) -> None:
    for source in ("dossier:1:99", "nothing:1", "dossier:999999:1"):
        with pytest.raises(NotFound):
            orders_for(world.session, SITE, source)
    dossier = in_progress(world, clock())
    event = act(world, dossier, Actor.SPECIALIST, Action.REQUEST_SUPPLEMENT_PROCESS, clock())
    with pytest.raises(Invalid):
        orders_for(world.session, SITE, event_source(event))
