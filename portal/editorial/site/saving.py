"""What the forms of this area share: saving, and each refusal in plain words."""

from collections.abc import Callable
from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response

from content.errors import Conflict, Invalid
from content.site.service import SiteService
from content.words import decimal
from portal.forms.accessible import AccessibleForm
from portal.http.notices import Notice, say
from portal.i18n import _

BOTH = ("GET", "HEAD", "POST")
POST_ONLY = ("POST",)

REASONS = {
    "banner_times": _("Lúc kết thúc phải sau lúc bắt đầu."),
    "address": _("Chỉ nhận đường dẫn trên cổng (/…), https://…, tel:… hoặc mailto:…"),
    "menu_circle": _("Một dòng không thể nằm dưới chính nó hoặc dưới dòng con của nó."),
    "menu_deep": _("Trình đơn đầu trang chỉ có một cấp, cuối trang nhiều nhất hai cấp."),
    "menu_unknown": _("Dòng ở trên phải thuộc cùng trình đơn; hãy chọn lại."),
    "colour": _("Mã màu gồm dấu # và sáu chữ số, ví dụ #1f5a3d."),
    "emblem": _("Không có ảnh này trong thư viện, hoặc ảnh chưa có mô tả."),
}


def service(request: Request) -> SiteService:
    """The service of this request."""
    return SiteService(request.db, request.now)


def revision_of(data: dict[str, Any]) -> int:
    """The revision that the form was opened with; nonsense is none."""
    given = data.get("revision") or "0"
    return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else -1


def saved(
    request: Request, form: AccessibleForm, target: str, save: Callable[[dict[str, Any]], object]
) -> Response:
    """Accept the form and save it; what is refused is said at its field."""
    data = form.accept(request.POST)
    try:
        save(data)
    except Invalid as refused:
        field = next(iter(refused.problems), None)
        raise form.refuse(_reason(refused), field) from None
    except Conflict:
        words = _("Người khác vừa sửa mục này. Phần ông/bà ghi vẫn ở dưới đây; hãy mở lại để so.")
        raise form.refuse(words) from None
    return say(HTTPSeeOther(target), Notice.SITE_SAVED)


def _reason(refused: Invalid) -> str:
    if refused.code == "colour_pale":
        found = decimal(refused.data["contrast"], 1)
        return (
            f"Màu này quá nhạt: độ tương phản với chữ trắng chỉ {found}:1, cần ít nhất 4,5:1 "
            "(WCAG 2.2). Ông/bà chọn màu đậm hơn."
        )
    return REASONS[refused.code]
