"""What the events of a dossier's log carry in ``data``, one dataclass for each kind of act.

Services write ``as_data(SupplementAsked(...))``, papers and reports read
``SupplementAsked.of(event.data)``. Reading is tolerant: logs are never rewritten, so what an
older or imported event does not tell is empty, and keys nobody knows are left alone. Days
and moments are ISO 8601 texts in the log and dates or aware moments here. The reason of an
act stands in the event's ``text``; ``reason`` in ``data`` wins where both are there.
Nothing here holds personal data beyond what the dossier itself has.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any, Self

Data = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Said:
    """Base of all: how it is read from the log. Every field has a default."""

    @classmethod
    def of(cls, data: Data) -> Self:
        """The values of one event; what is missing or of another shape is the default."""
        known = {one.name: data[one.name] for one in fields(cls) if data.get(one.name) is not None}
        return cls(**{name: _READERS.get(name, _text)(value) for name, value in known.items()})


@dataclass(frozen=True, kw_only=True)
class Numbered(Said):
    """An act that leaves a numbered paper; the number is given once, when the paper is issued.

    ``number`` and ``symbol`` are filled only where the act itself gave them, as such or as
    ``slip`` (``slip_numbers.issue_number``); else the issued paper has them.
    """

    number: int | None = None
    symbol: str = ""

    @classmethod
    def of(cls, data: Data) -> Self:
        """The values of one event, with the number of its slip where it has one: an act may
        count something else too (the requests of a dossier)."""
        slip = _mapping(data.get("slip")) or {}
        given = {name: slip[name] for name in ("number", "symbol") if name in slip}
        return super().of({**data, **given})


@dataclass(frozen=True, kw_only=True)
class Item:
    """A paper or a part of the form that is to be brought or mended, and how."""

    paper: str
    remark: str = ""


@dataclass(frozen=True, kw_only=True)
class SignedBy:
    """The leader who signs: ``capacity`` ("KT. CHỦ TỊCH") may be empty."""

    name: str = ""
    title: str = ""
    capacity: str = ""


@dataclass(frozen=True, kw_only=True)
class CountedPaper:
    """A paper with how many originals, certified copies, plain copies and files there are."""

    name: str
    originals: int = 0
    certified: int = 0
    copies: int = 0
    electronic: int = 0


@dataclass(frozen=True, kw_only=True)
class ChargeLine:
    """A fee in whole đồng and whether it was paid at that moment."""

    name: str
    amount: int
    paid: bool = False


@dataclass(frozen=True, kw_only=True)
class Received(Said):
    """``accept``, ``receive_at_counter``, ``receive_by_post`` (T2, T3).

    ``register`` is ``{"year", "number"}`` and may name a ``volume``. ``papers`` and ``charges``
    are told by receptions at the desk; without them the dossier's own papers and fees hold.
    ``decides`` names the competent agency where it is not one at the desk.
    """

    register: Data | None = None
    due_date: date | None = None
    papers: tuple[CountedPaper, ...] = ()
    charges: tuple[ChargeLine, ...] | None = None
    second_due: str = ""
    decides: str = ""


@dataclass(frozen=True, kw_only=True)
class ReceptionRefused(Numbered):
    """``refuse_reception`` (T4)."""

    reason: str = ""
    legal_basis: str = ""


@dataclass(frozen=True, kw_only=True)
class SupplementAsked(Numbered):
    """``request_supplement_intake``, ``request_supplement_process`` (T5, T8).

    ``reply_by`` is the last day of the applicant's time, if the procedure sets one;
    ``guide`` who answers questions, by default the officer of the event.
    """

    items: tuple[Item, ...] = ()
    reason: str = ""
    legal_basis: str = ""
    reply_by: date | None = None
    guide: str = ""
    guide_phone: str = ""


@dataclass(frozen=True, kw_only=True)
class Apologised(Numbered):
    """``apologise_and_extend`` (T17): the date that is missed and the new one."""

    old_due: date | None = None
    new_due: date | None = None
    reason: str = ""
    late_unit: str = ""
    signed_by: SignedBy | None = None


@dataclass(frozen=True, kw_only=True)
class Stopped(Numbered):
    """``stop``, ``supplement_expired``, ``withdraw`` (T13, T9, T12).

    ``requested_on`` is there when the applicant asked for it; ``stage`` is where the work
    stood; ``papers_back`` and ``money_back`` say in words what is given back.
    """

    reason: str = ""
    stage: str = ""
    requested_on: date | None = None
    legal_basis: str = ""
    papers_back: str = ""
    money_back: str = ""
    signed_by: SignedBy | None = None

    @classmethod
    def of(cls, data: Data) -> Self:
        """The values of one event; services call what is given back papers and money."""
        given = {
            "papers_back": data.get("papers"),
            "money_back": data.get("money") or data.get("refund"),
        }
        return super().of({**given, **data})


@dataclass(frozen=True, kw_only=True)
class RefusedAfterAppraisal(Numbered):
    """``refuse_after_appraisal`` (T14): the refusal is the result."""

    reason: str = ""
    legal_basis: str = ""
    signed_by: SignedBy | None = None


@dataclass(frozen=True, kw_only=True)
class MoneyTaken(Numbered):
    """``payment_confirmed`` (T11), or fees taken at the desk: what the receipt lists.

    ``means`` in words ("tiền mặt", "chuyển khoản"), ``reference`` that of the provider.
    """

    charges: tuple[ChargeLine, ...] = ()
    payer: str = ""
    means: str = ""
    reference: str = ""


@dataclass(frozen=True, kw_only=True)
class ResultReturned(Numbered):
    """``hand_over_result`` (T16): who took it, by what proof, and which papers.

    ``means`` in words ("trực tiếp", "bưu chính", "trực tuyến"); ``proof`` what was looked at
    ("Thẻ căn cước", "Giấy ủy quyền"), never its number; ``tracking`` the postal number.
    """

    recipient: str = ""
    means: str = ""
    proof: str = ""
    tracking: str = ""
    papers: tuple[CountedPaper, ...] = ()
    originals_back: tuple[CountedPaper, ...] = ()


def as_data(said: Said) -> dict[str, Any]:
    """The values as an event's ``data``: JSON, without what is empty."""
    told = {one.name: _plain(getattr(said, one.name)) for one in fields(said)}
    return {name: value for name, value in told.items() if value not in (None, "")}


