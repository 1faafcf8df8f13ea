"""Units and the people in them."""

from collections.abc import Iterator, Sequence
from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config
from sqlalchemy import select

from content.agencies.models import Agency
from content.errors import Invalid
from content.staff import reads
from content.staff.models import StaffMember, Unit
from content.staff.reads import UnitNode
from content.staff.service import StaffService
from portal.editorial.authority import staff_schemas as schemas
from portal.editorial.saving import BOTH, POST_ONLY, form_of, number_of, revision_of, steps_of
from portal.http.notices import Notice, say
from portal.i18n import _
from portal.security.permissions import Permission

FORM = "editorial/authority/form.jinja2"


def service(request: Request) -> StaffService:
    """The service of this request."""
    return StaffService(request.db, request.now)


def flat(nodes: Sequence[UnitNode], depth: int = 0) -> Iterator[tuple[UnitNode, int]]:
    """The tree as lines, each with how deep it stands."""
    for node in nodes:
        yield node, depth
        yield from flat(node.below, depth + 1)


def unit_options(request: Request) -> list[tuple[str, str]]:
    """Units to choose from, those below others marked so."""
    lines = flat(reads.chart(request.db))
    return [(str(node.unit.id), "– " * depth + node.unit.name) for node, depth in lines]


@view_config(
    route_name="editorial.units",
    renderer="editorial/authority/units.jinja2",
    permission=Permission.AUTHORITY_EDIT,
    uses_session=True,
)
def listing(request: Request) -> dict[str, Any]:
    """The whole chart."""
    return {"lines": list(flat(reads.chart(request.db)))}


def _unit_page(request: Request, unit: Unit, heading: str) -> Any:
    agencies = request.db.scalars(select(Agency).order_by(Agency.position, Agency.id)).all()
    parents = [one for one in unit_options(request) if one[0] != str(unit.id)]
    given = number_of(request.GET.get("thuoc"))
    empty = {"revision": "0", "parent": str(given or "")}
    return form_of(
        request,
        schemas.unit(parents, agencies),
        _("Lưu đơn vị"),
        heading=heading,
        back=request.route_path("editorial.units"),
        data=schemas.unit_data(unit) if unit.id else empty,
        of=f"unit:{unit.id}" if unit.id else None,
        save=lambda data: service(request).save_unit(
            unit,
            schemas.unit_values(data),
            revision=revision_of(data),
            actor_id=request.identity.account_id,
        ),
        reasons=schemas.REASONS,
    )


@view_config(
    route_name="editorial.unit.new",
    renderer=FORM,
    permission=Permission.AUTHORITY_EDIT,
    methods=BOTH,
    uses_session=True,
)
def new_unit(request: Request) -> Any:
    """A new unit, under the one that the address names."""
    return _unit_page(request, Unit(), _("Đơn vị mới"))


@view_config(
    route_name="editorial.unit",
    renderer=FORM,
    permission=Permission.AUTHORITY_EDIT,
    methods=BOTH,
    uses_session=True,
)
def edit_unit(context: Unit, request: Request) -> Any:
    """One unit."""
    return _unit_page(request, context, _("Sửa đơn vị"))


def _member_page(request: Request, member: StaffMember, heading: str) -> Any:
    path = request.path_qs
    query = {"ve": path, "o": "anh", "loai": "image"}
    data = {"revision": "0", "unit": str(number_of(request.GET.get("thuoc")) or "")}
    if member.id:
        data = schemas.member_data(member)
    chosen = number_of(request.GET.get("anh"))
    return form_of(
        request,
        schemas.member(unit_options(request)),
        _("Lưu cán bộ"),
        heading=heading,
        back=request.route_path("editorial.units"),
        data=data,
        of=f"staff_member:{member.id}" if member.id else None,
        save=lambda given: service(request).save_member(
            member,
            schemas.member_values(given),
            revision=revision_of(given),
            actor_id=request.identity.account_id,
        ),
        reasons=schemas.REASONS,
        preset={"photo": str(chosen)} if chosen else None,
        pick=request.route_path("editorial.media.pick", _query=query),
    )


@view_config(
    route_name="editorial.member.new",
    renderer=FORM,
    permission=Permission.AUTHORITY_EDIT,
    methods=BOTH,
    uses_session=True,
)
def new_member(request: Request) -> Any:
    """A new person, in the unit that the address names."""
    return _member_page(request, StaffMember(), _("Thêm cán bộ"))


@view_config(
    route_name="editorial.member",
    renderer=FORM,
    permission=Permission.AUTHORITY_EDIT,
    methods=BOTH,
    uses_session=True,
)
def edit_member(context: StaffMember, request: Request) -> Any:
    """One person."""
    return _member_page(request, context, _("Sửa thông tin cán bộ"))


@view_config(
    route_name="editorial.unit.move",
    permission=Permission.AUTHORITY_EDIT,
    methods=POST_ONLY,
    uses_session=True,
)
@view_config(
    route_name="editorial.member.move",
    permission=Permission.AUTHORITY_EDIT,
    methods=POST_ONLY,
    uses_session=True,
)
def move(context: Unit | StaffMember, request: Request) -> Response:
    """One place up or down among its neighbours."""
    service(request).move(context, steps_of(request), actor_id=request.identity.account_id)
    return HTTPSeeOther(request.route_path("editorial.units"))


@view_config(
    route_name="editorial.unit.delete",
    permission=Permission.AUTHORITY_EDIT,
    methods=POST_ONLY,
    uses_session=True,
)
def delete_unit(context: Unit, request: Request) -> Response:
    """Into the bin; one that has people or units stays, and the page says so."""
    target = HTTPSeeOther(request.route_path("editorial.units"))
    try:
        service(request).delete_unit(context, actor_id=request.identity.account_id)
    except Invalid:
        return say(target, Notice.UNIT_FULL)
    return say(target, Notice.SITE_SAVED)


@view_config(
    route_name="editorial.member.delete",
    permission=Permission.AUTHORITY_EDIT,
    methods=POST_ONLY,
    uses_session=True,
)
def delete_member(context: StaffMember, request: Request) -> Response:
    """Into the bin."""
    service(request).delete_member(context, actor_id=request.identity.account_id)
    return say(HTTPSeeOther(request.route_path("editorial.units")), Notice.SITE_SAVED)
