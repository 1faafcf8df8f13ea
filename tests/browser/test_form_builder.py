"""The form of "cấp bản sao trích lục hộ tịch" built from nothing, filed with, then changed.

An editor builds it in a real browser, a citizen begins a dossier with it, the form changes
while the draft is open, the draft is moved, and the citizen sees what was kept and sends.
"""

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import expect

from portal.cli.program import Program
from portal.cli.working import make_worker
from tests.browser.chromium import NARROW, WIDE, Visitor, Way
from tests.support.citizen import pdf
from tests.support.servers import Server

CODE = "2.000635"
HOME = "/bien-tap/bieu-mau/to-khai-cap-ban-sao-trich-luc"
NEXT = "Lưu và tiếp tục"


def add(me: Visitor, step: int, label: str, kind: str) -> None:
    """A question at the end of a step; its own page opens."""
    me.page.goto(HOME)
    me.page.get_by_label(f"Câu hỏi mới ở bước {step}", exact=True).fill(label)
    place = me.page.get_by_label(f"Loại của câu hỏi mới ở bước {step}", exact=True)
    place.select_option(label=kind)
    me.press(f"Thêm câu hỏi ở bước {step}$")


def settle(me: Visitor, *, required: bool = True, **fields: str) -> None:
    for name, value in fields.items():
        me.page.locator(f'main [name="{name}"]').fill(value)
    if required:
        me.page.get_by_label("Bắt buộc trả lời").check()
    me.press("Lưu câu hỏi")


def build(me: Visitor) -> None:
    """Two steps, a shared block, choices, a condition, a sum of copies and a fee."""
    me.go("/bien-tap/bieu-mau", name="forms-01-list")
    me.press("Tạo biểu mẫu mới", role="link")
    me.page.get_by_label("Tên biểu mẫu").fill("Tờ khai cấp bản sao trích lục")
    me.press("Tạo biểu mẫu")
    for name in ("Người yêu cầu", "Việc hộ tịch"):
        me.page.get_by_label("Bước mới").fill(name)
        me.press("Thêm bước")
    me.press("Thêm khối ở bước 1")
    add(me, 2, "Đề nghị cấp bản sao", "chọn một")
    settle(me, options="Trích lục khai sinh\nTrích lục kết hôn\nTrích lục khai tử")
    add(me, 2, "Họ tên vợ hoặc chồng", "một dòng chữ")
    me.look("forms-02-question")
    settle(me, hint="Ghi như trên giấy chứng nhận kết hôn.")
    me.go(f"{HOME}/cau-hoi/ho_ten_vo_hoac_chong/dieu-kien")
    me.page.locator("main").get_by_label("Xem câu trả lời").select_option("de_nghi_cap_ban_sao")
    me.press("Tiếp tục", name="forms-03-condition")
    me.page.locator('main [name="op"]').select_option("equals")
    me.page.locator('main [name="value"]').select_option(label="Trích lục kết hôn")
    me.press("Thêm điều kiện")
    told = "hiện khi “Đề nghị cấp bản sao” là “Trích lục kết hôn”"
    expect(me.page.locator("main")).to_contain_text(told)
    add(me, 2, "Số bản", "số")
    settle(me, minimum="1", maximum="20", message="Số bản phải từ 1 đến 20.")
    add(me, 2, "Ghi chú thêm", "đoạn văn")
    settle(me, required=False)
    me.go(f"{HOME}/phi")
    me.page.get_by_label("Tên khoản").fill("Bản sao trích lục")
    me.page.locator("main").get_by_label("lệ phí", exact=True).check()
    me.page.get_by_label("Mức thu").fill("8000")
    me.page.locator('main [name="times"]').select_option("so_ban")
    me.press("Thêm dòng phí")


def publish(me: Visitor, number: int) -> None:
    me.go(f"{HOME}/cong-bo", name=f"forms-04-publish-{number}")
    me.press(f"Công bố phiên bản {number}")
    expect(me.page.locator("main")).to_contain_text(f"Phiên bản {number}")


