"""The hand-over slip between two agencies of a chain, with both signatures."""

from datetime import datetime

from content.dossiers import wording
from content.dossiers.chain_models import ChainHandOver
from content.dossiers.models import Dossier
from content.letters.from_dossiers import LetterSite, office_of
from content.letters.handing import Handed, HandedDossier, HandOverSlip


def chain_slip(
    dossier: Dossier, row: ChainHandOver, site: LetterSite, now: datetime
) -> HandOverSlip:
    """Phiếu bàn giao of one hand-over; made from what is kept, with the receiver once signed."""
    line = HandedDossier(
        code=dossier.code or dossier.lookup_code,
        procedure=dossier.procedure_name,
        applicant=dossier.applicant_name,
        papers=len(dossier.attachments),
        due=wording.due_words(dossier) or "",
        remark=row.remark,
    )
    return HandOverSlip(
        office=office_of(dossier, site),
        made_at=now,
        sample=site.sample,
        what=Handed.DOSSIERS if row.to_part is not None else Handed.RESULTS,
        from_name=row.from_name,
        to_name=row.to_name,
        given_at=row.given_at,
        given_by=row.given_by,
        taken_by=row.taken_by,
        lines=(line,),
    )
