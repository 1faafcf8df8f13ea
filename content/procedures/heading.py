"""What stands on the first page of a decision, and which of its days cannot be."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from content.errors import Invalid
from content.procedures.deadlines import Publisher


@dataclass(frozen=True, kw_only=True)
class Heading:
    """What stands on the first page of a decision; a planned one has neither number nor
    day of signing yet."""

    number: str = ""
    signed_on: date | None = None
    agency: str
    signer: str = ""
    summary: str = ""
    effective_on: date | None = None
    publisher: Publisher = Publisher.PROVINCE
    shortened: bool = False
    issued_on: date | None = None


def check_dates(heading: Heading, day: date) -> None:
    """Raises ``Invalid`` for days that cannot be, one code a field."""
    found = dict(_planned(heading) if heading.signed_on is None else _signed(heading, day))
    if heading.shortened and heading.issued_on is None:
        found["issued_on"] = "missing"
    if found:
        raise Invalid(found)


def _planned(heading: Heading) -> Iterator[tuple[str, str]]:
    if heading.effective_on is None:
        yield "effective_on", "planned_without_day"


def _signed(heading: Heading, day: date) -> Iterator[tuple[str, str]]:
    signed_on = heading.signed_on
    assert signed_on is not None  # the caller asked
    if heading.effective_on and heading.effective_on < signed_on:
        yield "effective_on", "before_signing"
    if signed_on > day:
        yield "signed_on", "not_yet_signed"
    if heading.issued_on and heading.issued_on > signed_on:
        yield "issued_on", "after_signing"
    if not heading.number:
        yield "number", "signed_without_number"