def begin(citizen: Visitor) -> None:
    """The choices, the person, and what is wanted."""
    citizen.go(f"/nop-ho-so/{CODE}?cap=xa")
    main = citizen.page.locator("main")
    main.locator('select[name="agency"], select').first.select_option("xa-dong-may")
    if main.get_by_label(re.compile("tại quầy|trực tiếp", re.I)).count():
        main.get_by_label(re.compile("tại quầy|trực tiếp", re.I)).first.check()
    citizen.press("Bắt đầu điền hồ sơ")
    for name, value in {
        "ho_ten": "Nguyễn Thị Mẫu",
        "ngay_sinh": "05/03/1962",
        "so_dinh_danh": "001162012345",
        "dien_thoai": "0912345678",
    }.items():
        main.locator(f'[name="{name}"]').fill(value)
    citizen.press(NEXT)
    main.get_by_label("Trích lục kết hôn", exact=True).check()
    main.locator('[name="ho_ten_vo_hoac_chong"]').fill("Trần Văn Thử")
    main.locator('[name="so_ban"]').fill("3")
    main.locator('[name="ghi_chu_them"]').fill("Cần gấp để đi học.")
    citizen.press(NEXT, name="forms-05-after-step")


def change(me: Visitor) -> None:
    """The note is no longer asked; everything else stays."""
    me.go(HOME)
    me.press("^Bỏ Ghi chú thêm$")
    publish(me, 2)
    me.press("Chuyển các bản nháp sang phiên bản mới")


def work(server: Server) -> None:
    with Program(str(server.folder / "site.ini")) as program:
        make_worker(program).drain()


def papers(citizen: Visitor, folder: Path) -> None:
    """Files for the papers that are asked for beside the form, if any."""
    if "/giay-to" not in citizen.page.url:
        return
    file = folder / "giấy tờ.pdf"
    file.write_bytes(pdf("giấy tờ"))
    while (wanting := citizen.page.locator('main input[type="file"]')).count():
        for index in range(wanting.count()):
            wanting.nth(index).set_input_files(file)
        citizen.press(NEXT)
        if "/giay-to" not in citizen.page.url:
            return


def test_a_form_is_built_filed_with_and_changed_under_an_open_draft(
    visitor: Callable[[Way], Visitor], server: Server, tmp_path: Path
) -> None:
    editor = visitor(Way(WIDE))
    editor.sign_in("truongbientap@example.vn")
    build(editor)
    publish(editor, 1)
    editor.go(f"{HOME}/thu-tuc")
    editor.page.get_by_label("Mã thủ tục").fill(CODE)
    editor.page.locator("main").get_by_label("Xã", exact=True).check()
    editor.page.locator("main").get_by_label("Thay biểu mẫu thủ tục đang dùng").check()
    editor.press("Dùng biểu mẫu cho thủ tục này")

    citizen = visitor(Way(NARROW))
    citizen.sign_in("congdan@example.vn")
    begin(citizen)
    change(editor)
    work(server)
    editor.go(f"{HOME}/phien-ban", name="forms-06-versions")
    expect(editor.page.locator("main")).to_contain_text("đã chuyển 1 bản nháp")

    draft = citizen.page.url.split("/giay-to")[0].split("/kiem-tra")[0].split("/buoc/")[0]
    citizen.page.goto(draft + "/kiem-tra")
    expect(citizen.page.locator("main")).to_contain_text("Biểu mẫu vừa đổi")
    citizen.press("Xem câu trả lời nào được giữ", role="link", name="forms-07-moved")
    expect(citizen.page.locator("main")).to_contain_text("Cần gấp để đi học.")
    citizen.press("Tôi đã xem, tiếp tục")
    citizen.page.goto(draft + "/giay-to")
    papers(citizen, tmp_path)
    citizen.page.goto(draft + "/kiem-tra")
    citizen.look("forms-08-check")
    said = citizen.page.locator("main").inner_text()
    assert "24.000 đồng" in said
    assert "Trần Văn Thử" in said
    citizen.page.locator('main input[type="checkbox"]').check()
    citizen.press("Gửi hồ sơ")
    expect(citizen.page.locator(".receipt .code").first).to_be_visible()


def test_the_builder_fits_a_phone_without_scripts(
    visitor: Callable[[Way], Visitor],
) -> None:
    editor = visitor(Way(NARROW, scripts=False))
    editor.sign_in("truongbientap@example.vn")
    known = "/bien-tap/bieu-mau/ct01-cu-tru"
    for address in ("", "/xem-thu", "/phi", "/phien-ban", "/cong-bo", "/thu-tuc"):
        editor.go(known + address)
