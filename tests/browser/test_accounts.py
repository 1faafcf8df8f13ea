"""Accounts of officials, as an administrator goes through them at two widths."""

from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.chromium import NARROW, WIDE, Visitor, Way


def test_a_new_officer_gets_a_link(visitor: Callable[[Way], Visitor]) -> None:
    me = visitor(Way(WIDE, also=NARROW))
    me.sign_in("quantri@example.vn")
    me.go("/quan-tri/tai-khoan", name="accounts-01-list")
    me.press("Thêm tài khoản", role="link", name="accounts-02-new")
    me.press("Tạo tài khoản", name="accounts-03-refused")
    me.write(name="Lò Văn Mới", email="moi@example.vn")
    me.page.locator('main [name="agency"]').select_option("xa-dong-may")
    me.page.get_by_label("Cán bộ một cửa").check()
    me.press("Tạo tài khoản", name="accounts-04-opened")
    me.press("Lập liên kết đặt mật khẩu", name="accounts-05-link")
    link = me.page.get_by_label("Liên kết", exact=True).input_value()
    me.press("Về tài khoản", role="link")
    me.press("Chuyển sang đơn vị khác", role="link", name="accounts-06-move")
    me.page.go_back()
    me.press("Khóa tài khoản", name="accounts-07-closed")
    expect(me.page.locator("main")).to_contain_text("Không ai đăng nhập được")
    me.press("Mở lại tài khoản")
    them = visitor(Way(WIDE))
    them.go(link, status=404)
    me.press("Lập liên kết đặt mật khẩu")
    link = me.page.get_by_label("Liên kết", exact=True).input_value()
    them.go(link)
    them.write(password="ngọn đồi xanh 12")
    them.press("Đặt mật khẩu")
    them.write(email="moi@example.vn", password="ngọn đồi xanh 12")
    them.page.keyboard.press("Enter")
    expect(them.page.locator("main h1")).to_have_text("Hồ sơ một cửa")
