"""Messages between applicant and desk, as the applicant reads and writes them.

Shared by the account's pages and by the look-up with the secret; who may is decided before.
"""

from collections.abc import Callable
from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.renderers import render_to_response
from pyramid.request import Request
from pyramid.response import Response

from content.dossiers.conversation import (
    MAX_FILES,
    MAX_TEXT,
    ConversationService,
    Message,
    message_file,
    messages_of,
)
from content.dossiers.models import Dossier
from content.errors import Invalid, TooMany
from content.people.models import Account
from content.words import clock_and_day
from portal.forms import fields
from portal.forms.accessible import AccessibleForm
from portal.given_files import files_given
from portal.http.downloads import send_file
from portal.http.notices import Notice, say
from portal.http.pages import form_page, make_form
from portal.i18n import _

PAGE = "lookup/messages.jinja2"
FILES = "files"
TYPES = ("pdf", "jpeg", "png")
_WORDS = "Tệp kèm theo"


def messages_shown(
    request: Request, dossier: Dossier, address: Callable[[str], str]
) -> list[dict[str, Any]]:
    """The messages with the addresses of their files."""
    return [_shown(one, address) for one in messages_of(request.db, dossier)]


def _shown(one: Message, address: Callable[[str], str]) -> dict[str, Any]:
    return {
        "mine": one.from_applicant,
        "who": one.author_name,
        "when": clock_and_day(one.at),
        "text": one.text,
        "read": one.read_at is not None,
        "files": [(file.name, address(file.token)) for file in one.files],
    }


def message_form(request: Request, button: Any, hint: Any = None) -> AccessibleForm:
    """The form of a message, the same on both sides."""
    schema = fields.mapping(
        fields.paragraph("text", _("Nội dung"), max_length=MAX_TEXT, rows=5, hint=hint),
        fields.files(
            FILES,
            _(_WORDS),
            accept=".pdf,.jpg,.jpeg,.png",
            multiple=True,
            hint=_("Không bắt buộc; tối đa 5 tệp PDF hoặc ảnh."),
        ),
    )
    return make_form(request, schema, button)


def files_of(request: Request, form: AccessibleForm) -> Any:
    """The files that came with a message. Raises ``FormInvalid``."""
    found = files_given(request, form, FILES, _WORDS, TYPES)
    if len(found) > MAX_FILES:
        raise form.refuse(_("Mỗi tin nhắn kèm tối đa 5 tệp; ông/bà bỏ bớt."), FILES)
    return found


def talk(
    request: Request, dossier: Dossier, back: str, here: str, address: Callable[[str], str]
) -> Response:
    """Read, and write to the desk."""
    hint = _("Giấy tờ cơ quan yêu cầu bổ sung thì ông/bà nộp ở mục bổ sung, không gửi ở đây.")
    form = message_form(request, _("Gửi tin nhắn"), hint)
    page = form_page(
        request,
        PAGE,
        form,
        dossier=dossier,
        messages=messages_shown(request, dossier, address),
        back=back,
    )
    if request.method != "POST":
        return render_to_response(PAGE, page, request=request)
    data = form.accept(request.POST)
    files = files_of(request, form)
    account_id = request.identity.account_id
    account = request.db.get(Account, account_id) if account_id is not None else None
    owner = account if account and account.id == dossier.owner_id else None
    try:
        request.service(ConversationService).write_to_desk(dossier, owner, data["text"], files)
    except TooMany:
        words = _("Ông/bà đã gửi nhiều tin chưa được trả lời; vui lòng chờ cơ quan trả lời.")
        raise form.refuse(words) from None
    except Invalid:
        raise form.refuse(_("Ông/bà ghi nội dung tin nhắn."), "text") from None
    return say(HTTPSeeOther(here), Notice.MESSAGE_SENT)


def send_message_file(request: Request, dossier: Dossier, token: str) -> Response:
    """A file of a message, byte for byte. Raises ``NotFound``."""
    found = message_file(request.db, dossier, token)
    return send_file(request, found.file, found.name)
