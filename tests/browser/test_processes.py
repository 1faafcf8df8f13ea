"""A dossier passed on and a process written, in a real browser: the desk wide, the head narrow."""

from urllib.parse import urlsplit

from playwright.sync_api import Browser, expect

from tests.browser.chromium import NARROW, WIDE, Way, signed_in
from tests.support.dossiers import Filed, accept, file_all
from tests.support.site import Site


def test_passed_on_and_written_down(browser: Browser, base: str, site: Site) -> None:
    code = file_all(site, Filed())[0]
    accept(site, code)
    desk = signed_in(browser, base, Way(WIDE), "motcua@example.vn")
    head = signed_in(browser, base, Way(NARROW), "truongphong@example.vn")
    desk.go(f"/can-bo/ho-so/{code}")
    desk.press("Chuyển xử lý", role="link", name="process-01-transfer")
    desk.press("Chuyển hồ sơ", name="process-02-transferred")
    head.go(f"/can-bo/ho-so/{code}")
    head.press("Ký nhận hồ sơ", name="process-03-signed-for")
    head.press("Chuyển bước tiếp theo", role="link", name="process-04-forward")
    head.page.locator('main [name="note"]').fill("Đề nghị thẩm định.")
    head.press("Chuyển bước", name="process-05-forwarded")
    expect(head.page.locator("main")).to_contain_text("Thẩm định hồ sơ")
    head.go("/can-bo/quy-trinh?q=1.004222", name="process-06-list")
    head.press("Đăng ký thường trú", role="link", name="process-07-standard")
    expect(head.page.locator("main")).to_contain_text("Tổng các bước: 56 giờ, bằng thời hạn")
    head.press("Soạn quy trình", name="process-08-written")
    head.page.locator('main [name="steps.3.returns_to"]').fill("B6")
    head.press("Lưu bản soạn", name="process-09-refused")
    expect(head.page.locator(".error-summary")).to_be_focused()
    wide = signed_in(browser, base, Way(WIDE), "truongphong@example.vn")
    wide.go(urlsplit(head.page.url).path, name="process-10-written")
    # Issued as it stands on the screen: first with an hour too much, then mended.
    wide.page.locator('main [name="steps.3.hours"]').fill("29")
    wide.press("Lưu và ban hành quy trình", name="process-11-sum-differs")
    expect(wide.page.locator(".error-summary")).to_contain_text("thừa 1 giờ")
    wide.page.locator('main [name="steps.3.hours"]').fill("28")
    wide.write(approver="Hoàng Thị Lãnh", effective_on="23/11/2026")
    wide.press("Lưu và ban hành quy trình", name="process-12-issued")
    expect(wide.page.locator("main")).to_contain_text("lần ban hành 1, từ 23/11/2026")
    for one in (head, desk, wide):
        one.close()
