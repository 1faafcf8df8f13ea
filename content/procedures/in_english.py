"""A procedure's page in English: texts from its translation, figures from its record.

Whatever has no translation, and every remark about money or time whose original changed,
is told in the words of the record, and says that these are Vietnamese. So no figure of a
page in English can be older than the record.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from content import english
from content.procedures.kinds import LimitUnit, ServiceLevel, Status
from content.procedures.models import Procedure
from content.procedures.presentation import Sheet, paper_groups, sheet, still_due
from content.procedures.records import Record
from content.procedures.repairs import FeeReading, Limit, read
from content.procedures.translating import AUTHORITY, NAME, REQUIREMENTS, RESULT, STEPS
from content.procedures.wording import per_unit
from content.writing.models import Translation
from content.writing.translatable import Said
from content.writing.translations import Source, memory, shown

UNKNOWN = "no information yet"
FREE = "Free of charge"

_UNITS = {
    LimitUnit.WORKING_DAY: ("working day", "working days"),
    LimitUnit.DAY: ("day", "days"),
    LimitUnit.WEEK: ("week", "weeks"),
    LimitUnit.MONTH: ("month", "months"),
    LimitUnit.YEAR: ("year", "years"),
    LimitUnit.WORKING_HOUR: ("working hour", "working hours"),
}
_SAME_DAY = "The same day; if received after 15:00, the next working day"
STATUSES = {
    Status.DRAFT: "Draft",
    Status.TO_VERIFY: "To be checked",
    Status.HISTORICAL: "Historical data, validity not confirmed",
    Status.NOT_YET: "Published, not yet in force",
    Status.IN_FORCE: "In force",
    Status.EXPIRED: "No longer in force",
    Status.ABOLISHED: "Abolished",
}
LEVELS = {
    "xã": "Commune level",
    "huyện": "District level",
    "tỉnh": "Province level",
    "cơ quan khác": "Other agency",
}
CHANNELS = {"trực tuyến": "online", "trực tiếp": "in person", "bưu chính": "by post"}
SERVICE_LEVELS = {
    ServiceLevel.FULL: "fully online",
    ServiceLevel.PARTIAL: "partly online",
    ServiceLevel.INFORMATION: "information only",
}
#: Law 97/2015/QH13 on fees and charges.
FEE_KINDS = {"phí": "Fee", "lệ phí": "Charge"}
AGENCIES = {
    "receives": "Where to submit",
    "decides": "Deciding agency",
    "cooperates": "Cooperating agency",
}


@dataclass(frozen=True)
class EnglishFee:
    """One fee."""

    kind: str
    amount: str
    per: Said | None
    channels: str
    condition: Said | None
    exempt: Said | None
    valid_from: date | None
    valid_to: date | None


@dataclass(frozen=True)
class EnglishPaper:
    """One paper to bring."""

    name: Said
    copies: str
    form_name: Said | None
    is_obligatory: bool


@dataclass(frozen=True)
class EnglishPapers:
    """Papers of one case, or of everyone."""

    case: Said | None
    papers: tuple[EnglishPaper, ...]


@dataclass(frozen=True)
class EnglishLimit:
    """A time limit and the record's remark on it."""

    told: Said
    remark: Said | None = None
    channel: str = ""


@dataclass(frozen=True)
class EnglishSheet:
    """Everything the English page of a procedure says."""

    name: Said
    status: str
    level: str
    limit: EnglishLimit
    local_limit: EnglishLimit | None
    channel_limits: tuple[EnglishLimit, ...]
    how_much: str
    fees: tuple[EnglishFee, ...]
    papers: tuple[EnglishPapers, ...]
    papers_left_out: int
    steps: tuple[Said, ...]
    forms: tuple[Said, ...]
    applicants: tuple[Said, ...]
    authority: Said | None
    agencies: tuple[tuple[str, Said], ...]
    channels: str
    service_level: str
    result: Said | None
    requirements: Said | None
    legal_bases: tuple[tuple[str, date | None], ...]


class _Teller:
    """Says a text of the record in English where the translation can."""

    def __init__(self, translation: Translation, source: Source) -> None:
        self._memory = memory(translation)
        self._texts = shown(translation, source)

    def exactly(self, text: str | None) -> Said | None:
        """The translation of these very words, else the words."""
        if not text:
            return None
        known = self._memory.get(text)
        return Said(known) if known else Said(text, "vi")

    def words(self, text: str) -> Said:
        """The same for a text that is there."""
        return self.exactly(text) or Said(text, "vi")

    def piece(self, key: str, text: str | None) -> Said | None:
        """The translation of this piece even if its original changed since."""
        if not text:
            return None
        known = self._texts.get(key)
        return Said(known) if known else self.exactly(text)


