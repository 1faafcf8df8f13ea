"""Banners: words on every page for a time."""

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from content.site.models import Banner
from content.site.service import banners
from portal.editorial.saving import BOTH, FORM, POST_ONLY, form_of, revision_of
from portal.editorial.site import schemas
from portal.editorial.site.saving import reason, service
from portal.http.notices import Notice, say
from portal.i18n import _
from portal.security.permissions import Permission


def state(banner: Banner, request: Request) -> str:
    """Whether readers see it now, in words."""
    if not banner.is_on:
        return _("Đã tắt")
    if banner.starts_at and banner.starts_at > request.now:
        return _("Chưa đến giờ")
    if banner.ends_at and banner.ends_at <= request.now:
        return _("Đã hết giờ")
    return _("Đang hiện")


@view_config(
    route_name="editorial.banners",
    renderer="editorial/site/banners.jinja2",
    permission=Permission.SITE_ARRANGE,
    uses_session=True,
)
def listing(request: Request) -> dict[str, Any]:
    """All of them."""
    severities = dict(schemas.SEVERITIES)
    found = [(one, severities[one.severity], state(one, request)) for one in banners(request.db)]
    return {"banners": found}


def _page(request: Request, banner: Banner, heading: str) -> Any:
    return form_of(
        request,
        schemas.banner(),
        _("Lưu thông báo"),
        heading=heading,
        back=request.route_path("editorial.banners"),
        data=schemas.banner_data(banner) if banner.id else {"is_on": True, "revision": "0"},
        of=f"banner:{banner.id}" if banner.id else None,
        save=lambda data: service(request).save_banner(
            banner,
            schemas.banner_values(data),
            revision=revision_of(data),
            actor_id=request.identity.account_id,
        ),
        reasons=reason,
    )


@view_config(
    route_name="editorial.banner.new",
    renderer=FORM,
    permission=Permission.SITE_ARRANGE,
    methods=BOTH,
    uses_session=True,
)
def new(request: Request) -> Any:
    """A new banner."""
    return _page(request, Banner(), _("Thông báo mới"))


@view_config(
    route_name="editorial.banner",
    renderer=FORM,
    permission=Permission.SITE_ARRANGE,
    methods=BOTH,
    uses_session=True,
)
def edit(context: Banner, request: Request) -> Any:
    """One banner."""
    return _page(request, context, _("Sửa thông báo"))


@view_config(
    route_name="editorial.banner.delete",
    permission=Permission.SITE_ARRANGE,
    methods=POST_ONLY,
    uses_session=True,
)
def delete(context: Banner, request: Request) -> Response:
    """Into the bin."""
    service(request).delete_banner(context, actor_id=request.identity.account_id)
    return say(HTTPSeeOther(request.route_path("editorial.banners")), Notice.SITE_SAVED)
