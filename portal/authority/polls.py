"""Polls, where the site has switched them on: one vote for each browser, and the numbers.

That a browser has voted stands in a signed cookie of its own; nothing about voters is kept.
"""

from datetime import timedelta
from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response
from pyramid.security import NO_PERMISSION_REQUIRED
from pyramid.view import view_config

from content.errors import Invalid, InvalidTransition, NotFound
from content.polls import service
from content.polls.models import Poll
from content.polls.service import PollService
from portal import against_machines as guard
from portal import signed
from portal.forms import fields
from portal.http.pages import form_page, make_form
from portal.i18n import _, listed, translated

PAGE = "authority/poll.jinja2"
COOKIE, PURPOSE, VOTED = "tham_do", "poll", "da-gui"
LIFE = timedelta(days=365)
#: Polls that a browser remembers; the oldest are over by then.
REMEMBERED = 40
#: Many may share an address: a household, an office, a school.
PER_HOUR = 30


def _check_on(request: Request) -> None:
    if not request.settings.editorial.polls:
        raise NotFound("polls")


@view_config(
    route_name="authority.polls",
    renderer="authority/polls.jinja2",
    permission=NO_PERMISSION_REQUIRED,
)
def listing(request: Request) -> dict[str, Any]:
    """Polls that take votes, and the last that ended."""
    _check_on(request)
    running, ended = service.begun(request.db, request.now)
    return {"running": running, "ended": ended, "alternates": listed(request)}


def voted(request: Request) -> list[str]:
    """The polls that this browser voted in, by its cookie."""
    token = request.cookies.get(COOKIE, "")
    words = signed.read(request.settings.secret, token, request.now) or ""
    head, _colon, numbers = words.partition(":")
    return numbers.split(",") if head == PURPOSE and numbers else []


@view_config(
    route_name="authority.poll",
    renderer=PAGE,
    permission=NO_PERMISSION_REQUIRED,
    methods=("GET", "HEAD", "POST"),
    uses_session=True,
)
def poll(context: Poll, request: Request) -> Any:
    """The question, until this browser has answered or the time is over; then the numbers."""
    _check_on(request)
    if context.starts_at > request.now:
        raise NotFound("poll")
    is_open = service.is_open(context, request.now)
    has_voted = str(context.id) in voted(request)
    form = make_form(request, _schema(context), _("Gửi ý kiến")) if is_open else None
    page = form_page(
        request,
        PAGE,
        None if has_voted else form,
        poll=context,
        alternates=translated(request, f"poll:{context.id}", request.path),
        is_open=is_open,
        has_voted=has_voted,
        is_sent=VOTED in request.GET and has_voted,
        shares=service.shares(context) if has_voted or not is_open else [],
    )
    if request.method == "POST":
        return _vote(request, context, form, has_voted)
    return page


def _schema(poll: Poll) -> Any:
    options = [(str(one.id), one.words) for one in poll.options]
    return fields.mapping(
        fields.choice("option", _("Ông/bà chọn"), options, as_list=False),
        fields.hidden(guard.TRAP),
    )


def _vote(request: Request, poll: Poll, form: Any, has_voted: bool) -> Response:
    here = request.route_path("authority.poll", id=poll.id)
    if has_voted or form is None:
        return HTTPSeeOther(here)
    data = form.accept(request.POST)
    if guard.is_trapped(data):
        return HTTPSeeOther(here)
    limit = guard.limit(request, PURPOSE, PER_HOUR)
    limit.refuse_if_tired(request.client_addr or "")
    try:
        PollService(request.db, request.now).vote(poll, int(data["option"]))
    except (Invalid, InvalidTransition):
        return HTTPSeeOther(here)
    limit.note(request.client_addr or "")
    return _remember(request, HTTPSeeOther(f"{here}?{VOTED}=1"), poll)


def _remember(request: Request, response: Response, poll: Poll) -> Response:
    numbers = [*voted(request), str(poll.id)][-REMEMBERED:]
    words = f"{PURPOSE}:{','.join(numbers)}"
    response.set_cookie(
        COOKIE,
        signed.sign(request.settings.secret, words, request.now + LIFE),
        max_age=int(LIFE.total_seconds()),
        path="/tham-do",
        httponly=True,
        samesite="Lax",
        secure=request.settings.secure_cookies,
    )
    return response
