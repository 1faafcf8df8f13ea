"""Signing in, up and out. One error for all causes; the drafts of this browser come along."""

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response
from pyramid.security import NO_PERMISSION_REQUIRED
from pyramid.view import view_config

from content.dossiers.drafts import DraftService
from content.errors import Conflict, Invalid, NotAllowed, TooMany
from content.outbox import enqueue
from content.people.models import Account
from content.people.roles import DESK_ROLES, EDITORIAL_ROLES
from content.people.service import MIN_PASSWORD, PeopleService, digest
from portal.accounts import schemas
from portal.http.ended import CARRIED, send_again, sign_in_schema
from portal.http.notices import Notice, say
from portal.http.pages import form_page, local_path, make_form, refused_page
from portal.http.parcels import Parcel, unpack
from portal.i18n import _
from portal.security.permissions import Permission
from portal.security.policy import (
    SIGN_IN_COOKIE,
    clear_sign_in_cookie,
    draft_tokens,
    set_sign_in_cookie,
)

BOTH = ("GET", "HEAD", "POST")
NEXT = "tiep"
PASSWORD_WORDS = {
    "password_short": _("Mật khẩu còn ngắn; ông/bà vui lòng dùng ít nhất 10 ký tự."),
    "password_long": _("Mật khẩu dài quá 200 ký tự; ông/bà vui lòng rút ngắn."),
    "password_guessable": _("Mật khẩu này dễ đoán; ông/bà vui lòng chọn mật khẩu khác."),
}


def enter(
    request: Request, account: Account, notice: Notice, parcel: Parcel | None = None
) -> Response:
    """Start a session, bring the drafts along and go where the person was going: on, or to
    what was typed when the last session had ended."""
    token = request.service(PeopleService).start_session(
        account, user_agent=request.user_agent or ""
    )
    drafts = request.service(DraftService)
    for one in draft_tokens(request):
        drafts.adopt(digest(one), account.id)
    target = local_path(request.params.get(NEXT), request.route_path(first_page(account)))
    onward = say(HTTPSeeOther(target), notice)
    response = onward if parcel is None else send_again(request, parcel)
    set_sign_in_cookie(request, response, token)
    return response


def first_page(account: Account) -> str:
    """The route of the page where a person's work begins."""
    roles = {one.role for one in account.memberships}
    if roles & DESK_ROLES:
        return "desk.inbox"
    return "editorial.home" if roles & EDITORIAL_ROLES else "accounts.home"


def other_door(request: Request, route: str) -> str:
    """The address of sign-in or sign-up, with the way on kept."""
    target = local_path(request.params.get(NEXT), "")
    return request.route_path(route, _query={NEXT: target} if target else {})


@view_config(
    route_name="accounts.sign_in",
    renderer="accounts/sign_in.jinja2",
    permission=NO_PERMISSION_REQUIRED,
    methods=BOTH,
    uses_session=True,
)
def sign_in(request: Request) -> Any:
    """The form, and what was sent with it."""
    parcel = unpack(request, request.POST.get(CARRIED))
    form = make_form(request, sign_in_schema(carrying=parcel is not None), _("Đăng nhập"))
    sign_up_url = other_door(request, "accounts.sign_up")
    page = form_page(
        request, "accounts/sign_in.jinja2", form, sign_up_url=sign_up_url, parcel=parcel
    )
    if request.method != "POST":
        return page
    data = form.accept(request.POST)
    # A session of its own: hashing takes a tenth of a second, in which the request's
    # transaction would keep all other writers waiting.
    with request.registry["database"].sessions() as session:
        people = PeopleService(session, request.registry["hasher"], request.now)
        try:
            found = people.authenticate(
                data["email"], data["password"], address=request.client_addr or ""
            )
        except NotAllowed as refused:
            request.service(PeopleService).note_failure(refused.data["keys"])
            words = _("Thư điện tử hoặc mật khẩu chưa đúng. Ông/bà hãy kiểm tra và nhập lại.")
            form.refuse(words, "email")
            # Returned, not raised: the failed attempt must be counted.
            return refused_page(request, form)
        except TooMany as tired:
            minutes = tired.data["retry_after"] // 60
            words = _("Ông/bà đã nhập sai nhiều lần; vui lòng đợi ${n} phút rồi thử lại.")
            raise form.refuse(words % {"n": minutes}, "email") from None
    return enter(request, found, Notice.SIGNED_IN, parcel)


@view_config(
    route_name="accounts.sign_up",
    renderer="accounts/sign_up.jinja2",
    permission=NO_PERMISSION_REQUIRED,
    methods=BOTH,
    uses_session=True,
)
def sign_up(request: Request) -> Any:
    """A citizen's account; officials' accounts are made by the administrator."""
    form = make_form(request, schemas.sign_up(), _("Tạo tài khoản"))
    sign_in_url = other_door(request, "accounts.sign_in")
    page = form_page(
        request, "accounts/sign_up.jinja2", form, sign_in_url=sign_in_url, minimum=MIN_PASSWORD
    )
    if request.method != "POST":
        return page
    data = form.accept(request.POST)
    try:
        account = request.service(PeopleService).register(**data)
    except Conflict:
        words = _("Thư điện tử này đã có tài khoản; ông/bà hãy đăng nhập.")
        raise form.refuse(words, "email") from None
    except Invalid as refused:
        words = PASSWORD_WORDS[refused.problems["password"]]
        raise form.refuse(words, "password") from None
    values = {
        "name": account.name,
        "email": account.email,
        "sign_in_url": request.site.base_url + request.route_path("accounts.sign_in"),
    }
    payload = {"template": "welcome", "to": account.email, "values": values}
    enqueue(request.db, "mail", account.subject, now=request.now, payload=payload)
    return enter(request, account, Notice.SIGNED_UP)


@view_config(
    route_name="accounts.sign_out",
    permission=Permission.ACCOUNT_USE,
    methods=("POST",),
    uses_session=True,
)
def sign_out(request: Request) -> Response:
    """End this browser's session."""
    request.service(PeopleService).end_session(request.cookies.get(SIGN_IN_COOKIE, ""))
    response = say(HTTPSeeOther(request.route_path("accounts.sign_in")), Notice.SIGNED_OUT)
    clear_sign_in_cookie(response)
    return response
