"""The counter at a real browser: one person received by keyboard alone, fields and key presses
counted; an act of certification in three fields; the register; the same on a narrow screen
without scripts. Every page on the way is looked at."""

import re
from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.chromium import NARROW, WIDE, Visitor, Way

OFFICER = "motcua@example.vn"
CODE = "1.004194"
CARD = "001164012345||Nguyễn Thị Quầy|05031964|Nữ|Thôn 3, Xã Đông Mây|10052021"
#: A practised officer types some five keys a second: a minute is far beyond these.
MOST_FIELDS, MOST_KEYS = 8, 120


class Keyboard:
    """Types like a person, and counts."""

    def __init__(self, me: Visitor) -> None:
        self.me = me
        self.keys = 0
        self.fields = 0

    def type(self, text: str, *, label: str = "") -> None:
        """Into what has the focus."""
        if label:
            expect(self.me.page.locator(":focus")).to_have_attribute("name", label)
        self.me.page.keyboard.type(text)
        self.keys += len(text)
        self.fields += 1

    def press(self, *keys: str) -> None:
        """Single keys, and chords as they are held."""
        for key in keys:
            self.me.page.keyboard.press(key)
            self.keys += 1 + key.count("+")

    def tab_to(self, name: str) -> None:
        """Go on until a field has the focus, as one who knows the page does."""
        for _ in range(40):
            here = self.me.page.evaluate("() => document.activeElement.name || ''")
            if here == name:
                return
            self.press("Tab")
        raise AssertionError(f"{name} cannot be reached by Tab")

    def goes(self, *keys: str) -> None:
        """Keys that lead to another page."""
        with self.me.page.expect_navigation(wait_until="load"):
            self.press(*keys)


def slip_of(me: Visitor) -> bytes:
    """The receipt slip, as the button opens it."""
    link = me.page.locator("main").get_by_role("link", name=re.compile("In giấy tiếp nhận"))
    expect(link).to_be_focused()
    response = me.page.request.get(str(link.get_attribute("href")))
    assert response.headers["content-type"] == "application/pdf"
    return response.body()


def receive(me: Visitor) -> Keyboard:
    """A simple dossier, from the search to the code."""
    me.go("/can-bo/tiep-nhan", name="counter-01-choose")
    keyboard = Keyboard(me)
    keyboard.type(CODE, label="q")
    keyboard.goes("Enter")
    me.look("counter-02-found")
    expect(me.page.locator(":focus")).to_have_class("pick__one")
    keyboard.goes("Enter")
    me.look("counter-03-typing")
    for name, words in (
        ("tn_ho_ten", "Nguyễn Thị Hoa"),
        ("tn_so_dinh_danh", "001164012345"),
        ("tn_dien_thoai", "0912345678"),
        ("tn_dia_chi", "Thôn 3, xã Đông Mây"),
    ):
        keyboard.tab_to(name)
        keyboard.type(words, label=name)
    keyboard.tab_to("tn_du")
    keyboard.press("Space")
    keyboard.goes("Control+Enter")
    me.look("counter-04-received")
    return keyboard


def receive_by_card(me: Visitor) -> Keyboard:
    """A card is scanned; the person has been here before."""
    me.go("/can-bo/tiep-nhan", name="counter-05-recent")
    keyboard = Keyboard(me)
    keyboard.type(CODE)
    keyboard.goes("Enter")
    keyboard.goes("Enter")
    keyboard.tab_to("tn_qr")
    me.page.keyboard.type(CARD.replace("Quầy", "Hoa"))
    me.page.keyboard.press("Enter")
    expect(me.page.locator("[name=tn_ho_ten]")).to_have_value("Nguyễn Thị Hoa")
    expect(me.page.locator("[name=tn_ngay_sinh]")).to_have_value("05/03/1964")
    keyboard.tab_to("tn_du")
    keyboard.press("Space")
    keyboard.goes("Control+Enter")
    me.look("counter-06-twins")
    expect(me.page.get_by_role("alert")).to_contain_text("hồ sơ cùng thủ tục")
    me.press("Đã xem hồ sơ trùng", name="counter-07-received")
    return keyboard


