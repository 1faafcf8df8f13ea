"""What stands over a leader's name on letters; said once, by the leader."""

from typing import Any

from pyramid.httpexceptions import HTTPForbidden, HTTPSeeOther
from pyramid.request import Request
from pyramid.view import view_config

from content.errors import Invalid
from content.people.models import MAX_SIGN_WORDS, Account
from content.people.roles import Role
from content.people.signing_as import sign_as
from portal.forms import fields
from portal.http.notices import Notice, say
from portal.http.pages import form_page, make_form
from portal.i18n import _
from portal.security.permissions import Permission

PAGE = "accounts/sign_as.jinja2"


@view_config(
    route_name="accounts.sign_as",
    renderer=PAGE,
    permission=Permission.ACCOUNT_USE,
    methods=("GET", "HEAD", "POST"),
    uses_session=True,
)
def signature(request: Request) -> Any:
    """Title and capacity, as NĐ 30/2020 writes them."""
    if Role.LEADER not in request.identity.roles:
        raise HTTPForbidden
    account = request.db.get_one(Account, request.identity.account_id)
    schema = fields.mapping(
        fields.text(
            "title",
            _("Chức vụ"),
            required=False,
            max_length=MAX_SIGN_WORDS,
            hint=_("Ví dụ: Chủ tịch; Phó Chủ tịch; Giám đốc."),
        ),
        fields.text(
            "capacity",
            _("Quyền hạn ký, khi không ký với tư cách người đứng đầu"),
            required=False,
            max_length=MAX_SIGN_WORDS,
            hint=_("Ví dụ: KT. Chủ tịch; TL. Giám đốc; TUQ. Chủ tịch. Để trống nếu không có."),
        ),
    )
    form = make_form(request, schema, _("Lưu chức danh khi ký"))
    page = form_page(request, PAGE, form, name=account.name)
    if request.method != "POST":
        form.fill({"title": account.sign_title, "capacity": account.sign_capacity})
        return page
    data = form.accept(request.POST)
    try:
        sign_as(request.db, account, request.now, data["title"] or "", data["capacity"] or "")
    except Invalid:
        raise form.refuse(_("Ông/bà ghi cả chức vụ đứng dưới quyền hạn ký."), "title") from None
    return say(HTTPSeeOther(request.route_path("accounts.home")), Notice.SIGN_AS_KEPT)
