"""An online dossier in a real browser: a supplement asked, supplied on a phone, accepted,
an apology signed. The desk works wide, the citizen narrow; every page is looked at."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from content.dossiers.states import Status
from tests.browser.chromium import NARROW, WIDE, Visitor, Way, signed_in
from tests.support.citizen import pdf
from tests.support.dossiers import file_all, stored
from tests.support.handling import hand_over
from tests.support.site import Site

REASON = "Bản chụp sổ đỏ bị mờ, không đọc được số thửa."
WHY_LATE = "Cơ quan phối hợp chưa có ý kiến trả lời."


@pytest.fixture
def people(browser: Browser, base: str) -> Iterator[dict[str, Visitor]]:
    """The desk, the specialist and the leader at desks; the citizen with a phone."""
    ways = {"motcua": WIDE, "congdan": NARROW, "chuyenvien": WIDE, "lanhdao": WIDE}
    found = {
        name: signed_in(browser, base, Way(width), f"{name}@example.vn")
        for name, width in ways.items()
    }
    yield found
    for one in found.values():
        one.close()


def test_from_the_supplement_to_the_apology(
    people: dict[str, Visitor], site: Site, tmp_path: Path
) -> None:
    code = file_all(site)[0]
    desk = people["motcua"]
    desk.go(f"/can-bo/ho-so/{code}")
    desk.press("Yêu cầu bổ sung", role="link", name="handling-01-ask")
    desk.page.locator('main [name="giay_to"]').first.check()
    desk.page.locator('main [name="reason"]').fill(REASON)
    desk.press("Xem nội dung người nộp sẽ đọc", name="handling-02-preview")
    desk.page.locator('main [name^="ghi_chu_"]').first.fill("bản chụp mờ")
    desk.press("Gửi yêu cầu bổ sung", name="handling-03-asked")

    citizen = people["congdan"]
    citizen.go(f"/tai-khoan/ho-so/{code}", name="handling-04-what-to-do")
    expect(citizen.page.locator("main .notice--warn")).to_contain_text("bản chụp mờ")
    citizen.press("Bổ sung ngay", role="link", name="handling-05-form")
    citizen.press("Gửi bổ sung", name="handling-06-missing")
    expect(citizen.page.locator(".error-summary")).to_be_focused()
    new = tmp_path / "sổ đỏ rõ.pdf"
    new.write_bytes(pdf("mới"))
    citizen.page.locator('main input[type="file"]').first.set_input_files(new)
    citizen.press("Gửi bổ sung", name="handling-07-sent")
    assert stored(site, code).status is Status.SUBMITTED

    desk.go(f"/can-bo/ho-so/{code}", name="handling-08-supplied")
    desk.press("Tiếp nhận hồ sơ")
    hand_over(site, code)

    specialist = people["chuyenvien"]
    specialist.go(f"/can-bo/ho-so/{code}")
    specialist.press("Soạn văn bản xin lỗi", role="link")
    specialist.page.locator('main [name="reason"]').fill(WHY_LATE)
    specialist.page.locator('main [name="new_due"]').fill("04/12/2026")
    specialist.press("Trình lãnh đạo ký", name="handling-09-proposed")

    leader = people["lanhdao"]
    leader.go("/can-bo/dieu-hanh", name="handling-10-steering")
    leader.press(r"^H99", role="link", name="handling-11-proposal")
    leader.press("Ký và báo cho người nộp", name="handling-12-signed")

    citizen.go(f"/tai-khoan/ho-so/{code}", name="handling-13-apology")
    expect(citizen.page.locator("main")).to_contain_text("Hẹn lại Thứ Sáu, 04/12/2026")
    citizen.press("Đề nghị rút hồ sơ", role="link", name="handling-14-withdraw")

    leader.page.set_viewport_size({"width": NARROW, "height": 800})
    for number, path in enumerate(("dieu-hanh", "goi-dien", f"ho-so/{code}"), start=15):
        leader.go(f"/can-bo/{path}", name=f"handling-{number}-narrow")
