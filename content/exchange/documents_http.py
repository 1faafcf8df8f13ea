"""The document management over HTTP: drafts go there, numbers and signed files come back.

``POST /van-ban`` takes a draft with its bytes and answers ``{"MaVanBan"}``; ``GET
/van-ban/da-xu-ly`` lists what was decided; ``POST /van-ban/da-nhan`` confirms that it is here.
"""

import base64
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from content.errors import Invalid, Unavailable
from content.exchange.http import Http
from content.exchange.protocol import DocumentAnswer, DraftDocument
from content.text import clean


class HttpDocumentSystem:
    """See :class:`content.exchange.protocol.DocumentSystem`."""

    def __init__(self, http: Http) -> None:
        self.http = http

    def send(self, draft: DraftDocument) -> str:
        """Hand a draft over."""
        body = {
            "Khoa": draft.key,
            "TieuDe": draft.title,
            "CoQuan": draft.agency,
            "MaHoSo": draft.dossier_code,
            "NguoiTrinh": draft.asked_by,
            "GhiChu": draft.note,
            "Tep": {
                "Ten": draft.file_name,
                "NoiDung": base64.b64encode(draft.content).decode("ascii"),
            },
        }
        status, told = self.http.post("/van-ban", body, draft.key)
        if status != 200:
            words = _text(told, "ThongBao") or f"Hệ thống văn bản không nhận ({status})."
            raise Invalid({"draft": "refused"}, words=words)
        if not _text(told, "MaVanBan"):
            raise Unavailable("exchange_nonsense", words="Hệ thống văn bản không trả mã văn bản.")
        return _text(told, "MaVanBan")

    def answers(self) -> Sequence[DocumentAnswer]:
        """What was decided. What makes no sense is left out; it stays there."""
        listed = self.http.get("/van-ban/da-xu-ly").get("VanBan")
        if not isinstance(listed, list):
            raise Unavailable("exchange_nonsense", words="Hệ thống văn bản không trả danh sách.")
        return [_answer(one) for one in listed if _is_whole(one)]

    def fetch(self, address: str, limit: int) -> bytes:
        """A signed file."""
        return self.http.fetch(address, limit)

    def confirm(self, reference: str) -> None:
        """Say that the answer is kept here."""
        self.http.post("/van-ban/da-nhan", {"MaVanBan": reference}, f"da-nhan:{reference}")


def _answer(told: Mapping[str, Any]) -> DocumentAnswer:
    return DocumentAnswer(
        key=_text(told, "Khoa"),
        reference=_text(told, "MaVanBan"),
        refused=_text(told, "LyDoTraLai"),
        number=_text(told, "So"),
        symbol=_text(told, "KyHieu"),
        issued_on=_day(_text(told, "NgayBanHanh")),
        signer_name=_text(told, "NguoiKy"),
        signer_title=_text(told, "ChucVu"),
        address=_text(told, "TepDaKy"),
        file_name=_text(told, "TenTepDaKy"),
    )


def _is_whole(told: object) -> bool:
    """Sent back with a reason, or with number, day, signer and file."""
    if not isinstance(told, Mapping) or not _text(told, "Khoa") or not _text(told, "MaVanBan"):
        return False
    wanted = ("So", "NguoiKy", "TepDaKy")
    signed = all(_text(told, name) for name in wanted) and _day(_text(told, "NgayBanHanh"))
    return bool(_text(told, "LyDoTraLai") or signed)


def _text(told: Mapping[str, Any], name: str) -> str:
    value = told.get(name)
    return clean(value) if isinstance(value, str) else ""


def _day(text: str) -> date | None:
    """``yyyyMMdd``."""
    try:
        return datetime.strptime(text, "%Y%m%d").date()  # noqa: DTZ007 - a day has no zone
    except ValueError:
        return None
