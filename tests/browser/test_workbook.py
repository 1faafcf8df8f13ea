"""The book of work at two widths: one job from the list to a remark, every page looked at."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.chromium import NARROW, WIDE, Visitor, Way
from tests.support.servers import in_this_process
from tests.support.site import Site
from tests.support.work import settle


@pytest.fixture
def base(site: Site) -> Iterator[str]:
    """The site with its stopped clock, behind a server of this process."""
    settle(site)
    with in_this_process(site) as address:
        yield address


def test_an_inspection_is_read_and_a_finding_begun(browser: Browser, base: str) -> None:
    head = Visitor(browser, base, Way(WIDE, also=NARROW))
    head.sign_in("truongphong@example.vn")
    head.go("/can-bo/so-viec/danh-gia-noi-bo", name="work-02-book")
    head.press("ĐGNB-01", role="link", name="work-03-entry")
    head.press("Thêm: Điểm chưa phù hợp", role="link", name="work-04-form")
    main = head.page.locator("main")
    main.get_by_label("Điểm chưa phù hợp").fill("Thiếu bảng niêm yết ở quầy 3")
    main.get_by_label("Không phù hợp nhẹ").check()
    main.get_by_label("Bằng chứng").fill("Quầy 3 không có bảng.")
    main.get_by_label("Hạn phải xong").fill("15/12/2026")
    head.leave(main.get_by_role("button", name="Ghi vào sổ").last)
    expect(main.get_by_role("heading", level=1)).to_have_text("Thiếu bảng niêm yết ở quầy 3")
    head.go("/can-bo/so-viec/tu-kiem-tra/so-sanh", name="work-06-compare")
    head.close()
