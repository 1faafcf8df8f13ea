"""From a reception that was found complete to a dossier: copying, no deciding."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from content.agencies.models import Agency
from content.dossiers import counter_form as ask
from content.dossiers.applicant import Applicant
from content.dossiers.counter_models import CounterReception
from content.dossiers.counter_papers import absences_here
from content.dossiers.duplicates import Alike
from content.dossiers.fees import settled
from content.dossiers.log import NATIONAL_PORTAL
from content.dossiers.lookup_codes import new_lookup_code
from content.dossiers.models import Attachment, Delivery, Dossier
from content.dossiers.papers import ANSWERS_SLOT
from content.dossiers.rules import FilingRules
from content.dossiers.states import Status
from content.dossiers.submission import MAX_KEY_TEXT
from content.procedures.filing import open_filing
from content.procedures.forms import FormDefinition, Kind, Problem, to_json, walk
from content.procedures.kinds import Filing
from content.procedures.models import Procedure
from content.text import fold


@dataclass(frozen=True)
class Looked:
    """A reception looked through: what is wrong, who applies, who may have applied already."""

    facts: ask.CounterFacts
    filed: FormDefinition
    answers: dict[str, Any]
    applicant: Applicant
    problems: tuple[Problem, ...]
    alike: tuple[Alike, ...]
    competent: Agency | None = None


def dossier_from(
    reception: CounterReception,
    looked: Looked,
    files: Sequence[Attachment],
    status: Status,
    rules: FilingRules,
    now: datetime,
) -> Dossier:
    """The dossier of a reception, without code and dates."""
    draft, own, applicant = reception.draft, reception.answers, looked.applicant
    lookup_code = new_lookup_code()
    delivery = Delivery(own[ask.DELIVERY])
    return Dossier(
        lookup_code=lookup_code,
        secret_digest=rules.secrets.digest_for(lookup_code),
        submission_key=draft.key,
        status=status,
        status_since=now,
        procedure=draft.procedure,
        version=draft.version,
        procedure_code=draft.procedure.code,
        procedure_name=draft.version.document["name"],
        case=draft.case,
        agency=reception.agency,
        agency_name=reception.agency.name,
        competent_agency=looked.competent,
        applicant_name=applicant.name,
        applicant_key=fold(applicant.name)[:MAX_KEY_TEXT],
        applicant_identity=applicant.identity,
        applicant_phone=applicant.phone,
        applicant_email=applicant.email,
        applicant_address=applicant.address,
        applicant_born=applicant.born,
        principal_name=own.get(ask.PRINCIPAL) or None,
        principal_identity=own.get(ask.PRINCIPAL_IDENTITY) or None,
        channel=reception.channel,
        delivery=delivery,
        delivery_address=own.get(ask.DELIVERY_ADDRESS) if delivery is Delivery.POST else None,
        form=to_json(looked.filed),
        answers=looked.answers,
        absences=absences_here(looked.facts, own, [one.slot for one in files]),
        submitted_at=now,
        sets=int(own[ask.SETS]),
        external_system=_told_outside(draft.procedure, rules),
    )


def _told_outside(procedure: Procedure, rules: FilingRules) -> str | None:
    """Which other system is to know of it."""
    told = rules.tells_national and open_filing(procedure) is Filing.NATIONAL
    return NATIONAL_PORTAL if told else None


def fees_of(facts: ask.CounterFacts, own: Mapping[str, Any]) -> list[Any] | None:
    """The lines the desk chose; ``None`` leaves those in force, to be settled later."""
    chosen = [facts.fee_lines[int(n)] for n in own.get(ask.FEES) or ()]
    times = int(own.get(ask.TIMES) or 1)
    return settled(chosen, times, own.get(ask.EXEMPT) or "") or None


def contradictions(facts: ask.CounterFacts, own: Mapping[str, Any]) -> list[Problem]:
    """What was typed and would be lost: a number or an exemption of no fee, the number of an
    owner without a name."""
    found = []
    if facts.fee_lines and (own.get(ask.EXEMPT) or own.get(ask.TIMES)) and not own.get(ask.FEES):
        found.append(Problem((ask.FEES,), "fee_unnamed"))
    if own.get(ask.PRINCIPAL_IDENTITY) and not own.get(ask.PRINCIPAL):
        found.append(Problem((ask.PRINCIPAL,), "required"))
    return found


def goes_along(attachment: Attachment, looked: Looked) -> bool:
    """Whether a paper that is asked for, or an answer, names the file."""
    facts = looked.facts
    asked = {one.slot for one in facts.papers if not ask.stands_in_form(one, facts)}
    if attachment.slot in asked:
        return True
    found = [i.value or () for i in walk(looked.filed, looked.answers) if _is_file(i)]
    tokens = {one["token"] for value in found for one in value}
    return attachment.slot == ANSWERS_SLOT and attachment.token in tokens


def _is_file(item: Any) -> bool:
    return bool(item.question.kind is Kind.FILE)
