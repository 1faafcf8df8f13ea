"""A decision that amends three procedures and abolishes one, with effect tomorrow.

In a real browser, as one editor writes it, the head of the board publishes it, and a
reader comes before midnight and after; the clock of the site is moved, no worker runs.
"""

from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.chromium import NARROW, WIDE, Visitor, Way
from tests.portal.editorial.decisions import desk
from tests.support.citizen import pdf
from tests.support.site import Site

ADDRESS = "/bien-tap/quyet-dinh"


def fill(me: Visitor, **fields: str) -> None:
    for name, value in fields.items():
        me.page.locator(f'main [name="{name}"]').first.fill(value)


def add(me: Visitor, code: str, words: str) -> None:
    me.press("Thêm thủ tục theo mã", role="link")
    fill(me, code=code)
    me.page.locator('main [name="level"]').select_option("xã")
    me.page.locator("main").get_by_label(words).check()
    me.press("Thêm vào quyết định")


def prepare(me: Visitor, paper: Path) -> str:
    """Write the decision; its address."""
    me.sign_in(desk.WRITER)
    me.go(ADDRESS, name="decisions-01-list")
    me.press("Soạn quyết định", role="link", name="decisions-02-heading")
    fill(me, number="125/QĐ-UBND", signed_on="20/11/2026", effective_on="19/11/2026")
    me.press("Lưu và chọn thủ tục")
    expect(me.page.locator(".error-summary")).to_contain_text("trước ngày ký")
    fill(me, effective_on="24/11/2026")
    me.press("Lưu và chọn thủ tục")
    for code in desk.AMENDED:
        add(me, code, "Được sửa đổi, bổ sung")
    add(me, desk.ABOLISHED, "Bị bãi bỏ")
    me.page.locator('main input[type="file"]').set_input_files(paper)
    me.press("Tải tệp lên", name="decisions-03-ready")
    expect(me.page.locator("main")).to_contain_text("Đã đủ điều kiện")
    return urlsplit(me.page.url).path


def publish(me: Visitor, address: str) -> None:
    """Publish it, and look at what belongs to it."""
    me.sign_in(desk.CHIEF)
    me.go(address)
    me.press("Công bố quyết định", name="decisions-04-signed")
    expect(me.page.locator("main")).to_contain_text("Chưa hiệu lực")
    me.go(f"{ADDRESS}/niem-yet", name="decisions-05-postings")
    me.go(f"{ADDRESS}/bo-niem-yet", name="decisions-06-packs")


def acknowledge(me: Visitor) -> None:
    """Say at the desk that it is posted."""
    me.sign_in("motcua@example.vn")
    me.go("/can-bo/cong-bo", name="decisions-07-desk")
    me.press("125.QĐ-UBND", role="link", name="decisions-08-acknowledge")
    me.press("Đã nhận, đã niêm yết")


def read(me: Visitor, site: Site) -> None:
    """Come before midnight and after."""
    me.go(f"/thu-tuc/{desk.ABOLISHED}")
    expect(me.page.locator("main")).not_to_contain_text("bãi bỏ theo Quyết định")
    site.clock.now = site.clock.now.replace(hour=17) + timedelta(seconds=1)
    me.go(f"/thu-tuc/{desk.ABOLISHED}?moi=1", name="decisions-09-abolished")
    expect(me.page.locator("main")).to_contain_text(
        "Thủ tục đã bị bãi bỏ theo Quyết định số 125/QĐ-UBND"
    )
    for code in desk.AMENDED:
        me.go(f"/thu-tuc/{code}")
        expect(me.page.locator("main")).to_contain_text(f"Kết quả mới của {code}")
    fill(me, ngay="23/11/2026")
    me.press("Xem ngày này", name="decisions-10-as-of")
    expect(me.page.locator("main")).to_contain_text("nội dung của ngày 23/11/2026")
    me.press("Quyết định 125.QĐ-UBND", role="link", name="decisions-11-public")


@pytest.mark.parametrize("way", [Way(WIDE, also=NARROW)], ids=str)
def test_a_decision_comes_into_force_at_midnight(
    browser: Browser, site: Site, base: str, way: Way, tmp_path: Path
) -> None:
    for code in desk.AMENDED:
        desk.draft(site, code)
    paper = tmp_path / "quyết định 125.pdf"
    paper.write_bytes(pdf("quyết định"))

    editor, chief, officer, reader = (Visitor(browser, base, way) for _ in range(4))
    address = prepare(editor, paper)
    publish(chief, address)
    acknowledge(officer)
    read(reader, site)
    for one in (editor, chief, officer, reader):
        one.close()
