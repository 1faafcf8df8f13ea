"""What editors find in their navigation, in groups; shown to those whose role allows it.

An owner of screens adds a line. The permission is the one that the screen's view asks for.
"""

from collections.abc import Iterator
from typing import Any

from pyramid.config import Configurator
from pyramid.request import Request

from portal.editorial.home.manual import help_of
from portal.i18n import _
from portal.security.permissions import Permission

Item = tuple[str, Any, Permission]

#: (name of the group, its items: route, words, permission).
ITEMS: tuple[tuple[Any, tuple[Item, ...]], ...] = (
    (_("Việc cần làm"), (("editorial.home", _("Việc cần làm"), Permission.EDITORIAL_USE),)),
    (
        _("Tin bài"),
        (
            ("editorial.articles", _("Bài viết"), Permission.EDITORIAL_USE),
            ("editorial.pages", _("Trang"), Permission.EDITORIAL_USE),
            ("editorial.sections", _("Chuyên mục"), Permission.SITE_ARRANGE),
            ("editorial.translations", _("Bản tiếng Anh"), Permission.EDITORIAL_USE),
            ("editorial.comments", _("Ý kiến bạn đọc"), Permission.COMMENT_MODERATE),
            ("editorial.newsletter", _("Bản tin"), Permission.NEWSLETTER_EDIT),
        ),
    ),
    (
        _("Thủ tục"),
        (
            ("editorial.procedures", _("Danh sách"), Permission.PROCEDURE_EDIT),
            ("editorial.decisions", _("Quyết định công bố"), Permission.DECISION_EDIT),
            ("editorial.postings", _("Kiểm tra niêm yết"), Permission.DECISION_EDIT),
            ("editorial.packs", _("Bộ niêm yết"), Permission.DECISION_EDIT),
            ("editorial.links", _("Liên kết hỏng"), Permission.DECISION_EDIT),
            ("editorial.procedures.gaps", _("Còn thiếu"), Permission.PROCEDURE_EDIT),
            ("editorial.imports", _("Nhập, xuất"), Permission.PROCEDURE_IMPORT),
            ("editorial.forms", _("Biểu mẫu"), Permission.FORM_EDIT),
            ("editorial.finders", _("Bộ câu hỏi"), Permission.PROCEDURE_EDIT),
        ),
    ),
    (
        _("Thư viện tệp"),
        (
            ("editorial.media", _("Thư viện tệp"), Permission.MEDIA_EDIT),
            ("editorial.media.upload", _("Tải tệp lên"), Permission.MEDIA_EDIT),
            ("editorial.media.folders", _("Thư mục"), Permission.MEDIA_EDIT),
        ),
    ),
    (
        _("Văn bản, hỏi đáp"),
        (
            ("editorial.documents", _("Văn bản"), Permission.LIBRARY_EDIT),
            ("editorial.enquiries", _("Hỏi đáp"), Permission.ENQUIRY_EDIT),
            ("editorial.terms", _("Thuật ngữ"), Permission.LIBRARY_EDIT),
        ),
    ),
    (
        _("Tìm kiếm"),
        (
            ("editorial.empty_searches", _("Tìm không ra"), Permission.SEARCH_HELP),
            ("editorial.synonyms", _("Từ đồng nghĩa"), Permission.SEARCH_HELP),
            ("editorial.pinned", _("Kết quả ghim"), Permission.SEARCH_HELP),
        ),
    ),
    (
        _("Cơ quan"),
        (
            ("editorial.units", _("Đơn vị, cán bộ"), Permission.AUTHORITY_EDIT),
            ("editorial.processes", _("Quy trình nội bộ"), Permission.PROCESS_EDIT),
            ("editorial.duty", _("Lịch trực"), Permission.AUTHORITY_EDIT),
            ("editorial.reception", _("Lịch tiếp công dân"), Permission.AUTHORITY_EDIT),
            ("editorial.guide", _("Khiếu nại, tố cáo gửi ở đâu"), Permission.AUTHORITY_EDIT),
            ("editorial.polls", _("Thăm dò ý kiến"), Permission.SITE_ARRANGE),
            ("editorial.suggestions", _("Hòm thư góp ý"), Permission.SUGGESTION_HANDLE),
            ("editorial.records", _("Biên bản mở hòm thư"), Permission.SUGGESTION_HANDLE),
        ),
    ),
    (
        _("Một cửa"),
        (
            ("editorial.calendar", _("Lịch làm việc"), Permission.DESK_ARRANGE),
            ("editorial.handling", _("Cách xử lý"), Permission.DESK_ARRANGE),
            ("editorial.reception_places", _("Nơi tiếp nhận"), Permission.AUTHORITY_EDIT),
            ("editorial.hours", _("Giờ làm việc"), Permission.DESK_ARRANGE),
            ("editorial.exchange", _("Trao đổi"), Permission.DESK_ARRANGE),
        ),
    ),
    (
        _("Cổng"),
        (
            ("editorial.banners", _("Thông báo chung"), Permission.SITE_ARRANGE),
            ("editorial.menus", _("Trình đơn"), Permission.SITE_ARRANGE),
            ("editorial.blocks", _("Trang đầu"), Permission.SITE_ARRANGE),
            ("editorial.identity", _("Tên, huy hiệu và màu"), Permission.SITE_IDENTITY),
            ("editorial.accounts", _("Tài khoản cán bộ"), Permission.ACCOUNT_KEEP),
            ("editorial.mailboxes", _("Hộp thư công vụ"), Permission.SITE_IDENTITY),
            ("editorial.certificates", _("Sổ chứng thư số"), Permission.CERTIFICATE_KEEP),
            ("editorial.trash", _("Thùng rác"), Permission.TRASH_USE),
        ),
    ),
)


def editorial_items(request: Request) -> list[tuple[Any, list[tuple[str, Any]]]]:
    """The groups with what this person may use; groups with nothing are left out."""
    return list(_allowed(request))


def _allowed(request: Request) -> Iterator[tuple[Any, list[tuple[str, Any]]]]:
    for group, items in ITEMS:
        allowed = [(route, words) for route, words, needed in items if _may(request, needed)]
        if allowed:
            yield group, allowed


def _may(request: Request, permission: Permission) -> bool:
    # Rules of editors ask for roles only, so the page's own context does not matter.
    return bool(request.has_permission(permission))


def includeme(config: Configurator) -> None:
    """``request.editorial_items()`` and ``request.editorial_help()`` for the layout of
    editors' pages."""
    config.add_request_method(editorial_items)
    config.add_request_method(help_of, "editorial_help")
