"""All forms; a new one; one taken in from a file."""

import json
from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from content.errors import Conflict, DomainError
from content.procedures.form_bindings import MAX_KEY
from portal.editorial.forms.context import builder_of
from portal.forms import fields
from portal.http.notices import Notice, say
from portal.http.pages import form_page, make_form
from portal.i18n import _
from portal.security.permissions import Permission

BOTH = ("GET", "HEAD", "POST")
TAKE_IN = "editorial/forms/take_in.jinja2"
UNPROCESSABLE = 422
MAX_IMPORT = 2 * 1024 * 1024


@view_config(
    route_name="editorial.forms",
    renderer="editorial/forms/listing.jinja2",
    permission=Permission.FORM_EDIT,
    uses_session=True,
)
def listing(request: Request) -> dict[str, Any]:
    """Every form with its version and the procedures filed on it."""
    return {"lines": builder_of(request).lines()}


@view_config(
    route_name="editorial.forms.new",
    renderer="editorial/forms/plain.jinja2",
    permission=Permission.FORM_EDIT,
    methods=BOTH,
    uses_session=True,
)
def new(request: Request) -> Any:
    """A new form begins with its title."""
    hint = _("Ghi như trên mẫu giấy, ví dụ: Tờ khai cấp bản sao trích lục hộ tịch.")
    schema = fields.mapping(fields.text("title", _("Tên biểu mẫu"), hint=hint))
    form = make_form(request, schema, _("Tạo biểu mẫu"))
    heading = _("Tạo biểu mẫu mới")
    page = form_page(request, "editorial/forms/plain.jinja2", form, heading=heading)
    if request.method != "POST":
        return page
    made = builder_of(request).create(form.accept(request.POST)["title"])
    return _to(request, made.key)


@view_config(
    route_name="editorial.forms.take_in",
    renderer=TAKE_IN,
    permission=Permission.FORM_EDIT,
    methods=BOTH,
    uses_session=True,
)
def take_in(request: Request) -> Any:
    """A definition from another site, as a file of JSON or pasted."""
    hint = _("Mở tệp .json đã tải về từ một cổng khác, chép toàn bộ nội dung vào đây.")
    field = fields.paragraph(
        "document", _("Nội dung tệp định nghĩa"), rows=14, hint=hint, max_length=MAX_IMPORT
    )
    form = make_form(request, fields.mapping(field), _("Nhập biểu mẫu"))
    heading = _("Nhập biểu mẫu từ tệp")
    page = form_page(
        request, TAKE_IN, form, heading=heading, action=request.path, upload_error=None
    )
    if request.method != "POST":
        return page
    upload = request.POST.get("tep")
    if hasattr(upload, "file"):
        text = _read(upload)
        # What is wrong with the file is told on the form that shows its text.
        form.fill({"document": text})
    elif "tep" in request.POST:
        page["upload_error"] = _("Ông/bà chưa chọn tệp.")
        request.response.status_int = UNPROCESSABLE
        return page
    else:
        text = form.accept(request.POST)["document"]
    try:
        made = builder_of(request).take_in(json.loads(text))
    except (ValueError, RecursionError):
        raise form.refuse(_("Nội dung này không phải JSON."), "document") from None
    except Conflict:
        words = _("Biểu mẫu này đang có bản soạn dở; hãy công bố hoặc bỏ bản đó trước.")
        raise form.refuse(words, "document") from None
    except DomainError as error:
        raise form.refuse(_refusal(error), "document") from None
    return _to(request, made.key)


def _read(upload: Any) -> str:
    """The text of a file; what is no text in UTF-8 is no JSON either."""
    data: bytes = upload.file.read(MAX_IMPORT + 1)
    if len(data) > MAX_IMPORT:
        return ""
    return data.decode("utf-8-sig", errors="replace").replace("\x00", "")


def _refusal(error: DomainError) -> Any:
    places = sorted({one.place for one in getattr(error, "problems", ()) if hasattr(one, "place")})
    if places:
        told = ", ".join(place or "đầu tệp" for place in places[:5])
        return f"Định nghĩa có chỗ không đọc được: {told}."
    return _("Định nghĩa không dùng được: mã biểu mẫu sai hoặc có mẫu kiểm tra không an toàn.")


def _to(request: Request, key: str) -> Response:
    assert len(key) <= MAX_KEY
    return say(HTTPSeeOther(request.route_path("editorial.form", key=key)), Notice.FORM_SAVED)
