"""Lists of an older system: units, accounts, open dossiers; all or nothing, bad rows named."""

import io
import re
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from sqlalchemy import func, select

from content.agencies.models import Agency
from content.dossiers.models import Dossier
from content.dossiers.numbering import RegisterLine
from content.dossiers.states import Status
from content.people.models import Account
from tests.support.dossiers import accept, file_all
from tests.support.officer import Officer
from tests.support.site import Site

#: The command line asks the machine's clock: only days that have certainly passed are typed.
DOSSIER = {
    "Mã hồ sơ": "H99.11-260105-0031",
    "Mã thủ tục": "1.004194",
    "Nơi tiếp nhận": "phuong-ha-trung-mau",
    "Họ tên": "Nguyễn Thị Cũ",
    "Số định danh": "001164012345",
    "Nhận lúc": datetime(2026, 1, 5, 9, 32),  # noqa: DTZ001 - a spreadsheet knows no zone
    "Hẹn trả": date(2026, 1, 8),
    "Tình trạng": 4,
    "Số thứ tự sổ": 57,
    "Hệ thống cũ": "iGate",
}


def sheet(folder: Path, *rows: dict[str, Any]) -> str:
    file = folder / "cu.xlsx"
    titles = list(dict.fromkeys(title for row in rows for title in row))
    with xlsxwriter.Workbook(file, {"default_date_format": "dd/mm/yyyy hh:mm"}) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, titles)
        for number, row in enumerate(rows, start=1):
            for place, title in enumerate(titles):
                if row.get(title) is not None:
                    page.write(number, place, row[title])
    return str(file)


def dossiers(site: Site) -> list[Dossier]:
    with site.database.sessions() as session:
        return list(session.scalars(select(Dossier).order_by(Dossier.id)))


def test_open_dossiers_keep_code_receipt_and_promise(site: Site, capsys: Any) -> None:
    done = DOSSIER | {
        "Mã hồ sơ": "H99.11-260105-0032",
        "Tình trạng": 9,
        "Xong lúc": "07/01/2026 15:00",
        "Hẹn trả": None,
        "Số thứ tự sổ": None,
        "Cách nộp": "Bưu chính",
    }
    file = sheet(site.folder, DOSSIER, done)
    assert site.run("import-dossiers", file, "--dry-run") == 0
    assert "chuyển vào 2 hồ sơ (chạy thử, chưa ghi gì)" in capsys.readouterr().out
    assert not dossiers(site)
    assert site.run("import-dossiers", file) == 0
    one, two = dossiers(site)
    assert (one.code, one.status) == ("H99.11-260105-0031", Status.IN_PROGRESS)
    assert one.received_at == datetime(2026, 1, 5, 2, 32, tzinfo=UTC)
    assert one.due_date == one.promised_date == date(2026, 1, 8)
    assert one.time_limit is not None  # three working days lead to that very day
    assert one.external_system == "iGate"
    assert (two.status, two.promised_date, two.no_due_reason) == (
        Status.RESOLVED,
        None,
        "limit_unknown",
    )
    assert two.finished_at == datetime(2026, 1, 7, 8, 0, tzinfo=UTC)
    with site.database.sessions() as session:
        line = session.scalars(select(RegisterLine)).one()
        assert (line.year, line.number) == (2026, 57)
    assert site.run("verify") == 0
    officer = Officer(site)
    officer.dossier(one.lookup_code)
    assert "Nguyễn Thị Cũ" in officer.text
    assert site.run("import-dossiers", file) == 1
    assert "dòng 2, cột “Mã hồ sơ”: đã có" in capsys.readouterr().err


