"""The suggestion box behind the counter: the queue, one suggestion, calls written down."""

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from content.errors import Conflict, Invalid
from content.suggestions import service
from content.suggestions.models import Channel, Suggestion, SuggestionState
from content.suggestions.service import SuggestionService
from portal.editorial.authority import suggestion_schemas as schemas
from portal.editorial.saving import BOTH, form_of, revision_of
from portal.forms.accessible import AccessibleForm
from portal.http.notices import Notice, say
from portal.http.pages import form_page, make_form
from portal.http.paging import page_links, page_number
from portal.i18n import _
from portal.security.permissions import Permission

FORM = "editorial/authority/form.jinja2"
ONE = "editorial/authority/suggestion.jinja2"
STATES = {
    SuggestionState.NEW: _("Chờ xử lý"),
    SuggestionState.ANSWERED: _("Đã trả lời"),
    SuggestionState.REFUSED: _("Không xử lý"),
    SuggestionState.CLOSED: _("Đã đóng"),
}
CHANNELS = {
    Channel.ONLINE: _("Qua cổng"),
    Channel.PHONE: _("Điện thoại"),
    Channel.BOX: _("Hòm thư"),
}


@view_config(
    route_name="editorial.suggestions",
    renderer="editorial/authority/suggestions.jinja2",
    permission=Permission.SUGGESTION_HANDLE,
    uses_session=True,
)
def queue(request: Request) -> dict[str, Any]:
    """What waits, unless another state is asked for."""
    asked = request.GET.get("xem", "")
    state = SuggestionState(asked) if asked in list(SuggestionState) else SuggestionState.NEW
    counts = service.counts(request.db)
    here = request.route_path("editorial.suggestions")
    last = max(1, -(-counts.get(state, 0) // service.PAGE_SIZE))
    number = min(page_number(request.GET), last)
    return {
        "state": state,
        "tabs": [
            (f"{here}?xem={one.value}", words, counts.get(one, 0), one is state)
            for one, words in STATES.items()
        ],
        "channels": CHANNELS,
        "suggestions": service.queue(request.db, state, page=number),
        "links": page_links(request, number, last),
    }


@view_config(
    route_name="editorial.suggestion",
    renderer=ONE,
    permission=Permission.SUGGESTION_HANDLE,
    methods=BOTH,
    uses_session=True,
)
def one(context: Suggestion, request: Request) -> Any:
    """One suggestion: answer it, refuse it with a reason, close it."""
    form = make_form(
        request,
        schemas.reply(),
        _("Gửi trả lời"),
        ("tu_choi", "1", _("Từ chối, nêu lý do"), "secondary"),
        ("dong", "1", _("Đóng góp ý"), "secondary"),
    )
    page = form_page(
        request,
        ONE,
        form if context.state is not SuggestionState.CLOSED else None,
        suggestion=context,
        state=STATES[context.state],
        channel=CHANNELS[context.channel],
    )
    if request.method != "POST":
        form.fill({schemas.REPLY: context.answer, "revision": str(context.revision)})
        return page
    return _decide(request, context, form)


def _decide(request: Request, suggestion: Suggestion, form: AccessibleForm) -> Response:
    data = form.accept(request.POST)
    keeper = SuggestionService(request.db, request.now)
    text, me = data[schemas.REPLY] or "", request.identity.account_id
    revision = revision_of(data)
    try:
        if "dong" in request.POST:
            # What was answered stands already; a note is for what was never answered.
            note = "" if text == suggestion.answer else text
            keeper.close(suggestion, note, revision=revision, actor_id=me)
        elif "tu_choi" in request.POST:
            keeper.refuse(suggestion, text, revision=revision, actor_id=me)
        else:
            keeper.answer(suggestion, text, revision=revision, actor_id=me)
    except Invalid:
        words = _("Ông/bà ghi câu trả lời, lý do từ chối, hoặc việc đã làm trước khi đóng.")
        raise form.refuse(words, schemas.REPLY) from None
    except Conflict:
        words = _("Người khác vừa xử lý góp ý này. Ông/bà mở lại để xem.")
        raise form.refuse(words) from None
    return say(HTTPSeeOther(request.route_path("editorial.suggestions")), Notice.SUGGESTION_DECIDED)


@view_config(
    route_name="editorial.suggestion.call",
    renderer=FORM,
    permission=Permission.SUGGESTION_HANDLE,
    methods=BOTH,
    uses_session=True,
)
def call(request: Request) -> Any:
    """Write down what somebody said on the hotline."""
    return form_of(
        request,
        schemas.call(),
        _("Ghi cuộc gọi"),
        heading=_("Ghi góp ý qua điện thoại"),
        back=request.route_path("editorial.suggestions"),
        data={},
        save=lambda data: SuggestionService(request.db, request.now).write_down(
            data["text"],
            Channel.PHONE,
            name=data["name"] or "",
            phone=data["phone"] or "",
            actor_id=request.identity.account_id,
        ),
        reasons=schemas.REASONS,
        notice=Notice.SUGGESTION_DECIDED,
    )
