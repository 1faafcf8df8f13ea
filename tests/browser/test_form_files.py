"""The file of one form, fees of other provinces, and a stop, looked at in a real browser."""

from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.chromium import NARROW, WIDE, Visitor, Way
from tests.support.citizen import pdf

STOPS = """{"id": "dung-som", "title": "Đơn dừng sớm", "sections": [{"id": "mot",
"title": "Trước khi nộp", "questions": [{"id": "noi_khac", "kind": "choice", "required": true,
"label": "Ông/bà đã nộp ở nơi khác?", "options": [{"value": "co", "label": "Có"},
{"value": "khong", "label": "Không"}]}, {"id": "dung", "kind": "statement", "stop": true,
"label": "Ông/bà chờ kết quả ở nơi đã nộp.",
"when": {"question": "noi_khac", "is": "equals", "value": "co"}}]}]}"""


def test_new_pages_of_editors_are_looked_at(visitor: Callable[[Way], Visitor]) -> None:
    me = visitor(Way(WIDE))
    me.sign_in("truongbientap@example.vn")
    page = me.page
    page.goto("/bien-tap/thu-tuc?q=1.004222")
    found = page.locator('main a[href^="/bien-tap/thu-tuc/"]').filter(has_text="thường trú")
    me.leave(found.first)
    home = page.url
    me.leave(page.get_by_role("button", name="Sửa thủ tục"))
    page.goto(f"{home}/soan/bieu-mau")
    me.leave(page.locator("#tep-mau a.btn").first)
    place = page.url
    me.press("^Tải tệp lên$", name="form-file-refused")
    page.locator("#tep").set_input_files(
        {"name": "tờ khai.pdf", "mimeType": "application/pdf", "buffer": pdf("mẫu")}
    )
    me.press("^Tải tệp lên$", name="form-files")
    page.goto(f"{home}/soan/noi-khac")
    me.press("^Thêm địa phương$", name="elsewhere")

    page.goto("/bien-tap/bieu-mau/nhap-tep")
    page.locator("main [name=document]").fill(STOPS)
    me.leave(page.locator("main form.form button[type=submit]").last)
    page.goto("/bien-tap/bieu-mau/dung-som/xem-thu")
    page.locator("main [name=noi_khac][value=co]").check()
    me.press("^Thử những câu trả lời này$", name="stopped")
    expect(page.locator("main .statement--stop")).to_contain_text("chờ kết quả")

    page.set_viewport_size({"width": NARROW, "height": 800})
    for name, path in (
        ("form-files", f"{home}/soan/bieu-mau"), ("form-file", place),
        ("elsewhere", f"{home}/soan/noi-khac"),
    ):  # fmt: skip
        me.go(path, name=f"{name}-{NARROW}")
