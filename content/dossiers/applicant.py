"""Who applies, read from the answers: what lists, slips and notices need, and no more.

Questions are recognised by what they ask for (their ``autocomplete`` purpose, WCAG 2.2
SC 1.3.5, and their kind), never by the wording of one form; the account fills the gaps.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from content.dossiers.models import MAX_APPLICANT, MAX_CONTACT, Delivery
from content.people.models import Account
from content.procedures.forms import FormDefinition, Item, Kind, walk
from content.procedures.forms.conditions import day
from content.procedures.forms.definition import Answers
from content.procedures.forms.display import show
from content.procedures.forms.general import GENERAL_ID

_DELIVERIES = {
    "truc_tiep": Delivery.COUNTER,
    "truc_tuyen": Delivery.ONLINE,
    "buu_chinh": Delivery.POST,
}
_NAMING = frozenset({"name", "organization"})


@dataclass(frozen=True)
class Applicant:
    """The person or organisation a dossier is filed by."""

    name: str
    identity: str | None
    phone: str | None
    email: str | None
    address: str | None
    born: date | None = None


def applicant_of(
    definition: FormDefinition, answers: Answers, account: Account | None
) -> Applicant:
    """The applicant of these answers; an organisation before the person who acts for it.

    At the counter there is no account, and the name may be empty.

    Only the section that asks for the applicant's name speaks of the applicant: other
    numbers and addresses may be a child's, a spouse's, a landlord's.
    """
    items = list(_of_the_applicant(definition, answers))
    name = _purpose(items, "organization") or _purpose(items, "name")
    phone = _purpose(items, "tel") or _first(items, Kind.PHONE)
    identity, email = _first(items, Kind.NATIONAL_ID), _first(items, Kind.EMAIL)
    if account is not None:
        name, phone = name or account.name, phone or account.phone
        identity, email = identity or account.national_id, email or account.email
    return Applicant(
        name=(name or "")[:MAX_APPLICANT],
        identity=identity,
        phone=phone[:MAX_CONTACT] if phone else None,
        email=email,
        address=_purpose(items, "street-address") or _first(items, Kind.ADDRESS),
        born=_born(items),
    )


def principal_of(definition: FormDefinition, answers: Answers) -> str | None:
    """The dossier's owner where somebody else files for them; known to the general form."""
    if definition.id != GENERAL_ID or answers.get("nop_thay") != "co":
        return None
    name = answers.get("chu_ho_so")
    return name if isinstance(name, str) else None


def delivery_of(definition: FormDefinition, answers: Answers) -> tuple[Delivery, str | None] | None:
    """How the result is wanted and where to, if the form itself asks (the general one does)."""
    if definition.id != GENERAL_ID:
        return None
    chosen = _DELIVERIES.get(str(answers.get("cach_nhan")))
    if chosen is None:
        return None
    where = answers.get("dia_chi_nhan")
    address = show(definition.question("dia_chi_nhan"), where) if where else None
    return chosen, address


def _of_the_applicant(definition: FormDefinition, answers: Answers) -> Iterator[Item]:
    """Answered questions, outside repeat groups, of the sections with a purpose of naming."""
    own = {
        section.id
        for section in definition.sections
        if any(question.autocomplete in _NAMING for question in section.questions)
    }
    for item in walk(definition, answers):
        if item.section.id in own and len(item.path) == 1 and item.value:
            yield item


def _purpose(items: list[Item], purpose: str) -> str | None:
    return next((_said(one) for one in items if one.question.autocomplete == purpose), None)


def _first(items: list[Item], kind: Kind) -> str | None:
    return next((_said(one) for one in items if one.question.kind is kind), None)


def _born(items: list[Item]) -> date | None:
    """The birth date: by its purpose, or the one the identity number is held against."""
    named = {one.question.born for one in items if one.question.born}
    for one in items:
        if one.question.autocomplete == "bday" or one.question.id in named:
            return day(one.value)
    return None


def _said(item: Item) -> str:
    return show(item.question, item.value) if item.question.kind is Kind.ADDRESS else item.value
