"""The file of one form, fees of other provinces, and a stop, looked at in a real browser."""

from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.chromium import NARROW, WIDE, Visitor, Way
from tests.browser.test_form_builder import sign_in
from tests.support.citizen import pdf

STOPS = """{"id": "dung-som", "title": "Đơn dừng sớm", "sections": [{"id": "mot",
"title": "Trước khi nộp", "questions": [{"id": "noi_khac", "kind": "choice", "required": true,
"label": "Ông/bà đã nộp ở nơi khác?", "options": [{"value": "co", "label": "Có"},
{"value": "khong", "label": "Không"}]}, {"id": "dung", "kind": "statement", "stop": true,
"label": "Ông/bà chờ kết quả ở nơi đã nộp.",
"when": {"question": "noi_khac", "is": "equals", "value": "co"}}]}]}"""


def test_new_pages_of_editors_are_looked_at(visitor: Callable[[Way], Visitor]) -> None:
    me = visitor(Way(WIDE))
    sign_in(me, "truongbientap@example.vn")
    me.go("/bien-tap/thu-tuc?q=1.004222")
    me.page.locator('main a[href^="/bien-tap/thu-tuc/"]').filter(
        has_text="thường trú"
    ).first.click()
    home = me.page.url
    me.press("^Sửa thủ tục$")
    me.go(f"{home}/soan/bieu-mau", name="form-files")
    me.press("^Tải tệp lên", role="link")
    place = me.page.url
    me.press("^Tải tệp lên$", name="form-file-refused")
    me.page.locator("#tep").set_input_files(
        {"name": "tờ khai.pdf", "mimeType": "application/pdf", "buffer": pdf("mẫu")}
    )
    me.press("^Tải tệp lên$")
    me.go(f"{home}/soan/noi-khac")
    me.press("^Thêm địa phương$", name="elsewhere")

    me.go("/bien-tap/bieu-mau/nhap-tep")
    me.page.locator("main [name=document]").fill(STOPS)
    me.page.locator("main form.form button[type=submit]").last.click()
    me.go("/bien-tap/bieu-mau/dung-som/xem-thu")
    me.page.locator("main [name=noi_khac][value=co]").check()
    me.press("^Thử những câu trả lời này$", name="stopped")
    expect(me.page.locator("main .statement--stop")).to_contain_text("chờ kết quả")

    me.page.set_viewport_size({"width": NARROW, "height": 800})
    for name, path in (
        ("form-files", f"{home}/soan/bieu-mau"), ("form-file", place),
        ("elsewhere", f"{home}/soan/noi-khac"),
    ):  # fmt: skip
        me.go(path, name=f"{name}-{NARROW}")
