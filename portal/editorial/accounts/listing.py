"""All officials: found by name, address, agency or part, those that are closed apart; a new one."""

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.view import view_config

from content.errors import Conflict
from content.people.accounts import AccountKeeper, Asked, Person, officials
from content.people.models import MAX_NAME
from content.people.roles import Role
from content.text import clean
from portal.editorial.accounts import schemas
from portal.editorial.accounts.posts import agency_names, posts_of
from portal.editorial.saving import BOTH, FORM
from portal.http.notices import Notice, say
from portal.http.pages import form_page, make_form
from portal.http.paging import page_links, page_number
from portal.i18n import _
from portal.security.permissions import Permission

AGENCY, ROLE, STATE, CLOSED = "don-vi", "viec", "tinh-trang", "da-khoa"


@view_config(
    route_name="editorial.accounts",
    renderer="editorial/accounts/accounts.jinja2",
    permission=Permission.ACCOUNT_KEEP,
    uses_session=True,
)
def listing(request: Request) -> dict[str, Any]:
    """Who works here; what makes no sense in the address is as if it was not there."""
    agencies = schemas.agency_choices(request)
    slug, role = request.GET.get(AGENCY, ""), request.GET.get(ROLE, "")
    is_closed = request.GET.get(STATE) == CLOSED
    agency = schemas.agency_of(request, slug) if slug in dict(agencies) else None
    asked = Asked(
        words=clean(request.GET.get("q", "")[:MAX_NAME]),
        agency_id=agency.id if agency else None,
        role=Role(role) if role in set(Role) else None,
        is_active=not is_closed,
        page=page_number(request.GET),
    )
    found = officials(request.db, asked)
    names = agency_names(request.db, found.items)
    return {
        "asked": asked,
        "agency": agency.slug if agency else "",
        "agencies": agencies,
        "roles": schemas.ROLES,
        "found": found,
        "lines": [(one, posts_of(one, names), found.seen.get(one.id)) for one in found.items],
        "state": CLOSED if is_closed else "",
        "tabs": [
            (
                request.route_path("editorial.accounts", _query=query),
                words,
                None,
                state == is_closed,
            )
            for state, words, query in (
                (False, _("Đang dùng"), {}),
                (True, _("Đã khóa"), {STATE: CLOSED}),
            )
        ],
        "links": page_links(request, found.page, found.pages),
    }


@view_config(
    route_name="editorial.accounts.new",
    renderer=FORM,
    permission=Permission.ACCOUNT_KEEP,
    methods=BOTH,
    uses_session=True,
)
def new(request: Request) -> Any:
    """An account that waits for its person; the link for the password is made on its page."""
    form = make_form(request, schemas.opening(request), _("Tạo tài khoản"))
    page = form_page(
        request,
        FORM,
        form,
        heading=_("Thêm tài khoản cán bộ"),
        back=request.route_path("editorial.accounts"),
    )
    if request.method != "POST":
        return page
    data = form.accept(request.POST)
    agency = schemas.agency_of(request, data["agency"])
    person = Person(data["name"], data["email"], data["phone"] or None)
    try:
        account = keeper(request).open(person, agency.id, schemas.roles_of(data["roles"]))
    except Conflict:
        words = _("Địa chỉ này đã có tài khoản. Tìm tài khoản đó để sửa, hoặc ghi địa chỉ khác.")
        raise form.refuse(words, "email") from None
    there = request.route_path("editorial.account", id=account.id)
    return say(HTTPSeeOther(there), Notice.ACCOUNT_OPENED)


def keeper(request: Request) -> AccountKeeper:
    """What may be done with accounts, as the administrator behind the request."""
    hasher = request.registry["hasher"]
    return AccountKeeper(request.db, hasher, request.now, request.identity.account_id)
