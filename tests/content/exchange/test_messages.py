"""The messages of the national exchange, field by field."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content.dossiers.models import DossierEvent
from content.dossiers.money import Charge, ChargeKind, ChargeState, Moment
from content.dossiers.states import Status
from content.exchange import codes
from content.exchange.messages import (
    Known,
    applies,
    dossier_message,
    in_batches,
    progress_lines,
)
from tests.content.handling_moves.office import Office, open_office

FIELDS = [
    "MaHoSo",
    "MaTTHC",
    "TenTTHC",
    "MaLinhVuc",
    "TenLinhVuc",
    "KenhThucHien",
    "ChuHoSo",
    "SoGiayToChuHoSo",
    "LoaiDoiTuong",
    "MaDoiTuong",
    "ThongTinKhac",
    "Email",
    "Fax",
    "SoDienThoai",
    "TrichYeuHoSo",
    "NgayNopHoSo",
    "NgayTiepNhan",
    "NgayHenTra",
    "TrangThaiHoSo",
    "NgayTra",
    "ThongTinTra",
    "HinhThuc",
    "NgayKetThucXuLy",
    "NgayTuChoi",
    "DonViXuLy",
    "GhiChu",
    "NoiNopHoSo",
    "HoSoCoThanhPhanSoHoa",
    "TaiKhoanDuocXacThucVoiVNeID",
    "DuocThanhToanTrucTuyen",
    "DinhDanhCHS",
    "DSKetNoiCSDL",
    "TaiLieuNop",
    "DanhSachLePhi",
    "DanhSachHoSoBoSung",
    "DanhSachGiayToKetQua",
]
LINE = [
    "MaHoSo",
    "NguoiXuLy",
    "ChucDanh",
    "ThoiDiemXuLy",
    "PhongBanXuLy",
    "NoiDungXuLy",
    "TrangThai",
    "NgayBatDau",
    "NgayKetThucTheoQuyDinh",
]


@pytest.fixture
def office(session, clock) -> Office:
    return open_office(session, clock())


def known(**more) -> Known:
    return Known("000.00.06.H99-1", lambda token: f"https://x/{token}", **more)


def test_every_field_of_a_dossier_stands_in_its_place(office: Office, clock) -> None:
    dossier = office.submitted(clock())
    dossier.applicant_identity = "001164012345"
    clock.move(hours=1)
    office.world.dossiers(clock()).accept(dossier, office.desk)
    office.session.flush()
    office.session.refresh(dossier)
    submitted, accepted = dossier.events
    told = dossier_message(dossier, accepted, known(sector="Cư trú"))
    assert list(told) == FIELDS
    assert (told["MaHoSo"], told["MaTTHC"]) == ("000.00.06.H99-1", "1.004222")
    assert (told["TenLinhVuc"], told["MaLinhVuc"]) == ("Cư trú", "")
    assert (told["KenhThucHien"], told["LoaiDoiTuong"], told["HinhThuc"]) == ("2", "0", "1")
    assert told["NgayNopHoSo"] == "20261123100000"
    assert (told["NgayTiepNhan"], told["TrangThaiHoSo"]) == ("20261123110000", "2")
    assert told["NgayHenTra"] == "20261201170000"
    assert told["NgayTra"] == told["NgayKetThucXuLy"] == told["NgayTuChoi"] == ""
    assert told["DinhDanhCHS"] == [{"LoaiDinhDanh": "1", "SoDinhDanh": "001164012345"}]
    [paper] = told["TaiLieuNop"]
    assert paper["DuongDanTaiTepTin"] == f"https://x/{dossier.attachments[0].token}"
    assert told["DanhSachLePhi"] == [
        {"Ten": "lệ phí", "Ma": "", "HinhThucThu": "1", "Gia": 10000, "Loai": "lệ phí"}
    ]
    # The same dossier as of its first line knows nothing of what came later.
    before = dossier_message(dossier, submitted, known())
    assert (before["TrangThaiHoSo"], before["NgayTiepNhan"]) == ("1", "")
    assert (before["NgayHenTra"], before["DanhSachLePhi"]) == ("", [])
    whole = dossier_message(dossier, accepted, known(whole_day=True))
    assert whole["NgayHenTra"] == "20261201235959"
    later = Charge(
        name="Lệ phí",
        kind=ChargeKind.CHARGE,
        amount=10000,
        moment=Moment.AFTER,
        state=ChargeState.UNPAID,
        set_at=clock(),
    )
    charged = dossier_message(dossier, accepted, known(charges=[later]))
    assert charged["DanhSachLePhi"][0]["HinhThucThu"] == "4"


def test_whose_dossier_it_is(office: Office, clock) -> None:
    dossier = office.submitted(clock())
    assert applies(dossier) is codes.Applies.CITIZEN
    dossier.principal_name = "HỘ KINH DOANH Nguyễn Thị Hoa"
    assert applies(dossier) is codes.Applies.HOUSEHOLD
    question = {"id": "ten", "kind": "text", "label": "Tên", "autocomplete": "organization"}
    dossier.principal_name = None
    dossier.form = {"sections": [{"questions": [question]}]}
    assert applies(dossier) is codes.Applies.CITIZEN
    dossier.answers = {"ten": "Công ty Mẫu"}
    assert applies(dossier) is codes.Applies.BUSINESS


def test_progress_goes_in_batches_of_ten(office: Office, clock) -> None:
    dossier = office.in_progress(clock())
    office.session.refresh(dossier)
    last = dossier.events[-1].number
    for number in range(last + 1, last + 23):
        office.session.add(
            DossierEvent(
                dossier=dossier,
                number=number,
                at=clock() + timedelta(minutes=number),
                role="specialist",
                actor_name="Lê Thị Chuyên",
                action="forward",
                from_status=Status.IN_PROGRESS,
                to_status=Status.IN_PROGRESS,
                text="",
                data={},
            )
        )
    office.session.flush()
    office.session.refresh(dossier)
    lines = progress_lines(dossier, known(), after=last)
    assert [len(one) for one in in_batches(lines)] == [10, 10, 2]
    assert all(list(one) == LINE for one in lines)
    first, second = lines[:2]
    assert (first["ChucDanh"], first["TrangThai"]) == ("Chuyên viên", "4")
    assert first["NguoiXuLy"] == "Lê Thị Chuyên"
    assert second["NgayBatDau"] == first["ThoiDiemXuLy"]
    assert progress_lines(dossier, known(), after=last + 22) == []


@settings(max_examples=40)
@given(st.integers(0, 4_000_000_000))
def test_moments_come_back_to_the_second(seconds: int) -> None:
    moment = datetime.fromtimestamp(seconds, UTC)
    assert codes.moment_of(codes.stamp(moment)) == moment


@pytest.mark.parametrize(
    "wrong", ["2026", "20261323100000", "2026112310000x", "２０２６１１２３１０００００"]
)
def test_what_is_no_moment_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        codes.moment_of(wrong)


def test_code_lists_are_those_of_the_interface() -> None:
    assert sorted(codes.CHANNEL_OF) == ["1", "2", "3"]
    assert [one.value for one in codes.Applies] == ["0", "1", "2"]
    assert [codes.identity_kind(one) for one in ("001164012345", "123456789", "0101234567")] == [
        codes.IdentityKind.CITIZEN_CARD,
        codes.IdentityKind.OLD_CARD,
        None,
    ]
