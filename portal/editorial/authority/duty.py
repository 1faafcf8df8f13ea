"""The duty roster."""

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from content.staff import reads
from content.staff.models import DutyTurn, StaffMember
from content.staff.service import StaffService, turns_from
from portal.editorial.authority import staff_schemas as schemas
from portal.editorial.saving import BOTH, POST_ONLY, form_of, revision_of
from portal.http.notices import Notice, say
from portal.i18n import _
from portal.security.permissions import Permission

FORM = "editorial/authority/form.jinja2"


@view_config(
    route_name="editorial.duty",
    renderer="editorial/authority/duty.jinja2",
    permission=Permission.AUTHORITY_EDIT,
    uses_session=True,
)
def listing(request: Request) -> dict[str, Any]:
    """Turns that are not over."""
    return {"turns": turns_from(request.db, request.now)}


def _page(request: Request, turn: DutyTurn, heading: str) -> Any:
    members = request.db.scalars(reads.in_order(StaffMember)).all()
    return form_of(
        request,
        schemas.turn(members),
        _("Lưu lượt trực"),
        heading=heading,
        back=request.route_path("editorial.duty"),
        data=schemas.turn_data(turn) if turn.id else {"revision": "0"},
        of=f"duty_turn:{turn.id}" if turn.id else None,
        save=lambda data: StaffService(request.db, request.now).save_turn(
            turn,
            schemas.turn_values(data),
            revision=revision_of(data),
            actor_id=request.identity.account_id,
        ),
        reasons=schemas.REASONS,
    )


@view_config(
    route_name="editorial.duty.new",
    renderer=FORM,
    permission=Permission.AUTHORITY_EDIT,
    methods=BOTH,
    uses_session=True,
)
def new(request: Request) -> Any:
    """A new turn."""
    return _page(request, DutyTurn(), _("Thêm lượt trực"))


@view_config(
    route_name="editorial.duty.turn",
    renderer=FORM,
    permission=Permission.AUTHORITY_EDIT,
    methods=BOTH,
    uses_session=True,
)
def edit(context: DutyTurn, request: Request) -> Any:
    """One turn."""
    return _page(request, context, _("Sửa lượt trực"))


@view_config(
    route_name="editorial.duty.delete",
    permission=Permission.AUTHORITY_EDIT,
    methods=POST_ONLY,
    uses_session=True,
)
def delete(context: DutyTurn, request: Request) -> Response:
    """Into the bin."""
    service = StaffService(request.db, request.now)
    service.delete_turn(context, actor_id=request.identity.account_id)
    return say(HTTPSeeOther(request.route_path("editorial.duty")), Notice.ARTICLE_DELETED)
