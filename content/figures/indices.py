"""The nine indices of TT 01/2018/TT-VPCP arts 12-15: how well dossiers are handled.

Each index gives 2, 1 or 0 points. Of a dossier 1, 2, 3, 4, 6 and 7 are judged, of an
agency 5, 6, 8 and 9; what there is not enough data for is left out, never zero.
"""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

#: Art. 13: at these shares of procedures handled wholly at the desk index 5 gives 2.
WHOLE_SHARE = {"tỉnh": 0.2, "huyện": 0.5, "xã": 1.0}
#: Index 9: share of eligible procedures online, and of dossiers sent online.
_SERVICES, _SERVICES_LOW, _SENT = 0.2, 0.15, 0.3
#: Index 8: share of answers on time.
_ANSWERS = 0.9


class AgencyClass(StrEnum):
    """What a total of points makes of an agency (art. 15)."""

    EXCELLENT = "xuất sắc"
    GOOD = "tốt"
    FAIR = "khá"
    MEDIUM = "trung bình"
    WEAK = "yếu"


class OfficerClass(StrEnum):
    """How far an officer has done their work."""

    FULL = "hoàn thành 100%"
    MOST = "hoàn thành từ 70% đến dưới 100%"
    LESS = "hoàn thành dưới 70%"


_AGENCY_FROM = (
    (15, AgencyClass.EXCELLENT),
    (12, AgencyClass.GOOD),
    (9, AgencyClass.FAIR),
    (6, AgencyClass.MEDIUM),
)


def agency_class(total: float) -> AgencyClass:
    """From 15 points excellent, from 12 good, from 9 fair, from 6 medium, else weak."""
    return next((name for least, name in _AGENCY_FROM if total >= least), AgencyClass.WEAK)


def officer_class(total: float) -> OfficerClass:
    """From 5 points all, from 3.5 most of it."""
    if total >= 5:
        return OfficerClass.FULL
    return OfficerClass.MOST if total >= 3.5 else OfficerClass.LESS


def average(scores: Sequence[int]) -> float | None:
    """The mean over dossiers with one decimal, halves up; ``None`` without any."""
    if not scores:
        return None
    mean = Decimal(sum(scores)) / len(scores)
    return float(mean.quantize(Decimal("0.1"), ROUND_HALF_UP))


def total_of(averages: Sequence[float | None]) -> float:
    """The sum of the indices there is data for."""
    return float(sum((Decimal(str(one)) for one in averages if one is not None), Decimal(0)))


def time_used(actual_days: float, limit_days: float) -> int:
    """Indices 1 and 2: shorter than the limit 2, equal 1, longer 0."""
    if actual_days == limit_days:
        return 1
    return 2 if actual_days < limit_days else 0


def contacts(times: int, *, citizen_fault: bool = False) -> int:
    """Index 3: how often the applicant had to come again to complete the dossier; more
    than once counts as once where the fault is the applicant's."""
    if times == 0:
        return 2
    return 1 if times == 1 or citizen_fault else 0


def agencies_met(others: int, *, only_desk: bool = True) -> int:
    """Index 4: nobody but the desk in the process 2, one more time at the desk 1."""
    if others == 0:
        return 2
    return 1 if only_desk else 0


def handled_at_desk(level: str, whole: float, received: float) -> int:
    """Index 5: ``whole`` is the share received, appraised and approved at the desk,
    ``received`` the share received there, both from 0 to 1."""
    if whole >= WHOLE_SHARE.get(level, 1.0):
        return 2
    return 1 if received >= 1 else 0


def published(*, posted: bool, electronic: bool) -> int:
    """Index 6: posted at the desk and electronically, in full and in time."""
    return int(posted) + int(electronic)


def attitude(*, early: bool, on_time: bool, complaints_held: int) -> int:
    """Index 7: complaints found false are not counted in ``complaints_held``."""
    if complaints_held or not on_time:
        return 0
    return 2 if early else 1


def answers(on_time: int, all_of_them: int) -> int | None:
    """Index 8: all opinions answered on time 2, nine tenths 1; ``None`` if there were none."""
    if not all_of_them:
        return None
    share = on_time / all_of_them
    if share >= 1:
        return 2
    return 1 if share >= _ANSWERS else 0


def online(services: float, sent: float, *, late: int) -> int:
    """Index 9: shares of eligible procedures offered and of dossiers sent online."""
    if services >= _SERVICES and sent >= _SENT and not late:
        return 2
    return 1 if services >= _SERVICES_LOW else 0
