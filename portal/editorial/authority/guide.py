"""The guide to complaints, denunciations and petitions: its texts, and who takes what."""

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config
from sqlalchemy import select

from content.agencies.models import Agency
from content.errors import NotFound
from content.reception import guide, service
from content.reception.models import GuidePart, ReceivingPlace
from content.reception.service import ReceptionService
from portal.editorial.authority import reception_schemas as schemas
from portal.editorial.saving import BOTH, POST_ONLY, form_of, revision_of, steps_of
from portal.http.notices import Notice, say
from portal.i18n import _
from portal.security.permissions import Permission

FORM = "editorial/authority/form.jinja2"


@view_config(
    route_name="editorial.guide",
    renderer="editorial/authority/guide.jinja2",
    permission=Permission.AUTHORITY_EDIT,
    uses_session=True,
)
def listing(request: Request) -> dict[str, Any]:
    """The texts and the places."""
    return {
        "parts": guide.parts(request.db),
        "places": service.receiving_places(request.db),
    }


@view_config(
    route_name="editorial.guide.part",
    renderer=FORM,
    permission=Permission.AUTHORITY_EDIT,
    methods=BOTH,
    uses_session=True,
)
def edit_part(request: Request) -> Any:
    """One text."""
    if request.matchdict["part"] not in list(GuidePart):
        raise NotFound("part")
    part = GuidePart(request.matchdict["part"])
    found = guide.shown(part, service.guide_text(request.db, part))
    return form_of(
        request,
        schemas.guide(),
        _("Lưu"),
        heading=found.title,
        back=request.route_path("editorial.guide"),
        data={"body": found.body, "revision": str(found.revision)},
        of=f"guide_text:{part.value}",
        save=lambda data: ReceptionService(request.db, request.now).save_guide(
            part,
            data["body"] or "",
            revision=revision_of(data),
            actor_id=request.identity.account_id,
        ),
        reasons=schemas.REASONS,
    )


def _place_page(request: Request, place: ReceivingPlace, heading: str) -> Any:
    agencies = request.db.scalars(select(Agency).order_by(Agency.position, Agency.id)).all()
    return form_of(
        request,
        schemas.place(agencies),
        _("Lưu nơi nhận"),
        heading=heading,
        back=request.route_path("editorial.guide"),
        data=schemas.place_data(place) if place.id else {"revision": "0"},
        of=f"receiving_place:{place.id}" if place.id else None,
        save=lambda data: ReceptionService(request.db, request.now).save_place(
            place,
            schemas.place_values(data),
            revision=revision_of(data),
            actor_id=request.identity.account_id,
        ),
        reasons=schemas.REASONS,
    )


@view_config(
    route_name="editorial.guide.place.new",
    renderer=FORM,
    permission=Permission.AUTHORITY_EDIT,
    methods=BOTH,
    uses_session=True,
)
def new_place(request: Request) -> Any:
    """Somebody more who takes matters."""
    return _place_page(request, ReceivingPlace(), _("Thêm nơi nhận đơn"))


@view_config(
    route_name="editorial.guide.place",
    renderer=FORM,
    permission=Permission.AUTHORITY_EDIT,
    methods=BOTH,
    uses_session=True,
)
def edit_place(context: ReceivingPlace, request: Request) -> Any:
    """One of them."""
    return _place_page(request, context, _("Sửa nơi nhận đơn"))


@view_config(
    route_name="editorial.guide.place.move",
    permission=Permission.AUTHORITY_EDIT,
    methods=POST_ONLY,
    uses_session=True,
)
def move_place(context: ReceivingPlace, request: Request) -> Response:
    """One place up or down."""
    keeper = ReceptionService(request.db, request.now)
    keeper.move_place(context, steps_of(request), actor_id=request.identity.account_id)
    return HTTPSeeOther(request.route_path("editorial.guide"))


@view_config(
    route_name="editorial.guide.place.delete",
    permission=Permission.AUTHORITY_EDIT,
    methods=POST_ONLY,
    uses_session=True,
)
def delete_place(context: ReceivingPlace, request: Request) -> Response:
    """Into the bin."""
    keeper = ReceptionService(request.db, request.now)
    keeper.delete_place(context, actor_id=request.identity.account_id)
    return say(HTTPSeeOther(request.route_path("editorial.guide")), Notice.ARTICLE_DELETED)
