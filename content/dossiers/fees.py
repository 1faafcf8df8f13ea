"""The fees of a dossier: the lines that apply on the day of receipt, to be frozen.

Only an amount of 0 means free of charge; what the catalogue does not know stays unknown.
Conditions and exemptions are words, so which line a person pays is settled at the desk.
"""

from datetime import date
from typing import Any

from content.procedures.forms import parse
from content.procedures.forms.amounts import amounts
from content.procedures.kinds import Channel
from content.procedures.models import ProcedureVersion
from content.procedures.parts import Fee
from content.text import fold

#: How the catalogue words a fee of nothing once more.
_NOTHING = "khong thu"


def fees_on(version: ProcedureVersion, day: date, channel: Channel) -> list[Any] | None:
    """The lines in force on a day for a channel, or ``None`` where nothing is known.

    Each is ``{"kind", "amount", "currency", "unit", "condition", "exempt"}``; ``amount``
    is in đồng (hundredths of another currency), ``None`` if unknown.
    """
    lines = [_as_json(fee) for fee in version.fees if _applies(fee, day, channel)]
    return lines or None


def fees_by_answers(form: dict[str, Any] | None, answers: dict[str, Any]) -> list[Any] | None:
    """The same lines, worked out of the answers by the form's own rules; ``None`` without."""
    if not form or not form.get("fees"):
        return None
    lines = [
        {
            "kind": one.rule.kind,
            "amount": one.amount,
            "currency": "VND",
            "unit": None,
            "condition": None,
            "exempt": None,
        }
        for one in amounts(parse(form), answers)
    ]
    return lines or None


def is_settled(fees: list[Any] | None) -> bool:
    """Whether the desk has decided which lines are to be paid."""
    return bool(fees) and all(line.get("settled") for line in fees or ())


def settled(lines: list[Any], times: int, exempt: str = "") -> list[Any]:
    """The lines that the desk chose, each paid ``times`` times; with a reason of exemption
    they cost nothing and stay with that reason (Law 97/2015/QH13 art. 10)."""
    return [_settle(line, times, exempt) for line in lines]


def _settle(line: dict[str, Any], times: int, exempt: str) -> dict[str, Any]:
    rate, unit = line["amount"], line["unit"]
    if exempt:
        return {**line, "amount": 0, "unit": "đồng", "exempt": exempt, "settled": True}
    if rate is None or times == 1:
        return {**line, "settled": rate is not None}
    amount = {"amount": rate * times, "unit": "đồng", "rate": rate, "rate_unit": unit}
    return {**line, **amount, "times": times, "settled": True}


def certain_amount(fees: list[Any] | None) -> int | None:
    """What is to be paid in đồng if there is no doubt: settled by the desk, or one line,
    known, unconditional."""
    if fees and is_settled(fees) and all(line["currency"] == "VND" for line in fees):
        return sum(int(line["amount"]) for line in fees)
    if not fees or len(fees) != 1:
        return None
    line = fees[0]
    if line["currency"] != "VND" or (line["condition"] and line["amount"] != 0):
        return None
    amount: int | None = line["amount"]
    return amount


def said_condition(line: dict[str, Any]) -> str:
    """When a frozen line applies, for people; "không thu" only repeats an amount of zero."""
    told: str = line["condition"] or ""
    return "" if line["amount"] == 0 and fold(told) == _NOTHING else told


def _applies(fee: Fee, day: date, channel: Channel) -> bool:
    begun = fee.valid_from is None or fee.valid_from <= day
    ended = fee.valid_to is not None and fee.valid_to < day
    return begun and not ended and (not fee.channels or channel.value in fee.channels)


def _as_json(fee: Fee) -> dict[str, Any]:
    return {
        "kind": fee.kind.value if fee.kind else None,
        "amount": fee.amount,
        "currency": fee.currency,
        "unit": fee.unit,
        "condition": fee.condition,
        "exempt": fee.exempt,
    }
