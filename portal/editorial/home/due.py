"""What is to be looked at again: the list, and planning the next day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from pyramid.request import Request
from pyramid.view import view_config

from content.errors import NotFound
from content.words import local
from content.writing import reviews
from content.writing.models import ReviewPlan
from portal.editorial.home.finding import NAMES, url_of
from portal.editorial.saving import BOTH, form_of, revision_of
from portal.forms import fields
from portal.i18n import _
from portal.security.permissions import Permission

FORM = "editorial/authority/form.jinja2"
REASONS = {
    "not_after_today": _("Ngày xem lại phải sau hôm nay."),
    "too_far": _("Ngày xem lại không quá năm năm."),
}


@dataclass(frozen=True)
class Review:
    """What a screen says of its review: where it is planned, the planned day if any."""

    url: str
    review_by: date | None


def review_of(request: Request, model: type[Any], number: int) -> Review:
    """The review of one row, for its screen."""
    key = next(kind.key for kind in reviews.KINDS.values() if kind.cls is model)
    plan = reviews.find(request.db, f"{key}:{number}")
    return Review(to(request, key, number), plan.review_by if plan else None)


def to(request: Request, key: str, number: int) -> str:
    """Where a review is planned."""
    return request.route_path("editorial.review", kind=key, id=number)


@view_config(
    route_name="editorial.due",
    renderer="editorial/home/due.jinja2",
    permission=Permission.EDITORIAL_USE,
    uses_session=True,
)
def listing(request: Request) -> Mapping[str, Any]:
    """Everything that has come due, the longest first."""
    return {
        "due": [
            (
                one.kind.title(one.obj),
                NAMES[one.kind.key],
                url_of(request, one.kind.key, one.obj),
                to(request, one.kind.key, one.obj.id),
                one.review_by,
            )
            for one in reviews.due(request.db, local(request.now).date())
        ]
    }


def _data(plan: ReviewPlan | None) -> dict[str, Any]:
    if plan is None:
        return {"revision": "0"}
    day = plan.review_by.isoformat() if plan.review_by else None
    return {"review_by": day, "revision": str(plan.revision)}


@view_config(
    route_name="editorial.review",
    renderer=FORM,
    permission=Permission.EDITORIAL_USE,
    methods=BOTH,
    uses_session=True,
)
def edit(request: Request) -> Any:
    """The day of the next review, and that somebody looked at it today."""
    kind = reviews.KINDS[request.matchdict["kind"]]
    found = request.db.get(kind.cls, int(request.matchdict["id"][:18]))
    if found is None or found.deleted_at is not None:
        raise NotFound(kind.key)
    subject = f"{kind.key}:{found.id}"
    plan = reviews.find(request.db, subject)
    hint = _("Đến ngày này, nội dung hiện ở mục Đến hạn xem lại và ông/bà nhận một thư nhắc.")
    schema = fields.mapping(
        fields.date("review_by", _("Xem lại trước ngày"), required=False, hint=hint),
        fields.checkbox("is_checked", _("Tôi vừa đọc lại, nội dung còn đúng")),
        fields.hidden("revision"),
    )
    return form_of(
        request,
        schema,
        _("Lưu ngày xem lại"),
        heading=_("Hẹn xem lại: ") + kind.title(found),
        back=request.route_path("editorial.due"),
        data=_data(plan),
        of=f"review_plan:{plan.id}" if plan else None,
        save=lambda data: reviews.plan(
            request.db,
            subject,
            date.fromisoformat(data["review_by"]) if data["review_by"] else None,
            is_checked=bool(data["is_checked"]),
            revision=revision_of(data),
            by=request.identity.account_id,
            now=request.now,
        ),
        reasons=REASONS,
    )
