"""Polls in English: the questions, the answers to choose from, the numbers once it is over.

Votes are given on the page in Vietnamese, as everything else is sent; the answers stand there
in the same order.
"""

from typing import Any

from pyramid.request import Request
from pyramid.security import NO_PERMISSION_REQUIRED
from pyramid.view import view_config

from content.errors import NotFound
from content.polls import service
from content.polls.models import Poll, answer_key
from content.writing.translatable import told
from portal.english.site import about


@view_config(
    route_name="english.polls", renderer="english/polls.jinja2", permission=NO_PERMISSION_REQUIRED
)
def polls(request: Request) -> dict[str, Any]:
    """Polls that take votes, and the last that ended."""
    _check_on(request)
    running, ended = service.begun(request.db, request.now)
    said = told(request.db, [*running, *ended])
    return {
        "running": [(one, said[one.id]) for one in running],
        "ended": [(one, said[one.id]) for one in ended],
        **about(request, said.values()),
    }


@view_config(
    route_name="english.poll", renderer="english/poll.jinja2", permission=NO_PERMISSION_REQUIRED
)
def poll(context: Poll, request: Request) -> dict[str, Any]:
    """One question with its answers."""
    _check_on(request)
    if context.starts_at > request.now:
        raise NotFound("poll")
    said = told(request.db, [context])[context.id]
    answers = [
        (said[answer_key(place)], one) for place, one in enumerate(service.shares(context), start=1)
    ]
    return {
        "poll": context,
        "is_open": service.is_open(context, request.now),
        "words": said,
        "answers": answers,
        **about(request, [said]),
    }


def _check_on(request: Request) -> None:
    if not request.settings.editorial.polls:
        raise NotFound("polls")
