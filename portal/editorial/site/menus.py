"""Menus at the top and at the foot of every page, ordered by buttons."""

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from content.errors import Invalid
from content.site.models import MenuItem, MenuPlace
from content.site.service import in_order
from portal.editorial.saving import BOTH, FORM, POST_ONLY, form_of, revision_of, steps_of
from portal.editorial.site import schemas
from portal.editorial.site.saving import reason, service
from portal.frame import usual_menu as usual
from portal.http.notices import Notice, say
from portal.http.pages import posted
from portal.i18n import _
from portal.security.permissions import Permission


@view_config(
    route_name="editorial.menus",
    renderer="editorial/site/menus.jinja2",
    permission=Permission.SITE_ARRANGE,
    uses_session=True,
)
def listing(request: Request) -> dict[str, Any]:
    """Both menus as they stand."""
    lines = list(request.db.scalars(in_order(MenuItem)))

    def below(place: MenuPlace, parent_id: int | None, depth: int) -> list[tuple[MenuItem, int]]:
        found = []
        for one in lines:
            if one.place is place and one.parent_id == parent_id:
                found += [(one, depth), *below(place, one.id, depth + 1)]
        return found

    return {
        "menus": [
            (place, words, below(place, None, 0), usual(request, place))
            for place, words in schemas.PLACES
        ]
    }


@view_config(
    route_name="editorial.menus.begin",
    permission=Permission.SITE_ARRANGE,
    methods=POST_ONLY,
    uses_session=True,
)
def begin(request: Request) -> Response:
    """The usual lines become the editors' own, so that nothing is lost by arranging."""
    target = HTTPSeeOther(request.route_path("editorial.menus"))
    given = posted(request, "noi")
    if given not in list(MenuPlace):
        return target
    place = MenuPlace(given)
    lines = usual(request, place)
    service(request).begin_menu(place, lines, actor_id=request.identity.account_id)
    return say(target, Notice.SITE_BEGUN)


def _page(request: Request, item: MenuItem, heading: str) -> Any:
    query = in_order(MenuItem).where(
        MenuItem.parent_id.is_(None), MenuItem.place == MenuPlace.FOOTER
    )
    parents = list(request.db.scalars(query))
    return form_of(
        request,
        schemas.menu_item(parents),
        _("Lưu dòng"),
        heading=heading,
        back=request.route_path("editorial.menus"),
        data=schemas.menu_data(item) if item.id else {"revision": "0"},
        of=f"menu_item:{item.id}" if item.id else None,
        save=lambda data: service(request).save_menu_item(
            item,
            schemas.menu_values(data),
            revision=revision_of(data),
            actor_id=request.identity.account_id,
        ),
        reasons=reason,
    )


@view_config(
    route_name="editorial.menu.new",
    renderer=FORM,
    permission=Permission.SITE_ARRANGE,
    methods=BOTH,
    uses_session=True,
)
def new(request: Request) -> Any:
    """A new line."""
    return _page(request, MenuItem(), _("Dòng mới của trình đơn"))


@view_config(
    route_name="editorial.menu",
    renderer=FORM,
    permission=Permission.SITE_ARRANGE,
    methods=BOTH,
    uses_session=True,
)
def edit(context: MenuItem, request: Request) -> Any:
    """One line."""
    return _page(request, context, _("Sửa dòng của trình đơn"))


@view_config(
    route_name="editorial.menu.move",
    permission=Permission.SITE_ARRANGE,
    methods=POST_ONLY,
    uses_session=True,
)
def move(context: MenuItem, request: Request) -> Response:
    """One place up or down."""
    service(request).move(context, steps_of(request), actor_id=request.identity.account_id)
    return HTTPSeeOther(request.route_path("editorial.menus"))


@view_config(
    route_name="editorial.menu.delete",
    permission=Permission.SITE_ARRANGE,
    methods=POST_ONLY,
    uses_session=True,
)
def delete(context: MenuItem, request: Request) -> Response:
    """A line into the bin; one with others under it stays, and the page says so."""
    target = HTTPSeeOther(request.route_path("editorial.menus"))
    try:
        service(request).delete_menu_item(context, actor_id=request.identity.account_id)
    except Invalid:
        return say(target, Notice.MENU_FULL)
    return say(target, Notice.ARTICLE_DELETED)