def test_the_register_goes_on_after_what_was_brought_in(site: Site) -> None:
    assert site.run("import-dossiers", sheet(site.folder, DOSSIER)) == 0
    (code,) = file_all(site)
    accept(site, code)
    with site.database.sessions() as session:
        assert session.scalar(select(func.max(RegisterLine.number))) == 58


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"Mã hồ sơ": "ABC"}, "cột “Mã hồ sơ”: không đúng dạng mã hồ sơ (“ABC”)"),
        ({"Mã thủ tục": "9.999999"}, "cột “Mã thủ tục”: không có trong hệ thống"),
        ({"Nơi tiếp nhận": "xa-khac"}, "cột “Nơi tiếp nhận”: không có trong hệ thống"),
        ({"Họ tên": "x" * 301}, "cột “Họ tên”: dài quá"),
        ({"Nhận lúc": "hôm qua"}, "cột “Nhận lúc”: không phải ngày, giờ"),
        ({"Nhận lúc": "01/01/2099"}, "cột “Nhận lúc”: ở tương lai"),
        ({"Hẹn trả": date(2026, 1, 4)}, "cột “Hẹn trả”: trước lúc tiếp nhận"),
        ({"Hẹn trả": date(9999, 12, 31)}, "cột “Hẹn trả”: sau lúc tiếp nhận quá mười năm"),
        ({"Ngày sinh": "01/01/2099"}, "cột “Ngày sinh”: ở tương lai hoặc trước năm 1900"),
        ({"Ngày sinh": "31/02/1990"}, "cột “Ngày sinh”: không phải ngày, giờ"),
        ({"Tình trạng": 10}, "cột “Tình trạng”: chỉ nhận tình trạng 2, 4 hoặc 9"),
        ({"Tình trạng": 9}, "cột “Xong lúc”: chưa ghi"),
        ({"Số thứ tự sổ": -1}, "cột “Số thứ tự sổ”: không phải số nguyên dương"),
        ({"Cách nộp": "fax"}, "cột “Cách nộp”: không có trong hệ thống"),
    ],
)
def test_a_bad_row_is_named_and_nothing_written(
    site: Site, capsys: Any, changes: dict[str, Any], said: str
) -> None:
    good = DOSSIER | {"Mã hồ sơ": "H99.11-260105-0001", "Số thứ tự sổ": 1}
    assert site.run("import-dossiers", sheet(site.folder, good, DOSSIER | changes)) == 1
    error = capsys.readouterr().err
    assert f"dòng 3, {said}" in error
    assert "chưa ghi gì" in error
    assert not dossiers(site)


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"", "không phải bảng tính"), (b"PK\x03\x04hong", "bị hỏng"), (b"Ma,Ten\n", "không phải")],
)
def test_a_file_that_is_no_spreadsheet(site: Site, capsys: Any, content: bytes, said: str) -> None:
    file = site.folder / "x.xlsx"
    file.write_bytes(content)
    for command in ("import-units", "import-accounts", "import-dossiers"):
        assert site.run(command, str(file)) == 1
        assert said in capsys.readouterr().err


def test_a_file_that_cannot_be_read_is_named(site: Site, capsys: Any) -> None:
    for file, said in ((site.folder, "là thư mục"), (site.folder / "y.xlsx", "không có tệp")):
        for command in ("import-units", "import-accounts", "import-dossiers"):
            assert site.run(command, str(file)) == 1
            error = capsys.readouterr().err
            assert f"{file}: {said}" in error
            assert len(error.splitlines()) == 1


def test_columns_are_checked(site: Site, capsys: Any) -> None:
    assert site.run("import-units", sheet(site.folder, {"Mã": "H99.50", "Tên": "A"})) == 1
    assert "thiếu cột “Loại”" in capsys.readouterr().err
    assert site.run("import-units", sheet(site.folder, {"Mã": "H99.50", "Lạ": "A"})) == 1
    assert "cột lạ “Lạ”" in capsys.readouterr().err


