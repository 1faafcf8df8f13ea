"""What the officer enters of an act, and whether it can be written down."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from content.certification.fees import Tariff
from content.certification.models import MAX_DOCUMENT, MAX_TITLE
from content.dossiers.models import MAX_APPLICANT, MAX_CONTACT, MAX_KEY
from content.errors import Invalid
from content.people.models import MAX_NAME
from content.text import clean

MAX_PAGES, MAX_COPIES, MAX_FEE = 2_000, 500, 100_000_000
_LIMITS = {
    "person": MAX_APPLICANT,
    "document": MAX_DOCUMENT,
    "signer_name": MAX_NAME,
    "signer_title": MAX_TITLE,
}


@dataclass(frozen=True)
class Act:
    """One act. ``fee`` is what was taken where the tariff does not say it; ``key`` is the
    form's own, so that a second press finds the first act."""

    person: str
    document: str
    pages: int
    copies: int
    signer_name: str
    signer_title: str
    key: str
    identity: str | None = None
    fee: int | None = None


def checked(act: Act, tariff: Tariff | None) -> tuple[Act, int]:
    """The act cleaned, and its fee. Raises ``Invalid`` with the names of its fields."""
    tidy = replace(
        act,
        person=clean(act.person),
        document=clean(act.document),
        signer_name=clean(act.signer_name),
        signer_title=clean(act.signer_title),
        key=clean(act.key)[:MAX_KEY],
        identity=clean(act.identity or "")[:MAX_CONTACT] or None,
    )
    problems = dict(_problems(tidy))
    fee = tidy.fee
    if fee is None and tariff is not None and not problems:
        fee = tariff.fee(tidy.pages, tidy.copies)
    if fee is None and tariff is None:
        problems["fee"] = "required"
    if problems or fee is None:
        raise Invalid(problems)
    return tidy, fee


def _problems(act: Act) -> Iterator[tuple[str, str]]:
    for name, limit in _LIMITS.items():
        text = getattr(act, name)
        if not text:
            yield name, "required"
        elif len(text) > limit:
            yield name, "too_long"
    if not act.key:
        yield "key", "required"
    for name, number, least, most in (
        ("pages", act.pages, 1, MAX_PAGES),
        ("copies", act.copies, 1, MAX_COPIES),
        ("fee", act.fee, 0, MAX_FEE),
    ):
        if number is not None and not least <= number <= most:
            yield name, "out_of_range"
