"""What is to be paid by the answers: the fee rules of a definition worked out.

Amounts are whole đồng. An amount that depends on a number not answered yet is left out.
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from content.procedures.forms.conditions import holds, number
from content.procedures.forms.definition import Answers, FeeRule, FormDefinition
from content.procedures.forms.visibility import prune

MAX_TIMES = Decimal(100_000)


@dataclass(frozen=True, slots=True)
class Amount:
    """A line to pay: ``amount`` đồng in all, ``count`` times the rule's own amount."""

    rule: FeeRule
    amount: int
    count: Decimal | None = None


def amounts(definition: FormDefinition, answers: Answers) -> tuple[Amount, ...]:
    """The lines these answers lead to, in the order of the rules."""
    if not definition.fees:
        return ()
    kept = prune(definition, answers)
    found = (_amount(rule, kept) for rule in definition.fees if holds(rule.when, kept.get))
    return tuple(one for one in found if one is not None)


def _amount(rule: FeeRule, answers: Answers) -> Amount | None:
    if rule.times is None:
        return Amount(rule, rule.amount)
    count = number(answers.get(rule.times))
    if count is None or not 0 <= count <= MAX_TIMES:
        return None
    total = (count * rule.amount).quantize(Decimal(1), rounding=ROUND_HALF_UP)
    return Amount(rule, int(total), count)
