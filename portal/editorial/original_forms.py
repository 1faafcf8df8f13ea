"""Original forms as files: which kinds are taken, how large, and why one is not."""

import io
from collections.abc import Mapping
from typing import Any

from portal.forms.sniffing import Refused, sniff
from portal.i18n import _

MAX_FILE = 20 * 1024 * 1024
TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
#: Why a file is not taken.
REASONS: Mapping[str, Any] = {
    "file_type": _("chỉ nhận tệp PDF, DOCX, XLSX"),
    "file_lies": _("nội dung không đúng với đuôi tệp"),
    "file_too_large": _("lớn hơn 20 MB"),
    "file_empty": _("tệp không có gì"),
    "file_unknown": _("không rõ là tệp gì; tệp .doc cũ cần lưu lại thành .docx"),
    "file_damaged": _("tệp bị hỏng"),
    "file_macros": _("tệp có macro"),
    "file_bomb": _("tệp nén bung ra quá lớn"),
    "file_encrypted": _("tệp nén có mật khẩu"),
    "file_bad_names": _("tệp nén có tên tệp trỏ ra ngoài"),
}


def kind_of(name: str, data: bytes) -> str:
    """Which of the kinds a file is, by its bytes. Raises ``Refused``."""
    if not data:
        raise Refused("file_empty")
    if len(data) > MAX_FILE:
        raise Refused("file_too_large")
    kind = sniff(io.BytesIO(data), len(data))
    if kind not in TYPES:
        raise Refused("file_type")
    if not name.lower().endswith(f".{kind}"):
        raise Refused("file_lies")
    return kind
