"""Who publishes: names, address, emblem, colour, and whether visits are shown."""

from typing import Any

from pyramid.request import Request
from pyramid.view import view_config

from content.media.models import Medium
from content.site.models import ONLY, Identity
from portal.editorial.saving import BOTH, form_of, number_of, revision_of
from portal.editorial.site import schemas
from portal.editorial.site.saving import reason, service
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
    query = {"ve": request.path, "o": "emblem", "loai": "image"}
    picked = number_of(request.GET.get("emblem"))
    found = request.db.get(Identity, ONLY)
    return form_of(
        request,
        schemas.identity(request.settings.site),
        _("Lưu"),
        heading="",
        back=request.path,
        data=schemas.identity_data(found),
        of=f"identity:{ONLY}",
        preset={"emblem": str(picked)} if picked else None,
        save=lambda data: service(request).save_identity(
            schemas.identity_values(data),
            revision=revision_of(data),
            actor_id=request.identity.account_id,
        ),
        reasons=reason,
        renderer=PAGE,
        pick=request.route_path("editorial.media.pick", _query=query),
        visits=request.visits,
        emblem=request.db.get(Medium, picked or (found.emblem_id if found else None) or 0),
    )
