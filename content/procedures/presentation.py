"""A procedure as people need it: how long, how much, what to bring, where to go.

Made from the frozen document of a version and nothing else, so that page, print and
posting sheet agree. Prepared values, no HTML; what is not known is said, never zero.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from content.procedures.cut_names import is_cut, spoken_name
from content.procedures.kinds import ServiceLevel
from content.procedures.projecting import case_names, is_choice, is_obligatory
from content.procedures.records import KEYS, Record
from content.procedures.repairs import FeeReading, Limit, Reading, read, read_fees
from content.procedures.validation import unknown_keys
from content.procedures.wording import (
    FREE,
    UNKNOWN,
    amount_in_words,
    as_of_in_words,
    limit_from_json,
    limit_in_words,
)
from content.words import money

#: Parts of a procedure (NĐ 63/2010 art. 8) that a record may leave open.
PARTS = {
    "steps": "Trình tự thực hiện",
    "channels": "Cách thức thực hiện",
    "dossier": "Thành phần hồ sơ",
    "sets": "Số lượng hồ sơ",
    "time_limit": "Thời hạn giải quyết",
    "applicants": "Đối tượng thực hiện",
    "agencies": "Cơ quan tiếp nhận, có thẩm quyền và phối hợp",
    "result": "Kết quả thực hiện",
    "fee": "Phí, lệ phí",
    "forms": "Mẫu đơn, tờ khai",
    "requirements": "Yêu cầu, điều kiện",
    "legal_bases": "Căn cứ pháp lý",
    "service_level": "Mức độ trực tuyến",
}
#: Kept for editors.
_UNPUBLISHED = ("source", "source_note")


@dataclass(frozen=True)
class FeeLine:
    """One fee; ``channels`` is empty where it is the same for all."""

    kind: str
    amount: str
    channels: tuple[str, ...]
    condition: str | None
    exempt: str | None
    valid_from: date | None
    valid_to: date | None


@dataclass(frozen=True)
class Paper:
    """One paper; ``place`` is its place in the document, ``copies`` how many of which,
    ``is_cut`` whether the source does not say its name to the end."""

    place: int
    name: str
    copies: str
    form_name: str | None
    is_obligatory: bool
    is_cut: bool = False


@dataclass(frozen=True)
class PaperGroup:
    """Papers of one case, or of everyone (``case`` is ``None``).

    ``is_choice``: the case asks "is this yours?"; otherwise it only heads a list.
    """

    case: str | None
    is_choice: bool
    papers: tuple[Paper, ...]


@dataclass(frozen=True)
class Form:
    """A form by name; whether a file of ours exists is asked of the version's rows."""

    place: int
    name: str
    code: str | None
    file_name: str | None


@dataclass(frozen=True)
class Sheet:
    """Everything a procedure page says."""

    name: str
    how_long: str
    local_how_long: str | None
    limit_text: str | None
    limits_by_channel: tuple[tuple[str, str], ...]
    how_much: str
    fees: tuple[FeeLine, ...]
    papers: tuple[PaperGroup, ...]
    papers_left_out: int
    sets: int | None
    channels: tuple[str, ...]
    steps: tuple[str, ...]
    forms: tuple[Form, ...]
    legal_bases: tuple[tuple[str, date | None], ...]
    authority: str | None
    agencies: dict[str, str]
    applicants: tuple[str, ...]
    result: str | None
    requirements: str | None
    service_level: ServiceLevel | None
    decision_no: str | None
    as_of: str
    official_url: str | None
    official_host: str | None
    missing: tuple[str, ...]


def sheet(document: Record, on: date | None = None) -> Sheet:
    """A document, said; fees whose time is over on the day ``on`` are left out."""
    reading = read(document)
    dossier = document.get("dossier") or []
    return Sheet(
        name=document["name"],
        how_long=limit_in_words(reading.limit),
        local_how_long=limit_in_words(reading.local_limit) if reading.local_limit else None,
        limit_text=_remark(reading.limit),
        limits_by_channel=_limits_by_channel(document, reading),
        how_much=fees_in_words(still_due(document.get("fee") or (), reading.fees, on)),
        fees=tuple(
            _fee_line(*fee) for fee in still_due(document.get("fee") or (), reading.fees, on)
        ),
        papers=paper_groups(document),
        papers_left_out=max(0, (document.get("dossier_total") or 0) - len(dossier)),
        sets=document.get("sets"),
        channels=tuple(document.get("channels") or ()),
        steps=tuple(document.get("steps") or ()),
        forms=_forms(document),
        legal_bases=tuple(
            (basis["number"], _date(basis.get("date")))
            for basis in document.get("legal_bases") or ()
        ),
        authority=document.get("authority"),
        agencies={who: name for who, name in (document.get("agencies") or {}).items() if name},
        applicants=reading.applicants or (),
        result=document.get("result"),
        requirements=_requirements(document),
        service_level=reading.service_level,
        decision_no=document.get("decision_no"),
        as_of=as_of_in_words(document.get("as_of")),
        official_url=document.get("official_url"),
        official_host=urlsplit(document.get("official_url") or "").hostname,
        missing=missing_parts(document),
    )


def public_document(document: Record) -> Record:
    """The document as the API gives it: what the format knows, without the sources."""
    hidden = set(unknown_keys(document))
    shown = {key: document[key] for key in KEYS if key in document and key not in _UNPUBLISHED}
    if "local_variants" in shown:
        shown["local_variants"] = [_without_source(one) for one in shown["local_variants"]]
    return {key: _known_only(value, key, hidden) for key, value in shown.items()}


