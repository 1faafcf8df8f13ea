"""The officers' navigation: what fits their parts stands in front, the rest behind one word."""

from dataclasses import dataclass
from typing import Any

from pyramid.config import Configurator
from pyramid.request import Request

from content.people.roles import DESK_ROLES, Role
from portal.i18n import _

#: Links in front; more do not fit beside the name of the officer.
IN_FRONT = 6

#: Route, words, the permission that the link needs, if it is not that of the desk.
_LINKS: tuple[tuple[str, Any, str], ...] = (
    ("desk.inbox", _("Hồ sơ"), "desk:use"),
    ("desk.steering", _("Điều hành"), "desk:use"),
    ("desk.counter", _("Tiếp nhận"), "counter:use"),
    ("desk.certify", _("Chứng thực"), "counter:use"),
    ("desk.cashbook", _("Thu phí"), "cashbook:read"),
    ("desk.calls", _("Gọi điện"), "desk:use"),
    ("desk.register", _("Sổ theo dõi"), "desk:use"),
    ("desk.reports", _("Báo cáo"), "desk:use"),
    ("desk.work", _("Sổ việc"), "desk:use"),
    ("desk.parts", _("Liên thông"), "desk:use"),
    ("desk.opinions", _("Ý kiến"), "desk:use"),
    ("desk.postal", _("Bưu chính"), "counter:use"),
    ("desk.decisions", _("Cần niêm yết"), "desk:use"),
    ("editorial.processes", _("Quy trình"), "process:edit"),
    ("desk.labels", _("Nhãn"), "desk:use"),
    ("desk.delegations", _("Làm thay"), "delegation:set"),
    ("editorial.suggestions", _("Góp ý"), "suggestion:handle"),
    ("accounts.home", _("Tài khoản"), "account:use"),
)
_USED = {
    Role.ONE_STOP: ("desk.counter", "desk.certify", "desk.register", "desk.calls"),
    Role.SPECIALIST: ("desk.calls", "desk.register", "desk.opinions"),
    Role.HEAD: ("desk.steering", "desk.register", "desk.reports", "editorial.processes"),
    Role.LEADER: ("desk.steering", "desk.register", "desk.reports", "desk.cashbook"),
    Role.CLERK: ("desk.register", "desk.decisions"),
    Role.CASHIER: ("desk.cashbook", "desk.register"),
}
#: Whose navigation is the editors' wherever they are.
_EDITORS = {Role.EDITOR, Role.CHIEF_EDITOR, Role.ADMINISTRATOR}


@dataclass(frozen=True)
class Link:
    """A link of the navigation."""

    route: str
    words: Any
    is_here: bool


@dataclass(frozen=True)
class Navigation:
    """``front`` in the order of use; ``is_behind``: the page is one of the ``rest``."""

    front: list[Link]
    rest: list[Link]

    @property
    def is_behind(self) -> bool:
        return any(one.is_here for one in self.rest)


def navigation(request: Request) -> Navigation:
    """The links that this person may follow."""
    here = request.matched_route.name if request.matched_route else ""
    mine = [
        Link(route, words, route == here)
        for route, words, permission in _LINKS
        if request.has_permission(permission)
    ]
    used = {"desk.inbox"}
    used |= {route for role in request.identity.roles for route in _USED.get(role, ())}
    front = [one for one in mine if one.route in used][:IN_FRONT]
    return Navigation(front, [one for one in mine if one not in front])


def works_at_the_desk(request: Request) -> bool:
    """Whether the desk is this person's place: they have a part there and edit nothing else."""
    roles = set(request.identity.roles) if request.identity else set()
    return bool(roles & DESK_ROLES) and not roles & _EDITORS


def includeme(config: Configurator) -> None:
    """``request.desk_navigation`` for the layout of the desk."""
    config.add_request_method(works_at_the_desk, reify=True)
    config.add_request_method(navigation, "desk_navigation", reify=True)
