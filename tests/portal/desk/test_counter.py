"""The counter without scripts: find, type, check, receive, print; kept, warned, scanned."""

import re
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from content.dossiers.models import Dossier
from content.people.models import Account
from content.people.roles import Role
from portal.setting_groups import Desk
from tests.portal.desk.at_counter import CODE, begin, fill, press
from tests.support.dossiers import PDF, WARD, writing
from tests.support.officer import Officer
from tests.support.site import Site, open_site

CARD = "001164012345||Nguyễn Thị Mẫu|05031964|Nữ|Thôn 3, Xã Đông Mây|10052021"


@pytest.fixture
def site(sample: Path, tmp_path: Path, clock: Any) -> Any:
    folder = tmp_path / "quet"
    folder.mkdir()
    with open_site(sample, tmp_path, clock, desk=Desk({WARD: folder})) as found:
        yield found


@pytest.fixture
def officer(site: Site) -> Officer:
    return Officer(site)


def dossiers(site: Site) -> list[Dossier]:
    with site.database.sessions() as session:
        return list(session.scalars(select(Dossier).order_by(Dossier.id)))


def test_a_person_is_received_and_the_slip_printed(site: Site, officer: Officer) -> None:
    form = begin(officer)
    assert "Nếu tiếp nhận bây giờ: hẹn trả" in officer.text
    press(officer, fill(form), "tiep-nhan")
    (dossier,) = dossiers(site)
    assert dossier.code is not None
    assert dossier.code in officer.text
    links = [one["href"] for one in officer.page.html.select("main a[href$='.pdf']")]
    slip = officer.client.get(links[0])
    assert slip.content_type == "application/pdf"
    officer.dossier(dossier.lookup_code)
    assert "Nguyễn Thị Mẫu" in officer.text
    assert "Giấy tiếp nhận hồ sơ và hẹn trả kết quả" in officer.text


def test_words_find_a_procedure_and_it_is_offered_again(site: Site, officer: Officer) -> None:
    officer.go("/can-bo/tiep-nhan?q=trich luc ho tich")
    assert CODE in officer.text
    begin(officer)
    officer.go("/can-bo/tiep-nhan")
    assert "Ông/bà vừa tiếp nhận" in officer.text
    assert "chưa ghi tên" in officer.text
    officer.go("/can-bo/tiep-nhan?q=zzzqx' OR 1=1 --")
    assert "Không có thủ tục" in officer.text


def test_a_double_click_reaches_the_same_receipt(site: Site, officer: Officer) -> None:
    form = fill(begin(officer))
    first = form.submit("_viec", value="tiep-nhan", status=303)
    second = form.submit("_viec", value="tiep-nhan", status=303)
    assert first.location == second.location
    assert len(dossiers(site)) == 1


def test_what_is_missing_is_named_and_what_was_typed_is_kept(site: Site, officer: Officer) -> None:
    form = begin(officer)
    form["tn_dia_chi"] = "Thôn 3"
    page = press(officer, form, "tiep-nhan", 422)
    said = page.html.select_one(".error-summary").get_text()
    assert "Chưa ghi “Họ tên hoặc tên tổ chức”." in said
    assert "Tờ khai đề nghị bản sao Trích lục hộ tịch: Chưa nhận giấy tờ này" in said
    assert not dossiers(site)
    officer.go(page.request.path)
    assert officer.page.forms["f"]["tn_dia_chi"].value == "Thôn 3"


def test_it_survives_a_session_that_ended(site: Site, officer: Officer) -> None:
    form = fill(begin(officer))
    officer.client.reset()
    page = form.submit("_viec", value="luu", status=403)
    assert "Nguyễn Thị Mẫu" in page.text
    door = page.forms["f"]
    door["email"], door["password"] = "motcua@example.vn", "mot-cua-2026"
    again = door.submit()
    again = again.follow() if again.status_int == 303 else again
    sent = next(one for one in again.forms.values() if "tn_ho_ten" in one.fields)
    kept = sent.submit(status=303).follow()
    assert "Nguyễn Thị Mẫu" in kept.text


def test_a_card_fills_the_fields_without_scripts(site: Site, officer: Officer) -> None:
    form = begin(officer)
    form["tn_qr"] = CARD
    press(officer, form, "doc-the")
    form = officer.page.forms["f"]
    assert [
        form[f"tn_{name}"].value for name in ("ho_ten", "so_dinh_danh", "ngay_sinh", "dia_chi")
    ] == [
        "Nguyễn Thị Mẫu",
        "001164012345",
        "05/03/1964",
        "Thôn 3, Xã Đông Mây",
    ]
    form["tn_qr"] = "https://example.vn"
    page = press(officer, form, "kiem-tra", 422)
    assert "chưa phải nội dung mã QR" in page.html.select_one(".error-summary").get_text()


