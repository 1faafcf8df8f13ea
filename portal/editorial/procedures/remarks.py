"""Readers' remarks on one procedure: answer one, or close it without an answer."""

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.view import view_config

from content.errors import InvalidTransition, NotFound
from content.procedures.forms.identity import is_email
from content.procedures.models import Procedure
from content.procedures.remarks import MAX_ANSWER, Remark, settle
from portal.editorial.procedures import words
from portal.editorial.procedures.shared import names, to
from portal.forms import fields
from portal.http.notices import Notice, say
from portal.http.pages import form_page, make_form
from portal.i18n import _
from portal.procedures.rows import procedure_url
from portal.security.permissions import Permission

BOTH = ("GET", "HEAD", "POST")


@view_config(
    route_name="editorial.procedure.remark",
    renderer="editorial/procedures/remark.jinja2",
    permission=Permission.PROCEDURE_EDIT,
    methods=BOTH,
    uses_session=True,
)
def remark(context: Procedure, request: Request) -> Any:
    """What a reader said, and the form that closes it."""
    told = _remark(request, context)
    can_mail = bool(told.contact and is_email(told.contact))
    form = make_form(request, _schema(can_mail=can_mail), _("Đóng góp ý này"))
    page = form_page(
        request,
        "editorial/procedures/remark.jinja2",
        form,
        procedure=context,
        remark=told,
        kind=words.REMARKS[told.kind],
        can_mail=can_mail,
        by=names(request, [told.settled_by]).get(told.settled_by),
        back=to(request, "", context),
        public_url=procedure_url(request, context.address),
    )
    if request.method != "POST":
        return page
    data = form.accept(request.POST)
    try:
        settle(
            request.db,
            told,
            answer=data["answer"] or "",
            by=request.identity.account_id,
            now=request.now,
            procedure_name=context.name,
        )
    except InvalidTransition:
        # Somebody else closed it: the page says who and how.
        return HTTPSeeOther(request.path)
    return say(HTTPSeeOther(to(request, "", context) + "#gop-y"), Notice.REMARK_SETTLED)


def _remark(request: Request, procedure: Procedure) -> Remark:
    found: Remark | None = request.db.get(Remark, int(request.matchdict["remark"][:18]))
    if found is None or found.procedure_id != procedure.id:
        raise NotFound("remark")
    return found


def _schema(*, can_mail: bool) -> Any:
    if can_mail:
        hint = _("Được gửi tới thư điện tử của người góp ý. Để trống nếu chỉ đóng lại.")
    else:
        hint = _("Người góp ý không để lại thư điện tử; nội dung này chỉ lưu cho người biên tập.")
    return fields.mapping(
        fields.paragraph(
            "answer", _("Trả lời"), rows=5, required=False, max_length=MAX_ANSWER, hint=hint
        )
    )