def _plain(value: Any) -> Any:
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if isinstance(value, Item | SignedBy | CountedPaper | ChargeLine):
        return {one.name: getattr(value, one.name) for one in fields(value)}
    return dict(value) if isinstance(value, Mapping) else value


def _text(value: Any) -> str:
    return value.strip() if isinstance(value, str) else ""


def _number(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _day(value: Any) -> date | None:
    """A day; of a moment its day as written."""
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        return None


def _mapping(value: Any) -> Data | None:
    return value if isinstance(value, Mapping) else None


def _rows(value: Any) -> Sequence[Data]:
    rows = value if isinstance(value, list | tuple) else ()
    return [one if isinstance(one, Mapping) else {"paper": one, "name": one} for one in rows]


def _items(value: Any) -> tuple[Item, ...]:
    found = [
        (_text(one.get("paper") or one.get("name")), _text(one.get("remark")))
        for one in _rows(value)
    ]
    return tuple(Item(paper=paper, remark=remark) for paper, remark in found if paper)


def _papers(value: Any) -> tuple[CountedPaper, ...]:
    counts = ("originals", "certified", "copies", "electronic")
    return tuple(
        CountedPaper(
            name=_text(one.get("name")), **{key: _number(one.get(key)) or 0 for key in counts}
        )
        for one in _rows(value)
        if _text(one.get("name"))
    )


def _charges(value: Any) -> tuple[ChargeLine, ...]:
    found = [(one, _number(one.get("amount"))) for one in _rows(value)]
    return tuple(
        ChargeLine(name=_text(one.get("name")), amount=amount, paid=one.get("paid") is True)
        for one, amount in found
        if amount is not None
    )


def _signed_by(value: Any) -> SignedBy | None:
    if not isinstance(value, Mapping):
        return SignedBy(name=_text(value)) if _text(value) else None
    return SignedBy(
        name=_text(value.get("name")),
        title=_text(value.get("title")),
        capacity=_text(value.get("capacity")),
    )


_READERS: dict[str, Any] = {
    "number": _number,
    "register": _mapping,
    "due_date": _day,
    "reply_by": _day,
    "old_due": _day,
    "new_due": _day,
    "requested_on": _day,
    "items": _items,
    "papers": _papers,
    "originals_back": _papers,
    "charges": _charges,
    "signed_by": _signed_by,
}
