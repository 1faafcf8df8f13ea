"""The home page: which blocks, in which order."""

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from content.site.frame import USUAL_BLOCKS
from content.site.models import HomeBlock
from content.site.service import in_order
from portal.editorial.articles.kinds import section_options
from portal.editorial.saving import BOTH, FORM, POST_ONLY, form_of, revision_of, steps_of
from portal.editorial.site import schemas
from portal.editorial.site.saving import reason, service
from portal.http.notices import Notice, say
from portal.i18n import _
from portal.security.permissions import Permission


@view_config(
    route_name="editorial.blocks",
    renderer="editorial/site/blocks.jinja2",
    permission=Permission.SITE_ARRANGE,
    uses_session=True,
)
def listing(request: Request) -> dict[str, Any]:
    """The blocks in their order; without any the home page shows its usual ones."""
    names = dict(schemas.BLOCKS)
    blocks = request.db.scalars(in_order(HomeBlock))
    return {
        "blocks": [(one, names[one.kind]) for one in blocks],
        "usual": [names[one.kind] for one in USUAL_BLOCKS],
    }


@view_config(
    route_name="editorial.blocks.begin",
    permission=Permission.SITE_ARRANGE,
    methods=POST_ONLY,
    uses_session=True,
)
def begin(request: Request) -> Response:
    """The usual blocks become the editors' own, so that nothing is lost by arranging."""
    kinds = [one.kind for one in USUAL_BLOCKS]
    service(request).begin_blocks(kinds, actor_id=request.identity.account_id)
    return say(HTTPSeeOther(request.route_path("editorial.blocks")), Notice.SITE_BEGUN)


def _page(request: Request, block: HomeBlock, heading: str) -> Any:
    return form_of(
        request,
        schemas.block(section_options(request)),
        _("Lưu khối"),
        heading=heading,
        back=request.route_path("editorial.blocks"),
        data=schemas.block_data(block) if block.id else {"is_on": True, "revision": "0"},
        of=f"home_block:{block.id}" if block.id else None,
        save=lambda data: service(request).save_block(
            block,
            schemas.block_values(data),
            revision=revision_of(data),
            actor_id=request.identity.account_id,
        ),
        reasons=reason,
    )


@view_config(
    route_name="editorial.block.new",
    renderer=FORM,
    permission=Permission.SITE_ARRANGE,
    methods=BOTH,
    uses_session=True,
)
def new(request: Request) -> Any:
    """A new block."""
    return _page(request, HomeBlock(), _("Khối mới của trang đầu"))


@view_config(
    route_name="editorial.block",
    renderer=FORM,
    permission=Permission.SITE_ARRANGE,
    methods=BOTH,
    uses_session=True,
)
def edit(context: HomeBlock, request: Request) -> Any:
    """One block."""
    return _page(request, context, _("Sửa khối của trang đầu"))


@view_config(
    route_name="editorial.block.move",
    permission=Permission.SITE_ARRANGE,
    methods=POST_ONLY,
    uses_session=True,
)
def move(context: HomeBlock, request: Request) -> Response:
    """One place up or down."""
    service(request).move(context, steps_of(request), actor_id=request.identity.account_id)
    return HTTPSeeOther(request.route_path("editorial.blocks"))


@view_config(
    route_name="editorial.block.delete",
    permission=Permission.SITE_ARRANGE,
    methods=POST_ONLY,
    uses_session=True,
)
def delete(context: HomeBlock, request: Request) -> Response:
    """Into the bin."""
    service(request).delete_block(context, actor_id=request.identity.account_id)
    return say(HTTPSeeOther(request.route_path("editorial.blocks")), Notice.ARTICLE_DELETED)
