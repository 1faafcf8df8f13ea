"""Asking on a phone, answering and publishing at a desk, reading the answer and the glossary."""

from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.chromium import NARROW, WIDE, Visitor, Way

CHIEF = "truongbientap@example.vn"


def test_a_question_is_asked_answered_and_read(visitor: Callable[[Way], Visitor]) -> None:
    citizen = visitor(Way(NARROW))
    citizen.go("/hoi-dap", name="enquiries-1-list")
    citizen.go("/hoi-dap/gui-cau-hoi", name="enquiries-2-ask")
    citizen.page.locator('[name="text"]').fill("Xin hỏi: nghỉ lễ có trả kết quả không?")
    citizen.page.wait_for_timeout(4_100)  # nobody has read the page sooner
    citizen.page.locator('[name="may_publish"]').check()
    citizen.press("Gửi câu hỏi", name="enquiries-3-asked")
    me = visitor(Way(WIDE))
    me.sign_in(CHIEF)
    me.go("/bien-tap/hoi-dap", name="enquiries-4-queue")
    me.leave(me.page.get_by_role("link", name="Xin hỏi"))
    me.page.locator('[name="title"]').fill("Ngày lễ có trả kết quả không?")
    frame = me.page.frame_locator("iframe.tox-edit-area__iframe")
    frame.locator("body").fill("Không. Ngày làm việc tiếp theo mới trả.")
    me.press("Lưu", name="enquiries-5-answered")
    me.press("Gửi câu trả lời đã lưu")
    me.press("Công bố ở mục Hỏi đáp", name="enquiries-6-public")
    citizen.go("/hoi-dap/ngay-le-co-tra-ket-qua-khong", name="enquiries-7-read")
    citizen.follow(citizen.page.get_by_role("link", name="Ngày làm việc"), name="enquiries-8-term")
    expect(citizen.page.locator("#ngay-lam-viec")).to_be_in_viewport()
    me.go("/bien-tap/thuat-ngu", name="enquiries-9-terms")
