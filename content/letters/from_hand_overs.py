"""The control slip of a dossier as it stands: a row for each hand-over, to go along with it.

Not issued once like other papers: it grows until the result is returned.
"""

from collections.abc import Sequence
from datetime import datetime

from content.dossiers import wording
from content.dossiers.hand_overs import HandOver, HandOverKind, standing
from content.dossiers.models import Dossier
from content.dossiers.opinion_models import Opinion, OpinionState
from content.letters.from_dossiers import LetterSite, office_of, submitter_of
from content.letters.handing import ControlSlip
from content.letters.handing import HandOver as Row
from content.words import short_date

_NOTES = {
    HandOverKind.BACK: "Trả lại bước {step}",
    HandOverKind.ASSIGN: "Giao người khác, bước {step}",
    HandOverKind.TO_DESK: "Trả về bộ phận một cửa",
}


def control_slip(
    dossier: Dossier,
    rows: Sequence[HandOver],
    site: LetterSite,
    now: datetime,
    opinions: Sequence[Opinion] = (),
) -> ControlSlip:
    """Phiếu kiểm soát, with a row for each opinion that was asked for (T18). Raises
    ``Invalid`` for a dossier that never left the desk."""
    kept = standing(list(rows))
    asked = [one for one in opinions if one.state is not OpinionState.WITHDRAWN]
    names = [name for one in kept for name in (one.from_name, one.to_name)]
    names += [one.agency_name for one in asked]
    lines = [*(_row(one) for one in kept), *(_asked(one) for one in asked)]
    return ControlSlip(
        office=office_of(dossier, site),
        made_at=now,
        sample=site.sample,
        submitter=submitter_of(dossier),
        procedure=dossier.procedure_name,
        dossier_code=dossier.code or dossier.lookup_code,
        agencies=tuple(dict.fromkeys(names)),
        hand_overs=tuple(sorted(lines, key=lambda one: one.given_at)),
        due=wording.due_words(dossier) or "",
    )


def _row(one: HandOver) -> Row:
    note = _NOTES.get(one.kind, "Bước {step}").format(step=one.step_name or "tiếp theo")
    return Row(
        from_name=one.from_name,
        to_name=one.to_name,
        given_at=one.given_at,
        given_by=one.given_by,
        taken_at=one.taken_at,
        taken_by=one.taken_by or one.to_person,
        outcome=one.outcome,
        remark=note,
    )


def _asked(one: Opinion) -> Row:
    """An opinion stands like a hand-over: asked, and answered or given back."""
    answered = {
        OpinionState.ANSWERED: ", đã trả lời",
        OpinionState.GIVEN_BACK: ", trả lại",
    }
    return Row(
        from_name=one.asker_name,
        to_name=one.agency_name,
        given_at=one.asked_at,
        given_by=one.asked_by,
        taken_at=one.ended_at,
        taken_by=one.ended_by or one.person,
        outcome=None,
        remark=f"Lấy ý kiến, hạn {short_date(one.due_date)}{answered.get(one.state, '')}",
    )
