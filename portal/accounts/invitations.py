"""The page behind an invitation: an official chooses the first password, once."""

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.security import NO_PERMISSION_REQUIRED
from pyramid.view import view_config

from content.errors import Invalid
from content.people.invitations import accept, invited
from portal.accounts import schemas
from portal.accounts.signing import BOTH, PASSWORD_WORDS
from portal.http.notices import Notice, say
from portal.http.pages import form_page, make_form
from portal.i18n import _

PAGE = "accounts/invitation.jinja2"


@view_config(
    route_name="accounts.invitation",
    renderer=PAGE,
    permission=NO_PERMISSION_REQUIRED,
    methods=BOTH,
    uses_session=True,
)
def invitation(request: Request) -> Any:
    """404 for a link that was used or has ended."""
    token = request.matchdict["token"]
    found = invited(request.db, token, request.now)
    form = make_form(request, schemas.first_password(), _("Đặt mật khẩu"))
    page = form_page(request, PAGE, form, name=found.account.name, email=found.account.email)
    if request.method != "POST":
        return page
    password = form.accept(request.POST)["password"]
    try:
        accept(request.db, token, password, request.registry["hasher"], request.now)
    except Invalid as refused:
        raise form.refuse(PASSWORD_WORDS[refused.problems["password"]], "password") from None
    return say(HTTPSeeOther(request.route_path("accounts.sign_in")), Notice.PASSWORD_CHOSEN)
