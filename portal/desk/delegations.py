"""Who does whose work: heads and administrators name substitutes, with dates."""

from datetime import date
from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config
from sqlalchemy import select

from content.agencies.models import Agency
from content.dossiers.delegating import (
    MAX_REASON,
    DelegationService,
    Standing,
    agencies_to_say_for,
    delegations_of,
    posts_to_cover,
)
from content.errors import Invalid, NotFound
from content.people.delegations import Delegation
from content.people.models import Membership
from content.people.roles import ROLE_NAMES
from content.words import local, short_date
from portal.desk.officer import officer
from portal.desk.saying_no import said_no
from portal.forms import fields
from portal.http.notices import Notice, say
from portal.http.pages import form_page, make_form
from portal.i18n import _
from portal.security.permissions import Permission

PAGE = "desk/delegations.jinja2"
MAX_ID = 18


@view_config(
    route_name="desk.delegations",
    renderer=PAGE,
    permission=Permission.DELEGATION_SET,
    methods=("GET", "HEAD", "POST"),
    uses_session=True,
)
def show(request: Request) -> Any:
    """Those that hold and will hold, those that are over, and the form of a new one."""
    mine = agencies_to_say_for(request.db, officer(request))
    today = local(request.now).date()
    names = _names(request, mine)
    posts = posts_to_cover(request.db, mine)
    form = make_form(request, _schema(posts, names), _("Ghi người làm thay"))
    page = form_page(
        request,
        PAGE,
        form,
        now=[_line(request, one, names, today) for one in delegations_of(request.db, mine, today)],
        past=[
            _line(request, one, names, today)
            for one in delegations_of(request.db, mine, today, past=True)
        ],
    )
    if request.method != "POST":
        form.fill({"starts_on": today.isoformat()})
        return page
    data = form.accept(request.POST)
    by_id = {str(one.id): one for one in posts}
    post = by_id.get(data["absent"])
    with said_no(form):
        if post is None:
            raise Invalid({"absent": "unknown"})
        request.service(DelegationService).name(
            officer(request),
            Standing(
                absent_id=post.account_id,
                agency_id=post.agency_id,
                role=post.role,
                substitute_id=int(data["substitute"]),
                starts_on=date.fromisoformat(data["starts_on"]),
                ends_on=date.fromisoformat(data["ends_on"]),
                reason=data["reason"] or "",
            ),
        )
    return say(HTTPSeeOther(request.route_path("desk.delegations")), Notice.DELEGATION_MADE)


@view_config(
    route_name="desk.delegation.end",
    permission=Permission.DELEGATION_SET,
    methods=("POST",),
    uses_session=True,
)
def end(request: Request) -> Response:
    """End one before its last day."""
    found = request.db.get(Delegation, int(request.matchdict["id"][:MAX_ID]))
    if found is None:
        raise NotFound("delegation")
    request.service(DelegationService).end(officer(request), found)
    return say(HTTPSeeOther(request.route_path("desk.delegations")), Notice.DELEGATION_ENDED)


def _schema(posts: list[Membership], names: dict[int, str]) -> Any:
    people = {one.account_id: one.account.name for one in posts}
    return fields.mapping(
        fields.choice(
            "absent",
            _("Người vắng và phần việc"),
            [
                (
                    str(one.id),
                    f"{one.account.name} – {ROLE_NAMES[one.role]}, {names[one.agency_id]}",
                )
                for one in posts
            ],
            as_list=True,
        ),
        fields.choice(
            "substitute",
            _("Người làm thay"),
            [(str(one), name) for one, name in people.items()],
            as_list=True,
        ),
        fields.date("starts_on", _("Từ ngày")),
        fields.date("ends_on", _("Đến hết ngày")),
        fields.text(
            "reason",
            _("Lý do"),
            required=False,
            max_length=MAX_REASON,
            hint=_("Ví dụ: nghỉ phép, đi công tác; số văn bản ủy quyền nếu có."),
        ),
    )


def _names(request: Request, agency_ids: set[int]) -> dict[int, str]:
    query = select(Agency.id, Agency.name).where(Agency.id.in_(agency_ids))
    return {row.id: row.name for row in request.db.execute(query)}


def _line(request: Request, one: Delegation, names: dict[int, str], today: date) -> dict[str, Any]:
    ended = local(one.ended_at).date() if one.ended_at else None
    return {
        "absent": one.absent.name,
        "substitute": one.substitute.name,
        "role": ROLE_NAMES[one.role],
        "agency": names[one.agency_id],
        "days": f"{short_date(one.starts_on)} – {short_date(one.ends_on)}",
        "ended": short_date(ended) if ended else None,
        "reason": one.reason,
        "by": one.made_by.name,
        "holds": one.starts_on <= today <= one.ends_on and one.ended_at is None,
        "end_url": request.route_path("desk.delegation.end", id=one.id),
    }
