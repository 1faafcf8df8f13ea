"""The register on screen: years, filters, paper, volumes, cancelled lines, closing."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from content.dossiers.models import Dossier
from content.dossiers.register import RegisterService
from content.dossiers.register_reads import line_numbered, lines_from
from content.dossiers.states import Status
from content.errors import InvalidTransition
from content.people.models import Account
from tests.support.dossiers import WARD, Filed, accept, file_all, writing
from tests.support.officer import ONE_STOP, Officer
from tests.support.site import Site

BOOK = f"/can-bo/so-theo-doi?don-vi={WARD}"
HEAD = "truongphong@example.vn"


@pytest.fixture
def officer(site: Site) -> Officer:
    return Officer(site)


@pytest.fixture
def code(site: Site) -> str:
    (code,) = file_all(site, Filed())
    accept(site, code)
    return code


def end(site: Site, code: str, status: Status = Status.STOPPED) -> None:
    with writing(site) as session:
        dossier = session.scalars(select(Dossier).where(Dossier.lookup_code == code)).one()
        dossier.finished_at, dossier.status = site.clock(), status


def test_lines_are_browsed_filtered_and_printed(site: Site, officer: Officer, code: str) -> None:
    officer.go(BOOK)
    assert "Nguyễn Thị Mẫu" in officer.text
    assert "Năm 2026, 1 quyển: 1 dòng" in officer.text
    for query in ("&q=nguyen thi", "&muc=dang-giai-quyet", "&nam=2026", "&nam=x&trang=99"):
        officer.go(BOOK + query)
        assert "Nguyễn Thị Mẫu" in officer.text
    for query in ("&q=khong co", "&muc=da-huy", "&nam=2020"):
        officer.go(BOOK + query)
        assert "Không có dòng nào." in officer.text
    officer.go(BOOK)
    links = [one["href"] for one in officer.page.html.select("main a[href*='2026.']")]
    paper, sheet = (officer.client.get(one) for one in links)
    assert paper.body.startswith(b"%PDF")
    assert sheet.body.startswith(b"PK")
    officer.client.get(f"/can-bo/so-theo-doi/{WARD}/2020.pdf", status=404)
    officer.client.get("/can-bo/so-theo-doi/khong-co/2026.pdf", status=404)


def test_a_line_is_cancelled_when_its_dossier_has_ended(
    site: Site, officer: Officer, code: str
) -> None:
    path = f"/can-bo/so-theo-doi/{WARD}/2026/dong/1/huy"
    officer.go(path)
    assert "rút hoặc dừng hồ sơ trước" in officer.text
    end(site, code)
    officer.go(BOOK)
    officer.page = officer.page.click("Hủy dòng")
    officer.page.forms["f"]["reason"] = "Nhập nhầm thủ tục của người khác."
    officer.page = officer.page.forms["f"].submit("gui", status=303).follow()
    assert "Đã hủy Nhập nhầm thủ tục của người khác." in officer.text
    officer.client.get(path.replace("/1/", "/99/"), status=404)


def test_a_line_with_a_result_is_no_mistake(site: Site, officer: Officer, code: str) -> None:
    end(site, code, Status.RETURNED)
    officer.go(BOOK)
    assert "Hủy dòng" not in officer.text
    page = officer.go(f"/can-bo/so-theo-doi/{WARD}/2026/dong/1/huy")
    assert "Hồ sơ đã có kết quả" in officer.text
    assert "f" not in page.forms
    with writing(site) as session:
        line = line_numbered(session, session.scalars(select(Dossier)).one().agency_id, 2026, 1)
        keeper = session.scalars(select(Account).where(Account.email == ONE_STOP)).one()
        service = RegisterService(session, site.clock())
        with pytest.raises(InvalidTransition, match="has_result"):
            service.cancel(line, keeper, "Nhập nhầm thủ tục của người khác.")


def test_the_book_says_why_there_is_no_result_and_until_when_it_was_extended(
    site: Site, officer: Officer, code: str
) -> None:
    def remark() -> str:
        with writing(site) as session:
            dossier = session.scalars(select(Dossier)).one()
            (row,) = lines_from(session, dossier.agency_id, 2026, first=1, many=1)
            return row.remark

    assert remark() == ""
    with writing(site) as session:
        session.scalars(select(Dossier)).one().extended_to = date(2026, 12, 31)
    assert remark() == "Gia hạn đến 31/12/2026"
    end(site, code)
    assert remark() == "Dừng xử lý; Gia hạn đến 31/12/2026"


def test_volumes_and_closing(site: Site, officer: Officer, code: str, clock: Any) -> None:
    end(site, code)
    officer.go(BOOK)
    officer.page = officer.form("/quyen-moi").submit(status=303).follow()
    assert "2 quyển" in officer.text
    officer.page = officer.form("/quyen-moi").submit(status=303).follow()
    assert "Chưa mở quyển mới" in officer.page.text
    assert "/khoa-so" not in officer.page.text
    head = Officer(site, HEAD)
    token = head.go(BOOK).html.select_one("input[name=csrf_token]")["value"]
    close = f"/can-bo/so-theo-doi/{WARD}/2026/khoa-so"
    page = head.client.post(close, {"csrf_token": token}, status=303).follow()
    assert "Chưa khóa: năm chưa hết" in page.text
    clock.move(days=45)
    head = Officer(site, HEAD)
    head.go(f"{BOOK}&nam=2026")
    head.page = head.form("/khoa-so").submit(status=303).follow()
    assert "người khóa: Phạm Văn Phòng" in head.text
    assert "Hủy dòng" not in head.text
    officer = Officer(site)
    token = officer.go(BOOK).html.select_one("input[name=csrf_token]")["value"]
    officer.client.post(close, {"csrf_token": token}, status=403)
    page = officer.go(f"/can-bo/so-theo-doi/{WARD}/2026/dong/1/huy")
    page.forms["f"]["reason"] = "Thử hủy sau khi khóa sổ."
    assert "đã khóa" in page.forms["f"].submit("gui", status=422).text


def test_strangers_see_no_book(site: Site, code: str) -> None:
    citizen = Officer(site, "congdan@example.vn")
    for path in ("/can-bo/so-theo-doi", f"/can-bo/so-theo-doi/{WARD}/2026.pdf"):
        citizen.client.get(path, status=403)
