"""From the procedure's page to the due date: CT01 in a real browser, in four ways.

With scripts and without, on a phone and on a desk: a household member added and another
taken away, a bad date, a lying file, Back, a second tab, a server that is restarted in
the middle. Every page on the way is looked at.
"""

import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.chromium import NARROW, WIDE, Visitor, Way
from tests.support.citizen import pdf, png
from tests.support.servers import Server

NEXT = "Lưu và tiếp tục"
NEED = "Đăng ký thường trú vào nhà của con trai"
EXE = b"MZ\x90\x00\x03\x00\x00\x00" + b"\x00" * 200
WAYS = [Way(width, scripts) for width in (NARROW, WIDE) for scripts in (True, False)]


@dataclass
class Filing:
    """One person's way through CT01."""

    me: Visitor
    folder: Path
    server: Server

    @property
    def page(self) -> Page:
        """What is in front of them."""
        return self.me.page

    def fill(self, **fields: str) -> None:
        """Type into fields, by the end of their names."""
        for name, value in fields.items():
            self.page.locator(f'main [name$="{name}"]').last.fill(value)

    def tick(self, words: str) -> None:
        """Choose by the words beside the button."""
        self.page.locator("main").get_by_label(words, exact=True).last.check()

    def file(self, name: str, content: bytes) -> Path:
        """A file to choose."""
        path = self.folder / name
        path.write_bytes(content)
        return path

    def begin(self) -> None:
        """What one should know first, and the choices."""
        self.me.go("/thu-tuc/1.004222", name="journey-01-procedure")
        self.me.press("Nộp hồ sơ trực tuyến|Nộp hồ sơ", role="link", name="journey-02-start")
        self.page.locator("main").get_by_label(re.compile("thuê, mượn, ở nhờ")).first.check()
        self.page.locator("main select").first.select_option("xa-dong-may")
        self.page.locator("main").get_by_label(re.compile("tại quầy|trực tiếp", re.I)).first.check()
        self.me.press("Bắt đầu điền hồ sơ", name="journey-03-first-step")

    def person(self) -> None:
        """A bad date first: said beside the field and on top, the rest is kept."""
        self.fill(ho_ten="Đỗ Thị Ngọc Ánh", ngay_sinh="31/02/1962")
        self.tick("Nữ")
        self.fill(so_dinh_danh_ca_nhan="001162012345", so_dien_thoai_lien_he="0912 345 678")
        self.me.press(NEXT, name="journey-04-bad-date")
        summary = self.page.locator(".error-summary")
        expect(summary).to_be_focused()
        summary.get_by_role("link").first.click()
        date = self.page.locator('[name$="ngay_sinh"]')
        expect(date).to_be_focused()
        expect(date).to_have_value("31/02/1962")
        expect(date).to_have_attribute("aria-invalid", "true")
        expect(self.page.locator('[name$="ho_ten"]')).to_have_value("Đỗ Thị Ngọc Ánh")
        self.fill(ngay_sinh="05/03/1962")
        self.me.press(NEXT)
        if self.me.way.scripts:
            # Back over a refused form neither sends it again nor asks whether it should.
            self.page.go_back()
            expect(self.page.locator('[name$="ngay_sinh"]')).to_have_value("05/03/1962")
            expect(self.page.locator(".error-summary")).to_have_count(0)
            self.me.press(NEXT)

    def head_of_household(self) -> None:
        """Back keeps what was typed."""
        self.fill(chu_ho_ho_ten="Nguyễn Văn An", quan_he="Mẹ")
        self.fill(so_dinh_danh_ca_nhan_cua_chu_ho="001085012345")
        self.me.press("Quay lại")
        expect(self.page.locator('[name$="ho_ten"]')).to_have_value("Đỗ Thị Ngọc Ánh")
        self.me.press(NEXT)
        expect(self.page.locator('[name$="chu_ho_ho_ten"]')).to_have_value("Nguyễn Văn An")
        self.me.press(NEXT, name="journey-05-content")

    def members(self) -> None:
        """Two are added, the first is taken away."""
        self.fill(noi_dung_de_nghi=NEED)
        for name in ("Trần Thị Nhầm", "Nguyễn Minh Khuê"):
            self.me.press("Thêm thành viên")
            self.fill(thanh_vien_ho_ten=name)
        self.me.press("Bỏ thành viên 1", name="journey-06-member")
        expect(self.page.locator('[name$="thanh_vien_ho_ten"]')).to_have_value("Nguyễn Minh Khuê")
        expect(self.page.locator('[name$="noi_dung_de_nghi"]')).to_have_value(NEED)
        self.fill(thanh_vien_ngay_sinh="01/02/2015", thanh_vien_quan_he="Cháu")
        self.tick("Nam")
        self.fill(thanh_vien_so_dinh_danh_ca_nhan="001215012345")
        self.me.press(NEXT)

    def opinions_in_two_tabs(self) -> None:
        """Another step is changed in a second tab while this one is being written."""
        self.fill(y_kien_cua_chu_ho="Đồng ý. Nguyễn Văn An")
        other = self.me.second_tab(self.page.url.replace("y_kien", "chu_ho"))
        other.locator('[name$="quan_he"]').fill("Mẹ đẻ")
        with other.expect_navigation():
            other.get_by_role("button", name=NEXT).click()
        other.close()
        self.me.press(NEXT, name="journey-07-papers")

    def papers(self) -> None:
        """A program that calls itself a PDF, and a picture that does, beside a good one."""
        fields = self.page.locator('main input[type="file"]')
        expect(fields).to_have_count(2)
        fields.nth(0).set_input_files(self.file("hợp đồng thuê nhà.pdf", pdf("hợp đồng")))
        fields.nth(1).set_input_files(self.file("diện tích.pdf", EXE))
        self.me.press(NEXT, name="journey-08-lying-file")
        assert "diện tích.pdf" in self.page.locator(".error-summary").inner_text()
        assert "hợp đồng thuê nhà.pdf" in self.page.locator("main .files").inner_text()
        last = self.page.locator('main input[type="file"]').last
        last.set_input_files(self.file("ảnh chụp.pdf", png()))
        self.me.press(NEXT)
        assert "ảnh chụp.pdf" in self.page.locator(".error-summary").inner_text()
        last = self.page.locator('main input[type="file"]').last
        last.set_input_files(self.file("ảnh chụp.png", png()))
        self.server.kill()
        self.server.start()
        self.me.press(NEXT, name="journey-09-check")

    def account(self) -> str:
        """All that was said is there; then an account, made on the way."""
        said = self.page.locator("main").inner_text()
        for words in (NEED, "Mẹ đẻ", "Nguyễn Minh Khuê", "Đồng ý", "ảnh chụp.png", "05/03/1962"):
            assert words in said, words
        assert "Trần Thị Nhầm" not in said
        email = f"anh.{secrets.token_hex(4)}@example.vn"
        self.me.press("Đăng nhập để gửi", role="link", name="journey-10-door")
        self.me.press("Tạo tài khoản", role="link", name="journey-11-sign-up")
        self.fill(name="Đỗ Thị Ngọc Ánh", email=email, password="cau-mat-khau-dai")
        self.me.press("Tạo tài khoản")
        return email

    def send(self) -> str:
        """Without the declaration nothing is sent; with it once, whatever is pressed again."""
        self.me.press("Gửi hồ sơ", name="journey-12-no-declaration")
        self.page.locator('main input[type="checkbox"]').check()
        self.me.press("Gửi hồ sơ", name="journey-13-sent")
        address = self.page.url
        code = self.page.locator(".receipt .code").first.inner_text()
        # Back, and once more.
        if self.me.way.scripts:
            self.page.go_back()
            assert self.page.url == address
        self.page.goto(address.replace("/da-gui", "/kiem-tra"))
        assert self.page.url == address
        assert self.page.locator(".receipt .code").first.inner_text() == code
        return code


