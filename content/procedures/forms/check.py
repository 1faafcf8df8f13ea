"""Are these answers complete and acceptable? Problems with codes, no sentences.

The sentences are made where people read them (``portal/forms/messages.py``); only a
question's own ``message`` travels along. Hidden questions are never checked.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from content.procedures.forms import identity
from content.procedures.forms.conditions import day, is_answered, number
from content.procedures.forms.definition import (
    ABROAD,
    FILE_TYPES,
    MAX_FILE_BYTES,
    MAX_FILES,
    PARAGRAPH_MAX,
    TEXT_MAX,
    USUAL_FILE_TYPES,
    Answers,
    FormDefinition,
    Kind,
    Path,
    Question,
)
from content.procedures.forms.patterns import matches
from content.procedures.forms.visibility import walk

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
MAX_EMAIL = 254
#: All files of one dossier together, in bytes.
MAX_DOSSIER_BYTES = 50 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Problem:
    """Why an answer cannot be taken. ``code`` is stable, ``data`` fills its sentence."""

    path: Path
    code: str
    data: Mapping[str, Any] = field(default_factory=dict)
    message: str | None = None


class Places(Protocol):
    """Names of provinces and communes by their codes (QĐ 19/2025/QĐ-TTg)."""

    def province_name(self, code: str) -> str | None:
        """The province's name, or ``None`` if there is no such province."""

    def commune_name(self, province: str, code: str) -> str | None:
        """The commune's name, or ``None`` if the province has no such commune."""


@dataclass(frozen=True, slots=True)
class _Ground:
    """What checks may look at beside the answer: today, place names, answers nearby."""

    date: date
    places: Places | None
    nearby: Callable[[str], Any]

    @property
    def today(self) -> str:
        """ISO, as stored dates are."""
        return self.date.isoformat()


Found = tuple[str, dict[str, Any]]


def check(
    definition: FormDefinition,
    answers: Answers,
    now: datetime,
    *,
    sections: Collection[str] | None = None,
    places: Places | None = None,
) -> list[Problem]:
    """Everything that keeps these answers from being filed, in the order of the form.

    Blank rows count as rows here; ``prune`` takes them away.
    ``sections`` limits the check to some steps. Without ``places`` the codes of an
    address are not compared with the list of provinces and communes.
    """
    today = day_of(now)
    problems: list[Problem] = []
    blank_groups: list[Path] = []
    total = 0
    # To the end before anything is judged: an answer may have to agree with a later one.
    for item in tuple(walk(definition, answers, today=today)):
        if item.question.kind is Kind.FILE:
            total += sum(one["size"] for one in item.value or ())
        if sections is not None and item.section.id not in sections:
            continue
        if _in_blank_group(item.path, blank_groups):
            continue
        if item.question.kind is Kind.REPEAT and not is_answered(item.value):
            blank_groups.append(item.path)
        ground = _Ground(today, places, item.nearby)
        problems += _problems(item.question, item.path, item.value, ground)
        if item.question.kind is Kind.FILE and item.value and total > MAX_DOSSIER_BYTES:
            problems.append(Problem(item.path, "files_too_large", {"limit": MAX_DOSSIER_BYTES}))
    return problems


def day_of(now: datetime) -> date:
    """The day it is for whoever fills in a form."""
    return now.astimezone(VIETNAM).date()


def _in_blank_group(path: Path, blank: list[Path]) -> bool:
    """Of a wholly blank group only the group itself is named, not each of its fields."""
    return any(path[: len(group)] == group for group in blank)


def _problems(question: Question, path: Path, value: Any, ground: _Ground) -> Iterator[Problem]:
    if question.kind is Kind.STATEMENT:
        if question.stop:
            yield Problem(path, "stopped")
        return
    if question.formula is not None:
        return
    if not is_answered(value):
        if question.required:
            own = question.required_message
            yield Problem(path, "required", {"kind": question.kind.value}, own)
        elif question.min_rows:
            yield Problem(path, "too_few_rows", {"limit": question.min_rows})
        return
    for code, data in _CHECKS[question.kind](question, value, ground):
        # A pattern's message is about the pattern; without one it is about every check.
        own = question.message if code == "pattern" or not question.pattern else None
        yield Problem(path, code, data, own)


def _text(question: Question, value: str, ground: _Ground) -> Iterator[Found]:
    limits = question.limits
    usual = PARAGRAPH_MAX if question.kind is Kind.PARAGRAPH else TEXT_MAX
    longest = limits.max_length or usual
    if len(value) > longest:
        yield "too_long", {"limit": longest, "length": len(value)}
    elif len(value) < (limits.min_length or 0):
        yield "too_short", {"limit": limits.min_length, "length": len(value)}
    elif question.pattern and not matches(question.pattern, value):
        yield "pattern", {}


