"""The media library and what stands around pages, at both widths, in the dark:
upload, describe, choose as emblem, warn everybody. Every page is looked at."""

import pytest
from playwright.sync_api import Browser, FilePayload, expect

from tests.browser.chromium import NARROW, WIDE, Visitor, Way
from tests.content.media import pictures

LIBRARY = "/bien-tap/thu-vien"


def file(name: str, mime: str, data: bytes) -> FilePayload:
    return {"name": name, "mimeType": mime, "buffer": data}


def upload_and_describe(me: Visitor) -> None:
    """Two files come, one is refused with its reason; the picture gets its words."""
    me.go(f"{LIBRARY}/thu-muc", name="media-01-folders")
    me.go(f"{LIBRARY}/tai-len", name="media-02-upload")
    me.page.get_by_label("Chọn các tệp").set_input_files(
        [
            file("trụ sở.jpg", "image/jpeg", pictures.picture(360, 240)),
            file("hinh.svg", "image/svg+xml", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        ]
    )
    me.press("Tải lên", name="media-03-results")
    expect(me.page.locator("main")).to_contain_text("xuất sang PNG")
    me.press("Ghi mô tả để dùng được", role="link")
    me.page.locator('[name="alt"]').fill("Trụ sở sơn đỏ và xanh")
    me.press("Lưu", name="media-04-medium")
    me.go(LIBRARY, name="media-05-library")
    me.press("trụ sở", role="link")
    me.press("Thay tệp khác", role="link", name="media-06-replace")
    me.page.go_back()
    me.press("Xóa tệp", role="link", name="media-07-delete")


def dress_the_site(me: Visitor) -> None:
    """The picture becomes the emblem; a colour of our own; a warning with a phone number."""
    me.go("/bien-tap/nhan-dien", name="site-01-identity")
    me.press("Chọn ảnh trong thư viện", role="link", name="site-02-pick")
    me.press("Chọn trụ sở", role="link")
    me.page.locator('[name="colour"]').fill("#ffd700")
    me.press("Lưu", name="site-03-too-pale")
    me.page.locator('[name="colour"]').fill("#1f5a3d")
    me.page.locator('[name="show_visits"]').check()
    me.press("Lưu")
    me.go("/bien-tap/thong-bao-chung/moi")
    me.page.get_by_label("Khẩn cấp").check()
    me.page.locator('[name="title"]').fill("Lũ trên sông Hà lên nhanh")
    me.page.locator('[name="phone"]').fill("1900 0112")
    me.press("Lưu thông báo", name="site-04-banners")
    me.go("/bien-tap/trinh-don/moi")
    me.page.get_by_label("Cuối trang").check()
    me.page.locator('[name="words"]').fill("Giúp đỡ")
    me.press("Lưu dòng", name="site-05-menus")
    me.go("/bien-tap/trang-dau/moi")
    me.page.locator('[name="kind"]').select_option("life_events")
    me.press("Lưu khối", name="site-06-blocks")
    me.go("/", name="site-07-home")
    expect(me.page.locator(".site-banner .phone")).to_have_attribute("href", "tel:19000112")


WAYS = (Way(WIDE, also=NARROW, scheme="dark"),)


@pytest.mark.parametrize("way", WAYS, ids=str)
def test_library_and_frame(base: str, browser: Browser, way: Way) -> None:
    me = Visitor(browser, base, way)
    try:
        me.sign_in("quantri@example.vn")
        upload_and_describe(me)
        dress_the_site(me)
    finally:
        me.close()
