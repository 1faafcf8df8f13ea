"""One online dossier from its first question to the paper in the citizen's hands.

Filed on a phone, result by post; accepted, handed on, a supplement asked by the specialist and
approved by the leader, supplied; an apology with a new date; a fee asked and paid; the result
proposed, signed, written down with its signed file; posted with what is still owed, delivered.
The citizen follows every step, reads the result and checks its file. Officers work wide.
"""

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from content.dossiers.states import Status
from content.seed.month.invented import a_page
from tests.browser.chromium import NARROW, WIDE, Visitor, Way
from tests.content.signing.making import authority, by_hand
from tests.support.citizen import PERSON, pdf
from tests.support.dossiers import RESIDENCE, WARD, stored
from tests.support.site import Site

NEXT = "Lưu và tiếp tục"
BLURRED = "bản chụp mờ, không đọc được số thửa"
WHY_LATE = "Cơ quan phối hợp chưa có ý kiến trả lời."
TRACKING = "EP123456789VN"
ADDRESS = "Tổ 3, phường Hà Trung Mẫu"
PEOPLE = ("congdan", "motcua", "truongphong", "chuyenvien", "lanhdao", "thuquy", "vanthu")


@pytest.fixture
def people(browser: Browser, base: str) -> Iterator[dict[str, Visitor]]:
    """Who has a part in it, signed in; the citizen with a phone."""
    ways = {name: Way(NARROW if name == "congdan" else WIDE) for name in PEOPLE}
    found = {name: Visitor(browser, base, way) for name, way in ways.items()}
    for name, one in found.items():
        one.sign_in(f"{name}@example.vn")
    yield found
    for one in found.values():
        one.close()


def test_from_the_first_question_to_the_post(
    people: dict[str, Visitor], site: Site, tmp_path: Path
) -> None:
    citizen, desk, specialist = (people[one] for one in ("congdan", "motcua", "chuyenvien"))
    code = file_online(citizen, tmp_path)
    page = f"/can-bo/ho-so/{code}"
    accept_and_hand_on(desk, page)
    assign(people["truongphong"], page)
    site.clock.move(hours=1)
    ask_for_a_supplement(specialist, people["lanhdao"], page)
    site.clock.move(hours=3)
    supply(citizen, code, tmp_path)
    assert stored(site, code).status is Status.IN_PROGRESS
    apologise(specialist, people["lanhdao"], page)
    ask_and_pay(specialist, people["thuquy"], citizen, page)
    signed = tmp_path / "kết quả.pdf"
    signed.write_bytes(signed_at(site.clock()))
    propose_and_sign(specialist, people["lanhdao"], page)
    complete(people["vanthu"], page, signed)
    return_by_post(desk, page)
    assert stored(site, code).status is Status.RETURNED
    read_the_end(citizen, code, signed)
    visits = ((desk, page), (desk, "/can-bo/buu-chinh"), (people["thuquy"], "/can-bo/thu-phi"))
    leader = people["lanhdao"]
    visits += ((leader, "/can-bo/dieu-hanh"), (leader, "/can-bo/goi-dien"))
    for number, (who, path) in enumerate(visits, start=30):
        who.page.set_viewport_size({"width": NARROW, "height": 800})
        who.go(path, name=f"online-{number}-narrow")


def file_online(citizen: Visitor, folder: Path) -> str:
    """T1: CT01 from the page of the procedure; the look-up code."""
    main = citizen.page.locator("main")
    citizen.go(f"/thu-tuc/{RESIDENCE}")
    citizen.press("Nộp hồ sơ", role="link", name="online-01-start")
    main.locator('[name="case"]').last.check()
    main.locator('[name="agency"]').select_option(WARD)
    main.locator('[name="delivery"][value="post"]').check()
    citizen.press("Bắt đầu điền hồ sơ", name="online-02-no-address")
    expect(citizen.page.locator(".error-summary")).to_be_focused()
    citizen.write(delivery_address=ADDRESS)
    citizen.on("Bắt đầu điền hồ sơ")
    for fields in PERSON.values():
        citizen.write(**fields)
        citizen.on(NEXT)
    for field in main.locator('input[type="file"]').all():
        field.set_input_files(a_file(folder, "giấy tờ.pdf", "bản mờ"))
    citizen.press(NEXT, name="online-03-check")
    expect(main).to_contain_text(ADDRESS)
    main.locator('input[type="checkbox"]').check()
    citizen.press("Gửi hồ sơ", name="online-04-sent")
    return main.locator(".receipt .code").first.inner_text()