def test_one_person_is_received_by_keyboard(
    visitor: Callable[[Way], Visitor], record_property: Callable[[str, object], None]
) -> None:
    me = visitor(Way(WIDE))
    me.sign_in(OFFICER)
    typed = receive(me)
    assert slip_of(me).startswith(b"%PDF")
    assert typed.fields <= MOST_FIELDS
    assert typed.keys <= MOST_KEYS
    scanned = receive_by_card(me)
    assert scanned.keys < typed.keys
    record_property(
        "told",
        f"counter: a simple dossier takes {typed.fields} typed fields and {typed.keys} key "
        f"presses; with a scanned card {scanned.keys} key presses",
    )


def certify(me: Visitor) -> Keyboard:
    """The second act of the day: who, what, how many; the rest is as before."""
    me.go("/can-bo/chung-thuc", name="counter-10-lane")
    keyboard = Keyboard(me)
    keyboard.goes("Control+Enter")
    expect(me.page.locator(".error-summary")).to_be_focused()
    # What is wrong stands in the way of no key.
    keyboard.goes("Control+Enter")
    for name, words in (("signer_name", "Lê Văn Ký"), ("signer_title", "Phó Chủ tịch")):
        me.page.locator(f"[name={name}]").fill(words)
    me.page.locator("[name=person]").fill("Trần Văn Ba")
    me.page.locator("[name=document]").fill("Giấy khai sinh")
    me.press("Ghi sổ và trả kết quả")
    keyboard = Keyboard(me)
    keyboard.tab_to("person")
    keyboard.type("Nguyễn Thị Hoa")
    keyboard.tab_to("document")
    keyboard.type("Bằng tốt nghiệp")
    keyboard.tab_to("copies")
    keyboard.type("3")
    keyboard.goes("Control+Enter")
    me.look("counter-11-certified")
    expect(me.page.get_by_role("status")).to_contain_text("6.000 đồng")
    return keyboard


def test_an_act_of_certification_takes_three_fields(
    visitor: Callable[[Way], Visitor], record_property: Callable[[str, object], None]
) -> None:
    me = visitor(Way(WIDE))
    me.sign_in(OFFICER)
    keyboard = certify(me)
    assert keyboard.fields == 3
    record_property(
        "told", f"certification: {keyboard.fields} fields and {keyboard.keys} key presses"
    )
    me.go("/can-bo/so-theo-doi", name="counter-12-register")
    expect(me.page.locator("tbody")).to_contain_text("Nguyễn Thị Hoa")
    narrow = visitor(Way(NARROW))
    narrow.sign_in(OFFICER)
    narrow.go("/can-bo/chung-thuc", name="counter-13-lane")
    narrow.go("/can-bo/so-theo-doi", name="counter-14-register")
    narrow.go("/can-bo/tiep-nhan", name="counter-15-choose")


def test_the_same_on_a_narrow_screen_without_scripts(
    visitor: Callable[[Way], Visitor],
) -> None:
    me = visitor(Way(NARROW, scripts=False))
    me.sign_in(OFFICER)
    me.go(f"/can-bo/tiep-nhan?q={CODE}")
    me.press("Đăng ký tạm trú")
    me.page.locator("[name=tn_qr]").fill(CARD.replace("001164012345", "001164054321"))
    me.press("Điền từ mã QR")
    expect(me.page.locator("[name=tn_ho_ten]")).to_have_value("Nguyễn Thị Quầy")
    me.press("Tiếp nhận và lập giấy hẹn")
    expect(me.page.locator(".error-summary")).to_contain_text("Chưa nhận")
    me.page.locator("[name=tn_du]").check()
    me.press("Tiếp nhận và lập giấy hẹn")
    link = me.page.locator("main").get_by_role("link", name=re.compile("In giấy tiếp nhận"))
    body = me.page.request.get(str(link.get_attribute("href"))).body()
    assert body.startswith(b"%PDF")
