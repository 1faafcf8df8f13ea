"""Takes the pictures of the editors' and officers' manuals from a running sample.

    PORT=7000 make run
    .venv/bin/portal -c development.ini seed --month --count 120
    .venv/bin/python docs/manual_pictures.py http://127.0.0.1:7000 [NAME ...]

Writes ``docs/huong-dan/bien-tap/hinh/*.webp`` and ``docs/huong-dan/hinh/*.webp``. Signs in
with the sample accounts; opens pages and changes nothing.
"""

import io
import sys
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

MANUALS = Path(__file__).parent / "huong-dan"
CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
SIZE = {"width": 1100, "height": 800}
PASSWORD = "mot-cua-2026"  # noqa: S105 - printed at every start of a sample site
QUALITY = 60


@dataclass(frozen=True)
class Picture:
    """What one picture shows; ``first`` is a link to press before it is taken."""

    folder: str
    name: str
    path: str
    first: str = ""


EDITORS, OFFICERS = "bien-tap/hinh", "hinh"
#: Account → its pictures.
PICTURES = {
    "truongbientap@example.vn": (
        Picture(EDITORS, "ban-lam-viec", "/bien-tap"),
        Picture(EDITORS, "tin-bai-danh-sach", "/bien-tap/tin"),
        Picture(EDITORS, "tin-bai-viet", "/bien-tap/tin/moi"),
        Picture(EDITORS, "chuyen-muc", "/bien-tap/chuyen-muc"),
        Picture(EDITORS, "ban-tieng-anh", "/bien-tap/ban-dich"),
        Picture(EDITORS, "y-kien-ban-doc", "/bien-tap/binh-luan"),
        Picture(EDITORS, "thu-vien", "/bien-tap/thu-vien"),
        Picture(EDITORS, "thu-tuc-danh-sach", "/bien-tap/thu-tuc"),
        Picture(EDITORS, "thu-tuc-mot", "/bien-tap/thu-tuc", "table a"),
        Picture(EDITORS, "bo-cau-hoi", "/bien-tap/bo-cau-hoi"),
        Picture(EDITORS, "quyet-dinh", "/bien-tap/quyet-dinh"),
        Picture(EDITORS, "niem-yet", "/bien-tap/quyet-dinh/niem-yet"),
        Picture(EDITORS, "nhap-xuat", "/bien-tap/nhap-xuat"),
        Picture(EDITORS, "bieu-mau-danh-sach", "/bien-tap/bieu-mau"),
        Picture(EDITORS, "bieu-mau-dung", "/bien-tap/bieu-mau", "table a"),
        Picture(EDITORS, "van-ban", "/bien-tap/van-ban"),
        Picture(EDITORS, "hoi-dap", "/bien-tap/hoi-dap"),
        Picture(EDITORS, "thuat-ngu", "/bien-tap/thuat-ngu"),
        Picture(EDITORS, "tim-kiem", "/bien-tap/tu-dong-nghia"),
        Picture(EDITORS, "don-vi", "/bien-tap/co-cau-to-chuc"),
        Picture(EDITORS, "lich-tiep-cong-dan", "/bien-tap/lich-tiep-cong-dan"),
        Picture(EDITORS, "trang-dau", "/bien-tap/trang-dau"),
        Picture(EDITORS, "thung-rac", "/bien-tap/thung-rac"),
    ),
    "quantri@example.vn": (
        Picture(EDITORS, "nhan-dien", "/bien-tap/nhan-dien"),
        Picture(EDITORS, "chung-thu-so", "/bien-tap/chung-thu-so"),
        Picture(EDITORS, "tai-khoan", "/quan-tri/tai-khoan?q=chuyenvien", "main tbody th a"),
    ),
    "motcua@example.vn": (
        Picture(OFFICERS, "hop-ho-so", "/can-bo"),
        Picture(OFFICERS, "tiep-nhan-tai-quay", "/can-bo/tiep-nhan"),
        Picture(OFFICERS, "chung-thuc", "/can-bo/chung-thuc"),
        Picture(OFFICERS, "so-theo-doi", "/can-bo/so-theo-doi"),
        Picture(OFFICERS, "goi-dien", "/can-bo/goi-dien"),
        Picture(OFFICERS, "mot-ho-so", "/can-bo?muc=tat-ca", "table a"),
    ),
    "thuquy@example.vn": (Picture(OFFICERS, "thu-phi", "/can-bo/thu-phi"),),
    "lanhdao@example.vn": (
        Picture(OFFICERS, "dieu-hanh", "/can-bo/dieu-hanh"),
        Picture(OFFICERS, "quy-trinh", "/can-bo/quy-trinh"),
        Picture(OFFICERS, "lam-thay", "/can-bo/uy-quyen"),
        Picture(OFFICERS, "bao-cao", "/can-bo/bao-cao/bieu-06"),
        Picture(OFFICERS, "so-viec", "/can-bo/so-viec"),
    ),
}


def sign_in(page: Page, address: str, email: str) -> None:
    """As a person does."""
    page.goto(f"{address}/dang-nhap", wait_until="networkidle")
    page.fill("input[name=email]", email)
    page.fill("input[name=password]", PASSWORD)
    page.get_by_role("button", name="Đăng nhập", exact=True).last.click()
    page.wait_for_load_state("networkidle")


def take(page: Page, address: str, picture: Picture) -> Path:
    """One picture of what a person sees first. Raises if the page is not there."""
    answer = page.goto(address + picture.path, wait_until="networkidle")
    if answer is None or answer.status != 200:
        raise RuntimeError(f"{picture.path}: {answer.status if answer else 'no answer'}")
    if picture.first:
        page.locator(picture.first).first.click()
        page.wait_for_load_state("networkidle")
    target = MANUALS / picture.folder / f"{picture.name}.webp"
    target.parent.mkdir(parents=True, exist_ok=True)
    Image.open(io.BytesIO(page.screenshot())).save(target, quality=QUALITY, method=6)
    return target


def main(address: str, *names: str) -> int:
    """All pictures, or those of these names, in light colours."""
    address = address.rstrip("/")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        for email, every in PICTURES.items():
            pictures = [one for one in every if not names or one.name in names]
            if not pictures:
                continue
            context = browser.new_context(viewport=SIZE, color_scheme="light", locale="vi-VN")
            page = context.new_page()
            sign_in(page, address, email)
            for picture in pictures:
                sys.stdout.write(f"{take(page, address, picture)}\n")
            context.close()
        browser.close()
    return 0


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
