"""“This is wrong or incomplete”: a reader tells the editors about a procedure's page."""

from typing import Any

import colander
from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.security import NO_PERMISSION_REQUIRED
from pyramid.view import view_config

from content.procedures.models import Procedure
from content.procedures.remarks import MAX_CONTACT, MAX_REMARK, RemarkKind, leave
from portal.forms import fields
from portal.http.pages import form_page, make_form
from portal.i18n import _
from portal.procedures.rows import procedure_url

LEVEL = "cap"
SENT = "da-gui"
KINDS = (
    (RemarkKind.WRONG.value, _("Có chỗ sai")),
    (RemarkKind.MISSING.value, _("Còn thiếu")),
    (RemarkKind.UNCLEAR.value, _("Khó hiểu")),
)


def schema() -> colander.SchemaNode:
    """What is the matter, in words, and how to ask back."""
    return fields.mapping(
        fields.choice("kind", _("Thông tin trên trang"), KINDS),
        fields.paragraph(
            "text",
            _("Ông/bà thấy gì"),
            hint=_("Ghi rõ chỗ nào và nội dung đúng, nếu ông/bà biết."),
            max_length=MAX_REMARK,
        ),
        fields.text(
            "contact",
            _("Điện thoại hoặc thư điện tử"),
            hint=_("Chỉ để hỏi lại khi cần; không hiện trên trang."),
            max_length=MAX_CONTACT,
            required=False,
        ),
    )


@view_config(
    route_name="catalogue.report",
    renderer="catalogue/report.jinja2",
    permission=NO_PERMISSION_REQUIRED,
    methods=("GET", "HEAD", "POST"),
    uses_session=True,
)
def report(context: Procedure, request: Request) -> Any:
    """The form; afterwards the thanks, at an address that can be loaded again."""
    url = procedure_url(request, context.address)
    form = make_form(request, schema(), _("Gửi góp ý"))
    page = form_page(
        request,
        "catalogue/report.jinja2",
        form,
        procedure=context,
        url=url,
        is_sent=SENT in request.GET,
    )
    if request.method != "POST":
        return page
    data = form.accept(request.POST)
    leave(
        request.db,
        context,
        RemarkKind(data["kind"]),
        data["text"],
        contact=data["contact"],
        now=request.now,
    )
    query = {LEVEL: context.level.slug, SENT: "1"}
    return HTTPSeeOther(request.route_path("catalogue.report", code=context.key, _query=query))
