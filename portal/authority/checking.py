"""“Kiểm tra văn bản”: is this paper ours, unchanged, signed by whom, when – for anybody.

By the code printed on it, or by the file itself, of which nothing is kept and nothing but
the digest is read. The answer holds what the paper's holder sees on it, and no more.
"""

from typing import Any

from pyramid.request import Request
from pyramid.security import NO_PERMISSION_REQUIRED
from pyramid.view import view_config

from content.signing.checking import Checked, CheckedResult, by_code, by_file, result_by_file
from content.text import clean
from portal.i18n import _
from portal.signatures import lines_of

CODE, FILE = "ma", "tep"
MAX_TYPED = 60
NOT_FOUND, UNPROCESSABLE = 404, 422


@view_config(
    route_name="authority.check",
    renderer="authority/check.jinja2",
    permission=NO_PERMISSION_REQUIRED,
    methods=("GET", "HEAD", "POST"),
)
def check(request: Request) -> dict[str, Any]:
    """The form; with a code or a file also the answer."""
    if request.method == "POST":
        return _by_file(request)
    typed = clean(request.GET.get(CODE, ""))[:MAX_TYPED]
    found = by_code(request.db, typed) if typed else None
    if typed and found is None:
        request.response.status_int = NOT_FOUND
    return _page(request, found, typed=typed)


def _by_file(request: Request) -> dict[str, Any]:
    given: Any = request.POST.get(FILE)
    if not getattr(given, "filename", ""):
        request.response.status_int = UNPROCESSABLE
        return _page(request, None, reason=_("Ông/bà chưa chọn tệp."))
    limit = request.settings.limits.file
    content = given.file.read(limit + 1)
    if len(content) > limit or not content.startswith(b"%PDF-"):
        request.response.status_int = UNPROCESSABLE
        return _page(request, None, reason=_("Chỉ kiểm tra được tệp PDF do cổng gửi cho ông/bà."))
    found = by_file(request.db, content)
    result = result_by_file(request.db, content) if found is None else None
    return _page(request, found, asked_file=True, result=result)


def _page(
    request: Request,
    found: Checked | None,
    *,
    typed: str = "",
    asked_file: bool = False,
    reason: Any = "",
    result: CheckedResult | None = None,
) -> dict[str, Any]:
    return {
        "found": found,
        "result": result,
        "signed": lines_of(result.signatures)
        if result is not None and result.signatures is not None
        else None,
        "typed": typed,
        "asked_file": asked_file,
        "reason": reason,
        "url": request.route_path("authority.check"),
    }
