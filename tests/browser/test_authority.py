"""What the authority says of itself: an editor writes it at a desk, a citizen reads it on a
phone and puts a suggestion into the box, the editor answers. Every page is looked at."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from portal.setting_groups import Editorial
from tests.browser.chromium import NARROW, WIDE, Visitor, Way
from tests.support.clock import StoppedClock
from tests.support.servers import in_this_process
from tests.support.site import open_site


@pytest.fixture
def base(sample: Path, tmp_path: Path, clock: StoppedClock) -> Iterator[str]:
    """A site that asks polls, with its stopped clock, behind a server of this process."""
    settings = Editorial(four_eyes=False, comments=False, polls=True)
    with (
        open_site(sample, tmp_path, clock, editorial=settings) as site,
        in_this_process(site) as address,
    ):
        yield address


def write(me: Visitor) -> None:
    """The chief editor puts a reception off and asks a question."""
    me.go("/bien-tap/co-cau-to-chuc", name="authority-01-units")
    me.go("/bien-tap/lich-tiep-cong-dan", name="authority-03-reception")
    me.leave(me.page.get_by_role("link", name="Hoãn, đổi buổi").first)
    me.page.get_by_label("Hoãn buổi này").check()
    me.press("Lưu thay đổi", name="authority-04-no-reason")
    me.page.get_by_label("Lý do, hiện cho người dân").fill("Họp Hội đồng nhân dân")
    me.press("Lưu thay đổi")
    me.go("/bien-tap/lich-tiep-cong-dan/moi", name="authority-05-rule")
    me.go("/bien-tap/khieu-nai-to-cao", name="authority-06-guide")
    me.go("/bien-tap/tham-do/moi")
    me.page.locator('[name="question"]').fill("Giờ nào tiện cho ông/bà?")
    me.page.locator('[name="options"]').fill("Buổi sáng\nBuổi chiều\nSau 17 giờ")
    me.page.locator('[name="starts_at"]').fill("23/11/2026 08:00")
    me.page.locator('[name="ends_at"]').fill("30/11/2026 17:00")
    me.press("Lưu câu hỏi", name="authority-07-polls")


def read(me: Visitor, clock: StoppedClock) -> str:
    """A citizen; returns the code of their suggestion."""
    me.go("/lich-tiep-cong-dan", name="authority-12-month")
    expect(me.page.locator("tbody")).to_contain_text("Họp Hội đồng nhân dân")
    me.go("/gop-y", name="authority-14-box")
    clock.move(seconds=10)
    me.page.locator('[name="text"]').fill("Xin thêm ghế ngồi chờ ở quầy 4, buổi sáng rất đông.")
    me.page.get_by_label("Gửi ẩn danh").check()
    me.press("Gửi góp ý", name="authority-15-sent")
    code = me.page.locator(".notice strong").inner_text()
    me.go("/tham-do/1", name="authority-16-poll")
    me.page.get_by_label("Buổi sáng").check()
    me.press("Gửi ý kiến", name="authority-17-result")
    return code


def answer(me: Visitor, code: str) -> None:
    """The chief editor answers, and writes the record of the month."""
    me.go("/bien-tap/gop-y", name="authority-20-queue")
    me.press(f"Mở góp ý {code}", role="link", name="authority-21-suggestion")
    me.page.locator('[name="answer"]').fill("Cảm ơn ông/bà; quầy 4 đã thêm mười ghế.")
    me.press("Gửi trả lời")
    me.go("/bien-tap/gop-y/bien-ban/moi")
    for name, words in (
        ("place", "Sảnh chính"),
        ("opener", "Bà Hoa Mẫu, văn thư"),
        ("witnesses", "Ông Nam Mẫu, thanh tra nhân dân"),
        ("letters", "2"),
    ):
        me.page.locator(f'[name="{name}"]').fill(words)
    me.press("Lưu biên bản", name="authority-22-records")
    me.follow(me.page.locator("tbody a").first, name="authority-23-record")
    expect(me.page.locator("article")).to_contain_text("Xin thêm ghế")


def test_the_authority(base: str, browser: Browser, clock: StoppedClock) -> None:
    editor = Visitor(browser, base, Way(WIDE))
    citizen = Visitor(browser, base, Way(NARROW, scripts=False))
    try:
        editor.sign_in("truongbientap@example.vn")
        write(editor)
        answer(editor, read(citizen, clock))
        citizen.go("/", name="authority-30-home")
    finally:
        editor.close()
        citizen.close()
