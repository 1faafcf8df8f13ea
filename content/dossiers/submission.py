"""From a reviewed draft to a dossier: copying, freezing, moving the files. Decides nothing."""

from datetime import datetime

from content.dossiers.applicant import applicant_of
from content.dossiers.checking import Review
from content.dossiers.deadlines import answer_by
from content.dossiers.lookup_codes import new_lookup_code
from content.dossiers.models import Attachment, Dossier, Draft
from content.dossiers.papers import paper_slot
from content.dossiers.rules import FilingRules
from content.dossiers.states import Status
from content.errors import Invalid
from content.people.models import Account
from content.procedures.forms import to_json
from content.procedures.kinds import Channel
from content.procedures.models import ProcedureVersion
from content.text import fold

MAX_KEY_TEXT = 300


def dossier_from(
    draft: Draft,
    found: Review,
    account: Account,
    rules: FilingRules,
    status: Status,
    now: datetime,
) -> Dossier:
    """The dossier of a draft that was found ready. Raises ``Invalid`` for one that was not."""
    agency, delivery = draft.agency, found.delivery
    if not found.is_ready or agency is None or delivery is None:
        raise Invalid(found.as_problems(), code="incomplete")
    applicant = applicant_of(found.definition, found.answers, account)
    lookup_code = new_lookup_code()
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
        agency=agency,
        agency_name=agency.name,
        owner_id=account.id,
        applicant_name=applicant.name,
        applicant_key=fold(applicant.name)[:MAX_KEY_TEXT],
        applicant_identity=applicant.identity,
        applicant_phone=applicant.phone,
        applicant_email=applicant.email,
        applicant_address=applicant.address,
        applicant_born=applicant.born,
        channel=Channel.ONLINE,
        delivery=delivery,
        delivery_address=found.delivery_address,
        form=to_json(found.definition),
        answers=found.answers,
        absences=_absences(draft, found),
        submitted_at=now,
        answer_by=answer_by(rules.calendar, agency, now),
    )


def take_files(dossier: Dossier, files: tuple[Attachment, ...]) -> None:
    """Let the files go from the draft to the dossier, numbered in their order."""
    names = _paper_names(dossier.version)
    for position, attachment in enumerate(files, start=1):
        attachment.paper = names.get(attachment.slot)
        attachment.draft = None
        attachment.dossier = dossier
        attachment.position = position
        attachment.file.owner_id = dossier.owner_id


def close_draft(draft: Draft, dossier: Dossier) -> None:
    """The draft now only points to its dossier; what was typed lives there alone."""
    draft.dossier = dossier
    draft.answers = {}
    draft.absences = {}


def _absences(draft: Draft, found: Review) -> list[dict[str, str]]:
    """Reasons for papers that are really absent, under the papers' names."""
    attached = {one.slot for one in found.used}
    names = _paper_names(draft.version)
    return [
        {"paper": names[slot], "why": why}
        for slot, why in sorted(draft.absences.items())
        if slot in names and slot not in attached
    ]


def _paper_names(version: ProcedureVersion) -> dict[str, str]:
    return {paper_slot(paper.position): paper.name for paper in version.papers}
