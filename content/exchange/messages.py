"""The messages of the national exchange, as pure functions of a dossier and what is known of it.

Every field of the interface is there, in its order (domain §3.1); what is unknown is an empty
text or an empty list, never a guess. A message tells the dossier as of one line of its log.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from content.dossiers.models import Attachment, Dossier, DossierEvent
from content.dossiers.money import Charge, Moment
from content.dossiers.result_models import DossierResult, ResultFile
from content.dossiers.states import Status
from content.dossiers.supplement_requests import SupplementRequest
from content.dossiers.wording import timeline
from content.exchange import codes
from content.people.roles import ROLE_NAMES
from content.text import fold

#: Progress lines in one message, at most (domain §3.1).
BATCH = 10
_ROLES = {role.value: name for role, name in ROLE_NAMES.items()}
_HOUSEHOLD = "ho kinh doanh"
Message = dict[str, Any]


@dataclass(frozen=True)
class Known:
    """What belongs to a dossier beside its own row. ``number`` is what the other side calls
    the dossier; ``given`` what it told of the applicant, which goes back as it came. ``file``
    makes the address from which a file may be fetched. ``whole_day``: the day of the
    appointment ends at 23:59:59 and not with the office."""

    number: str
    file: Callable[[str], str]
    sector: str = ""
    given: Mapping[str, Any] = field(default_factory=dict)
    supplements: Sequence[SupplementRequest] = ()
    people: Mapping[int, str] = field(default_factory=dict)
    charges: Sequence[Charge] = ()
    result: DossierResult | None = None
    agencies: Mapping[int, str] = field(default_factory=dict)
    whole_day: bool = False
    came_from_there: bool = False


def dossier_message(dossier: Dossier, line: DossierEvent, known: Known) -> Message:
    """The dossier as of this line (ThemMoi, CapNhat)."""
    status = line.to_status
    there = known.given
    ended = status in {Status.WITHDRAWN, Status.STOPPED, Status.RESOLVED, Status.RETURNED}
    return {
        "MaHoSo": known.number,
        "MaTTHC": dossier.procedure_code or "",
        "TenTTHC": dossier.procedure_name,
        "MaLinhVuc": "",
        "TenLinhVuc": known.sector,
        "KenhThucHien": codes.CHANNELS[dossier.channel],
        "ChuHoSo": dossier.principal_name or dossier.applicant_name,
        "SoGiayToChuHoSo": _identity(dossier),
        "LoaiDoiTuong": there.get("LoaiDoiTuong") or applies(dossier).value,
        "MaDoiTuong": there.get("MaDoiTuong", ""),
        "ThongTinKhac": dossier.code or "",
        "Email": dossier.applicant_email or "",
        "Fax": "",
        "SoDienThoai": dossier.applicant_phone or "",
        "TrichYeuHoSo": there.get("TrichYeuHoSo") or dossier.procedure_name,
        "NgayNopHoSo": codes.stamp(dossier.submitted_at),
        "NgayTiepNhan": _happened(dossier.received_at, line.at),
        "NgayHenTra": _promised(dossier, line, whole_day=known.whole_day),
        "TrangThaiHoSo": str(int(status)),
        "NgayTra": codes.stamp(line.at) if status is Status.RETURNED else "",
        "ThongTinTra": _told(known.result) if ended else "",
        "HinhThuc": codes.DELIVERIES[dossier.delivery],
        "NgayKetThucXuLy": _happened(dossier.finished_at, line.at) if ended else "",
        "NgayTuChoi": codes.stamp(line.at) if status is Status.REFUSED else "",
        "DonViXuLy": known.agencies.get(dossier.unit_id or 0, dossier.agency_name),
        "GhiChu": line.text,
        "NoiNopHoSo": "1" if known.came_from_there else "2",
        "HoSoCoThanhPhanSoHoa": "1" if dossier.attachments else "0",
        "TaiKhoanDuocXacThucVoiVNeID": there.get("TaiKhoanDuocXacThucVoiVNeID", "0"),
        "DuocThanhToanTrucTuyen": codes.NOT_PAID_ONLINE,
        "DinhDanhCHS": _identities(_identity(dossier)),
        "DSKetNoiCSDL": [],
        "TaiLieuNop": [_paper(one, known) for one in dossier.attachments],
        "DanhSachLePhi": _fees(dossier, known, line.at),
        "DanhSachHoSoBoSung": [
            _supplement(one, known) for one in known.supplements if one.asked_at <= line.at
        ],
        "DanhSachGiayToKetQua": _results(known) if ended else [],
    }


def progress_lines(dossier: Dossier, known: Known, after: int) -> list[Message]:
    """A line for each of the log's after number ``after``, oldest first."""
    told = timeline(dossier, inside=True)
    lines = []
    for place, line in enumerate(dossier.events):
        if line.number <= after:
            continue
        before = dossier.events[place - 1].at if place else line.at
        lines.append(
            {
                "MaHoSo": known.number,
                "NguoiXuLy": line.actor_name or "Hệ thống",
                "ChucDanh": _ROLES.get(line.role, ""),
                "ThoiDiemXuLy": codes.stamp(line.at),
                "PhongBanXuLy": known.agencies.get(line.agency_id or 0, dossier.agency_name),
                "NoiDungXuLy": told[place].sentence,
                "TrangThai": str(int(line.to_status)),
                "NgayBatDau": codes.stamp(before),
                "NgayKetThucTheoQuyDinh": _promised(dossier, line, whole_day=known.whole_day),
            }
        )
    return lines


