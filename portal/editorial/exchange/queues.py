"""What waits for the national portal and the document management, why, and trying again."""

from dataclasses import dataclass
from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from content.dossiers.log import NATIONAL_PORTAL
from content.dossiers.states import STATUS_NAMES, Status
from content.exchange.answering import take_again
from content.exchange.documents import STATE_NAMES, DraftHandOff, send_draft_again
from content.exchange.inquiring import DOCUMENTS
from content.exchange.models import (
    ExchangeArrival,
    ExchangeInquiry,
    ExchangeLink,
    ExchangeMessage,
    MessageKind,
)
from content.exchange.queue import queues, send_all_again
from content.exchange.sending import confirm_here, send_again
from content.people.models import Account
from portal.editorial.exchange.failing import failing
from portal.editorial.saving import POST_ONLY
from portal.http.notices import Notice, say
from portal.i18n import _
from portal.security.permissions import Permission

KINDS = {
    MessageKind.NEW: _("Hồ sơ mới"),
    MessageKind.UPDATE: _("Trạng thái"),
    MessageKind.PROGRESS: _("Tiến độ"),
    MessageKind.ANSWER: _("Trả lời tiếp nhận"),
}


@dataclass(frozen=True)
class System:
    """A system in a line: is it talked to, when was it last asked, what went wrong."""

    name: Any
    setting: str
    is_on: bool
    inquiry: ExchangeInquiry | None


@view_config(
    route_name="editorial.exchange",
    renderer="editorial/exchange/queues.jinja2",
    permission=Permission.DESK_ARRANGE,
    uses_session=True,
)
def listing(request: Request) -> dict[str, Any]:
    """All queues on one page."""
    found, chosen = queues(request.db), request.settings.exchange
    jobs, total = failing(request)
    systems = [
        System(
            _("Cổng Dịch vụ công quốc gia"),
            "exchange.national_url",
            bool(chosen.national_url),
            found.inquiries.get(NATIONAL_PORTAL),
        ),
        System(
            _("Hệ thống quản lý văn bản"),
            "exchange.documents_url",
            bool(chosen.documents_url),
            found.inquiries.get(DOCUMENTS),
        ),
    ]
    return {
        "systems": systems,
        "found": found,
        "kinds": KINDS,
        "statuses": {int(one): STATUS_NAMES[one] for one in Status},
        "draft_states": STATE_NAMES,
        "jobs": jobs,
        "jobs_in_all": total,
    }


@view_config(
    route_name="editorial.exchange.again",
    permission=Permission.DESK_ARRANGE,
    methods=POST_ONLY,
    uses_session=True,
)
def again(context: ExchangeMessage, request: Request) -> Response:
    """One message, now."""
    send_again(request.db, context, _me(request), request.now)
    return _back(request, Notice.EXCHANGE_AGAIN)


@view_config(
    route_name="editorial.exchange.all",
    permission=Permission.DESK_ARRANGE,
    methods=POST_ONLY,
    uses_session=True,
)
def all_again(request: Request) -> Response:
    """Everything that waits, now: the other side is there again."""
    send_all_again(request.db, _me(request), request.now)
    return _back(request, Notice.EXCHANGE_AGAIN)


@view_config(
    route_name="editorial.exchange.take",
    permission=Permission.DESK_ARRANGE,
    methods=POST_ONLY,
    uses_session=True,
)
def take(context: ExchangeArrival, request: Request) -> Response:
    """An arrival, now."""
    take_again(request.db, context, _me(request), request.now)
    return _back(request, Notice.EXCHANGE_AGAIN)


@view_config(
    route_name="editorial.exchange.draft",
    permission=Permission.DESK_ARRANGE,
    methods=POST_ONLY,
    uses_session=True,
)
def draft(context: DraftHandOff, request: Request) -> Response:
    """A draft, now."""
    send_draft_again(request.db, context, _me(request), request.now)
    return _back(request, Notice.EXCHANGE_AGAIN)


@view_config(
    route_name="editorial.exchange.confirm",
    permission=Permission.DESK_ARRANGE,
    methods=POST_ONLY,
    uses_session=True,
)
def confirm(context: ExchangeLink, request: Request) -> Response:
    """Our word on a dossier's status counts again."""
    confirm_here(request.db, context, _me(request), request.now)
    return _back(request, Notice.EXCHANGE_CONFIRMED)


def _me(request: Request) -> Account:
    found: Account = request.db.get_one(Account, request.identity.account_id)
    return found


def _back(request: Request, notice: Notice) -> Response:
    return say(HTTPSeeOther(request.route_path("editorial.exchange")), notice)