def a_file(folder: Path, name: str, said: str) -> Path:
    """A paper to choose."""
    path = folder / name
    path.write_bytes(pdf(said))
    return path


def accept_and_hand_on(desk: Visitor, page: str) -> None:
    """T3 and T7."""
    desk.go("/can-bo")
    desk.on(page.rsplit("/", 1)[1], role="link")
    desk.press("Tiếp nhận hồ sơ", name="online-05-accepted")
    desk.press("Chuyển xử lý", role="link", name="online-06-hand-on")
    desk.on("Chuyển hồ sơ")


def assign(head: Visitor, page: str) -> None:
    """T18: the head gives it to the specialist, whose part the rest is."""
    head.page.goto(page)
    head.on("Chuyển bước tiếp theo", role="link")
    head.write(note="Đề nghị thẩm định.")
    head.on("Chuyển bước")


def ask_for_a_supplement(specialist: Visitor, leader: Visitor, page: str) -> None:
    """T8: chosen from the published list, read over, approved by the leader."""
    specialist.page.goto(page)
    specialist.press("bổ sung", role="link", name="online-07-supplement")
    specialist.page.locator('main [name="giay_to"]').first.check()
    specialist.write(reason="Bản chụp giấy tờ không đọc được.")
    specialist.press("Xem nội dung người nộp sẽ đọc", name="online-08-preview")
    specialist.page.locator('main [name^="ghi_chu_"]').first.fill(BLURRED)
    specialist.press("Trình lãnh đạo duyệt", name="online-09-laid-before")
    decide(leader, "Duyệt", "online-10-supplement")


def decide(leader: Visitor, button: str, name: str) -> None:
    """The leader opens what waits for them first and signs it."""
    leader.go("/can-bo/dieu-hanh", name=f"{name}-waits")
    leader.press(r"^H99", role="link", name=f"{name}-proposal")
    leader.press(button, name=f"{name}-signed")


def supply(citizen: Visitor, code: str, folder: Path) -> None:
    """T6; without the file it is refused."""
    own = f"/tai-khoan/ho-so/{code}"
    citizen.go(own, name="online-11-what-to-do")
    expect(citizen.page.locator("main .notice--warn")).to_contain_text(BLURRED)
    citizen.press("Bổ sung ngay", role="link")
    citizen.press("Gửi bổ sung", name="online-12-missing")
    expect(citizen.page.locator(".error-summary")).to_be_focused()
    chosen = citizen.page.locator('main input[type="file"]').first
    chosen.set_input_files(a_file(folder, "giấy tờ rõ.pdf", "mới"))
    citizen.press("Gửi bổ sung", name="online-13-supplied")


def apologise(specialist: Visitor, leader: Visitor, page: str) -> None:
    """T17, with a new date."""
    specialist.go(page, name="online-14-supplied")
    specialist.on("Soạn văn bản xin lỗi", role="link")
    specialist.write(reason=WHY_LATE, new_due="04/12/2026")
    specialist.press("Trình lãnh đạo ký", name="online-15-apology")
    decide(leader, "Ký và báo cho người nộp", "online-16-apology")


def ask_and_pay(specialist: Visitor, cashier: Visitor, citizen: Visitor, page: str) -> None:
    """T10 and T11; the citizen sees the new date and what is to be paid."""
    specialist.page.goto(page)
    specialist.press("Yêu cầu nộp tiền", role="link", name="online-17-ask")
    specialist.write(fee="150000", account="Nộp tại quầy thu", legal_basis="TT 85/2019/TT-BTC")
    specialist.on("Yêu cầu nộp tiền")
    citizen.go(page.replace("can-bo", "tai-khoan"), name="online-18-to-pay")
    expect(citizen.page.locator("main .notice--warn")).to_contain_text("150.000 đồng")
    expect(citizen.page.locator("main")).to_contain_text("04/12/2026")
    cashier.go("/can-bo/thu-phi", name="online-19-waiting")
    cashier.on(r"^H99", role="link")
    cashier.press("Xác nhận đã thu tiền", role="link", name="online-20-take")
    cashier.on("Xác nhận đã thu")


