"""From the fees a dossier froze to the lines that are paid: which one applies, who is exempt.

The rule in force on the day of receipt is frozen in ``dossier.fees``; conditions are words, so
the desk settles which line a person pays (Law 97/2015/QH13 art. 10). Pure of permission.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from content.dossiers.fees import certain_amount, is_settled, said_condition
from content.dossiers.models import Dossier
from content.dossiers.money import (
    MAX_CHARGE,
    OWED,
    Charge,
    ChargeKind,
    ChargeState,
    Moment,
    charges_of,
)
from content.dossiers.reasons import demand_short
from content.dossiers.service import MAX_REASON
from content.errors import Invalid
from content.people.models import Account
from content.text import clean

MAX_TIMES = 500


@dataclass(frozen=True)
class Settled:
    """What the desk settles: which frozen lines (by place), how often, when; or an exemption.

    No line at all needs a reason too: nothing of the list applies.
    """

    lines: Sequence[int]
    moment: Moment
    times: int = 1
    exempt_group: str = ""
    reason: str = ""
    proof: str = ""


@dataclass(frozen=True)
class Standing:
    """The money of a dossier at a glance, in đồng. ``unsettled``: a fee may be due, and nobody
    has said which; ``implied`` lines follow from the frozen fees without any doubt."""

    charges: tuple[Charge, ...]
    implied: tuple[dict[str, Any], ...]
    unsettled: bool

    @property
    def owed(self) -> int:
        """What is still to be paid."""
        rows = sum(one.amount for one in self.charges if one.state in OWED)
        return rows + sum(int(one["amount"]) for one in self.implied)

    @property
    def paid(self) -> int:
        """What was paid and has not gone back."""
        return sum(one.amount for one in self.charges if one.state is ChargeState.PAID)

    @property
    def refunded(self) -> int:
        """What went back."""
        return sum(one.amount for one in self.charges if one.state is ChargeState.REFUNDED)

    @property
    def at_the_post(self) -> int:
        """What the post takes for us."""
        return sum(one.amount for one in self.charges if one.state is ChargeState.WAITING)


def standing_of(session: Session, dossier: Dossier) -> Standing:
    """What was settled, else what follows from the frozen fees."""
    charges = tuple(charges_of(session, dossier))
    if any(one.obligation_id is None for one in charges):
        return Standing(charges, (), unsettled=False)
    certain = certain_amount(dossier.fees)
    if certain is not None:
        # What was taken in the same visit stands in its book (T19).
        lines = tuple(one for one in dossier.fees or () if one["amount"] and not one.get("taken"))
        return Standing(charges, lines, unsettled=False)
    payable = any(one["amount"] != 0 for one in dossier.fees or ())
    return Standing(charges, (), unsettled=payable and not is_settled(dossier.fees))


def charge_from(
    dossier: Dossier, line: dict[str, Any], moment: Moment, by: Account | None, now: datetime
) -> Charge:
    """A frozen line as one to be paid; what is exempt stays a line of 0 with its reason."""
    exempt = line.get("exempt") if line["amount"] == 0 else None
    return Charge(
        dossier=dossier,
        kind=ChargeKind(line["kind"]) if line["kind"] else ChargeKind.FEE,
        name=charge_name(line),
        amount=int(line["amount"]),
        moment=Moment.EXEMPT if exempt else moment,
        state=ChargeState.UNPAID,
        exempt_reason=exempt or "",
        set_by_id=by.id if by else None,
        set_at=now,
    )


def charges_from(dossier: Dossier, said: Settled, by: Account, now: datetime) -> list[Charge]:
    """The lines of a decision. Raises ``Invalid``: ``lines``, ``times``, ``reason``, ``proof``."""
    frozen = list(dossier.fees or ())
    chosen = sorted(set(said.lines))
    if any(not 0 <= one < len(frozen) for one in chosen):
        raise Invalid({"lines": "unknown"})
    if not 1 <= said.times <= MAX_TIMES:
        raise Invalid({"times": "out_of_range"})
    if said.moment is Moment.EXEMPT or not chosen:
        return _exempt(dossier, [frozen[one] for one in chosen], said, by, now)
    lines = [_payable(frozen[one]) for one in chosen]
    made = []
    for line in lines:
        amount = line["amount"] if line.get("settled") else line["amount"] * said.times
        made.append(charge_from(dossier, {**line, "amount": amount}, said.moment, by, now))
    return made


def charge_name(line: dict[str, Any]) -> str:
    """``Lệ phí (trực tiếp)``: the kind first, for receipts are parted by it."""
    kind = (line["kind"] or "phí").capitalize()
    condition = said_condition(line)
    return (f"{kind} ({condition})" if condition else kind)[:MAX_CHARGE]


def _payable(line: dict[str, Any]) -> dict[str, Any]:
    if line["currency"] != "VND" or line["amount"] is None:
        raise Invalid({"lines": "amount_unknown"})
    return line


def _exempt(
    dossier: Dossier, lines: list[dict[str, Any]], said: Settled, by: Account, now: datetime
) -> list[Charge]:
    """Lines of 0; who is exempt shows a proof, who is charged nothing is told why."""
    group = demand_short(said.exempt_group, "exempt_group", MAX_CHARGE)
    reason = clean(said.reason, multiline=True)[:MAX_REASON]
    proof = demand_short(said.proof, "proof", MAX_CHARGE)
    problems = {} if reason or group else {"reason": "required"}
    if group and not proof:
        problems["proof"] = "required"
    if problems:
        raise Invalid(problems)
    nothing = {"kind": None, "condition": None, "amount": 0, "exempt": None}
    made = [
        charge_from(dossier, {**one, "amount": 0}, Moment.EXEMPT, by, now)
        for one in lines or [nothing]
    ]
    for one in made:
        one.moment, one.exempt_group, one.proof = Moment.EXEMPT, group, proof
        one.exempt_reason = reason or group
    return made
