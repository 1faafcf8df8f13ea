"""The same-visit lane without scripts: three fields, the fee, the list, the book, a mistake."""

from typing import Any

import pytest
from sqlalchemy import select

from content.certification.models import CertificationEntry
from tests.support.officer import Officer
from tests.support.site import Site

CARD = "001164012345||Nguyễn Thị Mẫu|05031964|Nữ|Thôn 3, Xã Đông Mây|10052021"
LANE = "/can-bo/chung-thuc"


@pytest.fixture
def officer(site: Site) -> Officer:
    return Officer(site)


def open_lane(officer: Officer) -> Any:
    return officer.go(LANE).forms["f"]


def write(officer: Officer, form: Any, status: int = 303, **fields: str) -> Any:
    for name, value in fields.items():
        form[name] = value
    response = form.submit("_viec", value="ghi-so", status=status)
    officer.page = response.follow() if status == 303 else response
    return officer.page


def entries(site: Site) -> list[CertificationEntry]:
    with site.database.sessions() as session:
        query = select(CertificationEntry).order_by(CertificationEntry.id)
        return list(session.scalars(query))


FIRST = {
    "person": "Nguyễn Thị Mẫu",
    "document": "Bằng tốt nghiệp",
    "copies": "3",
    "pages": "2",
    "signer_name": "Lê Văn Ký",
    "signer_title": "Phó Chủ tịch",
}


def test_the_second_act_takes_three_fields(site: Site, officer: Officer) -> None:
    write(officer, open_lane(officer), **FIRST)
    assert "số chứng thực 1 /2026" in officer.text.replace("  ", " ")
    assert "12.000 đồng" in officer.text
    form = officer.page.forms["f"]
    again = {"person": "Trần Văn Ba", "document": "Giấy khai sinh", "copies": "2"}
    write(officer, form, **again)
    two = entries(site)[-1]
    assert (two.number, two.fee, two.signer_name, two.pages) == (2, 4000, "Lê Văn Ký", 1)
    assert "2 việc, 5 bản, 16.000 đồng" in officer.text
    links = [one["href"] for one in officer.page.html.select("main a[href*='.pdf']")]
    assert officer.client.get(links[0]).body.startswith(b"%PDF")
    officer.go(f"{LANE}?ngay=2026-11-22")
    assert "Chưa có việc nào trong ngày này." in officer.text
    officer.go(f"{LANE}?ngay=23/11/2026")
    assert "Trần Văn Ba" in officer.text
    assert officer.page.html.select_one("#xem-ngay")["value"] == "23/11/2026"
    officer.go(f"{LANE}?ngay=31/02/2026", status=422)
    assert "“31/02/2026” chưa phải là một ngày có thật" in officer.text
    assert officer.page.html.select_one("#xem-ngay")["value"] == "31/02/2026"


def test_a_double_click_writes_one_line(site: Site, officer: Officer) -> None:
    form = open_lane(officer)
    for name, value in FIRST.items():
        form[name] = value
    first, second = (form.submit("_viec", value="ghi-so", status=303) for _ in range(2))
    assert first.location == second.location
    assert len(entries(site)) == 1


def test_a_card_fills_name_and_number_and_writes_nothing(site: Site, officer: Officer) -> None:
    form = open_lane(officer)
    form["document"], form["qr"] = "Sổ hộ khẩu", CARD
    page = form.submit("_viec", value="doc-the", status=200)
    form = page.forms["f"]
    assert (form["person"].value, form["identity"].value) == ("Nguyễn Thị Mẫu", "001164012345")
    assert (form["document"].value, form["qr"].value) == ("Sổ hộ khẩu", "")
    form["qr"] = "khong phai the"
    page = form.submit("_viec", value="ghi-so", status=422)
    assert "chưa phải nội dung mã QR" in page.html.select_one(".error-summary").get_text()
    assert page.forms["f"]["person"].value == "Nguyễn Thị Mẫu"
    assert not entries(site)


@pytest.mark.parametrize(
    ("name", "value"),
    [("copies", "0"), ("copies", "x"), ("pages", "99999"), ("person", " "), ("fee", "-5")],
)
def test_bad_input_is_named_and_uses_no_number(
    site: Site, officer: Officer, name: str, value: str
) -> None:
    page = write(officer, open_lane(officer), 422, **(FIRST | {name: value}))
    assert page.html.select_one(".error-summary a")["href"] == f"#f-{name}"
    assert page.forms["f"]["document"].value == "Bằng tốt nghiệp"
    assert not entries(site)


def test_a_mistake_is_cancelled_with_a_reason(site: Site, officer: Officer) -> None:
    write(officer, open_lane(officer), **FIRST)
    officer.page = officer.page.click("Hủy dòng")
    form = officer.page.forms["f"]
    form["reason"] = "nhầm"
    assert form.submit(status=422)
    form["reason"] = "Nhập nhầm tên giấy tờ."
    officer.page = form.submit("gui", status=303).follow()
    assert "Đã hủy Nhập nhầm tên giấy tờ." in officer.text
    assert "đã hủy 1" in officer.text
    officer.go("/can-bo/so-theo-doi?don-vi=trung-tam-tinh&muc=da-huy")
    assert "Nhập nhầm tên giấy tờ." in officer.text


def test_other_parts_of_the_house_have_no_lane(site: Site, officer: Officer) -> None:
    write(officer, open_lane(officer), **FIRST)
    one = entries(site)[0]
    clerk = Officer(site, "vanthu@example.vn")
    clerk.client.get(LANE, status=403)
    clerk.client.get(f"{LANE}/{one.id}/huy", status=403)
    clerk.client.get(f"{LANE}/so/trung-tam-tinh/ban-sao/2026.pdf", status=403)
    for path in ("so/khong-co/ban-sao/2026.pdf", "so/trung-tam-tinh/x/2026.pdf", "99/huy"):
        officer.client.get(f"{LANE}/{path}", status=404)