def english_sheet(
    procedure: Procedure, document: Record, translation: Translation, source: Source, on: date
) -> EnglishSheet:
    """The record in English; fees whose time is over on the day ``on`` are left out."""
    tell, told, reading = _Teller(translation, source), sheet(document, on), read(document)
    due = still_due(document.get("fee") or (), reading.fees, on)
    channels = [one["channel"] for one in document.get("time_limit_by_channel") or ()]
    by_channel = zip(channels, reading.channel_limits, strict=True)
    return EnglishSheet(
        name=tell.piece(NAME, told.name) or Said(told.name, "vi"),
        status=_status(procedure),
        level=LEVELS[procedure.level],
        limit=_limit(tell, reading.limit),
        local_limit=_limit(tell, reading.local_limit) if reading.local_limit else None,
        channel_limits=tuple(_limit(tell, one, _channel(name)) for name, one in by_channel),
        how_much=fees_in_english(due),
        fees=tuple(_fee(tell, *one) for one in due),
        papers=tuple(_papers(tell, document)),
        papers_left_out=told.papers_left_out,
        steps=_steps(tell, told),
        forms=tuple(tell.words(one.name) for one in told.forms),
        applicants=tuple(tell.words(one) for one in told.applicants),
        authority=tell.piece(AUTHORITY, told.authority),
        agencies=tuple(
            (words, tell.words(told.agencies[who]))
            for who, words in AGENCIES.items()
            if who in told.agencies
        ),
        channels=", ".join(words for name, words in CHANNELS.items() if name in told.channels),
        service_level=SERVICE_LEVELS[told.service_level] if told.service_level else "",
        result=tell.piece(RESULT, told.result),
        requirements=tell.piece(REQUIREMENTS, told.requirements),
        legal_bases=told.legal_bases,
    )


def limit_in_english(limit: Limit | None) -> str | None:
    """``7 working days``; ``None`` where only the words of the record tell."""
    if limit is None:
        return UNKNOWN
    if limit.unit is LimitUnit.SAME_DAY:
        return _SAME_DAY
    if limit.value is None:
        return None if limit.text else UNKNOWN
    if limit.unit is None:
        return f"{english.decimal(limit.value)} (unit not stated)"
    return english.counted(limit.value, *_UNITS[limit.unit])


def amount_in_english(amount: int | None, currency: str) -> str:
    """``20,000 VND``, ``1.5 USD``, ``Free of charge``."""
    if amount is None:
        return UNKNOWN
    if amount == 0:
        return FREE
    if currency == "VND":
        return english.money(amount)
    return f"{english.decimal(amount / 100)} {currency}"


def fees_in_english(fees: Iterable[tuple[Record, FeeReading]]) -> str:
    """One line for all fees: nothing, one amount, or from the least to the most."""
    readings = [reading for _fee, reading in fees]
    known = sorted({r.amount for r in readings if r.amount is not None and r.currency == "VND"})
    others = [amount_in_english(r.amount, r.currency) for r in readings if r.currency != "VND"]
    parts = ([_range(known)] if known else []) + list(dict.fromkeys(others))
    if not parts:
        return UNKNOWN
    open_ended = any(reading.amount is None for reading in readings)
    return "; ".join(parts) + (f"; other amounts: {UNKNOWN}" if open_ended else "")


def _range(amounts: Sequence[int]) -> str:
    least, most = amounts[0], amounts[-1]
    if most == 0:
        return FREE
    if least == most:
        return english.money(most)
    if least == 0:
        return f"{FREE} or up to {english.money(most)}, depending on the case"
    return f"From {english.money(least)} to {english.money(most)}"


def _status(procedure: Procedure) -> str:
    words, since = STATUSES[procedure.status], procedure.status_since
    dated = procedure.status in {Status.EXPIRED, Status.ABOLISHED, Status.NOT_YET}
    if since is None or not dated:
        return words
    joined = "from" if procedure.status is Status.NOT_YET else "since"
    return f"{words} ({joined} {english.day(since)})"


def _limit(tell: _Teller, limit: Limit | None, channel: str = "") -> EnglishLimit:
    told, remark = limit_in_english(limit), tell.exactly(limit.text if limit else None)
    if told is None:
        return EnglishLimit(remark or Said(UNKNOWN), channel=channel)
    return EnglishLimit(Said(told), remark, channel)


def _channel(name: str) -> str:
    return CHANNELS.get(name, name)


def _fee(tell: _Teller, fee: Record, reading: FeeReading) -> EnglishFee:
    condition = fee.get("condition")
    return EnglishFee(
        kind=FEE_KINDS.get(fee.get("kind") or "", "Fee or charge"),
        amount=amount_in_english(reading.amount, reading.currency),
        per=tell.exactly(per_unit(fee.get("unit"))) if reading.amount else None,
        channels=", ".join(_channel(one) for one in fee.get("channels") or ()),
        # "không thu" only repeats an amount of zero.
        condition=None if condition == "không thu" else tell.exactly(condition),
        exempt=tell.exactly(fee.get("exempt")),
        valid_from=reading.valid_from,
        valid_to=reading.valid_to,
    )


def _papers(tell: _Teller, document: Record) -> Iterable[EnglishPapers]:
    counts = document.get("dossier") or ()
    for group in paper_groups(document):
        papers = tuple(
            EnglishPaper(
                name=tell.words(paper.name),
                copies=_copies(counts[paper.place]),
                form_name=tell.exactly(paper.form_name),
                is_obligatory=paper.is_obligatory,
            )
            for paper in group.papers
        )
        yield EnglishPapers(tell.exactly(group.case), papers)


def _copies(paper: Record) -> str:
    originals, copies = paper.get("originals"), paper.get("copies")
    told = [english.counted(originals, "original", "originals")] if originals else []
    told += [english.counted(copies, "copy", "copies")] if copies else []
    if told:
        return ", ".join(told)
    known = originals is not None or copies is not None
    return "number of copies not stated" if known else UNKNOWN


def _steps(tell: _Teller, told: Sheet) -> tuple[Said, ...]:
    said = tell.piece(STEPS, "\n".join(told.steps))
    if said is None:
        return ()
    if said.language == "vi":
        return tuple(Said(one, "vi") for one in told.steps)
    return tuple(Said(line) for line in said.text.split("\n") if line.strip())