def in_batches(lines: Sequence[Message]) -> list[list[Message]]:
    """At most ten a message, in their order."""
    return [list(lines[start : start + BATCH]) for start in range(0, len(lines), BATCH)]


def answer(
    number: str,
    *,
    taken: bool,
    lookup_code: str = "",
    reason: str = "",
    supplement: str = "",
    withdrawal: str = "",
) -> Message:
    """Whether a dossier that came, or the supplement of one, was taken, or whether one was
    withdrawn as wished (TraLoi)."""
    return {
        "MaHoSo": number,
        "MaBoSung": supplement,
        "MaRutHoSo": withdrawal,
        "KetQua": "1" if taken else "0",
        "MaTraCuu": lookup_code,
        "LyDo": reason,
    }


def applies(dossier: Dossier) -> codes.Applies:
    """LoaiDoiTuong, from what was answered: an organisation, a business household, a person."""
    named = fold(dossier.principal_name or dossier.applicant_name)
    if named.startswith(_HOUSEHOLD):
        return codes.Applies.HOUSEHOLD
    asked = [
        question
        for section in dossier.form.get("sections", ())
        for question in section.get("questions", ())
        if question.get("autocomplete") == "organization"
    ]
    answered = any(dossier.answers.get(one["id"]) for one in asked)
    return codes.Applies.BUSINESS if answered else codes.Applies.CITIZEN


def changes_what_is_told(line: DossierEvent) -> bool:
    """Whether a line needs a message of the dossier, beside its line of progress: another
    status, or another date."""
    return line.from_status is not line.to_status or line.action == "apologise_and_extend"


def _identity(dossier: Dossier) -> str:
    own = dossier.principal_identity if dossier.principal_name else dossier.applicant_identity
    return own or ""


def _identities(number: str) -> list[Message]:
    kind = codes.identity_kind(number)
    return [] if kind is None else [{"LoaiDinhDanh": kind.value, "SoDinhDanh": number}]


def _happened(moment: datetime | None, by: datetime) -> str:
    """What had happened by the line's time."""
    return codes.stamp(moment) if moment is not None and moment <= by else ""


def _promised(dossier: Dossier, line: DossierEvent, *, whole_day: bool) -> str:
    if dossier.received_at is None or dossier.received_at > line.at or dossier.due_date is None:
        return ""
    if whole_day or dossier.due_at is None:
        return codes.last_second(dossier.due_date)
    return codes.stamp(dossier.due_at)


def _told(result: DossierResult | None) -> str:
    return "" if result is None else f"{result.title}, số {result.number_words}"


def _paper(one: Attachment, known: Known) -> Message:
    return {
        "TenTepDinhKem": one.name,
        "MaThanhPhanHoSo": one.slot,
        "DuongDanTaiTepTin": known.file(one.token),
        "DuocSoHoa": "1",
        "DuocTaiSuDung": "0",
        "DuocLayTuKhoDMQG": "0",
        "MaKetQuaThayThe": "",
    }


def _fees(dossier: Dossier, known: Known, by: datetime) -> list[Message]:
    """What the desk settled, else the frozen lines whose amount is known."""
    settled = [one for one in known.charges if one.moment is not Moment.EXEMPT and one.set_at <= by]
    if settled:
        return [
            _fee(one.name, codes.MOMENTS[one.moment], one.amount, one.kind.value) for one in settled
        ]
    if dossier.received_at is None or dossier.received_at > by:
        return []
    frozen = [one for one in dossier.fees or () if one["amount"] is not None]
    return [
        _fee(one["condition"] or one["kind"] or "", "1", int(one["amount"]), one["kind"] or "")
        for one in frozen
    ]


def _fee(name: str, moment: str, amount: int, kind: str) -> Message:
    return {"Ten": name, "Ma": "", "HinhThucThu": moment, "Gia": amount, "Loai": kind}


def _supplement(one: SupplementRequest, known: Known) -> Message:
    return {
        "NguoiYeuCau": one.asked_by.name if one.asked_by else "",
        "NoiDung": one.reason,
        "NgayBoSung": codes.stamp(one.asked_at),
        "NguoiTiepNhan": known.people.get(one.answered_by_id or 0, ""),
        "NgayTiepNhanBoSung": codes.stamp(one.answered_at),
        "TrangThai": "0" if one.outcome is None else "1",
        "DanhSachGiayTo": [
            {"TenGiayTo": item.get("name", ""), "GhiChu": item.get("remark", "")}
            for item in one.items
        ],
        "NgayHenTraTruoc": codes.last_second(one.due_before) if one.due_before else "",
        "NgayHenTraMoi": codes.last_second(one.due_after) if one.due_after else "",
    }


def _results(known: Known) -> list[Message]:
    result = known.result
    if result is None:
        return []
    if not result.files:
        return [_result(result, None, known)]
    return [_result(result, one, known) for one in result.files]


def _result(result: DossierResult, one: ResultFile | None, known: Known) -> Message:
    return {
        "TenGiayTo": result.title,
        "MaGiayToKetQua": result.number_words,
        "DuongDanTepTinKetQua": known.file(one.token) if one is not None else "",
    }
