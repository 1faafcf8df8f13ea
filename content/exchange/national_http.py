"""The national portal over HTTP: where messages go, what its answers mean.

``POST /thong-diep`` takes ``{"KhoaThongDiep", "LoaiThongDiep", "DuLieu"}`` and answers
``{"MaLoi", "ThongBao"}``; ``GET /ho-so-cho-nhan`` gives ``{"HoSo": […]}``: dossiers, with
``MaBoSung`` supplements, with ``MaRutHoSo`` (and ``LyDo``) wishes to withdraw. An integration
platform with other addresses needs an adapter beside this one.
"""

from collections.abc import Sequence

from content.errors import Unavailable
from content.exchange.http import Http
from content.exchange.protocol import Data, Outgoing, Receipt, Verdict

#: MaLoi: taken, taken before, another system confirms the status; all others refuse.
_VERDICTS = {"0": Verdict.TAKEN, "1": Verdict.TAKEN, "2": Verdict.ELSEWHERE}


class HttpNationalPortal:
    """See :class:`content.exchange.protocol.NationalPortal`."""

    def __init__(self, http: Http) -> None:
        self.http = http

    def send(self, message: Outgoing) -> Receipt:
        """Hand a message over."""
        body = {
            "KhoaThongDiep": message.key,
            "LoaiThongDiep": message.kind,
            "DuLieu": message.data,
        }
        status, told = self.http.post("/thong-diep", body, message.key)
        words = told.get("ThongBao")
        words = words if isinstance(words, str) else ""
        if status != 200:
            return Receipt(Verdict.REFUSED, words or f"Bên kia không nhận ({status}).")
        code = told.get("MaLoi")
        if code is None:
            raise Unavailable("exchange_nonsense", words="Bên kia trả lời không có mã lỗi.")
        verdict = _VERDICTS.get(str(code), Verdict.REFUSED)
        if verdict is Verdict.REFUSED:
            words = f"{words or 'Bên kia không nhận'} (mã lỗi {code})"
        return Receipt(verdict, words)

    def arrivals(self) -> Sequence[Data]:
        """What waits for us."""
        listed = self.http.get("/ho-so-cho-nhan").get("HoSo")
        if not isinstance(listed, list):
            raise Unavailable("exchange_nonsense", words="Bên kia trả lời không có danh sách.")
        return [one for one in listed if isinstance(one, dict)]

    def fetch(self, address: str, limit: int) -> bytes:
        """A file of a dossier."""
        return self.http.fetch(address, limit)
