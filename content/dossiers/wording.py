"""A dossier in words: status, log, papers, fees. For people, in Vietnamese; no HTML."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from content.calendar.model import LimitUnit
from content.dossiers import closing_words, handling_words
from content.dossiers.fees import said_condition
from content.dossiers.log import NATIONAL_PORTAL, Record
from content.dossiers.models import Delivery, Dossier, DossierEvent
from content.dossiers.papers import Absence
from content.dossiers.states import STATUS_NAMES, Action, Status
from content.people.roles import ROLE_NAMES
from content.procedures.wording import UNKNOWN, amount_in_words
from content.words import clock_and_day, short_date, weekday

DELIVERIES = {
    Delivery.COUNTER: "Trực tiếp tại nơi tiếp nhận",
    Delivery.POST: "Qua dịch vụ bưu chính công ích",
    Delivery.ONLINE: "Bản điện tử qua cổng",
}
ABSENCES = {
    Absence.NOT_APPLICABLE: "Không thuộc trường hợp phải nộp",
    Absence.SHOWN_AT_DESK: "Sẽ xuất trình bản giấy tại nơi tiếp nhận",
    Absence.ALREADY_HELD: "Cơ quan đã có dữ liệu hoặc bản số hóa",
    Absence.IN_THE_FORM: "Đã khai trong tờ khai điện tử",
}
#: What the desk says of an obligatory paper that it does not keep.
DESK_ABSENCES = {
    Absence.SHOWN: "Đã xuất trình tại quầy, không lưu",
    Absence.ALREADY_HELD: ABSENCES[Absence.ALREADY_HELD],
    Absence.NOT_APPLICABLE: ABSENCES[Absence.NOT_APPLICABLE],
}
NO_DUE_REASONS = {
    "limit_unknown": "Chưa có thông tin về thời hạn giải quyết nên chưa hẹn ngày trả kết quả.",
    "unit_unknown": "Thời hạn giải quyết chưa rõ đơn vị nên chưa hẹn ngày trả kết quả.",
    "limit_unusable": "Thời hạn giải quyết ghi chưa đúng nên chưa hẹn ngày trả kết quả.",
    "no_appointment": "Thủ tục này không hẹn ngày trả kết quả.",
}
_ROLES = {role.value: name for role, name in ROLE_NAMES.items()}


def _submitted(data: dict[str, Any]) -> str:
    """Where it was filed: here, or on the national portal."""
    if data.get("system") == NATIONAL_PORTAL:
        return "Hồ sơ đã được nộp trên Cổng Dịch vụ công quốc gia."
    return "Hồ sơ đã được nộp trực tuyến."


_FROM_DATA = {
    **handling_words.SENTENCES,
    **closing_words.SENTENCES,
    Action.SUBMIT_ONLINE.value: _submitted,
}
_SENTENCES = {
    Action.ACCEPT.value: "Hồ sơ đã được tiếp nhận.",
    Action.RECEIVE_AT_COUNTER.value: "Hồ sơ đã được tiếp nhận trực tiếp.",
    Action.RECEIVE_BY_POST.value: "Hồ sơ đã được tiếp nhận qua bưu chính.",
    Action.REFUSE_RECEPTION.value: "Hồ sơ không được tiếp nhận.",
    Action.RESOLVE_AT_ONCE.value: "Việc đã được giải quyết ngay tại nơi tiếp nhận.",
}


#: The acts that give a dossier its code, its due date and its receipt slip.
RECEPTIONS = frozenset(
    one.value for one in (Action.ACCEPT, Action.RECEIVE_AT_COUNTER, Action.RECEIVE_BY_POST)
)


@dataclass(frozen=True)
class TimelineEntry:
    """One line of the log as its owner reads it: when, what, who, and what was said."""

    at: datetime
    status: str
    sentence: str
    who: str
    text: str


#: Who in the house did these is not the applicant's matter, which unit is.
_INSIDE = frozenset({Action.TRANSFER.value, Action.FORWARD.value})
#: What other units answered is not said at all.
_ONLY_INSIDE = frozenset({Record.OPINION_ENDED.value})


def timeline(dossier: Dossier, *, inside: bool = False) -> tuple[TimelineEntry, ...]:
    """The log, oldest first; ``inside`` the house it also names who passed the dossier on, and
    by which act."""
    lines = (one for one in dossier.events if inside or one.action not in _ONLY_INSIDE)
    return tuple(_entry(dossier, line, inside=inside) for line in lines)


def status_words(status: Status) -> str:
    """The national name of a status."""
    return STATUS_NAMES[status]


def due_words(dossier: Dossier) -> str | None:
    """``Thứ Ba, 01/12/2026``, with the hour where the limit ends at one, or why there is no
    date; ``None`` before reception. A date put off by an apology is a whole day."""
    if dossier.due_date is None:
        return NO_DUE_REASONS.get(dossier.no_due_reason or "")
    to_the_hour = ends_at_an_hour(dossier.time_limit) and dossier.extended_to is None
    return day_or_hour(dossier.due_date, dossier.due_at if to_the_hour else None)


def ends_at_an_hour(limit: dict[str, Any] | None) -> bool:
    """Whether a limit does not end with a day's work: it counts hours or parts of a day, or
    its appointments keep the hour of the receipt."""
    if not limit:
        return False
    has_parts = float(limit.get("value") or 0) % 1 != 0
    return has_parts or limit["unit"] == LimitUnit.WORKING_HOUR or bool(limit.get("keeps_hour"))


def day_or_hour(day: date, at: datetime | None) -> str:
    """An appointment: of a day, or ``09:47 - Thứ Hai, 02/11/2020``."""
    return clock_and_day(at) if at else f"{weekday(day)}, {short_date(day)}"


def fee_words(fees: list[Any] | None) -> tuple[str, ...]:
    """``Lệ phí: 10.000 đồng/lần``, with its condition; unknown is said."""
    return tuple(_fee(line) for line in fees or ()) or (UNKNOWN,)


def absence_words(why: str) -> str:
    """Why a paper is not attached."""
    return (ABSENCES | DESK_ABSENCES)[Absence(why)] if why in set(Absence) else why


def _entry(dossier: Dossier, line: DossierEvent, *, inside: bool) -> TimelineEntry:
    role = _ROLES.get(line.role)
    who = f"{line.actor_name} ({role})" if role else line.actor_name
    if line.action in _INSIDE and not inside:
        who = line.data.get("from_unit", "")
    return TimelineEntry(
        at=line.at,
        status=status_words(line.to_status),
        sentence=_sentence(dossier, line, inside=inside),
        who=who,
        text=line.text,
    )


def _sentence(dossier: Dossier, line: DossierEvent, *, inside: bool) -> str:
    if inside and line.action in handling_words.INSIDE:
        return handling_words.INSIDE[line.action](line.data)
    if line.action in _FROM_DATA:
        return _FROM_DATA[line.action](line.data)
    sentence = _SENTENCES.get(line.action, f"{status_words(line.to_status)}.")
    if line.action not in RECEPTIONS or dossier.code is None:
        return sentence
    due = due_words(dossier) or ""
    told = f"Ngày hẹn trả kết quả: {due}." if dossier.due_date else due
    return f"{sentence} Mã hồ sơ: {dossier.code}. {told}".strip()


def _fee(line: dict[str, Any]) -> str:
    kind = (line["kind"] or "phí, lệ phí").capitalize()
    told = f"{kind}: {amount_in_words(line['amount'], line['currency'], line['unit'])}"
    condition = said_condition(line)
    return f"{told} ({condition})" if condition else told
