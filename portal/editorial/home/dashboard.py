"""The editors' dashboard: what waits, as numbers that lead to their lists.

Only what this person may open is counted. A number that nobody counted yet is ``None`` and
is said to be unknown, never zero.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.view import view_config
from sqlalchemy import func, select

from content.calendar.store import load_calendar
from content.enquiries import reads as enquiries
from content.finding import empty
from content.links import rounds
from content.news import comments, desk
from content.news.comments import CommentState
from content.news.models import Article, Page, ReviewState
from content.procedures import duties, notified, worklist
from content.procedures.merging import reads as merging
from content.procedures.prepared import PreparedDecision
from content.procedures.standing import today
from content.procedures.worklist import Work
from content.suggestions import service as suggestions
from content.suggestions.models import SuggestionState
from content.writing import reviews
from portal.i18n import _
from portal.security.permissions import Permission

Count = Callable[[Request], int | None]


@dataclass(frozen=True)
class Item:
    """One number: what it counts, whose list it leads to, what opening that list takes."""

    words: Any
    route: str
    query: Mapping[str, str]
    needed: Permission
    count: Count
    #: Whether it can be anything but nothing on this site.
    is_used: Callable[[Request], bool] = lambda _request: True


@dataclass(frozen=True)
class Number:
    """An item as this person sees it."""

    words: Any
    url: str
    count: int | None


def _articles(state: ReviewState) -> Count:
    return lambda request: desk.count(request.db, Article, desk.in_review(Article, state))


def _pages(state: ReviewState) -> Count:
    return lambda request: desk.count(request.db, Page, desk.in_review(Page, state))


def _copies(model: desk.Written) -> Count:
    return lambda request: desk.count(request.db, model, desk.with_copies(model))


def _four_eyes(request: Request) -> bool:
    return bool(request.settings.editorial.four_eyes)


def _mine(model: desk.Written) -> Count:
    def count(request: Request) -> int:
        return desk.count(request.db, model, desk.drafts_of(model, request.identity.account_id))

    return count


def _procedures(work: Work) -> Count:
    def count(request: Request) -> int:
        made: dict[Any, Any] = request.made
        if worklist not in made:
            made[worklist] = worklist.counts(request.db, day=today(request.now))
        found: int = made[worklist][work]
        return found

    return count


def _waiting_enquiries(request: Request) -> int:
    days = request.settings.editorial.answer_days
    return enquiries.waiting(request.db, request.now, days).total


def _waiting_comments(request: Request) -> int:
    return comments.counts(request.db).get(CommentState.WAITING, 0)


def _new_suggestions(request: Request) -> int:
    return suggestions.counts(request.db).get(SuggestionState.NEW, 0)


def _prepared(request: Request) -> int:
    query = select(func.count(PreparedDecision.id)).where(PreparedDecision.decision_id.is_(None))
    return request.db.scalar(query) or 0


def _duties(request: Request) -> int:
    calendar = load_calendar(request.db)
    return len(duties.open_duties(request.db, calendar, today(request.now)))


def _desks(request: Request) -> int:
    return notified.waiting(request.db, today(request.now))


def _differences(request: Request) -> int:
    return sum(merging.counts(request.db).values())


def _broken_links(request: Request) -> int | None:
    """By the worker's last round; ``None`` before the first."""
    if rounds.last_round(request.db) is None:
        return None
    return rounds.broken_count(request.db)