@pytest.mark.parametrize("way", WAYS, ids=str)
def test_a_citizen_files_an_officer_accepts_and_the_citizen_sees_the_due_date(
    visitor: Callable[[Way], Visitor],
    server: Server,
    tmp_path: Path,
    way: Way,
    record_property: Callable[[str, object], None],
) -> None:
    citizen = visitor(way)
    filing = Filing(citizen, tmp_path, server)
    filing.begin()
    filing.person()
    filing.head_of_household()
    filing.members()
    filing.opinions_in_two_tabs()
    filing.papers()
    filing.account()
    code = filing.send()

    officer = visitor(way)
    officer.go("/dang-nhap")
    officer.page.get_by_label("Thư điện tử").fill("motcua@example.vn")
    officer.page.get_by_label("Mật khẩu").fill("mot-cua-2026")
    officer.press("Đăng nhập", name="journey-14-inbox")
    officer.go(f"/can-bo/ho-so/{code}", name="journey-15-desk")
    officer.press("Tiếp nhận hồ sơ", name="journey-16-accepted")

    citizen.go("/tai-khoan", name="journey-17-account")
    citizen.go(f"/tai-khoan/ho-so/{code}", name="journey-18-due-date")
    said = citizen.page.locator("main").inner_text()
    assert re.search(r"H99\.21-\d{6}-\d{4}", said)
    assert re.search(r"[Hh]ẹn trả.*\d{1,2}/\d{1,2}/\d{4}", said, re.S)
    pages = len(citizen.looked_at) + len(officer.looked_at)
    record_property("told", f"journey CT01 {way}: {pages} pages looked at")
