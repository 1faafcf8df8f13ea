"""The end of a dossier in a real browser: fee asked, paid at the cashier, completed with a
signed PDF, returned by post. Officers work wide, the citizen narrow; every page is looked at."""

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from content.dossiers.models import Delivery
from content.dossiers.states import Status
from content.seed.month.invented import a_page
from tests.browser.chromium import NARROW, WIDE, Visitor, Way, signed_in
from tests.content.signing.making import authority, by_hand
from tests.support.dossiers import Filed, stored
from tests.support.handling import in_progress
from tests.support.site import Site

PEOPLE = ("chuyenvien", "thuquy", "vanthu", "motcua", "congdan")


@pytest.fixture
def people(browser: Browser, base: str) -> Iterator[dict[str, Visitor]]:
    """Who has a part in it, signed in."""
    found = {}
    for name in PEOPLE:
        way = Way(NARROW if name == "congdan" else WIDE)
        found[name] = signed_in(browser, base, way, f"{name}@example.vn")
    yield found
    for one in found.values():
        one.close()


def write(who: Visitor, **values: str) -> None:
    """Fill in fields of the page by their names."""
    for name, value in values.items():
        who.page.locator(f'main [name="{name}"]').fill(value)


def on(who: Visitor, words: str, role: Any = "button") -> None:
    """Go on to a page of which others have been looked at."""
    with who.page.expect_navigation(wait_until="load"):
        who.page.locator("main").get_by_role(role, name=re.compile(words)).first.click()


def test_from_the_fee_to_the_post(people: dict[str, Visitor], site: Site, tmp_path: Path) -> None:
    delivery = {"delivery": Delivery.POST, "delivery_address": "Tổ 3, phường Hà Trung Mẫu"}
    code = in_progress(site, Filed(**delivery))
    page = f"/can-bo/ho-so/{code}"
    ask_and_pay(people, page)
    signed = tmp_path / "kết quả.pdf"
    signed.write_bytes(signed_at(site.clock()))
    complete(people["vanthu"], page, signed)
    return_by_post(people["motcua"], page)
    assert stored(site, code).status is Status.RETURNED
    citizen = people["congdan"]
    citizen.go(f"/tai-khoan/ho-so/{code}", name="closing-11-result")
    expect(citizen.page.locator("main")).to_contain_text("Hoàng Văn Lãnh ký số lúc")
    expect(citizen.page.locator("main")).to_contain_text("15/XN-CA")
    citizen.go("/tai-khoan/kho-giay-to", name="closing-12-store")
    cashier, desk = people["thuquy"], people["motcua"]
    visits = ((cashier, "/can-bo/thu-phi"), (desk, page), (desk, "/can-bo/buu-chinh"))
    for number, (who, path) in enumerate(visits, start=13):
        who.page.set_viewport_size({"width": NARROW, "height": 800})
        who.go(path, name=f"closing-{number}-narrow")


def signed_at(now: datetime) -> bytes:
    """A result as its signer's program writes it: in a thread of its own, for this one has a
    loop running, the browser's."""
    with ThreadPoolExecutor() as aside:
        leader = aside.submit(authority, now).result().leader
        return aside.submit(by_hand, a_page("Ket qua"), leader, now).result()


def ask_and_pay(people: dict[str, Visitor], page: str) -> None:
    """T10 and T11."""
    specialist, cashier, citizen = (people[one] for one in ("chuyenvien", "thuquy", "congdan"))
    specialist.page.goto(page)
    specialist.press("Yêu cầu nộp tiền", role="link", name="closing-01-ask")
    write(specialist, fee="150000", account="Nộp tại quầy thu", legal_basis="TT 85/2019/TT-BTC")
    on(specialist, "Yêu cầu nộp tiền")
    citizen.go(page.replace("can-bo", "tai-khoan"), name="closing-02-to-pay")
    expect(citizen.page.locator("main .notice--warn")).to_contain_text("150.000 đồng")
    cashier.go("/can-bo/thu-phi", name="closing-03-waiting")
    on(cashier, r"^H99", role="link")
    cashier.press("Xác nhận đã thu tiền", role="link", name="closing-04-take")
    on(cashier, "Xác nhận đã thu")


def complete(clerk: Visitor, page: str, file: Path) -> None:
    """T15; without its file it is refused, and nothing typed is lost. With one that is signed
    the signatures are seen first, and the file need not be chosen again."""
    clerk.page.goto(page)
    on(clerk, "Ghi kết quả", role="link")
    write(clerk, title="Xác nhận tạm trú", number="15", symbol="XN-CA")
    write(clerk, signer_name="Hoàng Thị Lãnh", signer_title="Trưởng Công an phường")
    clerk.press("Ghi kết quả và báo", name="closing-05-missing")
    expect(clerk.page.locator(".error-summary")).to_be_focused()
    clerk.page.locator('main input[type="file"]').set_input_files(file)
    clerk.press("Ghi kết quả và báo", name="closing-06-signatures")
    expect(clerk.page.locator("main .notice")).to_contain_text("Hoàng Văn Lãnh ký số lúc")
    clerk.press("Ghi kết quả và báo", name="closing-16-completed")


def return_by_post(desk: Visitor, page: str) -> None:
    """Exempted, given to the post, delivered: T16."""
    desk.page.goto(page)
    desk.press("Xác định phí, lệ phí", role="link", name="closing-07-fees")
    desk.page.locator('main [name="moment"][value="exempt"]').check()
    write(desk, exempt_group="Người cao tuổi", proof="Thẻ căn cước")
    on(desk, "Ghi khoản phải nộp")
    desk.press("Trả kết quả", role="link", name="closing-08-return")
    write(desk, tracking="EP123456789VN")
    on(desk, "Ghi gửi bưu chính")
    desk.go("/can-bo/buu-chinh", name="closing-09-postal")
    on(desk, "Lập danh sách bàn giao")
    desk.press("Ghi đã phát", role="link", name="closing-10-proof")
    write(desk, proof="Phiếu báo phát có chữ ký")
    on(desk, "Ghi đã phát")