def test_twins_are_shown_and_confirmed_deliberately(site: Site, officer: Officer) -> None:
    press(officer, fill(begin(officer)), "tiep-nhan")
    (first,) = dossiers(site)
    page = press(officer, fill(begin(officer)), "tiep-nhan", 409)
    assert first.code in page.text
    assert len(dossiers(site)) == 1
    form = page.forms["f"]
    response = form.submit("tn_trung", status=303)
    assert response.location.endswith("/xong")
    assert len(dossiers(site)) == 2


def test_a_scanned_file_goes_with_its_paper(site: Site, officer: Officer) -> None:
    folder = site.settings.desk.scan_folders[WARD]
    (folder / "quet-001.pdf").write_bytes(PDF)
    (folder / "hong.pdf").write_bytes(b"MZ not a pdf")
    (folder / ".an.pdf").symlink_to("/etc/passwd")
    form = begin(officer)
    options = [value for value, *_ in form["tn_gt_0_quet"].options if value]
    assert sorted(options) == ["hong.pdf", "quet-001.pdf"]
    form["tn_gt_0_quet"] = "hong.pdf"
    press(officer, form, "kiem-tra", 422)
    form = officer.page.forms["f"]
    form["tn_gt_0_quet"] = "quet-001.pdf"
    press(officer, fill(form), "tiep-nhan")
    (dossier,) = dossiers(site)
    with site.database.sessions() as session:
        found = session.get(Dossier, dossier.id)
        assert [one.name for one in found.attachments] == ["quet-001.pdf"]
        assert found.events[0].data["papers"][0]["electronic"] == 1
    form = begin(officer)
    assert "quet-001.pdf" not in str(form["tn_gt_0_quet"].options)


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "khong-co.pdf"])
def test_only_files_of_the_folder_can_be_taken(site: Site, officer: Officer, name: str) -> None:
    folder = site.settings.desk.scan_folders[WARD]
    (folder / "a.pdf").write_bytes(PDF)
    form = begin(officer)
    form["tn_gt_0_quet"].force_value(name)
    page = press(officer, form, "kiem-tra", 422)
    assert page.html.select_one(".error-summary")


def test_by_post_to_an_address(site: Site, officer: Officer) -> None:
    form = begin(officer, channel="buu-chinh")
    form["tn_cach_nhan"] = "post"
    press(officer, fill(form, tn_buu_gui="EB123456789VN"), "tiep-nhan", 422)
    assert "Chưa ghi “Địa chỉ nhận kết quả”." in officer.text
    form = officer.page.forms["f"]
    form["tn_dia_chi_nhan"] = "Thôn 3, xã Đông Mây"
    press(officer, form, "tiep-nhan")
    (dossier,) = dossiers(site)
    assert (dossier.channel.value, dossier.delivery_address) == ("bưu chính", "Thôn 3, xã Đông Mây")


def test_a_colleague_who_typed_meanwhile_is_named(site: Site, officer: Officer) -> None:
    mine = begin(officer)
    with writing(site) as session:
        clerk = session.scalars(select(Account).where(Account.email == "chuyenvien@example.vn"))
        clerk.one().memberships[0].role = Role.ONE_STOP
    other = Officer(site, "chuyenvien@example.vn")
    other.go(officer.page.request.path)
    theirs = other.page.forms["f"]
    theirs["tn_ho_ten"] = "Lê Văn Khác"
    press(other, theirs, "luu")
    mine["tn_ho_ten"] = "Nguyễn Thị Mẫu"
    page = press(officer, mine, "kiem-tra", 409)
    assert "Lê Thị Chuyên đã lưu nội dung khác" in page.text
    assert page.forms["f"]["tn_ho_ten"].value == "Nguyễn Thị Mẫu"


def test_a_long_form_can_be_typed_on_the_same_page(site: Site, officer: Officer) -> None:
    form = begin(officer, "1.004194")
    form["tn_to_khai"] = "may"
    press(officer, form, "kiem-tra")
    form = officer.page.forms["f"]
    assert "nguoi_ke_khai_ho_ten" in form.fields
    form["tn_qr"] = CARD
    press(officer, form, "doc-the")
    assert officer.page.forms["f"]["nguoi_ke_khai_ho_ten"].value == "Nguyễn Thị Mẫu"


def test_it_can_be_dropped_and_strangers_have_no_counter(site: Site, officer: Officer) -> None:
    stale = begin(officer)
    path = officer.page.request.path
    officer.go(f"{path}/bo")
    officer.page = officer.form("/bo").submit(status=303).follow()
    assert "Đã bỏ lần tiếp nhận" in officer.page.text
    officer.client.get(path, status=404)
    # Who still has the page open is told what happened and where to go on.
    told = stale.submit("_viec", value="tiep-nhan", status=404)
    assert "Lần tiếp nhận này không còn" in told
    assert told.click("^Tiếp nhận hồ sơ$").status_int == 200
    begin(officer)
    path = officer.page.request.path
    head = Officer(site, "truongphong@example.vn")
    for address in ("/can-bo/tiep-nhan", path, f"{path}/xong"):
        head.client.get(address, status=403)
    assert not re.search("Tiếp nhận</a>", head.client.get("/can-bo").text)
