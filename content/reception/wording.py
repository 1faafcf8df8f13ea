"""The pattern of a rule in words."""

from content.reception.models import Pattern, ReceptionRule
from content.words import WEEKDAYS, short_date

NTH = {1: "đầu tiên", 2: "thứ hai", 3: "thứ ba", 4: "thứ tư", -1: "cuối cùng"}


def pattern_words(rule: ReceptionRule) -> str:
    """``Thứ Năm hằng tuần``, ``Ngày 05 và 20 hằng tháng``, ``Ngày 12/12/2026``."""
    if rule.pattern is Pattern.WORKING_DAYS:
        return "Mọi ngày làm việc"
    if rule.pattern is Pattern.WEEKLY:
        return f"{_weekday(rule)} hằng tuần"
    if rule.pattern is Pattern.MONTH_WEEKDAY:
        return f"{_weekday(rule)} {NTH[rule.nth or 1]} trong tháng"
    if rule.pattern is Pattern.MONTH_DAYS:
        days = [f"{day:02d}" for day in sorted(rule.month_days)]
        listed = " và ".join([", ".join(days[:-1]), days[-1]]) if len(days) > 1 else days[0]
        return f"Ngày {listed} hằng tháng"
    return f"Ngày {short_date(rule.valid_from)}"


def _weekday(rule: ReceptionRule) -> str:
    return WEEKDAYS[(rule.weekday or 1) - 1]
