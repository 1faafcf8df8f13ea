"""Vietnamese figures in words: days, moments, numbers, percentages and amounts.

One place for how dates and numbers are written, for pages, letters and reports alike.
Formats only; it knows no calendar rules and no HTML.
"""

from datetime import date, datetime, timedelta, timezone
from decimal import ROUND_HALF_UP, Decimal

#: Việt Nam has no summer time; a fixed offset works without a zone database.
LOCAL_ZONE = timezone(timedelta(hours=7), "GMT+7")

WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ Nhật")

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_BILLION = 10**9


def local(moment: datetime) -> datetime:
    """The wall clock of Việt Nam; a naive datetime is refused, for it is no instant."""
    if moment.tzinfo is None:
        raise ValueError("a naive datetime is no instant")
    return moment.astimezone(LOCAL_ZONE)


def weekday(day: date) -> str:
    """``Thứ Ba``, ``Chủ Nhật``."""
    return WEEKDAYS[day.weekday()]


def short_date(day: date) -> str:
    """``05/02/2026``."""
    return f"{day.day:02d}/{day.month:02d}/{day.year:04d}"


def date_words(day: date) -> str:
    """``ngày 05 tháng 02 năm 2026``: zeros before days below 10 and months 1 and 2 only.

    NĐ 30/2020/NĐ-CP, Annex I.
    """
    month = f"{day.month:02d}" if day.month <= 2 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def date_line(place: str, day: date) -> str:
    """``Hà Giang, ngày 05 tháng 02 năm 2026`` (NĐ 30/2020/NĐ-CP, Annex I)."""
    return f"{place}, {date_words(day)}"


def number_line(number: int, symbol: str) -> str:
    """``Số: 07/GM-UBND``: a zero before numbers below 10 (NĐ 30/2020/NĐ-CP, Annex I)."""
    return f"Số: {number:02d}/{symbol}"


def article_moment(moment: datetime) -> str:
    """``Thứ Tư, 25/04/2018, 09:04 (GMT+7)``."""
    there = local(moment)
    return f"{weekday(there)}, {short_date(there)}, {there:%H:%M} (GMT+7)"


def clock_and_day(moment: datetime) -> str:
    """``09:47 - Thứ Hai, 02/11/2020``."""
    there = local(moment)
    return f"{there:%H:%M} - {weekday(there)}, {short_date(there)}"


def bracketed_moment(moment: datetime) -> str:
    """``(16:00 | 02/04/2019)``."""
    there = local(moment)
    return f"({there:%H:%M} | {short_date(there)})"


def moment_words(moment: datetime) -> str:
    """``9 giờ 32 phút, ngày 27/10/2023``, as receipt slips print it."""
    there = local(moment)
    return f"{there.hour} giờ {there.minute:02d} phút, ngày {short_date(there)}"


def wait_words(seconds: int) -> str:
    """``12 phút``, ``1 giờ``, ``1 giờ 5 phút``: how long to wait, rounded up to the minute."""
    hours, minutes = divmod(max(1, -(-seconds // 60)), 60)
    said = [f"{hours} giờ"] if hours else []
    return " ".join([*said, f"{minutes} phút"] if minutes else said)


def integer(number: int) -> str:
    """``33.143``."""
    return f"{number:,}".replace(",", ".")


def decimal(number: float | Decimal, digits: int) -> str:
    """``1.234,50``: rounded half up to ``digits`` places."""
    step = Decimal(1).scaleb(-digits)
    rounded = Decimal(str(number)).quantize(step, rounding=ROUND_HALF_UP)
    return f"{rounded:,f}".translate(str.maketrans(",.", ".,"))


def percent(number: float | Decimal, digits: int = 1) -> str:
    """``98,5%`` of 98.5."""
    return f"{decimal(number, digits)}%"


def plain(number: Decimal) -> str:
    """A number without needless zeros: ``3``, ``0,5``, ``1,25``."""
    text = f"{number:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace(".", ",")


def money(amount: int) -> str:
    """``10.000 đồng``."""
    return f"{integer(amount)} đồng"


def amount_in_words(amount: int) -> str:
    """``Một triệu không trăm linh năm nghìn đồng``, as receipts for money require."""
    sign = "âm " if amount < 0 else ""
    text = f"{sign}{number_in_words(abs(amount))} đồng"
    return text[0].upper() + text[1:]


def number_in_words(number: int) -> str:
    """A natural number in words; groups of nine digits are joined by ``tỷ``."""
    if number == 0:
        return _DIGITS[0]
    high, low = divmod(number, _BILLION)
    words = [f"{number_in_words(high)} tỷ"] if high else []
    for size, name in ((10**6, " triệu"), (10**3, " nghìn"), (1, "")):
        group, low = divmod(low, size)
        if group:
            words.append(_group(group, inside=bool(words)) + name)
    return " ".join(words)


def _group(group: int, *, inside: bool) -> str:
    """Three digits; inside a number an empty hundred is said: ``không trăm linh năm``."""
    hundreds, rest = divmod(group, 100)
    words = [f"{_DIGITS[hundreds]} trăm"] if hundreds or inside else []
    if rest:
        words.append(_below_hundred(rest, after_hundred=bool(words)))
    return " ".join(words)


def _below_hundred(rest: int, *, after_hundred: bool) -> str:
    tens, unit = divmod(rest, 10)
    if tens == 0:
        return f"linh {_DIGITS[unit]}" if after_hundred else _DIGITS[unit]
    words = "mười" if tens == 1 else f"{_DIGITS[tens]} mươi"
    return f"{words} {_unit_word(tens, unit)}".rstrip()


def _unit_word(tens: int, unit: int) -> str:
    """1 is ``mốt`` and 4 is ``tư`` from twenty on, 5 is ``lăm`` after any ten."""
    if unit == 0:
        return ""
    if unit == 5:
        return "lăm"
    if tens > 1 and unit in {1, 4}:
        return {1: "mốt", 4: "tư"}[unit]
    return _DIGITS[unit]