def propose_and_sign(specialist: Visitor, leader: Visitor, page: str) -> None:
    """The result before the leader."""
    specialist.page.goto(page)
    specialist.press("Trình kết quả", role="link")
    specialist.write(reason="Đủ điều kiện đăng ký tạm trú.")
    specialist.on("Trình lãnh đạo")
    decide(leader, "Ký", "online-21-result")


def signed_at(now: datetime) -> bytes:
    """A result as its signer's program writes it: in a thread of its own, for this one has a
    loop running, the browser's."""
    with ThreadPoolExecutor() as aside:
        leader = aside.submit(authority, now).result().leader
        return aside.submit(by_hand, a_page("Ket qua"), leader, now).result()


def complete(clerk: Visitor, page: str, file: Path) -> None:
    """T15; without its file it is refused, and nothing typed is lost. With one that is signed
    the signatures are seen first, and the file need not be chosen again."""
    clerk.page.goto(page)
    clerk.on("Ghi kết quả", role="link")
    clerk.write(title="Xác nhận tạm trú", number="15", symbol="XN-CA")
    clerk.write(signer_name="Hoàng Thị Lãnh", signer_title="Trưởng Công an phường")
    clerk.press("Ghi kết quả và báo", name="online-22-missing")
    expect(clerk.page.locator(".error-summary")).to_be_focused()
    clerk.page.locator('main input[type="file"]').set_input_files(file)
    clerk.press("Ghi kết quả và báo", name="online-23-signatures")
    expect(clerk.page.locator("main .notice")).to_contain_text("Hoàng Văn Lãnh ký số lúc")
    clerk.press("Ghi kết quả và báo", name="online-24-completed")


def return_by_post(desk: Visitor, page: str) -> None:
    """Its fee is paid to the postman: T16 once it is delivered."""
    desk.page.goto(page)
    desk.press("Xác định phí, lệ phí", role="link", name="online-25-fees")
    desk.page.locator('main [name="lines"]').first.check()
    desk.page.locator('main [name="moment"][value="after"]').check()
    desk.on("Ghi khoản phải nộp")
    desk.press("Trả kết quả", role="link", name="online-26-return")
    expect(desk.page.locator('main [name="address"]')).to_have_value(ADDRESS)
    desk.write(tracking=TRACKING)
    desk.on("Ghi gửi bưu chính")
    desk.go("/can-bo/buu-chinh", name="online-27-postal")
    desk.on("Lập danh sách bàn giao")
    desk.press("Ghi đã phát", role="link", name="online-28-proof")
    desk.write(proof="Phiếu báo phát có chữ ký")
    desk.on("Ghi đã phát")


def read_the_end(citizen: Visitor, code: str, signed: Path) -> None:
    """What happened, the result and who signed it, and that the file is the one given."""
    main = citizen.page.locator("main")
    citizen.go(f"/tai-khoan/ho-so/{code}", name="online-29-result")
    for words in ("15/XN-CA", "Hoàng Văn Lãnh ký số lúc", TRACKING, WHY_LATE, BLURRED):
        expect(main).to_contain_text(words)
    with citizen.page.expect_download() as coming:
        main.get_by_role("link", name=re.compile(r"kết quả\.pdf")).first.click()
    assert coming.value.path().read_bytes() == signed.read_bytes()
    citizen.go("/tai-khoan/kho-giay-to", name="online-40-store")
    citizen.go("/kiem-tra-van-ban")
    main.locator('input[type="file"]').set_input_files(coming.value.path())
    citizen.press("Kiểm tra bằng tệp", name="online-41-checked")
    expect(main).to_contain_text("15/XN-CA")
    expect(main).to_contain_text("Hoàng Văn Lãnh")
