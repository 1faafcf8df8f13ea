"""Notes among officers and messages with the applicant, on a dossier's pages."""

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from content.dossiers.conversation import MAX_TEXT, ConversationService
from portal.desk.act_page import PAGE, act_page
from portal.desk.dossier_page import urls
from portal.desk.officer import officer
from portal.desk.saying_no import said_no
from portal.desk.work_panels import file_url
from portal.desk_contexts import DeskDossier
from portal.forms import fields
from portal.http.notices import Notice, say
from portal.http.pages import make_form
from portal.i18n import _
from portal.own_messages import files_of, message_form, messages_shown, send_message_file
from portal.security.permissions import Permission

TALK = "desk/message.jinja2"
#: The button that says that a message needs no answer.
READ = "da_doc"
METHODS = ("GET", "HEAD", "POST")


@view_config(
    route_name="desk.note",
    renderer=PAGE,
    permission=Permission.DOSSIER_HANDLE,
    methods=METHODS,
    uses_session=True,
)
def note(context: DeskDossier, request: Request) -> Any:
    """A note for colleagues."""
    dossier = context.dossier
    schema = fields.mapping(
        fields.paragraph("text", _("Ghi chú"), max_length=MAX_TEXT, rows=5),
    )
    form = make_form(request, schema, _("Ghi chú"))
    told = [_("Chỉ cán bộ đọc; người nộp hồ sơ không đọc ghi chú. Đã ghi thì không sửa được.")]
    page = act_page(request, context, form, _("Ghi chú nội bộ"), told)
    if request.method != "POST":
        return page
    data = form.accept(request.POST)
    with said_no(form):
        request.service(ConversationService).note(dossier, officer(request), data["text"])
    return say(HTTPSeeOther(urls(request, dossier)["dossier"]), Notice.NOTE_KEPT)


@view_config(
    route_name="desk.message",
    renderer=TALK,
    permission=Permission.DOSSIER_HANDLE,
    methods=METHODS,
    uses_session=True,
)
def message(context: DeskDossier, request: Request) -> Any:
    """The messages, and one more to the applicant; or say that the last needs no answer."""
    dossier, service = context.dossier, request.service(ConversationService)
    done = HTTPSeeOther(urls(request, dossier)["dossier"])
    if request.method == "POST" and READ in request.POST:
        service.read(dossier, by_applicant=False)
        return done
    form = message_form(request, _("Gửi cho người nộp"))
    told = [
        _("Người nộp đọc ở trang theo dõi hồ sơ; thư điện tử chỉ báo là có tin nhắn."),
        _("Cần giấy tờ thì dùng “Yêu cầu bổ sung”: tin nhắn không dừng đồng hồ."),
    ]
    shown = messages_shown(request, dossier, lambda token: file_url(request, dossier, token))
    page = act_page(
        request, context, form, _("Tin nhắn với người nộp"), told, renderer=TALK, messages=shown
    )
    if request.method != "POST":
        return page
    data = form.accept(request.POST)
    files = files_of(request, form)
    with said_no(form):
        service.write_to_applicant(dossier, officer(request), data["text"], files)
    return say(done, Notice.MESSAGE_SENT)


@view_config(
    route_name="desk.message_file", permission=Permission.DOSSIER_HANDLE, uses_session=True
)
def file(context: DeskDossier, request: Request) -> Response:
    """A file of a message."""
    return send_message_file(request, context.dossier, request.matchdict["file"])
