"""One account: what is known of it, what was done with it, and the forms that change it."""

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.view import view_config
from sqlalchemy import select

from content.agencies.models import Agency
from content.audit import about
from content.dossiers.memberships import held_by, move_officer
from content.errors import InvalidTransition
from content.people.accounts import last_seen, link_that_waits
from content.people.models import Account
from portal.editorial.accounts import schemas
from portal.editorial.accounts.history import told
from portal.editorial.accounts.listing import keeper
from portal.editorial.accounts.posts import agency_names, posts_of
from portal.editorial.saving import BOTH, FORM, form_of, revision_of
from portal.http.notices import Notice, say
from portal.http.pages import form_page, make_form
from portal.i18n import _
from portal.security.permissions import Permission

_NOT_MOVED = {
    "same_agency": _("Nơi chuyển đến đang là nơi làm việc; ông/bà chọn đơn vị khác."),
    "holds_dossiers": _(
        "Người này còn giữ ${held} hồ sơ đang giải quyết ở đơn vị cũ. Cần làm trước: lãnh đạo đơn "
        "vị giao các hồ sơ đó cho người khác."
    ),
}


@view_config(
    route_name="editorial.account",
    renderer="editorial/accounts/account.jinja2",
    permission=Permission.ACCOUNT_KEEP,
    uses_session=True,
)
def show(context: Account, request: Request) -> dict[str, Any]:
    """The account with everything that can be done to it."""
    names = agency_names(request.db, [context])
    return {
        "account": context,
        "posts": posts_of(context, names),
        "seen": last_seen(request.db, [context.id]).get(context.id),
        "link": link_that_waits(request.db, context, request.now),
        "held": held_by(request.db, context),
        "is_me": context.id == request.identity.account_id,
        "history": told(request.db, about(request.db, context.subject)),
    }


@view_config(
    route_name="editorial.account.facts",
    renderer=FORM,
    permission=Permission.ACCOUNT_KEEP,
    methods=BOTH,
    uses_session=True,
)
def facts(context: Account, request: Request) -> Any:
    """Another name or telephone."""
    return form_of(
        request,
        schemas.facts(),
        _("Lưu"),
        heading=_("Sửa họ tên, điện thoại: ${name}", {"name": context.name}),
        back=_page(request, context),
        data={
            "name": context.name,
            "phone": context.phone or "",
            "revision": str(context.revision),
        },
        of=context.subject,
        save=lambda data: keeper(request).describe(
            context, data["name"], data["phone"] or None, revision=revision_of(data)
        ),
        reasons={},
        notice=Notice.ACCOUNT_SAVED,
    )


@view_config(
    route_name="editorial.account.posts",
    renderer=FORM,
    permission=Permission.ACCOUNT_KEEP,
    methods=BOTH,
    uses_session=True,
)
def posts(context: Account, request: Request) -> Any:
    """More parts, here or at another agency."""
    return form_of(
        request,
        schemas.post(request),
        _("Giao việc"),
        heading=_("Giao thêm phần việc: ${name}", {"name": context.name}),
        back=_page(request, context),
        data={},
        save=lambda data: keeper(request).give_roles(
            context,
            schemas.agency_of(request, data["agency"]).id,
            schemas.roles_of(data["roles"]),
        ),
        reasons={},
        notice=Notice.ROLE_GIVEN,
    )


@view_config(
    route_name="editorial.account.move",
    renderer=FORM,
    permission=Permission.ACCOUNT_KEEP,
    methods=BOTH,
    uses_session=True,
)
def move(context: Account, request: Request) -> Any:
    """To another agency, in the same parts."""
    ids = {one.agency_id for one in context.memberships}
    query = select(Agency.slug, Agency.name).where(Agency.id.in_(ids)).order_by(Agency.name)
    here = [(row.slug, row.name) for row in request.db.execute(query)]
    form = make_form(request, schemas.move(here, schemas.agency_choices(request)), _("Chuyển"))
    heading = _("Chuyển sang đơn vị khác: ${name}", {"name": context.name})
    back = _page(request, context)
    page = form_page(request, FORM, form, heading=heading, back=back)
    if request.method != "POST":
        return page
    data = form.accept(request.POST)
    old, new = (schemas.agency_of(request, data[name]) for name in ("here", "there"))
    actor = request.identity.account_id
    try:
        move_officer(request.db, context, old, new, request.now, actor_id=actor)
    except InvalidTransition as refused:
        words = _NOT_MOVED[refused.code] % refused.data
        raise form.refuse(words, "there" if refused.code == "same_agency" else "here") from None
    return say(HTTPSeeOther(back), Notice.ACCOUNT_MOVED)


def _page(request: Request, account: Account) -> str:
    return str(request.route_path("editorial.account", id=account.id))
