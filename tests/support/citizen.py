"""A citizen without scripts: fills in CT01 and the general form page by page.

Answers are those of nobody: the numbers have the right shape and belong to no one.
"""

import struct
import zlib
from typing import Any

from webtest import Upload

from tests.support.site import PortalClient, Site

CT01 = "1.004222"
PASSWORD = "cau-mat-khau-dai"

#: Step of CT01 → fields.
PERSON: dict[str, dict[str, str]] = {
    "nguoi_ke_khai": {
        "nguoi_ke_khai_ho_ten": "Đỗ Thị Ngọc Ánh",
        "nguoi_ke_khai_ngay_sinh": "05/03/1962",
        "nguoi_ke_khai_gioi_tinh": "Nữ",
        "nguoi_ke_khai_so_dinh_danh_ca_nhan": "001162012345",
        "nguoi_ke_khai_so_dien_thoai_lien_he": "0912 345 678",
        "nguoi_ke_khai_email": "anh@example.vn",
    },
    "chu_ho": {
        "chu_ho_ho_ten": "Nguyễn Văn An",
        "chu_ho_quan_he": "Mẹ",
        "chu_ho_so_dinh_danh_ca_nhan_cua_chu_ho": "001085012345",
    },
    "noi_dung": {"noi_dung_de_nghi": "Đăng ký thường trú vào hộ ông Nguyễn Văn An."},
    "y_kien": {"y_kien_cua_chu_ho": "Đồng ý. Nguyễn Văn An"},
}
MEMBER = {
    "thanh_vien_ho_ten": "Nguyễn Minh Khuê",
    "thanh_vien_ngay_sinh": "01/02/2015",
    "thanh_vien_gioi_tinh": "Nam",
    "thanh_vien_so_dinh_danh_ca_nhan": "001215012345",
    "thanh_vien_quan_he": "Cháu",
}
GENERAL: dict[str, dict[str, str]] = {
    "nguoi_nop": {
        "loai_nguoi_nop": "ca_nhan",
        "ho_ten": "Đỗ Thị Ngọc Ánh",
        "ngay_sinh": "5/3/1962",
        "so_dinh_danh": "001162012345",
        "dien_thoai": "0912345678",
        "dia_chi.tinh": "01",
        "dia_chi.xa": "00070",
        "dia_chi.chi_tiet": "12 phố Hàng Bài",
        "nop_thay": "khong",
    },
    "noi_dung": {"noi_dung_de_nghi": "Đề nghị giải quyết thủ tục theo quy định."},
    "ket_qua": {"cach_nhan": "truc_tiep"},
}


def pdf(text: str = "", size: int = 0) -> bytes:
    """A small file that is a PDF, padded to ``size`` bytes."""
    body = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n% " + text.encode() + b"\n"
    return body + b"%" * max(0, size - len(body) - 7) + b"\n%%EOF\n"


def png() -> bytes:
    """The smallest picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        whole = kind + data
        return struct.pack(">I", len(data)) + whole + struct.pack(">I", zlib.crc32(whole))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    parts = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0\0")) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts


class Citizen:
    """One browser; ``page`` is what it shows."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.client: PortalClient = site.client()
        self.page: Any = None

    @property
    def heading(self) -> str:
        """What the page is called."""
        return self.page.html.h1.get_text(" ", strip=True)

    @property
    def url(self) -> str:
        """The path of the page."""
        return self.page.request.path

    @property
    def draft_url(self) -> str:
        """The address all pages of the draft begin with."""
        return "/".join(self.url.split("/")[:4])

    def errors(self) -> list[str]:
        """The list of errors on top of the page."""
        return [one.get_text(strip=True) for one in self.page.html.select(".error-summary li")]

    def go(self, path: str, **options: Any) -> Any:
        """Open an address of this site, following redirects."""
        self.page = self.client.get(path, **options).maybe_follow()
        return self.page

    def form(self, form_id: str = "f") -> Any:
        """The form of the page."""
        return self.page.forms[form_id]

    def press(self, value: str = "tiep", *, form_id: str = "f", **options: Any) -> Any:
        """Press a button of the journey and follow where it leads."""
        return self._sent(self.form(form_id).submit("_viec", value=value, status="*", **options))

    def _sent(self, response: Any) -> Any:
        """A refusal is a page too; a fault is not."""
        assert response.status_int < 500, response.text
        self.page = response.maybe_follow()
        return response

    def push(self, name: str, value: str) -> Any:
        """Press a button inside the form: add, remove, choose a province."""
        return self._sent(self.form().submit(name, value=value, status="*"))

    def fill(self, fields: dict[str, str]) -> None:
        """Type into the form."""
        form = self.form()
        for name, value in fields.items():
            if name in form.fields:
                form[name].force_value(value) if name.endswith(".xa") else form.set(name, value)

    def begin(self, code: str = CT01, **choices: str) -> None:
        """From the page before the first question to the first step."""
        self.go(f"/nop-ho-so/{code}")
        form = self.form()
        given = {"case": "0", "agency": "xa-dong-may", "delivery": "counter", **choices}
        for name, value in given.items():
            if name in form.fields:
                form[name] = value
        self.page = form.submit("gui").follow()

    def step(self, fields: dict[str, str]) -> Any:
        """Fill in the page and go on."""
        self.fill(fields)
        return self.press()

    def answer(self, steps: dict[str, dict[str, str]]) -> None:
        """All steps of a form."""
        for name, fields in steps.items():
            assert self.url.endswith(f"/{name}"), (self.url, name, self.errors())
            self.step(fields)

    def attach(self, field: str, *files: tuple[str, bytes]) -> None:
        """Choose files; nothing is sent yet."""
        self.form()[field] = [Upload(name, content) for name, content in files]

    def attach_all(self) -> None:
        """A PDF for every paper, if papers are asked for, and on."""
        if not self.url.endswith("/giay-to"):
            return
        for field in [name for name in self.form().fields if (name or "").startswith("tep_")]:
            if not field.endswith(".tep"):
                self.attach(field, ("giấy tờ.pdf", pdf(field)))
        self.press()

    def sign_up(self, email: str = "anh@example.vn", name: str = "Đỗ Thị Ngọc Ánh") -> None:
        """On the page that asks for an account: make one and come back."""
        self.page = self.page.click("Tạo tài khoản")
        form = self.form()
        form["name"], form["email"], form["password"] = name, email, PASSWORD
        self.page = form.submit("gui").follow()

    def sign_in(self, email: str = "congdan@example.vn", password: str = "mot-cua-2026") -> None:
        """At the door."""
        self.go("/dang-nhap")
        form = self.form()
        form["email"], form["password"] = email, password
        self.page = form.submit("gui").follow()

    def send(self) -> Any:
        """Declare and send, from the check page."""
        form = self.form("gui")
        form["declared"] = True
        return self._sent(form.submit("_viec", value="gui", status="*"))

    def codes(self) -> tuple[str, str]:
        """Look-up code and secret on the acknowledgement."""
        told = [one.get_text(strip=True) for one in self.page.html.select(".receipt .code")]
        return told[0], told[1]

    def file_ct01(self) -> tuple[str, str]:
        """The whole journey with an account made on the way."""
        self.begin()
        self.answer(PERSON)
        self.attach_all()
        self.page = self.page.click("Đăng nhập để gửi")
        self.sign_up()
        self.send()
        return self.codes()
