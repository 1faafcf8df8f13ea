"""What the second of two editors sees who save one question: both wordings merged."""

from typing import Any

from pyramid.request import Request

from content.enquiries.models import Enquiry
from content.enquiries.wording import Wording, wording_of
from content.people.models import Account
from content.writing import merging, revisions
from content.writing.models import Revision
from portal.editorial.library import enquiry_schemas as schemas
from portal.i18n import _

FIELD_NAMES = {
    "title": _("Câu hỏi"),
    "details": _("Hỏi cụ thể"),
    "body": _("Trả lời"),
    "topic": _("Chủ đề"),
    "procedures": _("Mã các thủ tục liên quan"),
}
WORDS = _(
    "Người khác vừa lưu câu hỏi này sau khi ông/bà mở. Dưới đây hai bản đã được ghép, không mất "
    "chữ nào; ông/bà đọc lại rồi lưu."
)


def shown(request: Request, enquiry: Enquiry) -> dict[str, Any]:
    """The form's values, with what tells a later save whether somebody was faster."""
    last = _last(revisions.history(request.db, enquiry.subject))
    return schemas.data(wording_of(enquiry), enquiry.revision, last.number if last else 0)


def merged(
    request: Request, enquiry: Enquiry, mine: Wording, base: int
) -> tuple[dict[str, Any], dict[str, Any]]:
    """The form's values with both wordings, and who saved the other one and how they differ."""
    history = revisions.history(request.db, enquiry.subject)
    values, typed = shown(request, enquiry), schemas.data(mine, 0, 0)
    before = next((Wording.of(one.snapshot) for one in history if one.number == base), None)
    was = schemas.data(before, 0, 0) if before else dict(values)
    rows = []
    for name, words in FIELD_NAMES.items():
        stored = values[name]
        if typed[name] == stored:
            continue
        values[name], clashes = merging.merge_text(was[name], typed[name], stored)
        rows.append((words, revisions.words(stored, typed[name]), bool(clashes)))
    for name in ("sector", "position"):
        if typed[name] != was[name]:
            values[name] = typed[name]
    return values, {
        "name": _writer(request, _last(history)),
        "at": enquiry.updated_at,
        "rows": rows,
    }


def _last(history: list[Revision]) -> Revision | None:
    return history[0] if history else None


def _writer(request: Request, last: Revision | None) -> str:
    account = request.db.get(Account, last.written_by) if last and last.written_by else None
    return account.name if account else ""
