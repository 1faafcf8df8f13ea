"""An editor changes fee, paper, case and legal basis of a procedure in a real browser."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.chromium import NARROW, WIDE, Visitor, Way

#: Each way edits a procedure of its own: they share one server.
WAYS = ((Way(WIDE, also=NARROW), "1.004873"),)


def open_section(editor: Visitor, home: str, slug: str) -> None:
    editor.page.goto(f"{home}/soan/{slug}")


def change_fee(editor: Visitor, home: str) -> None:
    """A new fee, kept without a press of the button, brought back and saved."""
    page = editor.page
    open_section(editor, home, "phi")
    editor.press("^Thêm mức thu$")
    last = page.locator("main .repeat__item").last
    expect(last).to_be_focused()
    last.locator('[name$=".amount"]').fill("12.000")
    last.locator('[name$=".valid_from"]').fill("01/01/2027")
    editor.look("procedures-fee")
    with page.expect_response(re.compile("/tu-luu/")) as kept:
        # As when the page is left: kept at once, not ten seconds after the change.
        page.evaluate("() => window.dispatchEvent(new Event('pagehide'))")
    assert kept.value.ok
    page.goto(f"{home}/soan/phi")
    editor.press("^Khôi phục bản đang viết dở$", role="link")
    assert page.locator('main [name$=".amount"]').last.input_value() == "12.000"
    editor.press("^Lưu phần này$")


def change_case_and_papers(editor: Visitor, home: str) -> None:
    """A new case with its paper; a number that is none is refused at its field."""
    page = editor.page
    open_section(editor, home, "truong-hop")
    editor.press("^Thêm trường hợp$")
    last = page.locator("main .repeat__item").last
    last.locator('[name$=".name"]').fill("người yêu cầu ở nước ngoài")
    last.locator('[name$=".paper"]').fill("Giấy xác nhận của cơ quan đại diện")
    editor.press("^Lưu phần này$")
    open_section(editor, home, "giay-to")
    editor.look("procedures-papers")
    page.locator('main [name="sets"]').fill("1")
    for place in range(page.locator("main .repeat__item").count()):
        originals = page.locator(f'main [name="dossier.{place}.originals"]')
        if not originals.input_value():
            originals.fill("1")
    page.locator('main [name="dossier.0.copies"]').fill("hai")
    editor.press("^Lưu phần này$", name="procedures-error")
    page.locator('main [name="dossier.0.copies"]').fill("2")
    editor.press("^Lưu phần này$")


def add_text(editor: Visitor, home: str, slug: str, button: str, field: str, words: str) -> None:
    """One more row with one text."""
    open_section(editor, home, slug)
    editor.press(button)
    editor.page.locator(f'main [name$=".{field}"]').last.fill(words)
    editor.press("^Lưu phần này$")


@pytest.mark.parametrize(("way", "code"), WAYS, ids=str)
def test_a_draft_is_edited_kept_compared_previewed_and_sent(
    visitor: Callable[[Way], Visitor], way: Way, code: str
) -> None:
    editor = visitor(way)
    page = editor.page
    editor.sign_in("bientap@example.vn")
    editor.go(f"/bien-tap/thu-tuc?q={code}&cap=xa", name="procedures-list")
    # At a wide and a narrow screen alike no code is broken in two.
    lines = "(all) => all.map((one) => one.getClientRects().length)"
    assert set(page.locator(".worklist td .num").evaluate_all(lines)) == {1}
    editor.follow(page.locator("main tbody th a").first, name="procedures-one")
    home = page.url
    editor.press("^Sửa thủ tục$", name="procedures-general")
    change_fee(editor, home)
    change_case_and_papers(editor, home)
    add_text(editor, home, "can-cu", "^Thêm văn bản$", "number", "60/2014/QH13")
    add_text(editor, home, "trinh-tu", "^Thêm bước$", "text", "Nộp hồ sơ tại nơi tiếp nhận.")

    editor.go(f"{home}/so-sanh", name="procedures-compare")
    said = page.locator("main").inner_text()
    assert "12.000 đồng" in said
    assert "60/2014/QH13" in said
    editor.go(f"{home}/xem-truoc", name="procedures-preview")
    assert "người yêu cầu ở nước ngoài" in page.locator("main").inner_text()
    page.goto(home)
    editor.press("^Gửi công bố$", name="procedures-sent")
    assert "Chờ quyết định công bố" in page.locator("main").inner_text()
