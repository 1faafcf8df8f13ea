"""What the forms of this area share: the service, and each refusal in plain words."""

from pyramid.request import Request

from content.errors import Invalid
from content.site.service import SiteService
from content.words import decimal
from portal.i18n import _

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


def reason(refused: Invalid) -> str:
    """Why something is refused."""
    if refused.code == "colour_pale":
        found = decimal(refused.data["contrast"], 1)
        return (
            f"Màu này quá nhạt: độ tương phản với chữ trắng chỉ {found}:1, cần ít nhất 4,5:1 "
            "(WCAG 2.2). Ông/bà chọn màu đậm hơn."
        )
    return REASONS[refused.code]
