"""Official mailboxes: officers whose address is not one, and giving them another address."""

from typing import Any

import colander
from pyramid.request import Request
from pyramid.view import view_config

from content.errors import Invalid, NotFound
from content.people.mailboxes import give_address, officers
from content.people.models import Account
from content.people.roles import ROLE_NAMES
from portal.editorial.saving import BOTH, form_of, revision_of
from portal.forms import fields
from portal.http.notices import Notice
from portal.i18n import _
from portal.mail import is_official
from portal.security.permissions import Permission

_WORDS = {
    "not_an_address": _("Thư điện tử chưa đúng; dạng đúng là ten@vidu.vn."),
    "taken": _("Địa chỉ này đã thuộc về một tài khoản khác."),
    "not_official": _("Địa chỉ này không thuộc tên miền thư công vụ của cơ quan."),
}


@view_config(
    route_name="editorial.mailboxes",
    renderer="editorial/site/mailboxes.jinja2",
    permission=Permission.SITE_IDENTITY,
    uses_session=True,
)
def listing(request: Request) -> dict[str, Any]:
    """Who has no official address and therefore gets no mail of dossiers."""
    known = request.settings.mail.official
    everybody = officers(request.db)
    without = [one for one in everybody if not is_official(request.settings.mail, one.email)]
    return {
        "domains": known,
        "total": len(everybody),
        "lines": [
            {
                "account": one,
                "roles": sorted({ROLE_NAMES[part.role] for part in one.memberships}),
                "url": request.route_path("editorial.mailbox", id=one.id),
            }
            for one in without
        ],
    }


@view_config(
    route_name="editorial.mailbox",
    renderer="editorial/site/mailbox.jinja2",
    permission=Permission.SITE_IDENTITY,
    methods=BOTH,
    uses_session=True,
)
def edit(context: Account, request: Request) -> Any:
    """Another address for one officer."""
    if not context.is_active:
        raise NotFound("account")
    return form_of(
        request,
        _schema(),
        _("Lưu địa chỉ"),
        heading=_("Đổi sang hộp thư công vụ"),
        back=request.route_path("editorial.mailboxes"),
        data={"email": context.email, "revision": str(context.revision)},
        save=lambda data: _save(request, context, data),
        reasons=lambda refused: _WORDS[refused.problems["email"]],
        renderer="editorial/site/mailbox.jinja2",
        notice=Notice.MAILBOX_SAVED,
        account=context,
        domains=request.settings.mail.official,
    )


def _save(request: Request, account: Account, data: dict[str, Any]) -> None:
    if not is_official(request.settings.mail, data["email"]):
        raise Invalid({"email": "not_official"})
    give_address(
        request.db,
        account,
        data["email"],
        revision=revision_of(data),
        actor_id=request.identity.account_id,
        now=request.now,
    )


def _schema() -> colander.SchemaNode:
    return fields.mapping(
        fields.email("email", _("Hộp thư công vụ"), autocomplete="off"),
        fields.hidden("revision"),
    )
