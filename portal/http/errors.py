"""Refusals and faults become pages here, and only here.

Domain errors are mapped to a status; each status has its words: what happened, what
is safe, what to do. Under ``/api/`` the same facts are a problem document (RFC 9457).
Nothing here touches the database: the transaction is already lost.
"""

import errno
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from pyramid.config import Configurator
from pyramid.exceptions import BadCSRFToken
from pyramid.httpexceptions import HTTPException, HTTPForbidden, HTTPSeeOther
from pyramid.renderers import render
from pyramid.request import Request
from pyramid.response import Response
from pyramid_retry import is_last_attempt, mark_error_retryable
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm.exc import StaleDataError

from content.errors import (
    Conflict,
    DomainError,
    Invalid,
    InvalidTransition,
    NotAllowed,
    NotFound,
    TooMany,
    Unavailable,
)
from content.words import wait_words
from portal.database import is_race
from portal.http.derivers import PRIVATE
from portal.http.ended import can_be_saved, ended, without_token
from portal.i18n import _
from portal.security.identity import Identity
from search.index import IndexUnavailable

log = logging.getLogger("portal.errors")

STATUS_OF: tuple[tuple[type[DomainError], int], ...] = (
    (NotFound, 404),
    (NotAllowed, 403),
    (InvalidTransition, 409),
    (Conflict, 409),
    (TooMany, 429),
    (Invalid, 422),
    (Unavailable, 503),
)


@dataclass(frozen=True)
class Words:
    """The page of one status."""

    title: str
    what: str
    advice: str


WORDS: Mapping[int, Words] = {
    400: Words(
        _("Yêu cầu không đọc được"),
        _("Địa chỉ hoặc dữ liệu gửi lên không đúng dạng, hoặc biểu mẫu đã để quá lâu."),
        _("Ông/bà hãy quay lại trang trước, tải lại trang rồi gửi lại."),
    ),
    403: Words(
        _("Ông/bà chưa được mở trang này"),
        _("Trang này dành cho người có quyền xử lý công việc liên quan."),
        _("Nếu đây là hồ sơ của mình, ông/bà hãy đăng nhập bằng đúng tài khoản đã nộp."),
    ),
    404: Words(
        _("Không tìm thấy trang"),
        _("Địa chỉ này không có trên cổng, hoặc nội dung đã được gỡ."),
        _("Ông/bà hãy tìm bằng ô tìm kiếm ở đầu trang, hoặc mở danh sách thủ tục."),
    ),
    405: Words(
        _("Thao tác không thực hiện được ở địa chỉ này"),
        _("Trang này không nhận cách gửi vừa dùng."),
        _("Ông/bà hãy quay lại trang trước và dùng nút trên trang."),
    ),
    409: Words(
        _("Nội dung vừa được thay đổi"),
        _("Người khác hoặc một cửa sổ khác vừa cập nhật cùng nội dung này; lần gửi này chưa ghi."),
        _("Ông/bà hãy mở lại trang để xem nội dung mới, rồi làm lại nếu vẫn cần."),
    ),
    413: Words(
        _("Tệp gửi lên quá lớn"),
        _("Dung lượng vượt quá mức cổng nhận trong một lần gửi; chưa có gì được ghi."),
        _("Ông/bà hãy giảm dung lượng tệp, hoặc gửi từng tệp một."),
    ),
    422: Words(
        _("Nội dung gửi lên chưa hợp lệ"),
        _("Có thông tin chưa đúng nên chưa ghi được."),
        _("Ông/bà hãy quay lại trang trước, sửa thông tin rồi gửi lại."),
    ),
    429: Words(
        _("Ông/bà thử lại quá nhiều lần"),
        _("Để bảo vệ tài khoản và hồ sơ, cổng tạm dừng nhận yêu cầu này."),
        _("Ông/bà hãy đợi một lát rồi thử lại."),
    ),
    500: Words(
        _("Cổng đang gặp lỗi"),
        _("Lỗi thuộc về hệ thống, không phải do ông/bà. Những gì đã được xác nhận vẫn còn nguyên."),
        _("Ông/bà hãy thử lại sau ít phút; nếu vẫn lỗi, hãy gọi đường dây nóng và đọc mã sự cố."),
    ),
    503: Words(
        _("Cổng đang bận"),
        _("Hệ thống đang quá tải hoặc đang bảo trì. Những gì đã được xác nhận vẫn còn nguyên."),
        _("Ông/bà hãy thử lại sau ít phút."),
    ),
}

