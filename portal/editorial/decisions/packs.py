"""Posting packs: ordering one, watching it being made, taking it."""

from typing import Any

import colander
from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config
from sqlalchemy import select

from content.errors import NotFound
from content.letters import packs
from content.letters.packs import PackFormat, PackState, PostingPack, Scope
from content.procedures import notified
from content.procedures.kinds import Status
from content.procedures.models import Procedure, Sector
from content.procedures.standing import today
from portal.editorial.decisions.words import FORMATS, STATES
from portal.forms import fields
from portal.http.downloads import send_file
from portal.http.notices import Notice, say
from portal.http.pages import form_page, make_form
from portal.i18n import _
from portal.security.permissions import Permission

PAGE = "editorial/decisions/packs.jinja2"


@view_config(
    route_name="editorial.packs",
    renderer=PAGE,
    permission=Permission.DECISION_EDIT,
    methods=("GET", "HEAD", "POST"),
    uses_session=True,
)
def show(request: Request) -> Any:
    """What was ordered, and the form for another."""
    form = make_form(request, _schema(request), _("Làm bộ niêm yết"))
    made = packs.packs(request.db)
    page = form_page(
        request,
        PAGE,
        form,
        packs=[(request.route_path("editorial.pack.file", id=one.id), one) for one in made],
        formats=FORMATS,
        states=STATES,
        working=any(one.state in (PackState.WAITING, PackState.MAKING) for one in made),
    )
    if request.method != "POST":
        return page
    data = form.accept(request.POST)
    scope = _scope(request, data)
    if not packs.procedures(request.db, scope):
        raise form.refuse(_("Không có thủ tục nào đang áp dụng trong phạm vi đã chọn."), "sector")
    packs.order(
        request.db,
        scope,
        PackFormat(data["format"]),
        by=request.identity.account_id,
        now=request.now,
    )
    return say(HTTPSeeOther(request.route_path("editorial.packs")), Notice.PACK_ORDERED)


@view_config(
    route_name="editorial.pack.file", permission=Permission.DECISION_EDIT, uses_session=True
)
def take(context: PostingPack, request: Request) -> Response:
    """A finished pack."""
    if context.file is None:
        raise NotFound("posting_pack")
    return send_file(request, context.file, context.file.name)


def _schema(request: Request) -> colander.SchemaNode:
    held = select(Procedure.sector_id).where(Procedure.status == Status.IN_FORCE)
    sectors = select(Sector).where(Sector.id.in_(held)).order_by(Sector.name)
    desks = notified.desks(request.db, today(request.now))
    return fields.mapping(
        fields.choice(
            "sector",
            _("Lĩnh vực"),
            [(one.slug, one.name) for one in request.db.scalars(sectors)],
            required=False,
            hint=_("Để trống nếu lấy mọi lĩnh vực."),
        ),
        fields.choice(
            "agency",
            _("Nơi niêm yết"),
            [(one.slug, one.name) for one in desks],
            required=False,
            hint=_("Chỉ lấy thủ tục do nơi này tiếp nhận."),
        ),
        fields.choice("format", _("Dạng"), [(one.value, said) for one, said in FORMATS.items()]),
    )


def _scope(request: Request, data: dict[str, Any]) -> Scope:
    sector = select(Sector).where(Sector.slug == (data["sector"] or ""))
    desks = notified.desks(request.db, today(request.now))
    return Scope(
        request.db.scalars(sector).first(),
        next((one for one in desks if one.slug == data["agency"]), None),
    )
