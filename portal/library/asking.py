"""Asking the authority: the form, and that the question arrived."""

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response
from pyramid.security import NO_PERMISSION_REQUIRED
from pyramid.view import view_config

from content.enquiries.models import MAX_ASKED, MAX_NAME
from content.enquiries.service import EnquiryService
from content.errors import Invalid
from portal import against_machines as guard
from portal.forms import fields
from portal.http.pages import form_page, make_form
from portal.i18n import _

PAGE = "library/ask.jinja2"
PURPOSE = "enquiry"
PER_HOUR = 5
WITH_MAIL = "thu"
WORDS = {
    "required": _("Ông/bà chưa ghi câu hỏi."),
    "too_long": _("Mục này dài quá."),
    "too_many_links": _("Câu hỏi chỉ được có nhiều nhất một liên kết, họ tên thì không có."),
    "consent": _("Ông/bà đồng ý thì chúng tôi mới được giữ họ tên và cách liên lạc."),
}


def schema() -> Any:
    """The question, who asks if they wish an answer, and what may be published."""
    return fields.mapping(
        fields.paragraph(
            "text",
            _("Câu hỏi của ông/bà"),
            max_length=MAX_ASKED,
            hint=_("Hỏi việc gì, ở xã nào. Xin đừng ghi số căn cước, số tài khoản ngân hàng."),
        ),
        fields.text(
            "name", _("Họ và tên"), required=False, max_length=MAX_NAME, autocomplete="name"
        ),
        fields.email("email", required=False, hint=_("Ghi thì câu trả lời được gửi đến đây.")),
        fields.phone(
            "phone",
            required=False,
            hint=_("Không có thư điện tử thì ghi số này để chúng tôi gọi lại."),
        ),
        fields.checkbox(
            "consent",
            _("Tôi đồng ý cho cơ quan dùng họ tên và cách liên lạc trên để trả lời câu hỏi này"),
            hint=_("Chỉ người biên tập thấy; không bao giờ công bố cách liên lạc."),
        ),
        fields.checkbox(
            "may_publish",
            _("Cho phép công bố câu hỏi cùng câu trả lời để người khác cùng biết"),
            hint=_("Chỗ nào nhận ra được ông/bà thì người biên tập bỏ đi trước khi công bố."),
        ),
        fields.checkbox(
            "may_show_name",
            _("Ghi cả họ tên tôi khi công bố"),
            hint=_("Không đánh dấu thì chỉ ghi các chữ đầu, ví dụ N.V.A."),
        ),
        *guard.hidden_fields(),
    )


@view_config(
    route_name="library.ask",
    renderer=PAGE,
    permission=NO_PERMISSION_REQUIRED,
    methods=("GET", "HEAD", "POST"),
    uses_session=True,
)
def ask(request: Request) -> Any:
    """The form; what was typed stays when it is refused."""
    form = make_form(request, schema(), _("Gửi câu hỏi"))
    days = request.settings.editorial.answer_days
    shown = form_page(request, PAGE, form, answer_days=days)
    if request.method != "POST":
        form.fill({guard.MOMENT: guard.moment(request, PURPOSE)})
        return shown
    return _send(request, form)


def _send(request: Request, form: Any) -> Response:
    data = form.accept(request.POST)
    if guard.is_trapped(data):
        return HTTPSeeOther(request.route_path("library.asked"))
    guard.check_read(request, form, data, PURPOSE)
    limit = guard.limit(request, PURPOSE, PER_HOUR)
    limit.refuse_if_tired(request.client_addr or "")
    texts = {name: data[name] or "" for name in ("text", "name", "email", "phone")}
    allowed = {name: data[name] for name in ("consent", "may_publish", "may_show_name")}
    try:
        request.service(EnquiryService).ask(**texts, **allowed)
    except Invalid as invalid:
        name, code = next(iter(invalid.problems.items()))
        raise form.refuse(WORDS[code], name) from None
    limit.note(request.client_addr or "")
    query = {WITH_MAIL: "1"} if texts["email"] else None
    return HTTPSeeOther(request.route_path("library.asked", _query=query))


@view_config(
    route_name="library.asked",
    renderer="library/asked.jinja2",
    permission=NO_PERMISSION_REQUIRED,
)
def asked(request: Request) -> dict[str, Any]:
    """That it arrived, and what comes next."""
    return {
        "has_mail": WITH_MAIL in request.GET,
        "answer_days": request.settings.editorial.answer_days,
    }
