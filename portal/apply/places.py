"""The communes of a province, for the script of address fields. Public, kept by caches."""

from typing import Any

from pyramid.request import Request
from pyramid.security import NO_PERMISSION_REQUIRED
from pyramid.view import view_config

from content.agencies.places import Places

PROVINCE = "tinh"


@view_config(route_name="apply.places", renderer="json", permission=NO_PERMISSION_REQUIRED)
def places(request: Request) -> dict[str, Any]:
    """``{"items": [{"code", "name"}, …]}``, alphabetical; empty for an unknown province."""
    found = request.service(Places).communes(request.GET.get(PROVINCE, ""))
    return {"items": [{"code": code, "name": name} for code, name in found]}
