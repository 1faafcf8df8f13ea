"""Who publishes: names, address, emblem, colour, and whether visits are shown."""

from typing import Any

from pyramid.request import Request
from pyramid.view import view_config

from content.site.models import ONLY, Identity
from portal.editorial.site import schemas
from portal.editorial.site.saving import BOTH, revision_of, saved, service
from portal.http.pages import form_page, make_form
from portal.i18n import _
from portal.security.permissions import Permission

PAGE = "editorial/site/identity.jinja2"


@view_config(
    route_name="editorial.identity",
    renderer=PAGE,
    permission=Permission.SITE_IDENTITY,
    methods=BOTH,
    uses_session=True,
)
def edit(request: Request) -> Any:
    """One form; what is empty comes from the settings."""
    form = make_form(request, schemas.identity(request.settings.site), _("Lưu"))
    query = {"ve": request.path, "o": "emblem", "loai": "image"}
    pick = request.route_path("editorial.media.pick", _query=query)
    page = form_page(request, PAGE, form, pick=pick, visits=request.visits)
    if request.method != "POST":
        data = schemas.identity_data(request.db.get(Identity, ONLY))
        chosen = request.GET.get("emblem", "")
        if chosen.isascii() and chosen.isdigit() and len(chosen) < 10:
            data["emblem"] = chosen
        form.fill(data)
        return page

    def save(data: dict[str, Any]) -> None:
        service(request).save_identity(
            schemas.identity_values(data),
            revision=revision_of(data),
            actor_id=request.identity.account_id,
        )

    return saved(request, form, request.path, save)
