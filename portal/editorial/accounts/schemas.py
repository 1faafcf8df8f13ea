"""Forms of accounts: who somebody is, and in which agency they have which parts."""

from collections.abc import Iterable
from typing import Any

from pyramid.request import Request
from sqlalchemy import select

from content.agencies.models import Agency
from content.people.models import MAX_NAME
from content.people.roles import ROLE_NAMES, Role
from portal.forms import fields
from portal.i18n import _

ROLES = [(role.value, words) for role, words in ROLE_NAMES.items()]


def agency_choices(request: Request) -> list[tuple[str, str]]:
    """All agencies, as lists of choices want them."""
    query = select(Agency.slug, Agency.name).order_by(Agency.position, Agency.name)
    return [(row.slug, row.name) for row in request.db.execute(query)]


def agency_of(request: Request, slug: str) -> Agency:
    """The agency of a choice that the form has already accepted."""
    found: Agency = request.db.scalars(select(Agency).where(Agency.slug == slug)).one()
    return found


def roles_of(given: Iterable[str]) -> list[Role]:
    """Ticked boxes as roles."""
    return [Role(one) for one in given]


def opening(request: Request) -> Any:
    """A new account: who, where, as what."""
    return fields.mapping(
        _name(),
        fields.email(
            "email",
            _("Thư điện tử"),
            autocomplete="off",
            hint=_("Cũng là tên đăng nhập."),
        ),
        _phone(),
        *_post(request),
    )


def facts() -> Any:
    """Name and telephone."""
    return fields.mapping(_name(), _phone(), fields.hidden("revision"))


def post(request: Request) -> Any:
    """Parts in one agency."""
    return fields.mapping(*_post(request))


def move(here: list[tuple[str, str]], there: list[tuple[str, str]]) -> Any:
    """From one agency to another."""
    return fields.mapping(
        fields.choice("here", _("Thôi việc tại"), here, as_list=True),
        fields.choice("there", _("Chuyển đến"), there, as_list=True),
    )


def _name() -> Any:
    return fields.text("name", _("Họ tên"), max_length=MAX_NAME, autocomplete="off")


def _phone() -> Any:
    return fields.phone("phone", _("Điện thoại"), required=False, autocomplete="off")


def _post(request: Request) -> list[Any]:
    return [
        fields.choice("agency", _("Đơn vị"), agency_choices(request), as_list=True),
        fields.choices(
            "roles",
            _("Phần việc tại đơn vị này"),
            ROLES,
            required=True,
            hint=_("Đánh dấu mọi việc người này làm."),
        ),
    ]
