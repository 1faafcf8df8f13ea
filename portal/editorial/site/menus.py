"""Menus at the top and at the foot of every page, ordered by buttons."""

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from content.errors import Invalid
from content.site.models import MenuItem, MenuPlace
from content.site.service import in_order
from portal.editorial.site import schemas
from portal.editorial.site.saving import BOTH, POST_ONLY, revision_of, saved, service
from portal.http.notices import Notice, say
from portal.http.pages import form_page, make_form
from portal.i18n import _
from portal.security.permissions import Permission

FORM = "editorial/site/form.jinja2"
#: What the buttons send → how far a line moves.
STEPS = {"len": -1, "xuong": 1}


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

    return {"menus": [(words, below(place, None, 0)) for place, words in schemas.PLACES]}


def _page(request: Request, item: MenuItem, heading: str) -> Any:
    query = in_order(MenuItem).where(
        MenuItem.parent_id.is_(None), MenuItem.place == MenuPlace.FOOTER
    )
    parents = list(request.db.scalars(query))
    form = make_form(request, schemas.menu_item(parents), _("Lưu dòng"))
    page = form_page(request, FORM, form, heading=heading, back="editorial.menus")
    if request.method != "POST":
        form.fill(schemas.menu_data(item) if item.id else {"revision": "0"})
        return page

    def save(data: dict[str, Any]) -> None:
        service(request).save_menu_item(
            item,
            schemas.menu_values(data),
            revision=revision_of(data),
            actor_id=request.identity.account_id,
        )

    return saved(request, form, request.route_path("editorial.menus"), save)


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
    steps = STEPS.get(str(request.POST.get("huong")), 0)
    service(request).move(context, steps, actor_id=request.identity.account_id)
    return HTTPSeeOther(request.route_path("editorial.menus"))


@view_config(
    route_name="editorial.menu.delete",
    permission=Permission.SITE_ARRANGE,
    methods=POST_ONLY,
    uses_session=True,
)
def delete(context: MenuItem, request: Request) -> Response:
    """Delete a line; one with others under it stays, and the page says so."""
    target = HTTPSeeOther(request.route_path("editorial.menus"))
    try:
        service(request).delete_menu_item(context, actor_id=request.identity.account_id)
    except Invalid:
        return say(target, Notice.MENU_FULL)
    return say(target, Notice.SITE_SAVED)