def test_units_are_added_below_each_other_and_changed(site: Site, capsys: Any) -> None:
    unit = {"Mã": "H99.60", "Tên": "Trung tâm xã Mới", "Loại": "Trung tâm cấp xã"}
    unit |= {"Mã cấp trên": "H99.01", "Điện thoại": "0200 111"}
    below = {"Mã": "H99.60.01", "Tên": "Điểm hỗ trợ", "Loại": "Cấp xã", "Mã cấp trên": "H99.60"}
    assert site.run("import-units", sheet(site.folder, unit, below)) == 0
    assert "thêm 2, đổi 0, giữ nguyên 0" in capsys.readouterr().out
    with site.database.sessions() as session:
        made = session.scalars(select(Agency).where(Agency.code == "H99.60.01")).one()
        assert made.parent.slug == "trung-tam-xa-moi"
    assert (
        site.run("import-units", sheet(site.folder, unit | {"Điện thoại": "0200 222"}, below)) == 0
    )
    assert "thêm 0, đổi 1, giữ nguyên 1" in capsys.readouterr().out
    bad = unit | {"Mã": "H99.61", "Mã cấp trên": "H98", "Loại": "Làng"}
    assert site.run("import-units", sheet(site.folder, bad, below | {"Mã cấp trên": ""})) == 1
    error = capsys.readouterr().err
    assert "dòng 2, cột “Mã cấp trên”: không có trong hệ thống (“H98”)" in error
    assert "dòng 2, cột “Loại”: không có trong hệ thống (“Làng”)" in error


def test_accounts_wait_for_their_people(site: Site, capsys: Any) -> None:
    row = {"Thư điện tử": "moi@example.vn", "Họ tên": "Lê Thị Mới", "Cơ quan": "H99.11"}
    row |= {"Vai trò": "Cán bộ một cửa; Chuyên viên"}
    links = site.folder / "links.csv"
    links.touch(mode=0o644)
    more = row | {"Cơ quan": "trung-tam-tinh", "Vai trò": "Văn thư"}
    file = sheet(site.folder, row, more)
    assert site.run("import-accounts", file, "--links", str(links)) == 0
    assert "thêm 1 tài khoản" in capsys.readouterr().out
    assert links.stat().st_mode & 0o077 == 0
    found = re.search(r"(/loi-moi/\S+)", links.read_text("utf-8"))
    assert found is not None
    with site.database.sessions() as session:
        account = session.scalars(select(Account).where(Account.email == "moi@example.vn")).one()
        assert len(account.memberships) == 3
    client = site.client()
    form = client.get(found[1]).forms["f"]
    form["password"] = "ngan"
    assert "Ít nhất 10 ký tự" in form.submit(status=422).text
    form["password"] = "cau-mat-khau-dai"
    page = form.submit(status=303).follow()
    assert "Đã đặt mật khẩu" in page.text
    client.get(found[1], status=404)
    door = client.get("/dang-nhap").forms["f"]
    door["email"], door["password"] = "moi@example.vn", "cau-mat-khau-dai"
    assert door.submit(status=303).follow()
    assert site.run("import-accounts", file) == 1
    assert "dòng 2, cột “Thư điện tử”: đã có" in capsys.readouterr().err
    bad = row | {"Thư điện tử": "khong", "Vai trò": "Vua", "Cơ quan": "H1"}
    assert site.run("import-accounts", sheet(site.folder, bad)) == 1
    error = capsys.readouterr().err
    for words in ("không đúng dạng thư điện tử", "cột “Vai trò”", "cột “Cơ quan”"):
        assert words in error


def test_an_administrator_sets_a_password_or_invites_again(
    site: Site, capsys: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("mot-mat-khau-khac\n"))
    assert site.run("user", "password", "motcua@example.vn", "--password-stdin") == 0
    assert site.run("user", "invite", "motcua@example.vn") == 0
    link = capsys.readouterr().out.strip().splitlines()[-1]
    assert site.client().get(link[link.index("/loi-moi/") :], status=200)
    assert site.run("user", "invite", "khong@example.vn") == 1
