"""The suggestion box: writing to it, and reading what became of it with the code.

The code, one of 31⁹, opens text and answer, never a name.
"""

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response
from pyramid.security import NO_PERMISSION_REQUIRED
from pyramid.view import view_config

from content.errors import Invalid
from content.suggestions import service
from content.suggestions.models import MAX_NAME, MAX_TEXT, SuggestionState
from content.suggestions.service import SuggestionService
from content.text import clean
from portal import against_machines as guard
from portal.forms import fields
from portal.http.pages import form_page, make_form
from portal.i18n import _

PAGE = "authority/suggestions.jinja2"
PURPOSE, CODE, NEW = "suggestion", "ma", "moi"
PER_HOUR = 5
MAX_TYPED = 40
WORDS = {
    "required": _("Ông/bà chưa ghi mục này; không muốn ghi tên thì đánh dấu ô gửi ẩn danh."),
    "too_long": _("Mục này dài quá."),
    "too_many_links": _("Góp ý chỉ được có nhiều nhất hai liên kết."),
    "consent": _("Ông/bà đồng ý thì chúng tôi mới được giữ họ tên; hoặc gửi ẩn danh."),
}
STATES = {
    SuggestionState.NEW: _("Đã nhận, đang xem"),
    SuggestionState.ANSWERED: _("Đã trả lời"),
    SuggestionState.REFUSED: _("Không xử lý ở đây"),
    SuggestionState.CLOSED: _("Đã đóng"),
}


def schema() -> Any:
    """The suggestion, and who writes it unless they wish to stay unknown."""
    return fields.mapping(
        fields.paragraph(
            "text",
            _("Nội dung góp ý"),
            max_length=MAX_TEXT,
            hint=_("Việc gì, ở đâu, khi nào. Xin đừng ghi số căn cước hay số tài khoản."),
        ),
        fields.checkbox(
            "is_anonymous",
            _("Gửi ẩn danh"),
            hint=_("Không cần ghi các mục dưới; cổng không giữ gì để biết ông/bà là ai."),
        ),
        fields.text(
            "name",
            _("Họ và tên"),
            required=False,
            max_length=MAX_NAME,
            autocomplete="name",
            hint=_("Để trống cả ba mục này thì góp ý được gửi ẩn danh."),
        ),
        fields.email("email", required=False, hint=_("Ghi thì câu trả lời được gửi đến đây.")),
        fields.phone("phone", required=False),
        fields.checkbox(
            "consent",
            _("Tôi đồng ý cho cơ quan dùng họ tên và cách liên lạc trên để trả lời góp ý này"),
            hint=_("Chỉ người phụ trách hòm thư thấy; được xóa khi góp ý được đóng."),
        ),
        *guard.hidden_fields(),
    )


@view_config(
    route_name="authority.suggestions",
    renderer=PAGE,
    permission=NO_PERMISSION_REQUIRED,
    methods=("GET", "HEAD", "POST"),
    uses_session=True,
)
def page(request: Request) -> Any:
    """The hotline, the form, and where to type a code."""
    form = make_form(request, schema(), _("Gửi góp ý"))
    shown = form_page(request, PAGE, form)
    if request.method != "POST":
        form.fill({guard.MOMENT: guard.moment(request, PURPOSE)})
        return shown
    return _send(request, form)


def _send(request: Request, form: Any) -> Response:
    data = form.accept(request.POST)
    if guard.is_trapped(data):
        return HTTPSeeOther(request.route_path("authority.suggestions"))
    guard.check_read(request, form, data, PURPOSE)
    limit = guard.limit(request, "suggestion", PER_HOUR)
    limit.refuse_if_tired(request.client_addr or "")
    try:
        suggestion = SuggestionService(request.db, request.now).send(
            data["text"],
            is_anonymous=data["is_anonymous"],
            consent=data["consent"],
            name=data["name"] or "",
            email=data["email"] or "",
            phone=data["phone"] or "",
        )
    except Invalid as invalid:
        name, code = next(iter(invalid.problems.items()))
        raise form.refuse(WORDS[code], name) from None
    limit.note(request.client_addr or "")
    query = {CODE: suggestion.code, NEW: "1"}
    return HTTPSeeOther(request.route_path("authority.suggestion", _query=query))


@view_config(
    route_name="authority.suggestion",
    renderer="authority/suggestion.jinja2",
    permission=NO_PERMISSION_REQUIRED,
    uses_session=True,
)
def answer(request: Request) -> dict[str, Any]:
    """What became of the suggestion with this code."""
    typed = clean(request.GET.get(CODE, ""))[:MAX_TYPED]
    found = service.find(request.db, typed) if typed else None
    return {
        "typed": typed,
        "found": found,
        "state": STATES[found.state] if found else "",
        "is_new": NEW in request.GET and found is not None,
    }