def card_limit(card: dict[str, Any]) -> str:
    """The limit of a card in words."""
    return limit_in_words(limit_from_json(card.get("limit")))


def card_fee(card: dict[str, Any], on: date | None = None) -> str:
    """The fees of a card in words."""
    fees = card.get("fee") or []
    return fees_in_words(still_due(fees, read_fees(fees), on))


def fees_in_words(fees: Iterable[tuple[Record, FeeReading]]) -> str:
    """One line for all fees: nothing, one amount, or from the least to the most."""
    given = list(fees)
    dollars = [amount_in_words(r.amount, r.currency, None) for _, r in given if r.currency != "VND"]
    known = sorted({r.amount for _, r in given if r.amount is not None and r.currency == "VND"})
    open_ended = any(reading.amount is None for _, reading in given)
    parts = ([_range(known)] if known else []) + list(dict.fromkeys(dollars))
    if not parts:
        return UNKNOWN
    return "; ".join(parts) + (f"; mức khác: {UNKNOWN}" if open_ended else "")


def paper_groups(document: Record) -> tuple[PaperGroup, ...]:
    """The papers by case: those of everyone first, then the cases as the source has them."""
    by_case: dict[str | None, list[Paper]] = {None: [], **{one: [] for one in case_names(document)}}
    for place, paper in enumerate(document.get("dossier") or ()):
        by_case[paper.get("case") or None].append(_paper(place, paper))
    groups = (
        PaperGroup(case, bool(case and is_choice(case)), tuple(papers))
        for case, papers in by_case.items()
        if papers
    )
    return tuple(groups)


def missing_parts(document: Record) -> tuple[str, ...]:
    """The names of the parts the record leaves open, in the order of the law."""
    return tuple(name for key, name in PARTS.items() if document.get(key) in (None, [], {}))


def papers_left_out_in_words(count: int) -> str:
    """The notice under a list that its source cut."""
    return f"Danh sách trên còn thiếu {count} loại giấy tờ. Xem đủ tại trang chính thức."


def _range(amounts: Sequence[int]) -> str:
    least, most = amounts[0], amounts[-1]
    if most == 0:
        return FREE
    if least == most:
        return money(most)
    if least == 0:
        return f"{FREE} hoặc đến {money(most)}, tùy trường hợp"
    return f"Từ {money(least)} đến {money(most)}"


def still_due(
    fees: Iterable[Record], readings: Iterable[FeeReading], on: date | None
) -> list[tuple[Record, FeeReading]]:
    """The fees with their readings, without those whose time is over on a day."""
    pairs = zip(fees, readings, strict=True)
    return [
        (fee, reading)
        for fee, reading in pairs
        if on is None or reading.valid_to is None or reading.valid_to >= on
    ]


def _fee_line(fee: Record, reading: FeeReading) -> FeeLine:
    return FeeLine(
        kind=(fee.get("kind") or "phí, lệ phí").capitalize(),
        amount=amount_in_words(reading.amount, reading.currency, fee.get("unit")),
        channels=tuple(fee.get("channels") or ()),
        # "không thu" only repeats an amount of zero.
        condition=None if fee.get("condition") == "không thu" else fee.get("condition"),
        exempt=fee.get("exempt"),
        valid_from=reading.valid_from,
        valid_to=reading.valid_to,
    )


def _paper(place: int, paper: Record) -> Paper:
    originals, copies = paper.get("originals"), paper.get("copies")
    counts = ((originals, "bản chính"), (copies, "bản sao"))
    told = [f"{count} {word}" for count, word in counts if count]
    known = originals is not None or copies is not None
    return Paper(
        place=place,
        name=spoken_name(paper["name"]),
        copies=", ".join(told) if told else ("không nêu số bản" if known else UNKNOWN),
        form_name=paper.get("form_name"),
        is_obligatory=is_obligatory(paper),
        is_cut=is_cut(paper["name"]),
    )


def _limits_by_channel(document: Record, reading: Reading) -> tuple[tuple[str, str], ...]:
    pairs = zip(document.get("time_limit_by_channel") or (), reading.channel_limits, strict=True)
    return tuple((given["channel"], limit_in_words(limit)) for given, limit in pairs)


def _remark(limit: Limit | None) -> str | None:
    """The source's own words, where they say more than value and unit."""
    return limit.text if limit and limit.value is not None else None


def _forms(document: Record) -> tuple[Form, ...]:
    return tuple(
        Form(
            place=place,
            name=form.get("for") or form.get("code") or form.get("file") or UNKNOWN,
            code=form.get("code"),
            file_name=form.get("file"),
        )
        for place, form in enumerate(document.get("forms") or ())
    )


def _requirements(document: Record) -> str | None:
    """Some sources only tell that there are conditions, not which."""
    said: str | None = document.get("requirements")
    return "Có yêu cầu, điều kiện; nội dung chưa có thông tin." if said == "có" else said


def _known_only(value: Any, path: str, hidden: set[str]) -> Any:
    """A value without the keys the format does not know."""
    if isinstance(value, dict):
        return {key: inner for key, inner in value.items() if f"{path}.{key}" not in hidden}
    if isinstance(value, list):
        return [_known_only(one, f"{path}[{place}]", hidden) for place, one in enumerate(value)]
    return value


def _without_source(variant: Record) -> Record:
    return {key: value for key, value in variant.items() if key != "source"}


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
