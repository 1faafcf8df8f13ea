"""Legal documents in a browser: written, given a file, published, read on a phone."""

from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.chromium import NARROW, WIDE, Visitor, Way
from tests.content.library.files import word

CHIEF = "truongbientap@example.vn"


def test_a_document_reaches_readers(visitor: Callable[[Way], Visitor]) -> None:
    me = visitor(Way(WIDE))
    me.sign_in(CHIEF)
    me.go("/bien-tap/van-ban", name="library-1-list")
    me.leave(me.page.get_by_role("link", name="Thêm văn bản"))
    for name, value in (
        ("number", "15/2026/QĐ-UBND"),
        ("agency", "Ủy ban nhân dân tỉnh"),
        ("summary", "Quy định mức thu lệ phí hộ tịch"),
        ("issued_on", "05/01/2026"),
        ("effective_on", "20/01/2026"),
    ):
        me.page.locator(f'[name="{name}"]').fill(value)
    me.page.locator('select[name="kind"]').select_option("quyet-dinh")
    me.press("Lưu và thêm tệp")
    me.leave(me.page.get_by_role("link", name="Thêm tệp"))
    given = {"name": "quy-dinh.docx", "mimeType": "", "buffer": word("Miễn lệ phí.")}
    me.page.locator('[name="tep"]').set_input_files(given)
    me.press("Tải lên", name="library-2-file")
    me.press("Công bố văn bản", name="library-3-public")
    reader = visitor(Way(NARROW))
    reader.go("/van-ban/15-2026-qd-ubnd", name="library-4-read")
    expect(reader.page.locator("main")).to_contain_text("Còn hiệu lực")
