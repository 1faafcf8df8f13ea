"""The end of a dossier in a real browser: fee asked, paid at the cashier, completed with a PDF,
returned by post. Officers work wide, the citizen narrow; every page is looked at."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from waitress.server import create_server

from content.dossiers.models import Delivery
from content.dossiers.states import Status
from tests.browser.chromium import NARROW, WIDE, Visitor, Way
from tests.support.citizen import pdf
from tests.support.dossiers import Filed, stored
from tests.support.handling import in_progress
from tests.support.officer import PASSWORD
from tests.support.site import Site

PEOPLE = ("chuyenvien", "thuquy", "vanthu", "motcua", "congdan")


@pytest.fixture
def base(site: Site) -> Iterator[str]:
    """The site with its stopped clock, behind a server of this process."""
    server = create_server(site.app, host="127.0.0.1", port=0, threads=4)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}"
    server.close()
    thread.join(5)


@pytest.fixture
def people(browser: Browser, base: str) -> Iterator[dict[str, Visitor]]:
    """Who has a part in it, signed in."""
    found = {}
    for name in PEOPLE:
        me = Visitor(browser, base, Way(NARROW if name == "congdan" else WIDE))
        me.go("/dang-nhap")
        me.page.get_by_label("Thư điện tử").fill(f"{name}@example.vn")
        me.page.get_by_label("Mật khẩu").fill(PASSWORD)
        me.press("Đăng nhập")
        found[name] = me
    yield found
    for one in found.values():
        one.close()


def write(who: Visitor, **values: str) -> None:
    """Fill in fields of the page by their names."""
    for name, value in values.items():
        who.page.locator(f'main [name="{name}"]').fill(value)


def test_from_the_fee_to_the_post(people: dict[str, Visitor], site: Site, tmp_path: Path) -> None:
    code = in_progress(
        site, Filed(delivery=Delivery.POST, delivery_address="Tổ 3, phường Hà Trung Mẫu")
    )
    specialist, cashier, clerk, desk, citizen = (people[name] for name in PEOPLE)
    page = f"/can-bo/ho-so/{code}"
    specialist.go(page)
    specialist.press("Yêu cầu nộp tiền", role="link", name="closing-01-ask")
    write(specialist, fee="150000", account="Nộp tại quầy thu", legal_basis="TT 85/2019/TT-BTC")
    specialist.press("Yêu cầu nộp tiền", name="closing-02-asked")
    citizen.go(f"/tai-khoan/ho-so/{code}", name="closing-03-to-pay")
    expect(citizen.page.locator("main .notice--warn")).to_contain_text("150.000 đồng")
    cashier.go("/can-bo/thu-phi", name="closing-04-waiting")
    cashier.press(r"^H99", role="link")
    cashier.press("Xác nhận đã thu tiền", role="link", name="closing-05-take")
    cashier.press("Xác nhận đã thu", name="closing-06-taken")
    clerk.go(page)
    clerk.press("Ghi kết quả", role="link", name="closing-07-complete")
    write(clerk, title="Xác nhận tạm trú", number="15", symbol="XN-CA")
    write(clerk, signer_name="Hoàng Thị Lãnh", signer_title="Trưởng Công an phường")
    clerk.press("Ghi kết quả và báo", name="closing-08-missing")
    expect(clerk.page.locator(".error-summary")).to_be_focused()
    signed = tmp_path / "kết quả.pdf"
    signed.write_bytes(pdf("kết quả"))
    clerk.page.locator('main input[type="file"]').set_input_files(signed)
    clerk.press("Ghi kết quả và báo", name="closing-09-completed")
    desk.go(page)
    desk.press("Xác định phí, lệ phí", role="link", name="closing-10-fees")
    desk.page.locator('main [name="moment"][value="exempt"]').check()
    write(desk, exempt_group="Người cao tuổi", proof="Thẻ căn cước")
    desk.press("Ghi khoản phải nộp", name="closing-11-exempt")
    desk.press("Trả kết quả", role="link", name="closing-12-return")
    write(desk, tracking="EP123456789VN")
    desk.press("Ghi gửi bưu chính", name="closing-13-posted")
    desk.go("/can-bo/buu-chinh", name="closing-14-postal")
    desk.press("Lập danh sách bàn giao", name="closing-15-listed")
    desk.press("Ghi đã phát", role="link", name="closing-16-proof")
    write(desk, proof="Phiếu báo phát có chữ ký")
    desk.press("Ghi đã phát", name="closing-17-returned")
    assert stored(site, code).status is Status.RETURNED
    citizen.go(f"/tai-khoan/ho-so/{code}", name="closing-18-result")
    expect(citizen.page.locator("main")).to_contain_text("15/XN-CA")
    citizen.go("/tai-khoan/kho-giay-to", name="closing-19-store")
    cashier.go("/can-bo/thu-phi", name="closing-20-cashbook")
    for number, (who, path) in enumerate(
        ((cashier, "/can-bo/thu-phi"), (desk, page), (desk, "/can-bo/buu-chinh")), start=21
    ):
        who.page.set_viewport_size({"width": NARROW, "height": 800})
        who.go(path, name=f"closing-{number}-narrow")
