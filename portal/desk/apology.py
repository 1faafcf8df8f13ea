"""Drafting an apology with a new date; the leader signs on the page of the proposal."""

from datetime import date
from typing import Any

import colander
from pyramid.request import Request
from pyramid.view import view_config

from content.dossiers.apologies import Apology, ApologyService
from content.dossiers.models import Dossier
from content.dossiers.proposals import Proposal, ProposalKind, open_proposal
from content.dossiers.service import MAX_LEGAL_BASIS, MAX_REASON
from content.dossiers.states import Action
from content.people.models import Account
from content.words import short_date, weekday
from portal.desk.act_page import PAGE, act_page, not_offered, perform
from portal.desk.schemas import sentence_of
from portal.desk_contexts import DeskDossier
from portal.forms import fields
from portal.http.notices import Notice
from portal.http.pages import make_form
from portal.i18n import _
from portal.security.permissions import Permission

KEEP, REVISION = "luu", "ban_thao"


@view_config(
    route_name="desk.apology",
    renderer=PAGE,
    permission=Permission.DOSSIER_HANDLE,
    methods=("GET", "HEAD", "POST"),
    uses_session=True,
)
def apology(context: DeskDossier, request: Request) -> Any:
    """Write it, keep it or lay it before the leader."""
    dossier, action = context.dossier, Action.APOLOGISE_AND_EXTEND
    if request.method != "POST" and (back := not_offered(request, context, action)):
        return back
    form = make_form(
        request,
        _schema(),
        _("Trình lãnh đạo ký"),
        (KEEP, "1", _("Lưu dự thảo, trình sau"), "secondary"),
    )
    heading = _("Soạn văn bản xin lỗi và hẹn lại ngày trả kết quả")
    page = act_page(request, context, form, heading, _told(request, dossier))
    if request.method != "POST":
        draft = open_proposal(request.db, dossier, ProposalKind.APOLOGY)
        typed = {"revision": str(dossier.revision), **(_as_typed(draft) if draft else {})}
        if not typed.get("late_unit"):
            typed["late_unit"] = request.service(ApologyService).late_unit(dossier) or None
        form.fill(typed)
        return page
    data = form.accept(request.POST)
    said = Apology(data["reason"], date.fromisoformat(data["new_due"]), data["late_unit"] or "")
    service, keep = request.service(ApologyService), KEEP in request.POST
    seen = data[REVISION]
    known = int(seen) if seen and seen.isascii() and seen.isdigit() and len(seen) < 10 else None

    def do(me: Account, revision: int) -> None:
        write = service.draft if keep else service.propose
        write(dossier, me, said, seen=known, revision=revision)

    notice = Notice.PROPOSAL_KEPT if keep else Notice.PROPOSAL_SENT
    return perform(request, context, action, form, page, do, notice)


def _told(request: Request, dossier: Dossier) -> list[Any]:
    latest = request.service(ApologyService).latest(dossier)
    if latest is None or dossier.due_date is None:
        return []
    due, last = (f"{weekday(one)}, {short_date(one)}" for one in (dossier.due_date, latest))
    return [
        _("Ngày hẹn đang giữ: ${day}. Chỉ hẹn lại được một lần.") % {"day": due},
        _("Văn bản phải được ký chậm nhất ${day}.") % {"day": last},
    ]


def _as_typed(draft: Proposal) -> dict[str, Any]:
    return {
        "reason": draft.text,
        "new_due": draft.data.get("new_due"),
        "late_unit": draft.data.get("late_unit"),
        REVISION: str(draft.revision),
    }


def _schema() -> colander.SchemaNode:
    return fields.mapping(
        fields.paragraph(
            "reason",
            _("Lý do chậm"),
            max_length=MAX_REASON,
            rows=5,
            validators=(sentence_of,),
            hint=_("Viết cho người nộp; nội dung này được in nguyên văn trên văn bản xin lỗi."),
        ),
        fields.date("new_due", _("Ngày hẹn mới")),
        fields.text(
            "late_unit",
            _("Nơi giải quyết chậm"),
            required=False,
            max_length=MAX_LEGAL_BASIS,
            hint=_("Nếu chậm ở cơ quan phối hợp; để trống nếu chậm ở chính đơn vị."),
        ),
        fields.hidden(REVISION),
        fields.hidden("revision"),
    )
