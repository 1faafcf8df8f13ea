"""The procedure changed while somebody was filling in: what differs, and do they go on."""

from dataclasses import dataclass
from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.renderers import render_to_response
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from content.dossiers import form_moves
from content.dossiers.drafts import DraftService
from content.dossiers.models import Draft
from content.procedures.difference import Difference, differences
from content.procedures.filing import open_filing
from content.procedures.kinds import Filing
from content.procedures.presentation import PARTS
from portal.apply.journey import draft_url
from portal.contexts import DraftContext
from portal.i18n import _
from portal.security.permissions import Permission

#: Parts of a record that say something to an applicant, beside those of the law.
_MORE = {"name": _("Tên thủ tục"), "local_time_limit": _("Thời hạn tại địa phương")}
_WHY = {
    "gone": _("biểu mẫu mới không hỏi câu này nữa"),
    "kind": _("biểu mẫu mới hỏi theo cách khác"),
    "option": _("lựa chọn này không còn"),
    "hidden": _("biểu mẫu mới không hỏi câu này với các câu trả lời của ông/bà"),
}
_NAMED = {**PARTS, **_MORE}


@dataclass(frozen=True)
class Change:
    """One difference in words."""

    part: str
    old: str
    new: str


@view_config(
    route_name="apply.version",
    renderer="apply/version.jinja2",
    permission=Permission.DRAFT_EDIT,
    methods=("GET", "HEAD", "POST"),
    uses_session=True,
)
def version(context: DraftContext, request: Request) -> Any:
    """Show the difference; a POST agrees to the version in force."""
    draft = context.draft
    check_url = draft_url(request, draft, "check")
    current = draft.procedure.current_version
    if current is None or current.id == draft.version_id:
        return _form_changed(draft, request, check_url)
    if request.method == "POST":
        request.service(DraftService).follow(draft)
        return HTTPSeeOther(check_url)
    return {
        "draft": draft,
        "changes": changes(differences(draft.version.document, current.document)),
        "current": current,
        "is_filed_here": open_filing(draft.procedure) is Filing.LOCAL,
        "action": request.path,
        "check_url": check_url,
    }


def _form_changed(draft: Draft, request: Request, check_url: str) -> Response:
    """The form changed, the procedure did not: what became of the answers. A POST has read it."""
    moved = form_moves.unseen(request.db, draft)
    if moved is None:
        return HTTPSeeOther(check_url)
    if request.method == "POST":
        form_moves.mark_seen(request.db, draft, request.now)
        return HTTPSeeOther(check_url)
    told = {
        "draft": draft,
        "kept": moved.kept,
        "losses": [(loss["label"], loss["said"], _WHY[loss["why"]]) for loss in moved.losses],
        "action": request.path,
        "check_url": check_url,
    }
    return render_to_response("apply/form_changed.jinja2", told, request=request)


def changes(found: tuple[Difference, ...]) -> list[Change]:
    """What concerns an applicant, each line once."""
    lines = [
        Change(_NAMED[part], said(one.old), said(one.new))
        for one in found
        if (part := one.path.split(".")[0].split("[")[0]) in _NAMED
    ]
    return list(dict.fromkeys(lines))


def said(value: Any) -> str:
    """A value of a record as people read it; nothing is "không có"."""
    if value is None or value in ("", [], {}):
        return "không có"
    if isinstance(value, dict):
        named = value.get("name") or value.get("number")
        return str(named) if named else ", ".join(said(one) for one in value.values() if one)
    if isinstance(value, list):
        return "; ".join(said(one) for one in value)
    return str(value)