#: Where the code says more than the status.
WORDS_OF_CODE: Mapping[str, Words] = {
    "search_unavailable": Words(
        _("Tạm thời chưa tìm kiếm được"),
        _("Mục lục tìm kiếm đang được dựng lại. Các trang khác của cổng vẫn dùng được."),
        _("Ông/bà hãy mở danh sách dưới đây, hoặc tìm lại sau vài phút."),
    ),
    "too_many_drafts": Words(
        _("Nơi này vừa mở nhiều hồ sơ mới"),
        _("Từ cùng một mạng vừa có nhiều hồ sơ mới mà không đăng nhập; hồ sơ đang điền vẫn còn."),
        _("Ông/bà có thể đăng nhập rồi mở hồ sơ ngay, hoặc đợi rồi thử lại."),
    ),
    "reception": Words(
        _("Lần tiếp nhận này không còn"),
        _("Đồng nghiệp đã bỏ lần tiếp nhận này, hoặc nó để quá lâu; chưa cấp mã hồ sơ nào."),
        _("Ông/bà mở lại “Tiếp nhận hồ sơ”, chọn thủ tục rồi nhập lại giấy tờ của người nộp."),
    ),
    "paper_not_made": Words(
        _("Chưa lập được văn bản"),
        _("Việc đã làm với hồ sơ vẫn được ghi nhận; chỉ bản in của văn bản chưa tạo được."),
        _("Hệ thống sẽ tự lập lại; ông/bà hãy mở lại sau vài phút hoặc báo quản trị hệ thống."),
    ),
    "seal_unusable": Words(
        _("Chưa đóng được dấu số"),
        _("Khóa của con dấu trên máy chủ chưa dùng được; văn bản vẫn như trước."),
        _("Ông/bà báo quản trị hệ thống kiểm tra tệp khóa và mật khẩu của con dấu."),
    ),
    "remote_signing_failed": Words(
        _("Dịch vụ ký số từ xa chưa trả lời"),
        _("Văn bản chưa được ký và vẫn như trước."),
        _("Ông/bà thử lại sau ít phút, hoặc tải về ký bằng thiết bị của mình rồi tải lên."),
    ),
    "storage_full": Words(
        _("Cổng tạm thời chưa nhận thêm được"),
        _("Nơi lưu trữ của cổng đã đầy; lần gửi này chưa ghi. Những gì đã lưu vẫn còn nguyên."),
        _("Ông/bà hãy thử lại sau; nếu vẫn lỗi, hãy gọi đường dây nóng và đọc mã sự cố."),
    ),
}


#: The API only reads: there was nothing to be written.
_WRONG_QUESTION = _("Có tham số chưa đúng; “problems” kể từng tham số.")


def is_api(request: Request) -> bool:
    """Whether the caller is a program."""
    return request.path_info.startswith("/api/")


def answer(
    request: Request,
    status: int,
    *,
    code: str = "",
    problems: Mapping[str, str] | None = None,
    headers: Any = (),
    wait: str = "",
) -> Response:
    """The page or the problem document of a status."""
    usual = WORDS.get(status, WORDS[500 if status >= 500 else 400])
    words = WORDS_OF_CODE.get(code, usual)
    if is_api(request):
        response = problem(request, status, words, code, problems)
    else:
        # An exception page may not know who is there.
        request.environ["portal.session_allowed"] = False
        values = {"status": status, "words": words, "code": code, "wait": wait}
        body = render("errors/error.jinja2", values, request=request)
        response = Response(body, status=status)
    response.headers.update(headers)
    response.headers["Cache-Control"] = PRIVATE
    return response