def _number(question: Question, value: str, ground: _Ground) -> Iterator[Found]:
    limits, found = question.limits, number(value)
    if found is None or len(value) > 30:
        yield "not_a_number", {}
        return
    exponent = found.as_tuple().exponent
    if isinstance(exponent, int) and -exponent > (limits.decimals or 0):
        yield "too_many_decimals", {"limit": limits.decimals or 0}
    if limits.minimum is not None and found < limits.minimum:
        yield "below_minimum", {"limit": limits.minimum, "grouped": limits.grouped}
    if limits.maximum is not None and found > limits.maximum:
        yield "above_maximum", {"limit": limits.maximum, "grouped": limits.grouped}


def _date(question: Question, value: str, ground: _Ground) -> Iterator[Found]:
    if day(value) is None:
        yield "not_a_date", {"typed": value}
        return
    earliest, latest = question.limits.earliest, question.limits.latest
    if earliest and value < (ground.today if earliest == "today" else earliest):
        yield "too_early", {"limit": earliest}
    if latest and value > (ground.today if latest == "today" else latest):
        yield "too_late", {"limit": latest}


def _national_id(question: Question, value: str, ground: _Ground) -> Iterator[Found]:
    papers = question.limits.papers or ("cccd",)
    if not identity.is_paper(value, papers, ground.date):
        yield "national_id", {"papers": papers}
        return
    born = ground.nearby(question.born) if question.born else None
    sex = ground.nearby(question.sex) if question.sex else None
    if identity.disagrees(value, born=born, sex=sex, today=ground.date):
        yield "identity_disagrees", {}


def _phone(question: Question, value: str, ground: _Ground) -> Iterator[Found]:
    if not identity.is_phone(value):
        yield "phone", {}


def _email(question: Question, value: str, ground: _Ground) -> Iterator[Found]:
    if len(value) > MAX_EMAIL or not identity.is_email(value):
        yield "email", {}


def _choice(question: Question, value: str, ground: _Ground) -> Iterator[Found]:
    if value not in {option.value for option in question.options}:
        yield "not_an_option", {}


def _choices(question: Question, value: list[str], ground: _Ground) -> Iterator[Found]:
    if set(value) - {option.value for option in question.options}:
        yield "not_an_option", {}
    yield from _count(question, len(value), "choices")


def _count(question: Question, count: int, what: str) -> Iterator[Found]:
    least, most = question.limits.min_items or 0, question.limits.max_items
    if count < least:
        yield f"too_few_{what}", {"limit": least}
    if most is not None and count > most:
        yield f"too_many_{what}", {"limit": most}


def _address(question: Question, value: Mapping[str, str], ground: _Ground) -> Iterator[Found]:
    province, commune = value.get("province"), value.get("commune")
    abroad = province == ABROAD
    detail_required = question.limits.detail_required or abroad
    if not province or not (abroad or _is_province(province, ground)):
        yield "address_province", {"part": "province"}
    elif not abroad and not (commune and _is_commune(province, commune, ground)):
        yield "address_commune", {"part": "commune"}
    if detail_required and not value.get("detail"):
        yield "address_detail", {"part": "detail", "abroad": abroad}
    elif len(value.get("detail", "")) > TEXT_MAX:
        yield "too_long", {"part": "detail", "limit": TEXT_MAX, "length": len(value["detail"])}


def _is_province(code: str, ground: _Ground) -> bool:
    return ground.places is None or ground.places.province_name(code) is not None


def _is_commune(province: str, code: str, ground: _Ground) -> bool:
    return ground.places is None or ground.places.commune_name(province, code) is not None


def _files(question: Question, value: list[dict[str, Any]], ground: _Ground) -> Iterator[Found]:
    limits = question.limits
    most = limits.max_files or MAX_FILES
    if len(value) > most:
        yield "too_many_files", {"limit": most}
    names = limits.file_types or USUAL_FILE_TYPES
    mimes = {FILE_TYPES[name][1] for name in names}
    for one in value:
        if one["type"] not in mimes:
            yield "file_type", {"name": one["name"], "types": names}
        if one["size"] > (limits.max_bytes or MAX_FILE_BYTES):
            yield (
                "file_too_large",
                {"name": one["name"], "limit": limits.max_bytes or MAX_FILE_BYTES},
            )


def _rows(question: Question, value: list[Any], ground: _Ground) -> Iterator[Found]:
    if len(value) < question.min_rows:
        yield "too_few_rows", {"limit": question.min_rows}
    if len(value) > question.max_rows:
        yield "too_many_rows", {"limit": question.max_rows}


_CHECKS: Mapping[Kind, Callable[[Question, Any, _Ground], Iterator[Found]]] = {
    Kind.TEXT: _text,
    Kind.PARAGRAPH: _text,
    Kind.NUMBER: _number,
    Kind.DATE: _date,
    Kind.NATIONAL_ID: _national_id,
    Kind.PHONE: _phone,
    Kind.EMAIL: _email,
    Kind.CHOICE: _choice,
    Kind.CHOICES: _choices,
    Kind.ADDRESS: _address,
    Kind.FILE: _files,
    Kind.REPEAT: _rows,
}
