"""Pages of editors that nobody had looked at; dragging, previews and numbers that follow."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.chromium import NARROW, WIDE, Visitor, Way

PAGES = (
    "/bien-tap/nhap-xuat", "/bien-tap/nhap-xuat/khac-biet", "/bien-tap/nhap-xuat/sua-hang-loat",
    "/bien-tap/nhap-xuat/tep-bieu-mau", "/bien-tap/bo-cau-hoi", "/bien-tap/bo-cau-hoi/1",
    "/bien-tap/bo-cau-hoi/1/cau-hoi/1", "/bien-tap/thu-tuc", "/bien-tap/thu-tuc/con-thieu",
    "/bien-tap/thu-tuc/1/da-kiem-tra", "/bien-tap/thu-tuc/1/noi-nop",
    "/bien-tap/thu-tuc/hen-kiem-tra?q=khai+sinh", "/bien-tap/lien-ket-hong",
    "/bien-tap/bieu-mau/nhap-tep", "/bien-tap/bieu-mau/khai-sinh/cau-tra-loi-mau",
    "/bien-tap/bieu-mau/khai-sinh/phien-ban", "/bien-tap/bieu-mau/khai-sinh/phi",
    "/bien-tap/quyet-dinh/moi",
)  # fmt: skip


def test_every_page_of_procedures_is_looked_at(visitor: Callable[[Way], Visitor]) -> None:
    chief = visitor(Way(WIDE, also=NARROW))
    chief.sign_in("truongbientap@example.vn")
    for path in PAGES:
        chief.go(path, name="procs" + path.replace("/", "-").partition("?")[0])


def begun_form(editor: Visitor, name: str, *questions: tuple[str, str]) -> str:
    """A form with one step and these questions (label, kind); the last one is open for
    writing. Returns the address of the form."""
    page = editor.page
    editor.go("/bien-tap/bieu-mau")
    editor.press("Tạo biểu mẫu mới", role="link")
    page.get_by_label("Tên biểu mẫu").fill(name)
    editor.press("Tạo biểu mẫu")
    home = page.url
    page.get_by_label("Bước mới").fill("Một")
    editor.press("Thêm bước")
    for label, kind in questions:
        page.goto(home)
        page.get_by_label("Câu hỏi mới ở bước 1", exact=True).fill(label)
        place = page.get_by_label("Loại của câu hỏi mới ở bước 1", exact=True)
        place.select_option(label=kind)
        editor.press("Thêm câu hỏi ở bước 1$")
    return home


def drag(page: Page, moved: str, before: str) -> None:
    """As a hand does: pressed on the words of the row (a press on a button is no drag), then
    moved bit by bit."""
    held, goal = page.locator(f"{moved} > p.quiet").first, page.locator(f"{before} > p.quiet").first
    held.scroll_into_view_if_needed()
    start, end = held.bounding_box(), goal.bounding_box()
    assert start is not None
    assert end is not None
    page.mouse.move(start["x"] + 10, start["y"] + 10)
    page.mouse.down()
    page.mouse.move(end["x"] + 12, end["y"] + 12, steps=8)
    with page.expect_navigation():
        page.mouse.up()


def test_questions_change_places_when_one_is_dragged(visitor: Callable[[Way], Visitor]) -> None:
    editor = visitor(Way(WIDE))
    editor.sign_in("truongbientap@example.vn")
    home = begun_form(editor, "Đơn kéo thả", ("Số bản", "số"), ("Tổng", "số"))
    editor.page.goto(home)
    drag(editor.page, "#muc-tong", "#muc-so_ban")
    order = editor.page.locator("[data-question]").evaluate_all(
        "all => all.map(one => one.getAttribute('data-question'))"
    )
    assert order == ["tong", "so_ban"]


def test_words_numbers_and_stops_show_while_a_form_is_made(
    visitor: Callable[[Way], Visitor],
) -> None:
    editor = visitor(Way(WIDE))
    editor.sign_in("truongbientap@example.vn")
    page, main = editor.page, editor.page.locator("main")
    home = begun_form(
        editor,
        "Đơn thử",
        ("Số bản", "số"),
        ("Tổng", "số"),
        ("Đã nộp nơi khác", "chọn một"),
        ("Dừng", "lời dặn, không trả lời"),
    )
    # The statement: its words are shown as they are typed; it stops who filed elsewhere.
    main.locator("[name=label]").fill("Ông/bà chờ kết quả ở nơi đã nộp.")
    expect(main.locator("[data-preview]")).to_contain_text("chờ kết quả ở nơi đã nộp")
    main.get_by_label("Dừng nộp hồ sơ").check()
    editor.press("Lưu câu hỏi")
    editor.go(f"{home}/cau-hoi/dung/dieu-kien")
    main.locator("[name=question]").select_option("da_nop_noi_khac")
    editor.press("Tiếp tục")
    main.locator("[name=op]").select_option("equals")
    main.locator("[name=value]").select_option("co")
    editor.press("Thêm điều kiện")

    editor.go(f"{home}/cau-hoi/tong")
    main.locator("[name=work]").select_option("product")
    main.locator("[name=part1]").select_option("so_ban")
    main.locator("[name=constant2]").fill("8000")
    editor.press("Lưu câu hỏi")

    # Trying it out: the number follows what is typed, and the form says why it stops.
    editor.go(f"{home}/xem-thu")
    main.locator("[name=so_ban]").fill("3")
    expect(main.locator('[data-field="tong"] strong')).to_contain_text("24.000")
    main.locator("select[name=da_nop_noi_khac]").select_option("co")
    editor.press("Thử những câu trả lời này")
    expect(main.locator(".notice").first).to_contain_text("không nộp tiếp được")
    assert page.url.startswith(home)
