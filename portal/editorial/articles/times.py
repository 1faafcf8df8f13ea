"""When readers see an article or page: publishing it, now or later, and other times for it."""

from datetime import datetime
from zoneinfo import ZoneInfo

from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from content.errors import Invalid, InvalidTransition, NotAllowed
from content.news.review import ReviewService
from content.news.service import Written
from portal.editorial.articles import way
from portal.http.notices import Notice
from portal.security.permissions import Permission

POST_ONLY = ("POST",)
VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


@view_config(
    route_name="editorial.article.publish",
    permission=Permission.ARTICLE_PUBLISH,
    methods=POST_ONLY,
    uses_session=True,
)
@view_config(
    route_name="editorial.page.publish",
    permission=Permission.ARTICLE_PUBLISH,
    methods=POST_ONLY,
    uses_session=True,
)
def publish(context: Written, request: Request) -> Response:
    """Show it to readers, now or from a date on. A second click changes nothing."""
    me = request.identity.account_id
    try:
        at, until = _moment(request, "at"), _moment(request, "until")
        request.service(ReviewService).publish(context, actor_id=me, at=at, until=until)
    except ValueError:
        return way.refused(request, context, "bad_date")
    except (Invalid, NotAllowed) as refused:
        return way.refused(request, context, refused.code)
    except InvalidTransition:
        return way.to_page(request, context)
    later = at is not None and at > request.now
    notice = Notice.ARTICLE_SCHEDULED if later else Notice.ARTICLE_PUBLISHED
    return way.to_page(request, context, notice)


@view_config(
    route_name="editorial.article.reschedule",
    permission=Permission.ARTICLE_PUBLISH,
    methods=POST_ONLY,
    uses_session=True,
)
@view_config(
    route_name="editorial.page.reschedule",
    permission=Permission.ARTICLE_PUBLISH,
    methods=POST_ONLY,
    uses_session=True,
)
def reschedule(context: Written, request: Request) -> Response:
    """Other times for what is published. What the field showed is left to the second."""
    me = request.identity.account_id
    is_same = way.typed(request, "at") == way.minute(context.published_at)
    try:
        at, until = _moment(request, "at"), _moment(request, "until")
        request.service(ReviewService).reschedule(
            context, actor_id=me, at=None if is_same else at, until=until
        )
    except ValueError:
        return way.refused(request, context, "bad_date")
    except Invalid as refused:
        return way.refused(request, context, refused.code)
    except InvalidTransition:
        return way.to_page(request, context)
    return way.to_page(request, context, Notice.ARTICLE_RESCHEDULED)


def _moment(request: Request, name: str) -> datetime | None:
    """A moment of Việt Nam's clock, as ``datetime-local`` sends it."""
    text = way.typed(request, name)
    if not text:
        return None
    found = datetime.fromisoformat(text)
    if found.tzinfo is not None or not 2000 <= found.year <= 2100:
        raise ValueError(text)
    return found.replace(tzinfo=VIETNAM)
