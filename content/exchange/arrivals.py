"""A dossier as the national portal tells it, read and judged; pure of database and network.

What cannot be read is refused with a reason that goes back to the sender; nothing is guessed
and nothing is cut in silence.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from content.dossiers.models import MAX_APPLICANT, MAX_CONTACT, MAX_FILE_NAME, Delivery
from content.errors import Invalid
from content.exchange import codes
from content.exchange.models import MAX_NUMBER
from content.procedures.kinds import Channel
from content.text import clean

MAX_EMAIL, MAX_TEXT, MAX_FILES = 254, 4000, 100
#: How far the sender's clock may be ahead of ours.
AHEAD = timedelta(hours=1)
#: What goes back with our messages as it came.
_GIVEN = ("LoaiDoiTuong", "MaDoiTuong", "TaiKhoanDuocXacThucVoiVNeID", "TrichYeuHoSo")
REASONS = {
    "unreadable": "Thông điệp không đọc được: thiếu mã hồ sơ hoặc sai cấu trúc.",
    "name": "Thiếu tên chủ hồ sơ, hoặc tên quá dài.",
    "identity": "Số giấy tờ của chủ hồ sơ quá dài.",
    "phone": "Số điện thoại quá dài.",
    "email": "Địa chỉ thư điện tử quá dài.",
    "summary": "Trích yếu hoặc thông tin khác quá dài.",
    "channel": "Kênh thực hiện không phải trực tuyến (2).",
    "delivery": "Hình thức nhận kết quả không có trong danh mục.",
    "submitted_at": "Ngày nộp hồ sơ sai dạng yyyyMMddHHmmss hoặc ở sau thời điểm nhận.",
    "files": "Danh sách tài liệu nộp sai cấu trúc, quá nhiều tệp hoặc tên tệp quá dài.",
    "procedure": "Cơ quan không có thủ tục mang mã này, hoặc thủ tục đã hết hiệu lực.",
    "not_national": "Thủ tục này không nhận hồ sơ qua Cổng Dịch vụ công quốc gia.",
    "agency": "Không có nơi tiếp nhận mang mã hoặc tên này.",
    "unknown_dossier": "Cơ quan không có hồ sơ mang mã này.",
    "not_waiting": "Hồ sơ không chờ bổ sung: chưa yêu cầu, hoặc đã được bổ sung, đã kết thúc.",
    "incomplete": "Chưa đủ giấy tờ được yêu cầu bổ sung, hoặc có tệp không nhận được.",
    "withdrawal_reason": "Lý do rút hồ sơ quá dài.",
    "withdrawal_asked": "Đã có một đề nghị rút hồ sơ này đang chờ nơi tiếp nhận xác nhận.",
    "withdrawn": "Hồ sơ đã được rút trước đó.",
    "resolved": "Hồ sơ đã có kết quả giải quyết nên không rút được nữa.",
    "ended": "Hồ sơ đã kết thúc (không được tiếp nhận hoặc đã dừng xử lý) nên không rút được.",
    "kept_on": "Người nộp đã đề nghị tiếp tục giải quyết hồ sơ.",
}


@dataclass(frozen=True)
class ArrivedFile:
    """A file that goes with it: ``paper`` is the name of the paper it stands for."""

    name: str
    paper: str
    address: str


@dataclass(frozen=True)
class Arrived:
    """A dossier that came, as it will be kept."""

    number: str
    procedure_code: str
    agency: str
    name: str
    identity: str
    phone: str
    email: str
    summary: str
    other: str
    delivery: Delivery
    submitted_at: datetime | None
    files: tuple[ArrivedFile, ...] = ()
    given: Mapping[str, Any] = field(default_factory=dict)


def number_of(data: object) -> str:
    """What the sender calls it; empty where that cannot be read."""
    number = _text(data, "MaHoSo")
    return number if len(number) <= MAX_NUMBER else ""


def supplement_of(data: object) -> str:
    """What the sender calls a supplement; empty for a new dossier."""
    told = _text(data, "MaBoSung")
    return told if len(told) <= MAX_NUMBER else ""


def withdrawal_of(data: object) -> str:
    """What the sender calls a wish to withdraw; empty for everything else."""
    told = _text(data, "MaRutHoSo")
    return told if len(told) <= MAX_NUMBER else ""


def key_of(data: object) -> str:
    """One for each thing that can arrive; empty for what cannot be read."""
    number, supplement, withdrawal = number_of(data), supplement_of(data), withdrawal_of(data)
    if number and withdrawal:
        return f"{number}:rut:{withdrawal}"
    return f"{number}:bs:{supplement}" if number and supplement else number


@dataclass(frozen=True)
class ArrivedSupplement:
    """What was asked for one dossier, as it came."""

    number: str
    supplement: str
    note: str
    files: tuple[ArrivedFile, ...]


def read_supplement(data: Mapping[str, Any]) -> ArrivedSupplement:
    """The supplement. Raises ``Invalid`` as :func:`read`."""
    note = _short(data, "NoiDung", MAX_TEXT, "summary")
    return ArrivedSupplement(number_of(data), supplement_of(data), note, _files(data))


@dataclass(frozen=True)
class ArrivedWithdrawal:
    """The applicant wishes to withdraw a dossier, as it came; the reason may be empty (T12
    asks for none)."""

    number: str
    reason: str


def read_withdrawal(data: Mapping[str, Any]) -> ArrivedWithdrawal:
    """The wish. Raises ``Invalid`` as :func:`read`."""
    if supplement_of(data):
        raise refused("unreadable")
    return ArrivedWithdrawal(number_of(data), _short(data, "LyDo", MAX_TEXT, "withdrawal_reason"))


def read(data: Mapping[str, Any], now: datetime) -> Arrived:
    """The dossier. Raises ``Invalid`` whose problem ``arrival`` is a key of ``REASONS``."""
    if not number_of(data):
        raise refused("unreadable")
    found = Arrived(
        number=number_of(data),
        procedure_code=_text(data, "MaTTHC"),
        agency=_text(data, "DonViXuLy"),
        name=_text(data, "ChuHoSo"),
        identity=_short(data, "SoGiayToChuHoSo", MAX_CONTACT, "identity"),
        phone=_short(data, "SoDienThoai", MAX_CONTACT, "phone"),
        email=_short(data, "Email", MAX_EMAIL, "email"),
        summary=_short(data, "TrichYeuHoSo", MAX_TEXT, "summary"),
        other=_short(data, "ThongTinKhac", MAX_TEXT, "summary"),
        delivery=_delivery(data),
        submitted_at=_submitted(data, now),
        files=_files(data),
        given={name: _text(data, name) for name in _GIVEN if _text(data, name)},
    )
    if not found.name or len(found.name) > MAX_APPLICANT:
        raise refused("name")
    if codes.channel_of(_text(data, "KenhThucHien") or "2") is not Channel.ONLINE:
        raise refused("channel")
    return found


def refused(why: str) -> Invalid:
    """An arrival that is not taken, and why: a key of ``REASONS``."""
    return Invalid({"arrival": why}, code="arrival_refused")


def reason_of(error: Invalid) -> str:
    """The same in words."""
    return REASONS[error.problems["arrival"]]


def _text(data: object, name: str) -> str:
    value = data.get(name) if isinstance(data, Mapping) else None
    return clean(value, multiline=True) if isinstance(value, str) else ""


def _short(data: Mapping[str, Any], name: str, limit: int, what: str) -> str:
    text = _text(data, name)
    if len(text) > limit:
        raise refused(what)
    return text


def _delivery(data: Mapping[str, Any]) -> Delivery:
    code = _text(data, "HinhThuc")
    if not code:
        return Delivery.COUNTER
    found = codes.DELIVERY_OF.get(code)
    if found is None:
        raise refused("delivery")
    return found


def _submitted(data: Mapping[str, Any], now: datetime) -> datetime | None:
    try:
        moment = codes.moment_of(_text(data, "NgayNopHoSo"))
    except ValueError:
        raise refused("submitted_at") from None
    if moment is not None and moment > now + AHEAD:
        raise refused("submitted_at")
    return moment


def _files(data: Mapping[str, Any]) -> tuple[ArrivedFile, ...]:
    listed = data.get("TaiLieuNop") or []
    if not isinstance(listed, list) or len(listed) > MAX_FILES:
        raise refused("files")
    return tuple(_file(one) for one in listed)


def _file(data: object) -> ArrivedFile:
    name, address = clean(_text(data, "TenTepDinhKem")), _text(data, "DuongDanTaiTepTin")
    paper = clean(_text(data, "TenThanhPhanHoSo") or _text(data, "MaThanhPhanHoSo"))
    if not name or not address or len(name) > MAX_FILE_NAME:
        raise refused("files")
    return ArrivedFile(name, paper or name, address)