GROUPS: Sequence[tuple[Any, Sequence[Item]]] = (
    (
        _("Bài và trang đang viết"),
        (
            Item(
                _("Bài nháp của tôi"),
                "editorial.articles",
                {"loc": "cua-toi"},
                Permission.ARTICLE_EDIT,
                _mine(Article),
            ),
            Item(
                _("Trang nháp của tôi"),
                "editorial.pages",
                {"loc": "cua-toi"},
                Permission.ARTICLE_EDIT,
                _mine(Page),
            ),
            Item(
                _("Bài trả lại để sửa"),
                "editorial.articles",
                {"loc": "tra-lai"},
                Permission.ARTICLE_EDIT,
                _articles(ReviewState.RETURNED),
            ),
            Item(
                _("Trang trả lại để sửa"),
                "editorial.pages",
                {"loc": "tra-lai"},
                Permission.ARTICLE_EDIT,
                _pages(ReviewState.RETURNED),
            ),
        ),
    ),
    (
        _("Chờ duyệt"),
        (
            Item(
                _("Bài chờ duyệt"),
                "editorial.articles",
                {"loc": "cho-duyet"},
                Permission.EDITORIAL_USE,
                _articles(ReviewState.WAITING),
            ),
            Item(
                _("Trang chờ duyệt"),
                "editorial.pages",
                {"loc": "cho-duyet"},
                Permission.EDITORIAL_USE,
                _pages(ReviewState.WAITING),
            ),
            Item(
                _("Bài có bản sửa chờ công bố"),
                "editorial.articles",
                {"loc": "ban-sua"},
                Permission.EDITORIAL_USE,
                _copies(Article),
                _four_eyes,
            ),
            Item(
                _("Trang có bản sửa chờ công bố"),
                "editorial.pages",
                {"loc": "ban-sua"},
                Permission.EDITORIAL_USE,
                _copies(Page),
                _four_eyes,
            ),
            Item(
                _("Thủ tục chờ công bố"),
                "editorial.procedures",
                {"viec": Work.AWAITING.value},
                Permission.PROCEDURE_EDIT,
                _procedures(Work.AWAITING),
            ),
            Item(
                _("Thủ tục đang soạn"),
                "editorial.procedures",
                {"viec": Work.DRAFT.value},
                Permission.PROCEDURE_EDIT,
                _procedures(Work.DRAFT),
            ),
        ),
    ),
    (
        _("Đến hạn xem lại"),
        (
            Item(
                _("Thủ tục đến hạn kiểm tra"),
                "editorial.procedures",
                {"viec": Work.REVIEW.value},
                Permission.PROCEDURE_EDIT,
                _procedures(Work.REVIEW),
            ),
            Item(
                _("Bài, trang, văn bản, câu hỏi đến hạn"),
                "editorial.due",
                {},
                Permission.EDITORIAL_USE,
                lambda request: len(reviews.due(request.db, today(request.now))),
            ),
        ),
    ),
    (
        _("Chờ trả lời"),
        (
            Item(
                _("Câu hỏi của người dân"),
                "editorial.enquiries",
                {},
                Permission.ENQUIRY_EDIT,
                _waiting_enquiries,
            ),
            Item(
                _("Ý kiến bạn đọc chờ duyệt"),
                "editorial.comments",
                {},
                Permission.COMMENT_MODERATE,
                _waiting_comments,
            ),
            Item(
                _("Thủ tục có người báo sai"),
                "editorial.procedures",
                {"viec": Work.REMARKS.value},
                Permission.PROCEDURE_EDIT,
                _procedures(Work.REMARKS),
            ),
            Item(
                _("Góp ý mới trong hòm thư"),
                "editorial.suggestions",
                {},
                Permission.SUGGESTION_HANDLE,
                _new_suggestions,
            ),
        ),
    ),
    (
        _("Quyết định công bố"),
        (
            Item(
                _("Quyết định đang soạn"),
                "editorial.decisions",
                {},
                Permission.DECISION_EDIT,
                _prepared,
            ),
            Item(
                _("Việc theo hạn luật định"),
                "editorial.decisions",
                {},
                Permission.DECISION_EDIT,
                _duties,
            ),
            Item(
                _("Nơi tiếp nhận chưa xác nhận"),
                "editorial.decisions",
                {},
                Permission.DECISION_EDIT,
                _desks,
            ),
            Item(
                _("Khác biệt với dữ liệu quốc gia"),
                "editorial.differences",
                {},
                Permission.PROCEDURE_IMPORT,
                _differences,
            ),
        ),
    ),
    (
        _("Tìm kiếm và liên kết"),
        (
            Item(
                _("Từ tìm không ra"),
                "editorial.empty_searches",
                {},
                Permission.SEARCH_HELP,
                lambda request: empty.count(request.db),
            ),
            Item(
                _("Liên kết hỏng"),
                "editorial.links",
                {},
                Permission.DECISION_EDIT,
                _broken_links,
            ),
        ),
    ),
)


@view_config(
    route_name="editorial.home",
    renderer="editorial/home/dashboard.jinja2",
    permission=Permission.EDITORIAL_USE,
    uses_session=True,
)
def dashboard(request: Request) -> Any:
    """What waits for this person. Links made when the list of articles stood here lead on."""
    if "loc" in request.GET or "trang" in request.GET:
        articles = request.route_path("editorial.articles", _query=request.GET.items())
        return HTTPSeeOther(articles)
    groups = [(heading, _numbers(request, items)) for heading, items in GROUPS]
    return {"groups": [(heading, numbers) for heading, numbers in groups if numbers]}


def _numbers(request: Request, items: Sequence[Item]) -> list[Number]:
    return [
        Number(
            one.words,
            request.route_path(one.route, _query=one.query or None),
            one.count(request),
        )
        for one in items
        if request.has_permission(one.needed) and one.is_used(request)
    ]