def problem(
    request: Request, status: int, words: Words, code: str, problems: Mapping[str, str] | None
) -> Response:
    """RFC 9457; ``problems`` maps a parameter to what is wrong with it."""
    translate = request.localizer.translate
    document: dict[str, Any] = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": translate(_WRONG_QUESTION if problems and words is WORDS[422] else words.what),
        "instance": request.id,
    }
    if code:
        document["code"] = code
    if problems:
        document["problems"] = dict(problems)
    return Response(
        json_body=document, status=status, content_type="application/problem+json", charset=None
    )


def domain_error(error: DomainError, request: Request) -> Response:
    """What the domain refused."""
    status = next((status for kind, status in STATUS_OF if isinstance(error, kind)), 400)
    headers, wait = {}, ""
    if isinstance(error, TooMany) and "retry_after" in error.data:
        headers["Retry-After"] = str(error.data["retry_after"])
        wait = wait_words(error.data["retry_after"])
    problems = error.problems if isinstance(error, Invalid) else None
    return answer(request, status, code=error.code, problems=problems, headers=headers, wait=wait)


def http_error(error: HTTPException, request: Request) -> Response:
    """What the framework refused; redirects pass."""
    if error.status_int < 400:
        return error
    kept = {"Allow": error.headers["Allow"]} if "Allow" in error.headers else {}
    return answer(request, error.status_int, headers=kept)


def forbidden(error: HTTPForbidden, request: Request) -> Response:
    """Nobody signed in, or no longer: to the sign-in page and back, with what was typed if
    it was a POST; somebody else: refused."""
    reading = request.method in ("GET", "HEAD")
    known: Identity | None = request.made.get(Identity)
    if reading and not is_api(request) and (known is None or known.account_id is None):
        query = urlencode({"tiep": request.path_qs})
        return HTTPSeeOther(f"{request.route_path('accounts.sign_in')}?{query}")
    if not reading and not (known and known.account_id) and can_be_saved(request):
        return ended(request)
    return answer(request, 403)


def bad_token(error: BadCSRFToken, request: Request) -> Response:
    """A form that is not known to be this browser's; if it is one of ours, nothing is lost."""
    return without_token(request) if can_be_saved(request) else http_error(error, request)


def stale(_error: StaleDataError, request: Request) -> Response:
    """Two writers met; the retries are used up."""
    return answer(request, 409, code="stale")


def no_search(_error: IndexUnavailable, request: Request) -> Response:
    """The index is gone; the worker builds another within minutes."""
    headers = {"Retry-After": "120"}
    return answer(request, 503, code="search_unavailable", headers=headers)


def fault(error: Exception, request: Request) -> Response:
    """Anything else is our fault; races are tried again first."""
    if isinstance(error, OperationalError | IntegrityError) and is_race(error):
        mark_error_retryable(error)
        if not is_last_attempt(request):
            return answer(request, 503)
    log.exception("fault", extra={"request_id": request.id}, exc_info=error)
    if is_full(error):
        return answer(request, 503, code="storage_full")
    return answer(request, 503 if isinstance(error, OperationalError) else 500)


def is_full(error: Exception) -> bool:
    """Whether there is no room left, for files or for the database."""
    if isinstance(error, OperationalError):
        return "is full" in str(error.orig) or "No space left" in str(error.orig)
    return isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT)


def includeme(config: Configurator) -> None:
    """One view for each family of errors."""
    config.add_exception_view(domain_error, context=DomainError)
    config.add_exception_view(http_error, context=HTTPException)
    config.add_exception_view(bad_token, context=BadCSRFToken)
    config.add_exception_view(stale, context=StaleDataError)
    config.add_exception_view(no_search, context=IndexUnavailable)
    config.add_exception_view(fault, context=Exception)
    config.add_forbidden_view(forbidden)
    config.add_notfound_view(http_error, append_slash=False)
