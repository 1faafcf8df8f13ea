"""Dossiers of the national portal: they come once, are told in order, and wait when they must."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from content.dossiers import counter_form as ask
from content.dossiers.counter import CounterService
from content.dossiers.models import Dossier
from content.dossiers.states import Status
from content.dossiers.supplements import SupplementService, Wanted
from content.errors import Invalid, Unavailable
from content.exchange.arrivals import read, reason_of
from content.exchange.arriving import place_of
from content.exchange.models import (
    ArrivalState,
    Confirms,
    ExchangeArrival,
    ExchangeLink,
    ExchangeMessage,
    MessageState,
)
from content.exchange.sending import back_off, confirm_here, send_again
from content.files import FileService
from content.procedures.kinds import Channel
from tests.content.dossiers_service.at_counter import PERSON
from tests.content.dossiers_service.world import filing_rules
from tests.content.exchange.at_the_desk import accept, refusals, tell
from tests.content.exchange.conftest import FILE, NUMBER, PDF, TOLD, House
from tests.content.handling_moves.office import REASON, open_office

pytestmark = pytest.mark.enable_socket
LANE = f"dvcqg {NUMBER}"


def kinds(house: House) -> list[str]:
    return [one["LoaiThongDiep"] for one in house.there.kept()["messages"]]


def test_a_dossier_comes_once_with_its_files_and_is_answered_and_told(any_house: House) -> None:
    house = any_house
    office = house.open()
    house.arrive()
    [dossier] = house.dossiers()
    assert dossier.status is Status.SUBMITTED
    assert (dossier.external_id, dossier.code) == (NUMBER, None)
    assert dossier.applicant_name == "Nguyễn Thị Hoa"
    assert dossier.agency_id == office.world.commune.id
    [paper] = dossier.attachments
    assert (paper.slot, paper.paper) == ("paper:1", "Giấy tờ chứng minh chỗ ở hợp pháp")
    with house.store.open(paper.file.key) as kept:
        assert kept.read() == PDF.encode()
    # Told once more before our answer: the same dossier.
    house.receiver.collect()
    house.receiver.retry()
    assert len(house.dossiers()) == 1
    accept(house, office)
    # The answer was not sent yet, so everything leaves in its order.
    assert house.courier.send_lane(LANE) == 3
    answer, received, progress = house.there.kept()["messages"]
    assert answer["LoaiThongDiep"] == "TraLoi"
    assert answer["DuLieu"]["KetQua"] == "1"
    assert answer["DuLieu"]["MaTraCuu"] == dossier.lookup_code
    told = received["DuLieu"]["HoSo"]
    assert received["LoaiThongDiep"] == "CapNhat"
    assert (told["MaHoSo"], told["TrangThaiHoSo"]) == (NUMBER, "2")
    assert told["NgayTiepNhan"] == "20261123100000"
    assert (told["NgayNopHoSo"], told["MaDoiTuong"]) == ("20261123094500", "CD-77")
    assert told["ThongTinKhac"].startswith("H99.12-261123-")
    assert told["TrichYeuHoSo"] == "Đăng ký thường trú cho con"
    assert progress["DuLieu"]["TienDo"][0]["TrangThai"] == "2"
    assert not house.waiting()
    # Nothing more to do, however often the worker looks.
    house.clock.move(hours=1)
    house.plan()
    assert house.courier.retry() == house.receiver.collect() == 0
    with house.ground.reading() as session:
        assert session.scalars(select(ExchangeLink)).one().confirms is Confirms.HERE


def test_a_counterpart_that_is_down_slow_or_wrong_holds_up_nobody(house: House) -> None:
    office = house.open()
    house.arrive()
    house.there.stop()
    with pytest.raises(Unavailable):
        house.receiver.collect()
    # The desk goes on: what it does waits in the queue.
    accept(house, office)
    assert [one.status for one in house.dossiers()] == [Status.RECEIVED]
    assert house.courier.retry() == 0
    first = house.waiting()[0]
    assert (first.attempts, first.kind.value) == (1, "TraLoi")
    assert "Không kết nối được" in first.error
    assert first.next_at == house.clock() + back_off(1)
    assert house.courier.retry() == 0
    assert house.waiting()[0].attempts == 1  # it is not its turn yet
    house.there.start()
    for mode, words in (("error", "lỗi 500"), ("nonsense", "không đọc được"), ("slow", "kịp")):
        house.clock.move(hours=1)
        house.there.set(mode=mode)
        assert house.courier.retry() == 0
        assert words in house.waiting()[0].error
    # It takes the message, but its answer is lost; the next time it knows the key.
    house.clock.move(hours=1)
    house.there.set(mode="lost")
    assert house.courier.retry() == 0
    house.clock.move(hours=1)
    house.there.set(mode="")
    assert house.courier.retry() == 3
    assert kinds(house) == ["TraLoi", "CapNhat", "CapNhatTienDo"]
    assert house.there.kept()["tries"].count(f"dvcqg:{NUMBER}:tl") == 5
    assert not house.waiting()


def test_what_is_refused_waits_for_somebody_and_blocks_only_what_needs_it(house: House) -> None:
    office = house.open()
    house.arrive()
    accept(house, office)
    house.there.set(mode="refuse")
    house.courier.send_lane(LANE)
    answer, *rest = house.waiting()
    assert answer.state is MessageState.REFUSED
    assert answer.error == "Không có thủ tục này (mã lỗi 15)"
    assert [one.attempts for one in rest] == [0, 0]
    house.clock.move(days=1)
    assert house.courier.retry() == 0
    house.there.set(mode="")
    with house.ground.writing() as session:
        send_again(
            session,
            session.get_one(ExchangeMessage, answer.id),
            session.merge(office.desk),
            house.clock(),
        )
    assert house.courier.retry() == 3


def test_only_one_system_confirms_a_status(house: House) -> None:
    office = house.open()
    house.arrive()
    house.courier.retry()
    accept(house, office)
    house.there.set(mode="elsewhere")
    assert house.courier.retry() == 0
    with house.ground.reading() as session:
        link = session.scalars(select(ExchangeLink)).one()
        assert (link.confirms, link.remark) == (Confirms.THERE, "Bộ đã xác nhận trạng thái 9.")
    # Held back, not tried again and again.
    house.there.set(mode="")
    house.clock.move(days=1)
    assert house.courier.retry() == house.courier.send_lane(LANE) == 0
    with house.ground.writing() as session:
        link = session.scalars(select(ExchangeLink)).one()
        confirm_here(session, link, session.merge(office.desk), house.clock())
    assert house.courier.retry() == 2


def test_two_workers_send_a_message_once(any_house: House) -> None:
    house = any_house
    house.open()
    house.arrive()
    taken = house.courier._take("dvcqg", NUMBER)
    assert taken is not None
    assert house.courier.send_lane(LANE) == 0
    # The first one died: after its lease the message leaves all the same.
    house.clock.move(minutes=6)
    assert house.courier.retry() == 1


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"MaTTHC": "9.999999"}, "không có thủ tục"),
        ({"DonViXuLy": "H99.99"}, "nơi tiếp nhận"),
        ({"ChuHoSo": "  "}, "tên chủ hồ sơ"),
        ({"KenhThucHien": "1"}, "Kênh thực hiện"),
        ({"NgayNopHoSo": "20271123094500"}, "Ngày nộp"),
        ({"NgayNopHoSo": "2026-11-23"}, "Ngày nộp"),
        ({"TaiLieuNop": [{"TenTepDinhKem": "a.pdf"}]}, "tài liệu nộp"),
        ({"SoDienThoai": "0" * 41}, "điện thoại"),
    ],
)
def test_what_cannot_be_taken_is_answered_with_the_reason(
    session, clock, changes: dict[str, object], reason: str
) -> None:
    # Judged without network; the whole way of a refusal is walked below.
    open_office(session, clock())
    with pytest.raises(Invalid) as caught:
        place_of(session, read({**TOLD, **changes}, clock()))
    assert reason in reason_of(caught.value)


def test_a_refusal_goes_back_and_bad_files_are_told_of(house: House) -> None:
    house.open()
    house.arrive(MaTTHC="9.999999")
    assert not house.dossiers()
    with house.ground.reading() as session:
        assert session.scalars(select(ExchangeArrival)).one().state is ArrivalState.REFUSED
    house.courier.retry()
    [told] = house.there.kept()["messages"]
    assert told["DuLieu"]["KetQua"] == "0"
    assert "không có thủ tục" in told["DuLieu"]["LyDo"]
    # One file is none of the known kinds, one is gone, one lies elsewhere, one is too large.
    files = [
        {"TenTepDinhKem": name, "DuongDanTaiTepTin": where}
        for name, where in (
            ("la.exe", "/la.exe"),
            ("mat.pdf", "/mat.pdf"),
            ("xa.pdf", "http://127.0.0.1:1/xa.pdf"),
            ("lon.pdf", "/lon.pdf"),
            ("tot.pdf", FILE),
        )
    ]
    large = PDF + "x" * 2000
    house.there.set(files={"/la.exe": "MZ", "/lon.pdf": large})
    house.arrive(MaHoSo="G09.20-20261123-0092638", TaiLieuNop=files)
    [dossier] = house.dossiers()
    assert [one.name for one in dossier.attachments] == ["tot.pdf"]
    why = [one["why"] for one in dossier.absences]
    assert [one.rsplit(" ", 1)[1] for one in why] == ["la.exe.", "mat.pdf.", "xa.pdf.", "lon.pdf."]
    assert "không thuộc loại" in why[0]
    assert "Không lấy được" in why[1]


def test_an_arrival_whose_files_cannot_be_fetched_now_waits(house: House) -> None:
    house.open()
    house.there.set(waiting=[TOLD])
    house.receiver.collect()
    house.there.set(mode="error")
    house.receiver.retry()
    with house.ground.reading() as session:
        arrival = session.scalars(select(ExchangeArrival)).one()
    assert (arrival.state, arrival.attempts) == (ArrivalState.WAITING, 1)
    assert "lỗi 500" in arrival.error
    house.there.set(mode="", files={FILE: PDF})
    assert house.receiver.retry() == 0
    house.clock.move(minutes=3)
    assert house.receiver.retry() == 1
    assert len(house.dossiers()) == 1


def test_a_redirect_is_not_followed_with_our_credentials(house: House) -> None:
    house.there.set(mode="elsewhere-host")
    with pytest.raises(Unavailable, match="302"):
        house.receiver.collect()


def test_a_dossier_received_at_the_counter_is_made_known_first(house: House) -> None:
    office = house.open()
    told = {**PERSON, ask.MODE: ask.ON_PAPER}
    with house.ground.writing() as session:
        rules = replace(filing_rules(), tells_national=True)
        files = FileService(session, house.store)
        service = CounterService(session, files, house.clock(), rules)
        desk = session.merge(office.desk)
        place = (session.merge(office.world.procedure), session.merge(office.world.commune))
        reception = service.begin(*place, desk, Channel.COUNTER)
        service.keep(reception, service.answers(reception) | told, desk)
        code = service.receive(reception, desk).code
    house.plan()
    assert house.courier.retry() == 2
    new, _progress = house.there.kept()["messages"]
    assert (new["LoaiThongDiep"], new["DuLieu"]["HoSo"]["MaHoSo"]) == ("ThemMoi", code)
    assert new["DuLieu"]["HoSo"]["NoiNopHoSo"] == "2"


def test_what_is_asked_for_comes_through_the_portal_too(house: House) -> None:
    office = house.open()
    house.arrive()
    supplement = {"MaHoSo": NUMBER, "MaBoSung": "BS-1", "NoiDung": "Bản chụp rõ hơn."}
    tell(house, supplement)
    assert refusals(house) == [
        "Hồ sơ không chờ bổ sung: chưa yêu cầu, hoặc đã được bổ sung, đã kết thúc."
    ]
    with house.ground.writing() as session:
        dossier = session.scalars(select(Dossier)).one()
        service = SupplementService(session, house.clock(), filing_rules())
        wanted = Wanted({"paper:1": "Chụp rõ số nhà"}, REASON)
        service.ask(dossier, session.merge(office.desk), wanted)
    house.plan()
    # Half of it is not enough, and leaves no trace; the whole brings the dossier back.
    other = {"TenTepDinhKem": "khac.pdf", "DuongDanTaiTepTin": FILE}
    right = {**other, "TenTepDinhKem": "moi.pdf", "MaThanhPhanHoSo": "paper:1"}
    tell(house, {**supplement, "MaBoSung": "BS-2", "TaiLieuNop": [other]})
    assert "Chưa đủ giấy tờ" in refusals(house)[-1]
    assert [len(one.attachments) for one in house.dossiers()] == [1]
    third = {**supplement, "MaBoSung": "BS-3", "TaiLieuNop": [right, other]}
    tell(house, third)
    [dossier] = house.dossiers()
    assert dossier.status is Status.SUBMITTED
    papers = {one.name: one.paper for one in dossier.attachments}
    assert papers["moi.pdf"] == "Giấy tờ chứng minh chỗ ở hợp pháp"
    assert papers["khac.pdf"] == "khac.pdf"
    house.plan()
    house.courier.retry()
    told = house.there.kept()["messages"]
    states = [one["DuLieu"]["HoSo"]["TrangThaiHoSo"] for one in told if "HoSo" in one["DuLieu"]]
    assert states == ["5", "1"]
    answers = [one["DuLieu"] for one in told if one["LoaiThongDiep"] == "TraLoi"]
    assert [(one["MaBoSung"], one["KetQua"]) for one in answers] == [
        ("", "1"),
        ("BS-1", "0"),
        ("BS-2", "0"),
        ("BS-3", "1"),
    ]
    stranger = {**supplement, "MaHoSo": "G09-khac"}
    tell(house, stranger)
    assert refusals(house)[-1] == "Cơ quan không có hồ sơ mang mã này."
