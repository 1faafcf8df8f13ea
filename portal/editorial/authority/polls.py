"""Polls: writing the question and its answers, seeing the numbers."""

from typing import Any

import colander
from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from content.polls import service
from content.polls.models import MAX_NOTE, MAX_QUESTION, MAX_WORDS, MOST_OPTIONS, Poll
from content.polls.service import PollService
from portal.editorial.authority.suggestion_schemas import when
from portal.editorial.saving import BOTH, POST_ONLY, form_of, revision_of
from portal.editorial.site.schemas import moment, shown
from portal.forms import fields
from portal.http.notices import Notice, say
from portal.i18n import _
from portal.security.permissions import Permission

FORM = "editorial/authority/form.jinja2"
REASONS = {
    "times": _("Lúc kết thúc phải sau lúc bắt đầu."),
    "options_few": _("Cần ít nhất hai câu trả lời, mỗi câu một dòng."),
    "options_many": _("Nhiều nhất mười hai câu trả lời."),
    "options_same": _("Có hai câu trả lời giống nhau."),
    "options_long": _("Có câu trả lời dài quá 200 ký tự."),
    "has_votes": _("Đã có người trả lời nên câu hỏi và các câu trả lời giữ nguyên."),
}


def schema() -> colander.SchemaNode:
    """A question with its answers."""
    return fields.mapping(
        fields.text("question", _("Câu hỏi"), max_length=MAX_QUESTION),
        fields.paragraph(
            "options",
            _("Các câu trả lời"),
            rows=6,
            max_length=MOST_OPTIONS * (MAX_WORDS + 2),
            hint=_("Mỗi dòng một câu, từ hai đến mười hai. Có người trả lời rồi thì không sửa."),
        ),
        fields.paragraph("note", _("Giải thích"), rows=3, required=False, max_length=MAX_NOTE),
        when("starts_at", _("Hỏi từ lúc")),
        when("ends_at", _("Đến lúc")),
        fields.hidden("revision"),
    )


def _values(data: dict[str, Any]) -> dict[str, Any]:
    return {
        **{name: data[name] or "" for name in ("question", "options", "note")},
        "starts_at": moment(data["starts_at"]),
        "ends_at": moment(data["ends_at"]),
    }


def _data(one: Poll) -> dict[str, Any]:
    return {
        "question": one.question,
        "options": "\n".join(option.words for option in one.options),
        "note": one.note,
        "starts_at": shown(one.starts_at),
        "ends_at": shown(one.ends_at),
        "revision": str(one.revision),
    }


@view_config(
    route_name="editorial.polls",
    renderer="editorial/authority/polls.jinja2",
    permission=Permission.SITE_ARRANGE,
    uses_session=True,
)
def listing(request: Request) -> dict[str, Any]:
    """All polls with their numbers."""
    return {
        "polls": [
            (one, service.shares(one), _state(request, one))
            for one in service.all_polls(request.db)
        ],
        "is_on": request.settings.editorial.polls,
    }


def _state(request: Request, poll: Poll) -> str:
    if poll.starts_at > request.now:
        return _("Chưa đến giờ")
    return _("Đang hỏi") if service.is_open(poll, request.now) else _("Đã xong")


def _page(request: Request, poll: Poll, heading: str) -> Any:
    empty = {"revision": "0", "starts_at": shown(request.now)}
    return form_of(
        request,
        schema(),
        _("Lưu câu hỏi"),
        heading=heading,
        back=request.route_path("editorial.polls"),
        data=_data(poll) if poll.id else empty,
        of=f"poll:{poll.id}" if poll.id else None,
        save=lambda data: PollService(request.db, request.now).save(
            poll,
            _values(data),
            revision=revision_of(data),
            actor_id=request.identity.account_id,
        ),
        reasons=REASONS,
    )


@view_config(
    route_name="editorial.poll.new",
    renderer=FORM,
    permission=Permission.SITE_ARRANGE,
    methods=BOTH,
    uses_session=True,
)
def new(request: Request) -> Any:
    """A new poll."""
    return _page(request, Poll(), _("Câu hỏi thăm dò mới"))


@view_config(
    route_name="editorial.poll",
    renderer=FORM,
    permission=Permission.SITE_ARRANGE,
    methods=BOTH,
    uses_session=True,
)
def edit(context: Poll, request: Request) -> Any:
    """One poll."""
    return _page(request, context, _("Sửa câu hỏi thăm dò"))


@view_config(
    route_name="editorial.poll.delete",
    permission=Permission.SITE_ARRANGE,
    methods=POST_ONLY,
    uses_session=True,
)
def delete(context: Poll, request: Request) -> Response:
    """Into the bin."""
    PollService(request.db, request.now).delete(context, actor_id=request.identity.account_id)
    return say(HTTPSeeOther(request.route_path("editorial.polls")), Notice.SITE_SAVED)
